import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import {
  ActionBody,
  CaseAction,
  CaseCounts,
  CaseDetail,
  CaseSummary,
  Stage,
  Timeline,
} from '#contract/cases';
import { CheckerCandidate } from '#contract/workflow';
import { RequestKind } from '#contract/requests';
import { Light, List } from '#contract/shared';
import { idempotencyHeaders, keyOf, refuseControlCharacters } from '../access/request-checks.ts';
import { requireRole, requireUser } from '../access/session-user.ts';
import type { Context } from '../context.ts';
import { appError } from '../errors.ts';
import { readDueCursor, writeDueCursor } from './cursor.ts';
import {
  actOnCase,
  getCase,
  getCheckers,
  getCounts,
  getTimeline,
  listCases,
  toCaseSummary,
} from './service.ts';

const CaseId = Type.Object({ id: Type.String({ maxLength: 64 }) });

const Code = Type.Optional(Type.String({ minLength: 1, maxLength: 32 }));

const CaseQuery = Type.Object(
  {
    /** Several: any of them. */
    stage: Type.Optional(Type.Array(Stage, { maxItems: 7 })),
    light: Type.Optional(Type.Array(Light, { maxItems: 4 })),
    /** With a request that waits for a decision: `open` means of any kind. */
    request: Type.Optional(Type.Union([Type.Literal('open'), ...RequestKind.anyOf])),
    flag: Type.Optional(
      Type.Array(
        Type.Union([
          Type.Literal('postponed'),
          Type.Literal('extended'),
          Type.Literal('returned'),
          Type.Literal('repeated'),
        ]),
        { maxItems: 4 },
      ),
    ),
    noSubject: Type.Optional(Type.Boolean()),
    /** Sent for check to this collector; `me`: to the caller. */
    checker: Type.Optional(Type.Union([Type.Literal('me'), Type.String({ format: 'uuid' })])),
    /** The soonest due of the stage (default) or of the whole case, or the first received. */
    sort: Type.Optional(Type.Union([Type.Literal('due'), Type.Literal('whole'), Type.Literal('received')])),
    unit: Code,
    subdistrict: Code,
    community: Code,
    cell: Code,
    class: Code,
    open: Type.Optional(Type.Boolean()),
    q: Code,
    near: Type.Optional(
      Type.String({ maxLength: 80, description: 'lon,lat,metres', pattern: '^-?[0-9.]+,-?[0-9.]+,[0-9.]+$' }),
    ),
    after: Type.Optional(Type.String({ maxLength: 200 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 100 })),
  },
  { additionalProperties: false },
);

export function casesRoutes(context: Context): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.addHook('preValidation', refuseControlCharacters);

    app.get(
      '/cases',
      { schema: { querystring: CaseQuery, response: { 200: List(CaseSummary) } } },
      async (request) => {
        const user = requireUser(request);
        const { near, after, limit = 100, sort = 'due', checker, ...filter } = request.query;
        const { records, more } = await listCases(
          context,
          user,
          {
            ...filter,
            checker: checker === 'me' ? user.id : checker,
            ...(near === undefined ? {} : { near: readNear(near) }),
          },
          { after: after === undefined ? undefined : readDueCursor(after), order: sort, limit },
        );
        const last = records.at(-1);
        const now = context.clock.now();
        return {
          items: records.map((record) => toCaseSummary(record, now)),
          ...(more && last ? { next: writeDueCursor(last, sort) } : {}),
        };
      },
    );

    app.get('/cases/counts', { schema: { response: { 200: CaseCounts } } }, (request) =>
      getCounts(context, requireUser(request)),
    );

    app.get('/cases/:id', { schema: { params: CaseId, response: { 200: CaseDetail } } }, (request) =>
      getCase(context, requireUser(request), request.params.id),
    );

    app.get('/cases/:id/timeline', { schema: { params: CaseId, response: { 200: Timeline } } }, (request) =>
      getTimeline(context, requireUser(request), request.params.id),
    );

    app.get(
      '/cases/:id/checkers',
      { schema: { params: CaseId, response: { 200: Type.Array(CheckerCandidate) } } },
      (request) => {
        const user = requireRole(request, 'intake-clerk', 'dispatcher', 'supervisor');
        return getCheckers(context, user, request.params.id);
      },
    );

    app.post(
      '/cases/:id/actions/:action',
      {
        schema: {
          params: Type.Object({ id: Type.String({ maxLength: 64 }), action: CaseAction }),
          headers: idempotencyHeaders,
          body: ActionBody,
          response: { 200: CaseDetail },
        },
      },
      (request) => {
        const user = requireUser(request);
        const { id: caseId, action } = request.params;
        return actOnCase(context, user, { caseId, action, body: request.body, key: keyOf(request) });
      },
    );
  };
}

function readNear(text: string) {
  const [lon = Number.NaN, lat = Number.NaN, metres = Number.NaN] = text.split(',').map(Number);
  const isPossible = Math.abs(lon) <= 180 && Math.abs(lat) <= 90 && metres <= 20_000;
  if (!isPossible)
    throw appError('INVALID_INPUT', { problems: [{ path: '/near', message: 'must be lon,lat,metres' }] });
  return { position: { lon, lat }, metres };
}
