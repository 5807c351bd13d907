import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { requireUser } from '../access/session-user.ts';
import type { Context } from '../context.ts';
import { isUnchanged } from '../tiles/is-unchanged.ts';
import { matchClasses } from './match-classes.ts';
import { readDictionary } from './service.ts';

export function dictionaryRoutes({ db }: Context): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/classes',
      {
        schema: {
          querystring: Type.Object(
            { q: Type.Optional(Type.String({ minLength: 1, maxLength: 80 })) },
            { additionalProperties: false },
          ),
        },
      },
      async (request, reply) => {
        requireUser(request);
        const { classes, text, etag } = await readDictionary(db);
        void reply.header('cache-control', 'private, no-cache');
        const { q } = request.query;
        if (q === undefined) {
          void reply.header('etag', etag);
          if (isUnchanged(request, etag)) return reply.code(304).send();
        }
        const body = q === undefined ? text : JSON.stringify({ items: matchClasses(classes, q) });
        return reply.type('application/json; charset=utf-8').send(body);
      },
    );
  };
}
