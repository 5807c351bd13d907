import sql from 'sql-template-tag';
import type { Change } from '#contract/realtime';
import type { Queryable } from '../db/database.ts';

/** The room of every screen, whatever its scope. */
export const EVERYBODY = '*';

/** Something that changed, with the rooms that might see it before and may see it after. */
export interface OutboxEntry {
  at: Date;
  kind: Change['kind'];
  id: string;
  patch: unknown;
  roomsBefore: string[];
  roomsAfter: string[];
}

/** Appends to the outbox, inside the transaction that makes the change. */
export async function appendOutbox(tx: Queryable, entry: OutboxEntry): Promise<void> {
  await tx.query(sql`
    insert into outbox (at, kind, subject_id, patch, rooms_before, rooms_after)
    values (${entry.at}, ${entry.kind}, ${entry.id}, ${JSON.stringify(entry.patch)}, ${entry.roomsBefore},
      ${entry.roomsAfter})`);
}
