import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { HeadDetail, HeadEdit, HeadInList, HeadRole, NewHead } from '#contract/grid';
import { List } from '#contract/shared';
import { requireRole, requireUser } from '../access/session-user.ts';
import type { Context } from '../context.ts';
import { addHead, editHead, getHead, listHeads } from './service.ts';

const HeadParams = Type.Object({ id: Type.String({ format: 'uuid' }) });

/** Who answers for which cells. Everybody may know; the administrator changes it. */
export function headsRoutes(context: Context): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/heads',
      {
        schema: {
          querystring: Type.Object(
            {
              division: Type.Optional(Type.String({ pattern: '^[0-9]{6,12}$' })),
              cell: Type.Optional(Type.String({ pattern: '^[0-9]{15}$' })),
              role: Type.Optional(HeadRole),
              q: Type.Optional(Type.String({ minLength: 1, maxLength: 80 })),
              on: Type.Optional(Type.String({ format: 'date' })),
              /** With the codes of their cells. */
              cells: Type.Boolean({ default: false }),
              after: Type.Optional(Type.String({ maxLength: 80 })),
              limit: Type.Integer({ minimum: 1, maximum: 500, default: 100 }),
            },
            { additionalProperties: false },
          ),
          response: { 200: List(HeadInList) },
        },
      },
      (request) => listHeads(context, requireUser(request).scope, request.query),
    );

    app.get(
      '/heads/:id',
      {
        schema: {
          params: HeadParams,
          querystring: Type.Object(
            { on: Type.Optional(Type.String({ format: 'date' })) },
            { additionalProperties: false },
          ),
          response: { 200: HeadDetail },
        },
      },
      (request) => getHead(context, requireUser(request).scope, request.params.id, request.query.on),
    );

    app.post(
      '/heads',
      { schema: { body: NewHead, response: { 201: HeadDetail } } },
      async (request, reply) => {
        const user = requireRole(request);
        return reply.code(201).send(await addHead(context, user, request.body));
      },
    );

    app.patch(
      '/heads/:id',
      { schema: { params: HeadParams, body: HeadEdit, response: { 200: HeadDetail } } },
      (request) => editHead(context, requireRole(request), request.params.id, request.body),
    );
  };
}
