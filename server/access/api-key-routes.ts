import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { ApiKey, IssuedApiKey, NewApiKey } from '#contract/access';
import { List } from '#contract/shared';
import type { Context } from '../context.ts';
import { issueApiKey, listApiKeys, requirePerson, revokeApiKey } from './api-keys.ts';
import { refuseControlCharacters } from './request-checks.ts';
import { requireUser } from './session-user.ts';

/** Keys for machines. They are given, listed and taken back by people with a session. */
export function apiKeyRoutes(context: Context): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.addHook('preValidation', refuseControlCharacters);

    app.get(
      '/api-keys',
      {
        schema: {
          querystring: Type.Object(
            {
              after: Type.Optional(Type.String({ format: 'uuid' })),
              limit: Type.Integer({ minimum: 1, maximum: 500, default: 100 }),
            },
            { additionalProperties: false },
          ),
          response: { 200: List(ApiKey) },
        },
      },
      (request) => listApiKeys(context.db, requirePerson(requireUser(request)), request.query),
    );

    app.post(
      '/api-keys',
      { schema: { body: NewApiKey, response: { 201: IssuedApiKey } } },
      async (request, reply) => {
        const user = requirePerson(requireUser(request));
        const origin = { requestId: request.id, remoteAddress: request.ip };
        void reply.header('cache-control', 'no-store');
        return reply.code(201).send(await issueApiKey(context, user, request.body, origin));
      },
    );

    app.post(
      '/api-keys/:id/revoke',
      { schema: { params: Type.Object({ id: Type.String({ format: 'uuid' }) }), response: { 200: ApiKey } } },
      (request) =>
        revokeApiKey(context, requirePerson(requireUser(request)), request.params.id, {
          requestId: request.id,
          remoteAddress: request.ip,
        }),
    );
  };
}
