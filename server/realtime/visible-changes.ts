import type { Change } from '#contract/realtime';
import { EVERYBODY } from './outbox.ts';
import type { FeedRow } from './repository.ts';

/** What a client sees: never more than its scope's room, narrowed to the rooms it watches. */
export interface View {
  scopeRoom: string;
  watched: ReadonlySet<string>;
}

/**
 * One feed row as a client sees it: the change, `gone` when it left what the client sees, or null when it never was
 * the client's business.
 */
export function seenBy(row: FeedRow, view: View): Change | null {
  const base = {
    seq: row.seq,
    kind: row.kind as Change['kind'],
    id: row.subject_id,
    at: row.at.toISOString(),
  };
  if (isIn(row.rooms_after, row, view)) return { ...base, patch: row.patch };
  if (isIn(row.rooms_before, row, view)) return { ...base, gone: true };
  return null;
}

function isIn(rooms: string[], row: FeedRow, { scopeRoom, watched }: View): boolean {
  if (rooms.includes(EVERYBODY)) return true;
  if (!rooms.includes(scopeRoom)) return false;
  return rooms.some((room) => watched.has(room)) || watched.has(`${row.kind}:${row.subject_id}`);
}

/** Of several changes of one thing in a packet only the last is sent. */
export function coalesce(changes: Change[]): Change[] {
  const last = new Map<string, Change>();
  for (const change of changes) last.set(`${change.kind} ${change.id}`, change);
  return [...last.values()].sort((a, b) => a.seq - b.seq);
}

/** The packet for the range (from, to] as one view sees it. */
export function changesFor(rows: FeedRow[], view: View): Change[] {
  return coalesce(rows.flatMap((row) => seenBy(row, view) ?? []));
}
