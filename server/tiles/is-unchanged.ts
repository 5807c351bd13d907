import type { FastifyRequest } from 'fastify';

/** Whether the caller holds the answer with this (strong) tag already (RFC 9110 section 13.1.2). */
export function isUnchanged(request: FastifyRequest, etag: string): boolean {
  const held = request.headers['if-none-match'];
  if (held === undefined) return false;
  return held.split(',').some((tag) => {
    const trimmed = tag.trim();
    return trimmed === '*' || trimmed.replace(/^W\//, '') === etag;
  });
}
