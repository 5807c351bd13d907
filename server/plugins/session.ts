import cookie from '@fastify/cookie';
import type { FastifyInstance } from 'fastify';
import { SESSION_COOKIE } from '../access/routes.ts';
import { findSessionUser } from '../access/service.ts';
import type { Context } from '../context.ts';

/** Puts the caller on every API request. */
export async function installSession(app: FastifyInstance, context: Context): Promise<void> {
  await app.register(cookie);
  app.decorateRequest('user', null);
  app.decorateRequest('sessionExpired', false);
  app.addHook('preParsing', async (request) => {
    if (!request.url.startsWith('/api/')) return;
    const token = request.cookies[SESSION_COOKIE];
    if (!token) return;
    const found = await findSessionUser(context, token);
    if (found === 'expired') request.sessionExpired = true;
    else request.user = found;
  });
}
