import sql from 'sql-template-tag';
import type { Queryable } from '../db/database.ts';

export interface FeedRow {
  seq: number;
  at: Date;
  kind: string;
  subject_id: string;
  patch: unknown;
  rooms_before: string[];
  rooms_after: string[];
}

/** Notified when the feed grew, so that the nodes that did not publish hand it over at once too. */
export const FEED_CHANNEL = 'gridwatch_feed';

const BATCH = 500;
/** One publisher at a time on PostgreSQL; the number is arbitrary and Gridwatch's own. */
const PUBLISHER_LOCK = 620_103_004;

/**
 * Moves committed outbox rows into the feed in order, giving each the next dense number, and returns them.
 * Returns null when another node is publishing.
 */
export async function moveOutboxToFeed(
  tx: Queryable,
  engine: 'embedded' | 'postgresql',
): Promise<FeedRow[] | null> {
  if (engine === 'postgresql') {
    const { rows } = await tx.query<{ held: boolean }>(
      sql`select pg_try_advisory_xact_lock(${PUBLISHER_LOCK}) as held`,
    );
    if (!rows[0]?.held) return null;
  }
  const { rows } = await tx.query<FeedRow>(sql`
    with taken as (
      delete from outbox
      where id in (select id from outbox order by id limit ${BATCH})
      returning id, at, kind, subject_id, patch, rooms_before, rooms_after
    )
    insert into feed (seq, at, kind, subject_id, patch, rooms_before, rooms_after)
    select (select coalesce(max(seq), 0) from feed) + row_number() over (order by id),
      at, kind, subject_id, patch, rooms_before, rooms_after
    from taken
    order by id
    returning seq, at, kind, subject_id, patch, rooms_before, rooms_after`);
  if (engine === 'postgresql' && rows.length > 0) {
    await tx.query(sql`select pg_notify(${FEED_CHANNEL}, '')`);
  }
  return rows.sort((a, b) => a.seq - b.seq);
}

export async function findLastSeq(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ seq: number }>(sql`select coalesce(max(seq), 0) as seq from feed`);
  return rows[0]?.seq ?? 0;
}

export async function listFeed(db: Queryable, after: number, limit: number): Promise<FeedRow[]> {
  const { rows } = await db.query<FeedRow>(sql`
    select seq, at, kind, subject_id, patch, rooms_before, rooms_after
    from feed
    where seq > ${after}
    order by seq
    limit ${limit}`);
  return rows;
}
