import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { LimitRow, NewLimit } from '#contract/dictionary';
import { Day, Ending } from '#contract/rules';
import { List } from '#contract/shared';
import { requireRole, requireUser } from '../access/session-user.ts';
import type { Context } from '../context.ts';
import { listQuery } from '../grid/list-query.ts';
import { addLimit, endLimit } from './edit-limits.ts';
import { ruleDayOf } from './rule-day.ts';
import { listLimits } from './service.ts';

const Id = Type.Integer({ minimum: 1, maximum: 2 ** 31 - 1 });

/** Limits per class and condition; the urgent and the special list are filters of it. */
export function limitRoutes(context: Context): FastifyPluginAsyncTypebox {
  const { db, clock } = context;
  return async (app) => {
    app.get(
      '/limits',
      {
        schema: {
          querystring: Type.Object(
            {
              class: Type.Optional(Type.String({ maxLength: 32 })),
              urgent: Type.Optional(Type.Boolean()),
              special: Type.Optional(Type.Boolean()),
              /** Those that hold on this day; default today. */
              on: Type.Optional(Day),
              /** Those that were and will be, too. */
              all: Type.Boolean({ default: false }),
              after: Type.Optional(Id),
              limit: listQuery.limit,
            },
            { additionalProperties: false },
          ),
          response: { 200: List(LimitRow) },
        },
      },
      (request) => {
        requireUser(request);
        const { all, on = ruleDayOf(clock.now()), ...filter } = request.query;
        return listLimits(db, { ...filter, ...(all ? {} : { on }) });
      },
    );

    app.post(
      '/limits',
      { schema: { body: NewLimit, response: { 201: LimitRow } } },
      async (request, reply) => {
        const user = requireRole(request);
        return reply.code(201).send(await addLimit(context, user, request.body));
      },
    );

    app.post(
      '/limits/:id/end',
      { schema: { params: Type.Object({ id: Id }), body: Ending, response: { 200: LimitRow } } },
      (request) => endLimit(context, requireRole(request), request.params.id, request.body),
    );
  };
}
