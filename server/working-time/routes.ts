import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { List } from '#contract/shared';
import {
  LimitRecalculation,
  StateCouncilImport,
  WorkingTimeChange,
  WorkingTimeEdit,
  WorkingTimeResult,
  WorkingYear,
} from '#contract/working-time';
import { requireRole, requireUser } from '../access/session-user.ts';
import type { Context } from '../context.ts';
import { registerRecalculation } from './recalculation-job.ts';
import {
  applyLimit,
  editWorkingTime,
  getWorkingYear,
  importStateCouncilDays,
  listWorkingTimeChanges,
} from './service.ts';

const YearParams = Type.Object({ year: Type.Integer({ minimum: 2000, maximum: 2999 }) });

/** Everybody who is signed in may see when clocks run; the administrator changes it. */
export function workingTimeRoutes(context: Context): FastifyPluginAsyncTypebox {
  registerRecalculation();
  return async (app) => {
    app.get(
      '/working-time/:year',
      { schema: { params: YearParams, response: { 200: WorkingYear } } },
      (request) => {
        requireUser(request);
        return getWorkingYear(context, request.params.year);
      },
    );

    app.get(
      '/working-time/changes',
      {
        schema: {
          querystring: Type.Object(
            {
              after: Type.Optional(Type.String({ pattern: '^[0-9]{1,15}$' })),
              limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
            },
            { additionalProperties: false },
          ),
          response: { 200: List(WorkingTimeChange) },
        },
      },
      (request) => {
        requireRole(request, 'supervisor', 'evaluator');
        const { after, limit } = request.query;
        return listWorkingTimeChanges(context.db, {
          after: after === undefined ? undefined : Number(after),
          limit,
        });
      },
    );

    app.post(
      '/working-time/changes',
      { schema: { body: WorkingTimeEdit, response: { 200: WorkingTimeResult } } },
      (request) => editWorkingTime(context, requireRole(request), request.body),
    );

    app.post(
      '/working-time/:year/state-council',
      { schema: { params: YearParams, body: StateCouncilImport, response: { 200: WorkingTimeResult } } },
      (request) => importStateCouncilDays(context, requireRole(request), request.params.year, request.body),
    );

    app.post(
      '/limits/:id/recalculation',
      {
        schema: {
          params: Type.Object({ id: Type.Integer({ minimum: 1, maximum: 2 ** 31 - 1 }) }),
          body: LimitRecalculation,
          response: { 200: WorkingTimeResult },
        },
      },
      (request) => applyLimit(context, requireRole(request), request.params.id, request.body),
    );
  };
}
