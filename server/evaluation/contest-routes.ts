import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { Contest, ContestDecision, NewContest } from '#contract/evaluation';
import { List } from '#contract/shared';
import { idempotencyHeaders, keyOf, refuseControlCharacters } from '../access/request-checks.ts';
import { requireRole, requireUser } from '../access/session-user.ts';
import { readCursor, writeCursor } from '../cases/cursor.ts';
import type { Context } from '../context.ts';
import { decideContest, fileContest, listContests } from './contests.ts';

const ContestsQuery = Type.Object(
  {
    state: Type.Optional(Contest.properties.state),
    period: Type.Optional(Type.String({ pattern: '^[0-9]{4}-(0[1-9]|1[0-2])$' })),
    unit: Type.Optional(Type.String({ minLength: 1, maxLength: 32 })),
    after: Type.Optional(Type.String({ maxLength: 200 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 100 })),
  },
  { additionalProperties: false },
);

export function contestRoutes(context: Context): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.addHook('preValidation', refuseControlCharacters);

    app.get(
      '/contests',
      { schema: { querystring: ContestsQuery, response: { 200: List(Contest) } } },
      async (request) => {
        const user = requireUser(request);
        const { after, limit = 100, ...filter } = request.query;
        const { items, more } = await listContests(context, user, {
          ...filter,
          after: after === undefined ? undefined : readAfter(after),
          limit,
        });
        const last = items.at(-1);
        return { items, ...(more && last ? { next: writeCursor(last.filedAt, last.id) } : {}) };
      },
    );

    app.post(
      '/contests',
      { schema: { headers: idempotencyHeaders, body: NewContest, response: { 201: Contest } } },
      async (request, reply) => {
        const user = requireRole(request, 'unit-clerk');
        return reply.code(201).send(await fileContest(context, user, request.body, keyOf(request)));
      },
    );

    app.post(
      '/contests/:id/decide',
      {
        schema: {
          params: Type.Object({ id: Type.String({ maxLength: 64 }) }),
          headers: idempotencyHeaders,
          body: ContestDecision,
          response: { 200: Contest },
        },
      },
      (request) =>
        decideContest(context, requireRole(request, 'supervisor'), {
          id: request.params.id,
          body: request.body,
          key: keyOf(request),
        }),
    );
  };
}

/** @throws INVALID_INPUT */
function readAfter(text: string): { filedAt: Date; id: string } {
  const { key, id } = readCursor(text);
  return { filedAt: new Date(key ?? 0), id };
}
