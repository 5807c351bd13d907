import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { Credentials, Me, SampleAccount } from '#contract/access';
import { List } from '#contract/shared';
import type { Context } from '../context.ts';
import { appError } from '../errors.ts';
import { requirePerson } from './api-keys.ts';
import { apiKeyRoutes } from './api-key-routes.ts';
import { findScopeName } from './repository.ts';
import { enterSampleAccount, sampleAccounts, signIn, signOut } from './service.ts';
import { requireUser, type SessionUser } from './session-user.ts';

export const SESSION_COOKIE = 'gridwatch_session';

export function accessRoutes(context: Context): FastifyPluginAsyncTypebox {
  const { db, clock, config } = context;
  const secure = config.publicUrl?.startsWith('https:') ?? false;

  async function describe(user: SessionUser) {
    return {
      id: user.id,
      username: user.username,
      name: user.name,
      role: user.role,
      scope: user.scope,
      scopeName: await findScopeName(db, user.scope),
      expiresAt: user.expiresAt.toISOString(),
      serverNow: clock.now().toISOString(),
    };
  }

  function setCookie(reply: FastifyReply, token: string, expires: Date) {
    void reply.setCookie(SESSION_COOKIE, token, {
      path: '/',
      httpOnly: true,
      sameSite: 'strict',
      secure,
      expires,
    });
  }

  return async (app) => {
    await app.register(apiKeyRoutes(context));

    app.post(
      '/session',
      {
        schema: { body: Credentials, response: { 200: Me } },
        config: {
          rateLimit: { max: 10, timeWindow: '1 minute', hook: 'preHandler', keyGenerator: loginKey },
        },
      },
      async (request, reply) => {
        const { token, user } = await signIn(context, request.body, originOf(request));
        setCookie(reply, token, user.expiresAt);
        return describe(user);
      },
    );

    app.get('/session/samples', { schema: { response: { 200: List(SampleAccount) } } }, async (request) => ({
      items: isSameMachine(request) ? await sampleAccounts(db) : [],
    }));

    app.post(
      '/session/sample',
      {
        schema: {
          body: Type.Object({ username: Type.String({ maxLength: 64 }) }, { additionalProperties: false }),
          response: { 200: Me },
        },
      },
      async (request, reply) => {
        if (!isSameMachine(request)) throw appError('SAMPLE_ENTRY_REFUSED');
        const { token, user } = await enterSampleAccount(context, request.body.username, originOf(request));
        setCookie(reply, token, user.expiresAt);
        return describe(user);
      },
    );

    app.delete('/session', { schema: { response: { 204: Type.Null() } } }, async (request, reply) => {
      const user = requirePerson(requireUser(request));
      await signOut(db, user, clock.now());
      context.endSockets({ userId: user.id });
      void reply.clearCookie(SESSION_COOKIE, { path: '/' });
      return reply.code(204).send(null);
    });

    app.get('/me', { schema: { response: { 200: Me } } }, (request) => describe(requireUser(request)));
  };
}

function originOf(request: FastifyRequest) {
  return { requestId: request.id, remoteAddress: request.ip };
}

function loginKey(request: FastifyRequest): string {
  const body: unknown = request.body;
  const username = typeof body === 'object' && body && 'username' in body ? String(body.username) : '';
  return `${request.ip} ${username}`;
}

/** A browser on this machine, and nobody in between: the peer itself is loopback and says of no other. */
function isSameMachine(request: FastifyRequest): boolean {
  const peer = request.socket.remoteAddress ?? '';
  const loopback = peer === '::1' || peer.startsWith('127.') || peer.startsWith('::ffff:127.');
  return loopback && !request.headers['x-forwarded-for'] && !request.headers.forwarded;
}
