import sql, { empty } from 'sql-template-tag';
import type { ApiKey } from '#contract/access';
import type { Queryable } from '../db/database.ts';
import type { UserRow } from './repository.ts';

export interface ApiKeyToInsert {
  id: string;
  userId: string;
  name: string;
  sha256: string;
  prefix: string;
  readOnly: boolean;
  at: Date;
  by: string;
  expiresAt: Date | null;
}

export async function insertApiKey(tx: Queryable, key: ApiKeyToInsert): Promise<void> {
  await tx.query(sql`
    insert into api_keys (id, user_id, name, key_sha256, prefix, read_only, created_at, created_by, expires_at)
    values (${key.id}, ${key.userId}, ${key.name}, ${key.sha256}, ${key.prefix}, ${key.readOnly}, ${key.at}, ${key.by},
      ${key.expiresAt})`);
}

interface ApiKeyRow {
  id: string;
  name: string;
  username: string;
  prefix: string;
  read_only: boolean;
  created_at: Date;
  expires_at: Date | null;
  last_used_at: Date | null;
  revoked_at: Date | null;
}

const columns = sql`k.id, k.name, u.username, k.prefix, k.read_only, k.created_at, k.expires_at, k.last_used_at,
  k.revoked_at`;

function toApiKey(row: ApiKeyRow): ApiKey {
  return {
    id: row.id,
    name: row.name,
    username: row.username,
    prefix: row.prefix,
    readOnly: row.read_only,
    createdAt: row.created_at.toISOString(),
    ...(row.expires_at === null ? {} : { expiresAt: row.expires_at.toISOString() }),
    ...(row.last_used_at === null ? {} : { lastUsedAt: row.last_used_at.toISOString() }),
    ...(row.revoked_at === null ? {} : { revokedAt: row.revoked_at.toISOString() }),
  };
}

/** The newest first; `ownerId` absent: everybody's. */
export async function listApiKeys(
  db: Queryable,
  { ownerId, after, limit }: { ownerId?: string | undefined; after?: string | undefined; limit: number },
): Promise<ApiKey[]> {
  const { rows } = await db.query<ApiKeyRow>(sql`
    select ${columns}
    from api_keys k
    join users u on u.id = k.user_id
    where true
      ${ownerId === undefined ? empty : sql`and k.user_id = ${ownerId}`}
      ${after === undefined ? empty : sql`and k.id < ${after}::uuid`}
    order by k.id desc
    limit ${limit}`);
  return rows.map(toApiKey);
}

export async function findApiKey(db: Queryable, id: string): Promise<ApiKey | undefined> {
  const { rows } = await db.query<ApiKeyRow>(sql`
    select ${columns}
    from api_keys k
    join users u on u.id = k.user_id
    where k.id = ${id}::uuid`);
  const row = rows[0];
  return row && toApiKey(row);
}

export type KeyHolder = UserRow & {
  key_id: string;
  read_only: boolean;
  expires_at: Date | null;
  revoked_at: Date | null;
  last_used_at: Date | null;
};

/** The key of this hash with its owner, unless the owner is disabled. */
export async function findKeyHolder(db: Queryable, sha256: string): Promise<KeyHolder | undefined> {
  const { rows } = await db.query<KeyHolder>(sql`
    select u.id, u.username, u.password_hash, u.display_name_zh, u.display_name_en, u.role, u.scope_kind,
      u.scope_code, u.sample, k.id as key_id, k.read_only, k.expires_at, k.revoked_at, k.last_used_at
    from api_keys k
    join users u on u.id = k.user_id
    where k.key_sha256 = ${sha256} and u.disabled_at is null`);
  return rows[0];
}

export async function touchApiKey(db: Queryable, id: string, at: Date): Promise<void> {
  await db.query(sql`update api_keys set last_used_at = ${at} where id = ${id}`);
}

/** False when it was revoked before, or is not this owner's. */
export async function revokeApiKey(
  tx: Queryable,
  { id, ownerId, at }: { id: string; ownerId?: string | undefined; at: Date },
): Promise<boolean> {
  const { rowCount } = await tx.query(sql`
    update api_keys set revoked_at = coalesce(revoked_at, ${at})
    where id = ${id}::uuid ${ownerId === undefined ? empty : sql`and user_id = ${ownerId}`}`);
  return rowCount > 0;
}
