import { createHash, randomBytes } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import type { ApiKey, IssuedApiKey, NewApiKey } from '#contract/access';
import type { Clock } from '../clock/system-clock.ts';
import type { Database, Queryable } from '../db/database.ts';
import { appError } from '../errors.ts';
import * as repository from './api-key-repository.ts';
import { appendAudit } from './audit.ts';
import { API_KEY_PREFIX, type GivenKey } from './read-api-key.ts';
import { findUserByName } from './repository.ts';
import type { SessionUser } from './session-user.ts';

/** Letters of a key that are shown in lists: enough to tell keys apart, too few to help guessing. */
const SHOWN_LETTERS = 9;
/** The last use is written at most this often, so that reading does not write. */
const TOUCH_MS = 60_000;
const FOREVER = new Date('9999-12-31T00:00:00.000Z');

interface Services {
  db: Database;
  clock: Clock;
}

function sha256(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/** Keys are given and taken by people: a key that makes keys could not be taken back. @throws NOT_ALLOWED */
export function requirePerson(user: SessionUser): SessionUser {
  if (user.apiKey) throw appError('NOT_ALLOWED', { apiKey: user.apiKey.id });
  return user;
}

/**
 * A new key, shown this once. An administrator gives keys for anybody, others for themselves.
 * @throws NOT_ALLOWED; NOT_FOUND no such user; INVALID_INPUT when it would be over before it begins
 */
export async function issueApiKey(
  { db, clock }: Services,
  user: SessionUser,
  given: NewApiKey,
  origin: { requestId: string; remoteAddress: string },
): Promise<IssuedApiKey> {
  // Whoever stands before a wall would take a key for good with them.
  if (user.role === 'wall') throw appError('NOT_ALLOWED');
  const username = given.username ?? user.username;
  if (username !== user.username && user.role !== 'administrator') throw appError('NOT_ALLOWED');
  const owner = await findUserByName(db, username);
  if (!owner) throw appError('NOT_FOUND', { username });
  const at = clock.now();
  const expiresAt = given.expiresAt === undefined ? null : new Date(given.expiresAt);
  if (expiresAt && expiresAt <= at) {
    throw appError('INVALID_INPUT', { problems: [{ path: '/expiresAt', message: 'must be in the future' }] });
  }
  const key = API_KEY_PREFIX + randomBytes(32).toString('base64url');
  const id = uuid();
  await db.transaction(async (tx) => {
    await repository.insertApiKey(tx, {
      id,
      userId: owner.id,
      name: given.name,
      sha256: sha256(key),
      prefix: key.slice(0, SHOWN_LETTERS),
      readOnly: given.readOnly ?? true,
      at,
      by: user.id,
      expiresAt,
    });
    await appendAudit(tx, {
      at,
      userId: user.id,
      username: user.username,
      action: 'issue-api-key',
      subject: id,
      details: { for: username, name: given.name, readOnly: given.readOnly ?? true },
      ...origin,
    });
  });
  return { ...(await requireKey(db, id)), key };
}

async function requireKey(db: Queryable, id: string): Promise<ApiKey> {
  const found = await repository.findApiKey(db, id);
  if (!found) throw appError('NOT_FOUND', { apiKey: id });
  return found;
}

/** One's own keys, an administrator everybody's; the newest first. */
export async function listApiKeys(
  db: Queryable,
  user: SessionUser,
  { after, limit }: { after?: string | undefined; limit: number },
): Promise<{ items: ApiKey[]; next?: string }> {
  const keys = await repository.listApiKeys(db, { ownerId: ownerOf(user), after, limit: limit + 1 });
  const items = keys.slice(0, limit);
  const last = items.at(-1);
  return { items, ...(keys.length > limit && last ? { next: last.id } : {}) };
}

function ownerOf(user: SessionUser): string | undefined {
  return user.role === 'administrator' ? undefined : user.id;
}

/** @throws NOT_FOUND, for somebody else's key too */
export async function revokeApiKey(
  { db, clock }: Services,
  user: SessionUser,
  id: string,
  origin: { requestId: string; remoteAddress: string },
): Promise<ApiKey> {
  const at = clock.now();
  await db.transaction(async (tx) => {
    const done = await repository.revokeApiKey(tx, { id, ownerId: ownerOf(user), at });
    if (!done) throw appError('NOT_FOUND', { apiKey: id });
    await appendAudit(tx, {
      at,
      userId: user.id,
      username: user.username,
      action: 'revoke-api-key',
      subject: id,
      ...origin,
    });
  });
  return requireKey(db, id);
}

/**
 * Whom a key stands for.
 * @throws API_KEY_REFUSED without saying why: unknown, expired, revoked, or its owner disabled
 */
export async function findKeyUser({ db, clock }: Services, { key, from }: GivenKey): Promise<SessionUser> {
  const row = key.startsWith(API_KEY_PREFIX) ? await repository.findKeyHolder(db, sha256(key)) : undefined;
  const now = clock.now();
  if (!row || row.revoked_at || (row.expires_at && row.expires_at <= now)) throw appError('API_KEY_REFUSED');
  if (!row.last_used_at || now.getTime() - row.last_used_at.getTime() >= TOUCH_MS) {
    await repository.touchApiKey(db, row.key_id, now);
  }
  return {
    id: row.id,
    username: row.username,
    name: { zh: row.display_name_zh, en: row.display_name_en },
    role: row.role,
    scope: { kind: row.scope_kind, code: row.scope_code },
    sessionSha256: '',
    expiresAt: row.expires_at ?? FOREVER,
    apiKey: { id: row.key_id, readOnly: row.read_only, ...(from === 'address' ? { inAddress: key } : {}) },
  };
}
