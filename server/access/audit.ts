import sql from 'sql-template-tag';
import type { Queryable } from '../db/database.ts';

/** Something somebody did, or tried to do. */
export interface AuditEntry {
  at: Date;
  userId?: string;
  username?: string;
  action: string;
  subject?: string;
  details?: unknown;
  requestId?: string;
  remoteAddress?: string;
}

export async function appendAudit(tx: Queryable, entry: AuditEntry): Promise<void> {
  await tx.query(sql`
    insert into audit (at, user_id, username, action, subject, details, request_id, remote_address)
    values (${entry.at}, ${entry.userId ?? null}, ${entry.username ?? null}, ${entry.action},
      ${entry.subject ?? null}, ${JSON.stringify(entry.details ?? {})}, ${entry.requestId ?? null},
      ${entry.remoteAddress ?? null})`);
}
