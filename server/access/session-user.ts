import type { FastifyRequest } from 'fastify';
import type { Role, Scope } from '#contract/access';
import type { Names } from '#contract/shared';
import { appError } from '../errors.ts';

/** Who is calling. */
export interface SessionUser {
  id: string;
  username: string;
  name: Names;
  role: Role;
  scope: Scope;
  sessionSha256: string;
  expiresAt: Date;
  /** Called with a key instead of a session. */
  apiKey?: {
    id: string;
    readOnly: boolean;
    /** The key itself, when it stood in the address: links that are followed must carry it too. */
    inAddress?: string;
  };
}

declare module 'fastify' {
  interface FastifyRequest {
    user: SessionUser | null;
    /** A cookie was sent, but its session is over. */
    sessionExpired: boolean;
  }
}

/** @throws NOT_SIGNED_IN, SESSION_EXPIRED */
export function requireUser(request: FastifyRequest): SessionUser {
  if (request.user) return request.user;
  throw appError(request.sessionExpired ? 'SESSION_EXPIRED' : 'NOT_SIGNED_IN');
}

/** The administrator may do whatever any role may. @throws NOT_SIGNED_IN, SESSION_EXPIRED, NOT_ALLOWED */
export function requireRole(request: FastifyRequest, ...roles: Role[]): SessionUser {
  const user = requireUser(request);
  if (user.role !== 'administrator' && !roles.includes(user.role)) throw appError('NOT_ALLOWED', { roles });
  return user;
}
