import cookie from '@fastify/cookie';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { findKeyUser } from '../access/api-keys.ts';
import { readApiKey } from '../access/read-api-key.ts';
import { SESSION_COOKIE } from '../access/routes.ts';
import { findSessionUser } from '../access/service.ts';
import type { Context } from '../context.ts';
import { appError } from '../errors.ts';

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);
/** Everything that answers to somebody: our own calls, and the features other programs read. */
const WITH_CALLER = /^\/(api|ogc)([/?]|$)/;
const FEATURES = /^(\/api\/v1)?\/ogc([/?]|$)/;

/** Puts the caller on every API request: whom the key stands for, or whose session the cookie is. */
export async function installSession(app: FastifyInstance, context: Context): Promise<void> {
  await app.register(cookie);
  app.decorateRequest('user', null);
  app.decorateRequest('sessionExpired', false);
  app.addHook('preParsing', async (request, reply) => {
    if (!WITH_CALLER.test(request.url)) return;
    // Programs of maps ask for a password when they are told to; a browser at our own pages must not.
    if (FEATURES.test(request.url)) void reply.header('www-authenticate', 'Basic realm="Gridwatch"');
    const given = readApiKey(request);
    if (given) {
      forgetKeyInQuery(request);
      request.user = await findKeyUser(context, given);
      void reply.removeHeader('www-authenticate');
      if (request.user.apiKey?.readOnly && !READING.has(request.method)) {
        throw appError('API_KEY_READ_ONLY');
      }
      return;
    }
    const token = request.cookies[SESSION_COOKIE];
    if (!token) return;
    const found = await findSessionUser(context, token);
    if (found === 'expired') request.sessionExpired = true;
    else request.user = found;
    void reply.removeHeader('www-authenticate');
  });
}

/** A key in the address is the caller's name, not an argument of the call. */
function forgetKeyInQuery(request: FastifyRequest) {
  const { query } = request;
  if (typeof query === 'object' && query !== null && 'key' in query) delete query.key;
}
