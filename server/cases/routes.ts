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
import { Light, List } from '#contract/shared';
import { idempotencyHeaders, keyOf, refuseControlCharacters } from '../access/request-checks.ts';
import { requireUser } from '../access/session-user.ts';
import type { Context } from '../context.ts';
import { appError } from '../errors.ts';
import { readDueCursor, writeDueCursor } from './cursor.ts';
import { actOnCase, getCase, getCounts, getTimeline, listCases, toCaseSummary } from './service.ts';

const CaseId = Type.Object({ id: Type.String({ maxLength: 64 }) });

const Code = Type.Optional(Type.String({ minLength: 1, maxLength: 32 }));

const CaseQuery = Type.Object(
  {
    stage: Type.Optional(Stage),
    light: Type.Optional(Light),
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
        const { near, after, limit = 100, ...filter } = request.query;
        const { records, more } = await listCases(
          context,
          user,
          { ...filter, ...(near === undefined ? {} : { near: readNear(near) }) },
          { after: after === undefined ? undefined : readDueCursor(after), limit },
        );
        const last = records.at(-1);
        const now = context.clock.now();
        return {
          items: records.map((record) => toCaseSummary(record, now)),
          ...(more && last ? { next: writeDueCursor(last) } : {}),
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
