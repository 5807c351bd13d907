import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { Day, TableResult } from '#contract/rules';
import { requireRole, requireUser } from '../access/session-user.ts';
import type { Context } from '../context.ts';
import { appError } from '../errors.ts';
import { putTable, tableAsCsv, type RuleTable } from './put-table.ts';
import { ruleDayOf } from './rule-day.ts';

const BODY_LIMIT_BYTES = 8 * 1024 * 1024;

/** `GET` and `PUT /<name>.csv` for each table. */
export function tableRoutes(context: Context, tables: Record<string, RuleTable>): FastifyPluginAsyncTypebox {
  const { db, clock } = context;
  return async (app) => {
    app.addContentTypeParser(
      ['text/csv', 'text/plain', 'application/octet-stream', 'application/vnd.ms-excel'],
      { parseAs: 'buffer', bodyLimit: BODY_LIMIT_BYTES },
      (_request, body, done) => done(null, body),
    );
    for (const [name, table] of Object.entries(tables)) {
      app.get(
        `/${name}.csv`,
        {
          schema: {
            querystring: Type.Object(
              { on: Type.Optional(Day), all: Type.Boolean({ default: false }) },
              { additionalProperties: false },
            ),
          },
        },
        async (request, reply) => {
          requireUser(request);
          const { on = ruleDayOf(clock.now()), all } = request.query;
          return reply
            .type('text/csv; charset=utf-8')
            .header('content-disposition', `attachment; filename="${name}-${on}.csv"`)
            .header('cache-control', 'private, no-cache')
            .send(await tableAsCsv(db, table, { on, all }));
        },
      );

      app.put(
        `/${name}.csv`,
        {
          schema: {
            querystring: Type.Object(
              {
                /** The day from which the table holds; default today. */
                on: Type.Optional(Day),
                dryRun: Type.Boolean({ default: false }),
                /** Rules that are not in the table go on. */
                keepMissing: Type.Boolean({ default: false }),
                expectedVersion: Type.Optional(Type.String({ maxLength: 64 })),
                reason: Type.String({ minLength: 1, maxLength: 400 }),
              },
              { additionalProperties: false },
            ),
            response: { 200: TableResult },
          },
        },
        (request) => {
          const user = requireRole(request);
          if (!Buffer.isBuffer(request.body)) throw appError('MEDIA_TYPE_REFUSED');
          return putTable(context, user, name, table, { ...request.query, bytes: request.body });
        },
      );
    }
  };
}
