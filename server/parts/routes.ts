import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { CaseSummary } from '#contract/cases';
import { Part, PartFilter } from '#contract/parts';
import { List } from '#contract/shared';
import { refuseControlCharacters } from '../access/request-checks.ts';
import { requireUser } from '../access/session-user.ts';
import { readDueCursor, writeDueCursor } from '../cases/cursor.ts';
import { listCases, toCaseSummary } from '../cases/service.ts';
import type { Context } from '../context.ts';
import { listQuery } from '../grid/list-query.ts';
import { editRoutes } from './edit-routes.ts';
import { getPart, listParts } from './service.ts';

const PartCode = Type.Object({ code: Type.String({ maxLength: 17 }) });

export function partsRoutes(context: Context): FastifyPluginAsyncTypebox {
  const { db, clock } = context;
  return async (app) => {
    app.addHook('preValidation', refuseControlCharacters);
    await app.register(editRoutes(context));

    app.get(
      '/parts',
      {
        schema: {
          querystring: Type.Object(
            { ...PartFilter.properties, after: listQuery.after, limit: listQuery.limit },
            { additionalProperties: false },
          ),
          response: { 200: List(Part) },
        },
      },
      (request) => {
        const { after, limit, ...filter } = request.query;
        return listParts(db, requireUser(request).scope, filter, { after, limit });
      },
    );

    app.get('/parts/:code', { schema: { params: PartCode, response: { 200: Part } } }, (request) =>
      getPart(db, requireUser(request).scope, request.params.code),
    );

    app.get(
      '/parts/:code/cases',
      {
        schema: {
          params: PartCode,
          querystring: Type.Object(
            {
              open: Type.Optional(Type.Boolean()),
              after: Type.Optional(Type.String({ maxLength: 200 })),
              limit: listQuery.limit,
            },
            { additionalProperties: false },
          ),
          response: { 200: List(CaseSummary) },
        },
      },
      async (request) => {
        const user = requireUser(request);
        const { open, after, limit } = request.query;
        const { code } = await getPart(db, user.scope, request.params.code);
        const { records, more } = await listCases(
          context,
          user,
          { part: code, open },
          { after: after === undefined ? undefined : readDueCursor(after), limit },
        );
        const now = clock.now();
        const last = records.at(-1);
        return {
          items: records.map((record) => toCaseSummary(record, now)),
          ...(more && last ? { next: writeDueCursor(last) } : {}),
        };
      },
    );
  };
}
