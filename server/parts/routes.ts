import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { Part } from '#contract/parts';
import { List } from '#contract/shared';
import { requireUser } from '../access/session-user.ts';
import type { Context } from '../context.ts';
import { listQuery, toListFilter } from '../grid/list-query.ts';
import { getPart, listParts } from './service.ts';

export function partsRoutes({ db }: Context): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/parts',
      {
        schema: {
          querystring: Type.Object(
            {
              ...listQuery,
              class: Type.Optional(Type.String({ maxLength: 32 })),
              cell: Type.Optional(Type.String({ maxLength: 15 })),
            },
            { additionalProperties: false },
          ),
          response: { 200: List(Part) },
        },
      },
      (request) => {
        const { scope } = requireUser(request);
        const { class: classId, cell } = request.query;
        return listParts(db, scope, {
          ...toListFilter(request.query),
          ...(classId === undefined ? {} : { class: classId }),
          ...(cell === undefined ? {} : { cell }),
        });
      },
    );

    app.get(
      '/parts/:code',
      { schema: { params: Type.Object({ code: Type.String({ maxLength: 17 }) }), response: { 200: Part } } },
      (request) => getPart(db, requireUser(request).scope, request.params.code),
    );
  };
}
