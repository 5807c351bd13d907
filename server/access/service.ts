import { createHash, randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import type { SampleAccount } from '#contract/access';
import type { Clock } from '../clock/system-clock.ts';
import type { Database, Queryable } from '../db/database.ts';
import { appError } from '../errors.ts';
import { appendAudit } from './audit.ts';
import {
  deleteExpiredSessions,
  deleteSession,
  findSession,
  findUserByName,
  insertSession,
  listSampleAccounts,
  type UserRow,
} from './repository.ts';
import type { SessionUser } from './session-user.ts';

/** A wall may run for days; a session ends after a week, or when signed out. */
const SESSION_MS = 7 * 24 * 3600 * 1000;

export function hashPassword(password: string): Promise<string> {
  return hash(password);
}

function sha256(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Compared against when the user does not exist, so that both answers take the same time. */
const nobodysHash = hashPassword(randomBytes(16).toString('hex'));

interface Origin {
  requestId: string;
  remoteAddress: string;
}

/** @throws WRONG_CREDENTIALS, without saying which of the two is wrong */
export async function signIn(
  { db, clock }: { db: Database; clock: Clock },
  credentials: { username: string; password: string },
  origin: Origin,
): Promise<{ token: string; user: SessionUser }> {
  const user = await findUserByName(db, credentials.username);
  const right = await verify(user?.password_hash ?? (await nobodysHash), credentials.password);
  if (!user || !right) {
    await appendAudit(db, {
      at: clock.now(),
      username: credentials.username,
      action: 'sign-in-refused',
      ...origin,
    });
    throw appError('WRONG_CREDENTIALS');
  }
  return openSession({ db, clock }, user, origin);
}

/** Enters a sample account without its password. The route lets only a browser on the same machine do so. */
export async function enterSampleAccount(
  { db, clock }: { db: Database; clock: Clock },
  username: string,
  origin: Origin,
): Promise<{ token: string; user: SessionUser }> {
  const user = await findUserByName(db, username);
  if (!user?.sample) throw appError('WRONG_CREDENTIALS');
  return openSession({ db, clock }, user, origin);
}

export function sampleAccounts(db: Queryable): Promise<SampleAccount[]> {
  return listSampleAccounts(db);
}

async function openSession(
  { db, clock }: { db: Database; clock: Clock },
  row: UserRow,
  origin: Origin,
): Promise<{ token: string; user: SessionUser }> {
  const token = randomBytes(32).toString('base64url');
  const at = clock.now();
  const expiresAt = new Date(at.getTime() + SESSION_MS);
  await db.transaction(async (tx) => {
    await deleteExpiredSessions(tx, at);
    await insertSession(tx, { sha256: sha256(token), userId: row.id, at, expiresAt });
    await appendAudit(tx, { at, userId: row.id, username: row.username, action: 'sign-in', ...origin });
  });
  return { token, user: toSessionUser(row, sha256(token), expiresAt) };
}

/** The session's user, `expired` when the cookie names a session that is over, undefined for no cookie. */
export async function findSessionUser(
  { db, clock }: { db: Queryable; clock: Clock },
  token: string,
): Promise<SessionUser | 'expired'> {
  const row = await findSession(db, sha256(token));
  if (!row || row.expires_at <= clock.now()) return 'expired';
  return toSessionUser(row, sha256(token), row.expires_at);
}

export async function signOut(db: Database, user: SessionUser, at: Date): Promise<void> {
  await db.transaction(async (tx) => {
    await deleteSession(tx, user.sessionSha256);
    await appendAudit(tx, { at, userId: user.id, username: user.username, action: 'sign-out' });
  });
}

function toSessionUser(row: UserRow, sessionSha256: string, expiresAt: Date): SessionUser {
  return {
    id: row.id,
    username: row.username,
    name: { zh: row.display_name_zh, en: row.display_name_en },
    role: row.role,
    scope: { kind: row.scope_kind, code: row.scope_code },
    sessionSha256,
    expiresAt,
  };
}
