import sql from 'sql-template-tag';
import type { Role, SampleAccount, Scope } from '#contract/access';
import type { Queryable } from '../db/database.ts';

export interface UserRow {
  id: string;
  username: string;
  password_hash: string;
  display_name_zh: string;
  display_name_en: string;
  role: Role;
  scope_kind: Scope['kind'];
  scope_code: string;
  sample: boolean;
}

export interface NewUser {
  id: string;
  username: string;
  passwordHash: string;
  nameZh: string;
  nameEn: string;
  role: Role;
  scope: Scope;
  sample: boolean;
}

export async function insertUser(tx: Queryable, user: NewUser): Promise<void> {
  await tx.query(sql`
    insert into users (id, username, password_hash, display_name_zh, display_name_en, role, scope_kind, scope_code,
      sample)
    values (${user.id}, ${user.username}, ${user.passwordHash}, ${user.nameZh}, ${user.nameEn}, ${user.role},
      ${user.scope.kind}, ${user.scope.code}, ${user.sample})`);
}

export async function findUserByName(db: Queryable, username: string): Promise<UserRow | undefined> {
  const { rows } = await db.query<UserRow>(sql`
    select id, username, password_hash, display_name_zh, display_name_en, role, scope_kind, scope_code, sample
    from users
    where username = ${username} and disabled_at is null`);
  return rows[0];
}

export async function insertSession(
  tx: Queryable,
  session: { sha256: string; userId: string; at: Date; expiresAt: Date },
): Promise<void> {
  await tx.query(sql`
    insert into sessions (token_sha256, user_id, created_at, expires_at)
    values (${session.sha256}, ${session.userId}, ${session.at}, ${session.expiresAt})`);
}

export async function findSession(
  db: Queryable,
  sha256: string,
): Promise<(UserRow & { expires_at: Date }) | undefined> {
  const { rows } = await db.query<UserRow & { expires_at: Date }>(sql`
    select u.id, u.username, u.password_hash, u.display_name_zh, u.display_name_en, u.role, u.scope_kind,
      u.scope_code, u.sample, s.expires_at
    from sessions s
    join users u on u.id = s.user_id
    where s.token_sha256 = ${sha256} and u.disabled_at is null`);
  return rows[0];
}

export async function deleteSession(tx: Queryable, sha256: string): Promise<void> {
  await tx.query(sql`delete from sessions where token_sha256 = ${sha256}`);
}

export async function deleteExpiredSessions(tx: Queryable, now: Date): Promise<void> {
  await tx.query(sql`delete from sessions where expires_at < ${now}`);
}

/** The name of a scope: of its division or of its unit. */
export async function findScopeName(db: Queryable, scope: Scope): Promise<{ zh: string; en: string }> {
  const { rows } = await db.query<{ zh: string; en: string }>(
    scope.kind === 'unit'
      ? sql`select name_zh as zh, name_en as en from units where code = ${scope.code}`
      : sql`select name_zh as zh, name_en as en from divisions where code = ${scope.code}`,
  );
  return rows[0] ?? { zh: scope.code, en: scope.code };
}

export async function listSampleAccounts(db: Queryable): Promise<SampleAccount[]> {
  const { rows } = await db.query<{
    username: string;
    name_zh: string;
    name_en: string;
    role: Role;
    scope_zh: string | null;
    scope_en: string | null;
  }>(sql`
    select u.username, u.display_name_zh as name_zh, u.display_name_en as name_en, u.role,
      coalesce(d.name_zh, n.name_zh) as scope_zh, coalesce(d.name_en, n.name_en) as scope_en
    from users u
    left join divisions d on u.scope_kind <> 'unit' and d.code = u.scope_code
    left join units n on u.scope_kind = 'unit' and n.code = u.scope_code
    where u.sample and u.disabled_at is null
    order by u.created_at, u.username`);
  return rows.map((row) => ({
    username: row.username,
    name: { zh: row.name_zh, en: row.name_en },
    role: row.role,
    scopeName: { zh: row.scope_zh ?? '', en: row.scope_en ?? '' },
  }));
}
