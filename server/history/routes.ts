import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { RegisterChange, RegisterSubject } from '#contract/history';
import { List } from '#contract/shared';
import { requireRole } from '../access/session-user.ts';
import type { Context } from '../context.ts';
import { listChanges, undoBatch, type Undo } from './service.ts';

/** Register changes are read by those who may change, and undone by them. */
export function historyRoutes(
  context: Context,
  undos: Partial<Record<RegisterSubject, Undo>>,
): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/register/changes',
      {
        schema: {
          querystring: Type.Object(
            {
              subject: Type.Optional(RegisterSubject),
              code: Type.Optional(Type.String({ maxLength: 64 })),
              after: Type.Optional(Type.String({ pattern: '^[0-9]{1,15}$' })),
              limit: Type.Integer({ minimum: 1, maximum: 500, default: 100 }),
            },
            { additionalProperties: false },
          ),
          response: { 200: List(RegisterChange) },
        },
      },
      (request) => {
        requireRole(request, 'supervisor', 'evaluator');
        const { subject, code, after, limit } = request.query;
        return listChanges(context.db, {
          subject,
          code,
          after: after === undefined ? undefined : Number(after),
          limit,
        });
      },
    );

    app.post(
      '/register/changes/:batch/undo',
      {
        schema: {
          params: Type.Object({ batch: Type.String({ format: 'uuid' }) }),
          response: { 200: Type.Object({ batch: Type.String(), undone: Type.Integer() }) },
        },
      },
      async (request) => {
        const user = requireRole(request, 'supervisor');
        const done = await undoBatch(context, user, request.params.batch, undos);
        context.publish();
        return done;
      },
    );
  };
}
