import sql from 'sql-template-tag';
import type { Scope } from '#contract/access';
import { caseScope, roomOfScope } from '../access/scope.ts';
import type { Queryable } from '../db/database.ts';

/** May a session of this scope watch this room? Only rooms inside its scope; what does not exist is "no" as well. */
export async function mayWatch(db: Queryable, scope: Scope, room: string): Promise<boolean> {
  if (room === roomOfScope(scope)) return true;
  const [, kind, code] = /^(district|subdistrict|community|unit|case):([\w-]{1,64})$/.exec(room) ?? [];
  if (!kind || !code) return false;
  if (kind === 'case') return /^[0-9a-f-]{36}$/.test(code) && seesCase(db, scope, code);
  if (scope.kind === 'unit' || kind === 'district') return false;
  if (kind === 'unit') return scope.kind === 'district';
  return code.startsWith(scope.code) && code.length > scope.code.length;
}

async function seesCase(db: Queryable, scope: Scope, id: string): Promise<boolean> {
  const { rowCount } = await db.query(sql`
    select 1 from cases c where c.id = ${id} and ${caseScope(scope, 'c')}`);
  return rowCount > 0;
}
