import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Stage } from '#contract/cases';
import type { Queryable } from '../db/database.ts';
import * as repository from './log-repository.ts';
import type { LogAction } from './workflow.ts';

/** One entry of a case's log, before it is chained. `payload` is plain JSON. */
export interface CaseEvent {
  at: Date;
  actorId: string | null;
  actorName: string;
  action: LogAction;
  fromStage: Stage | null;
  toStage: Stage;
  payload: Record<string, unknown>;
}

export interface ChainedEvent extends CaseEvent {
  caseId: string;
  /** 1, 2, 3 … without holes. */
  n: number;
  prevHash: string;
  hash: string;
}

/** sha256(previous hash ‖ RFC 8785 JSON of the event), hexadecimal; the first event follows the empty string. */
export function hashEvent(event: Omit<ChainedEvent, 'hash'>): string {
  const { prevHash, at, ...content } = event;
  const json = canonicalize({ ...content, at: at.toISOString() }) ?? '';
  return createHash('sha256')
    .update(prevHash + json)
    .digest('hex');
}

/** Chains events to the end of a case's log. */
export function chainEvents(
  { id, eventCount, headHash }: { id: string; eventCount: number; headHash: string },
  events: readonly CaseEvent[],
): ChainedEvent[] {
  const chained: ChainedEvent[] = [];
  for (const event of events) {
    const link = {
      ...event,
      // What the database gives back, so that the hash can be checked against it.
      payload: JSON.parse(JSON.stringify(event.payload)) as Record<string, unknown>,
      caseId: id,
      n: eventCount + chained.length + 1,
      prevHash: chained.at(-1)?.hash ?? headHash,
    };
    chained.push({ ...link, hash: hashEvent(link) });
  }
  return chained;
}

/** `n` is the first event that is wrong: changed or out of its place, or missing at the end. */
export type LogVerdict = { ok: true; events: number } | { ok: false; problem: 'changed' | 'cut'; n: number };

/** Walks the log of a case against the head hash and the count that stand on the case. */
export async function verifyCaseLog(db: Queryable, caseId: string): Promise<LogVerdict> {
  const head = await repository.findLogHead(db, caseId);
  const events = await repository.listEvents(db, caseId);
  let prevHash = '';
  for (const [index, event] of events.entries()) {
    const n = index + 1;
    const { hash, ...content } = event;
    if (event.n !== n || event.prevHash !== prevHash || hashEvent(content) !== hash) {
      return { ok: false, problem: 'changed', n };
    }
    prevHash = hash;
  }
  if (events.length < head.eventCount) return { ok: false, problem: 'cut', n: events.length + 1 };
  if (events.length > head.eventCount) return { ok: false, problem: 'changed', n: head.eventCount + 1 };
  if (prevHash !== head.headHash) return { ok: false, problem: 'changed', n: events.length };
  return { ok: true, events: events.length };
}
