import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { CaseRequest, RequestKind, RequestState } from '#contract/requests';
import { List } from '#contract/shared';
import { Workflow, WorkflowSettings, WorkflowSettingsEdit } from '#contract/workflow';
import { refuseControlCharacters } from '../access/request-checks.ts';
import { requireRole, requireUser } from '../access/session-user.ts';
import type { Context } from '../context.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { describeWorkflow } from './describe-workflow.ts';
import { listRequests } from './request-repository.ts';
import { getWorkflowSettings, putWorkflowSettings } from './workflow-settings.ts';

const RequestQuery = Type.Object(
  {
    state: Type.Optional(RequestState),
    kind: Type.Optional(RequestKind),
    unit: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
    after: Type.Optional(Type.String({ maxLength: 200 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 100 })),
  },
  { additionalProperties: false },
);

/** Requests on cases, and the workflow itself: what is declared, and its switches. */
export function caseRequestRoutes(context: Context): FastifyPluginAsyncTypebox {
  const { db } = context;
  return async (app) => {
    app.addHook('preValidation', refuseControlCharacters);

    app.get(
      '/case-requests',
      { schema: { querystring: RequestQuery, response: { 200: List(CaseRequest) } } },
      async (request) => {
        const { after, limit = 100, ...filter } = request.query;
        const found = await listRequests(db, requireUser(request).scope, filter, {
          after: after === undefined ? undefined : readRequestCursor(after),
          limit: limit + 1,
        });
        const items = found.slice(0, limit);
        const last = items.at(-1);
        return {
          items,
          ...(found.length > limit && last ? { next: writeCursor(last.requestedAt, last.id) } : {}),
        };
      },
    );

    app.get('/workflow', { schema: { response: { 200: Workflow } } }, (request) => {
      requireUser(request);
      return describeWorkflow();
    });

    app.get('/workflow-settings', { schema: { response: { 200: WorkflowSettings } } }, (request) => {
      requireRole(request, 'intake-clerk', 'dispatcher', 'supervisor', 'evaluator');
      return getWorkflowSettings(db);
    });

    app.put(
      '/workflow-settings',
      { schema: { body: WorkflowSettingsEdit, response: { 200: WorkflowSettings } } },
      (request) => putWorkflowSettings(context, requireRole(request, 'administrator'), request.body),
    );
  };
}

function readRequestCursor(text: string) {
  const { key, id } = readCursor(text);
  return { requestedAt: new Date(key ?? 0), id };
}
