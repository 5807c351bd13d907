import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { Edition } from '#contract/codes';
import {
  ClassEdit,
  ClassEntry,
  ClassSet,
  ClassSetChange,
  PutSetInForce,
  SetInForce,
} from '#contract/dictionary';
import { List } from '#contract/shared';
import { requireRole, requireUser } from '../access/session-user.ts';
import type { Context } from '../context.ts';
import { isUnchanged } from '../tiles/is-unchanged.ts';
import { compareSets, putSetInForce } from './class-sets.ts';
import { classTable } from './class-table.ts';
import { editClass } from './edit-class.ts';
import { limitRoutes } from './limit-routes.ts';
import { limitTable } from './limit-table.ts';
import { matchClasses } from './match-classes.ts';
import { ruleDayOf } from './rule-day.ts';
import { listClassSets, readDictionary } from './service.ts';
import { tableRoutes } from './table-routes.ts';

const EditionParams = Type.Object({ edition: Type.Integer({ minimum: 1900, maximum: 2999 }) });

export function dictionaryRoutes(context: Context): FastifyPluginAsyncTypebox {
  const { db, clock } = context;
  return async (app) => {
    app.get(
      '/classes',
      {
        schema: {
          querystring: Type.Object(
            {
              q: Type.Optional(Type.String({ minLength: 1, maxLength: 80 })),
              /** Default: the set in force. */
              edition: Type.Optional(Edition),
            },
            { additionalProperties: false },
          ),
        },
      },
      async (request, reply) => {
        requireUser(request);
        const { q, edition } = request.query;
        const { classes, text, etag } = await readDictionary(db, ruleDayOf(clock.now()), edition);
        void reply.header('cache-control', 'private, no-cache');
        if (q === undefined) {
          void reply.header('etag', etag);
          if (isUnchanged(request, etag)) return reply.code(304).send();
        }
        const body = q === undefined ? text : JSON.stringify({ items: matchClasses(classes, q) });
        return reply.type('application/json; charset=utf-8').send(body);
      },
    );

    app.get('/class-sets', { schema: { response: { 200: List(ClassSet) } } }, async (request) => {
      requireUser(request);
      return { items: await listClassSets(db) };
    });

    app.get(
      '/class-sets/:edition/consequences',
      { schema: { params: EditionParams, response: { 200: ClassSetChange } } },
      (request) => {
        requireRole(request);
        return compareSets(context, request.params.edition);
      },
    );

    app.post(
      '/class-sets/:edition/put-in-force',
      { schema: { params: EditionParams, body: PutSetInForce, response: { 200: SetInForce } } },
      (request) => putSetInForce(context, requireRole(request), request.params.edition, request.body),
    );

    app.patch(
      '/classes/:id',
      {
        schema: {
          params: Type.Object({ id: Type.String({ maxLength: 32 }) }),
          body: ClassEdit,
          response: { 200: ClassEntry },
        },
      },
      (request) => editClass(context, requireRole(request), request.params.id, request.body),
    );

    await app.register(limitRoutes(context));
    await app.register(tableRoutes(context, { classes: classTable, limits: limitTable }));
  };
}
