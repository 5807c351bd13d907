import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import sql from 'sql-template-tag';
import type { Queryable } from '../db/database.ts';
import { appError } from '../errors.ts';

/** What an idempotency key stands for: the same key with another request is refused. */
export interface Claim {
  userId: string;
  key: string | undefined;
  request: unknown;
  at: Date;
}

/**
 * The answer already given to a claim, before anything of the request is looked at again: what was accepted once is
 * answered the same even if it would be refused by now.
 * @throws IDEMPOTENCY_KEY_REUSED
 */
export async function answerOf<T>(db: Queryable, claim: Omit<Claim, 'at'>): Promise<T | undefined> {
  if (claim.key === undefined) return undefined;
  const { rows } = await db.query<{ request_sha256: string; response: T | null }>(sql`
    select request_sha256, response from idempotency_keys
    where user_id = ${claim.userId} and key = ${claim.key}`);
  const first = rows[0];
  if (!first) return undefined;
  if (first.request_sha256 !== hashRequest(claim.request)) throw appError('IDEMPOTENCY_KEY_REUSED');
  return first.response ?? undefined;
}

function hashRequest(request: unknown): string {
  return createHash('sha256')
    .update(canonicalize(request) ?? '')
    .digest('hex');
}

/**
 * Does `work` once per (user, key): the key's row commits with the work, so a repeat after a lost answer, a crash or
 * beside the first gets the first answer. Without a key, `work` just runs.
 * @throws IDEMPOTENCY_KEY_REUSED
 */
export async function once<T>(
  tx: Queryable,
  { userId, key, request, at }: Claim,
  work: () => Promise<T>,
): Promise<T> {
  if (key === undefined) return work();
  const requestSha256 = hashRequest(request);
  // A second transaction with the same key waits here until the first has committed or rolled back.
  const { rowCount } = await tx.query(sql`
    insert into idempotency_keys (user_id, key, request_sha256, created_at)
    values (${userId}, ${key}, ${requestSha256}, ${at})
    on conflict (user_id, key) do nothing`);
  if (rowCount === 0) {
    const { rows } = await tx.query<{ request_sha256: string; response: T }>(sql`
      select request_sha256, response from idempotency_keys where user_id = ${userId} and key = ${key}`);
    const first = rows[0];
    if (!first) throw appError('REQUEST_IN_PROGRESS');
    if (first.request_sha256 !== requestSha256) throw appError('IDEMPOTENCY_KEY_REUSED');
    return first.response;
  }
  const response = await work();
  await tx.query(sql`
    update idempotency_keys set response = ${JSON.stringify(response)}
    where user_id = ${userId} and key = ${key}`);
  return response;
}
