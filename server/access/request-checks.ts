import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { appError } from '../errors.ts';

/** Headers of a call that may be repeated. */
export const idempotencyHeaders = Type.Object({
  'idempotency-key': Type.Optional(
    Type.String({ minLength: 1, maxLength: 200, pattern: '^[\\x20-\\x7e]+$' }),
  ),
});

export function keyOf(request: {
  headers: { 'idempotency-key'?: string | string[] | undefined };
}): string | undefined {
  const key = request.headers['idempotency-key'];
  return typeof key === 'string' ? key : undefined;
}

/**
 * PostgreSQL keeps neither U+0000 nor half a surrogate pair, so no text may carry them. A hook before validation.
 * @throws INVALID_INPUT
 */
export function refuseControlCharacters(
  request: FastifyRequest,
  _reply: unknown,
  done: (error?: Error) => void,
): void {
  const found = findUnkeepable({ params: request.params, query: request.query, body: request.body });
  done(
    found === undefined
      ? undefined
      : appError('INVALID_INPUT', { problems: [{ path: found, message: 'must be text without U+0000' }] }),
  );
}

const UNKEEPABLE = /\0|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

/** Path of the first text that cannot be kept. */
function findUnkeepable(value: unknown, path = ''): string | undefined {
  if (typeof value === 'string') return UNKEEPABLE.test(value) ? path : undefined;
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const found = UNKEEPABLE.test(key) ? path : findUnkeepable(inner, `${path}/${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}
