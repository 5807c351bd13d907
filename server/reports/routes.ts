import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import {
  AcceptReport,
  DecidedReport,
  FramingPreview,
  FramingResult,
  MergeReport,
  NewFraming,
  NewReport,
  PreviewRequest,
  RejectReport,
  Report,
  UnmergedReport,
  UnmergeReport,
} from '#contract/reports';
import { CaseDetail } from '#contract/cases';
import { List } from '#contract/shared';
import type { Role } from '#contract/access';
import { idempotencyHeaders, keyOf, refuseControlCharacters } from '../access/request-checks.ts';
import { requireRole, requireUser } from '../access/session-user.ts';
import { readCursor, writeCursor } from '../cases/cursor.ts';
import type { Context } from '../context.ts';
import { createFraming } from './framings.ts';
import { previewFraming } from './preview.ts';
import { readMultipartFraming, stillOf } from './read-framing.ts';
import { toReport } from './report-record.ts';
import {
  acceptReport,
  createReport,
  listReports,
  mergeReport,
  rejectReport,
  unmergeReport,
} from './service.ts';
import { undoFraming } from './undo-framing.ts';

const FRAMING_ROLES: Role[] = ['operator', 'intake-clerk', 'dispatcher', 'supervisor'];
const REPORTING_ROLES: Role[] = [...FRAMING_ROLES, 'hotline', 'collector', 'area-head'];
const DECIDING_ROLES: Role[] = ['intake-clerk', 'dispatcher', 'supervisor'];

const Id = Type.Object({ id: Type.String({ maxLength: 64 }) });

const ReportQuery = Type.Object(
  {
    state: Type.Optional(Report.properties.state),
    after: Type.Optional(Type.String({ maxLength: 200 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 100 })),
  },
  { additionalProperties: false },
);

export function reportsRoutes(context: Context): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.addHook('preValidation', refuseControlCharacters);

    app.post(
      '/framings',
      {
        preValidation: [readMultipartFraming, refuseControlCharacters],
        schema: { headers: idempotencyHeaders, body: NewFraming, response: { 201: FramingResult } },
      },
      async (request, reply) => {
        const user = requireRole(request, ...FRAMING_ROLES);
        const { body } = request;
        const result = await createFraming(context, user, {
          body,
          still: stillOf(request),
          key: keyOf(request),
        });
        return reply.code(201).send(result);
      },
    );

    app.post(
      '/framings/preview',
      { schema: { body: PreviewRequest, response: { 200: FramingPreview } } },
      (request) => previewFraming(context, requireRole(request, ...FRAMING_ROLES), request.body),
    );

    app.post(
      '/framings/:id/undo',
      {
        schema: {
          params: Id,
          headers: idempotencyHeaders,
          response: { 200: Type.Object({ report: Report, case: Type.Optional(CaseDetail) }) },
        },
      },
      (request) => {
        const user = requireRole(request, ...FRAMING_ROLES);
        return undoFraming(context, user, { id: request.params.id, key: keyOf(request) });
      },
    );

    app.post(
      '/reports',
      { schema: { headers: idempotencyHeaders, body: NewReport, response: { 200: Report, 201: Report } } },
      async (request, reply) => {
        const user = requireRole(request, ...REPORTING_ROLES);
        const { report, repeated } = await createReport(context, user, {
          body: request.body,
          key: keyOf(request),
        });
        return reply.code(repeated ? 200 : 201).send(report);
      },
    );

    app.get(
      '/reports',
      { schema: { querystring: ReportQuery, response: { 200: List(Report) } } },
      async (request) => {
        const { state, after, limit = 100 } = request.query;
        const cursor = after === undefined ? undefined : readReportCursor(after);
        const { records, more } = await listReports(context, requireUser(request), {
          state,
          after: cursor,
          limit,
        });
        const last = records.at(-1);
        return {
          items: records.map(toReport),
          ...(more && last ? { next: writeCursor(last.receivedAt.toISOString(), last.id) } : {}),
        };
      },
    );

    app.post(
      '/reports/:id/accept',
      {
        schema: {
          params: Id,
          headers: idempotencyHeaders,
          body: AcceptReport,
          response: { 200: DecidedReport },
        },
      },
      (request) => acceptReport(context, requireRole(request, ...DECIDING_ROLES), decisionOf(request)),
    );

    app.post(
      '/reports/:id/reject',
      { schema: { params: Id, headers: idempotencyHeaders, body: RejectReport, response: { 200: Report } } },
      async (request) => {
        const user = requireRole(request, ...DECIDING_ROLES);
        return (await rejectReport(context, user, decisionOf(request))).report;
      },
    );

    app.post(
      '/reports/:id/merge',
      {
        schema: {
          params: Id,
          headers: idempotencyHeaders,
          body: MergeReport,
          response: { 200: DecidedReport },
        },
      },
      (request) => mergeReport(context, requireRole(request, ...DECIDING_ROLES), decisionOf(request)),
    );

    app.post(
      '/reports/:id/unmerge',
      {
        schema: {
          params: Id,
          headers: idempotencyHeaders,
          body: UnmergeReport,
          response: { 200: UnmergedReport },
        },
      },
      (request) => unmergeReport(context, requireRole(request, ...DECIDING_ROLES), decisionOf(request)),
    );
  };
}

function decisionOf<Body>(request: {
  params: { id: string };
  body: Body;
  headers: { 'idempotency-key'?: string | undefined };
}) {
  return { id: request.params.id, body: request.body, key: keyOf(request) };
}

function readReportCursor(text: string) {
  const { key, id } = readCursor(text);
  return { receivedAt: new Date(key ?? 0), id };
}
