import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { Kind } from '#contract/dictionary';
import { Day, Ending } from '#contract/rules';
import { List } from '#contract/shared';
import { Duty, DutyCoverage, NewDuty } from '#contract/units';
import { requireRole, requireUser } from '../access/session-user.ts';
import type { Context } from '../context.ts';
import { ruleDayOf } from '../dictionary/rule-day.ts';
import { listQuery } from '../grid/list-query.ts';
import { getDutyCoverage, listDuties } from './duty-service.ts';
import { addDuty, endDuty } from './edit-duties.ts';

const Id = Type.Integer({ minimum: 1, maximum: 2 ** 31 - 1 });
const Division = Type.String({ pattern: '^([0-9]{6}|[0-9]{9}|[0-9]{12})$' });

export function dutyRoutes(context: Context): FastifyPluginAsyncTypebox {
  const { db, clock } = context;
  return async (app) => {
    app.get(
      '/duties',
      {
        schema: {
          querystring: Type.Object(
            {
              unit: Type.Optional(Type.String({ maxLength: 40 })),
              /** Duties of the class, and of its whole kind. */
              class: Type.Optional(Type.String({ maxLength: 32 })),
              kind: Type.Optional(Kind),
              role: Type.Optional(Type.Union([Type.Literal('lead'), Type.Literal('assist')])),
              /** Those that hold somewhere in it. */
              division: Type.Optional(Division),
              /** Those that hold on this day; default today. */
              on: Type.Optional(Day),
              /** Those that were and will be, too. */
              all: Type.Boolean({ default: false }),
              after: Type.Optional(Id),
              limit: listQuery.limit,
            },
            { additionalProperties: false },
          ),
          response: { 200: List(Duty) },
        },
      },
      (request) => {
        requireUser(request);
        const { all, on = ruleDayOf(clock.now()), ...filter } = request.query;
        return listDuties(db, { ...filter, ...(all ? {} : { on }) });
      },
    );

    app.get(
      '/duties/coverage',
      {
        schema: {
          querystring: Type.Object(
            { on: Type.Optional(Day), division: Type.Optional(Division) },
            { additionalProperties: false },
          ),
          response: { 200: DutyCoverage },
        },
      },
      (request) => {
        requireRole(request, 'supervisor', 'dispatcher', 'evaluator');
        const { on = ruleDayOf(clock.now()), division } = request.query;
        return getDutyCoverage(db, { on, division });
      },
    );

    app.post('/duties', { schema: { body: NewDuty, response: { 201: Duty } } }, async (request, reply) => {
      const user = requireRole(request);
      return reply.code(201).send(await addDuty(context, user, request.body));
    });

    app.post(
      '/duties/:id/end',
      { schema: { params: Type.Object({ id: Id }), body: Ending, response: { 200: Duty } } },
      (request) => endDuty(context, requireRole(request), request.params.id, request.body),
    );
  };
}
