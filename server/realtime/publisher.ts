import type { FastifyBaseLogger } from 'fastify';
import type { Database } from '../db/database.ts';
import { findLastSeq, listFeed, moveOutboxToFeed, type FeedRow } from './repository.ts';

/** At most one packet per this time: changes are coalesced (DESIGN section 4). */
const PACKET_MS = 40;
/** Somebody may have committed without being able to tell: look by ourselves as well. */
const IDLE_LOOK_MS = 1_000;

export interface Publisher {
  /** Something was committed. */
  wake: () => void;
  /** The last number given out by this node. */
  lastSeq: () => number;
  /** Stops after the packet under way. */
  stop: () => Promise<void>;
}

/**
 * Moves the outbox into the feed and hands over what is new, in order, exactly once per node. A node that is not the
 * publisher hands over what the publisher of another node wrote. What was moved but not handed over when a process
 * died is in the feed: clients fetch it when they see the gap.
 */
export async function startPublisher(
  { db, log }: { db: Database; log: FastifyBaseLogger },
  deliver: (rows: FeedRow[], range: { from: number; to: number }) => void | Promise<void>,
): Promise<Publisher> {
  let delivered = await findLastSeq(db);
  let stopped = false;
  let awake = true;
  let wakeUp: () => void = () => undefined;

  async function step(): Promise<boolean> {
    const moved = await db.transaction((tx) => moveOutboxToFeed(tx, db.engine));
    const first = moved?.[0];
    const inSequence = first !== undefined && first.seq === delivered + 1;
    const rows = inSequence ? (moved ?? []) : await listFeed(db, delivered, 500);
    const last = rows.at(-1);
    if (!last) return false;
    await deliver(rows, { from: delivered, to: last.seq });
    delivered = last.seq;
    return true;
  }

  async function run() {
    while (!stopped) {
      awake = false;
      const started = performance.now();
      let more = false;
      try {
        more = await step();
      } catch (error) {
        if (!stopped) log.error({ err: error }, 'publishing failed; trying again');
      }
      const rest = PACKET_MS - (performance.now() - started);
      if (more && rest > 0) await new Promise((resolve) => setTimeout(resolve, rest));
      if (!more && !awake && !stopped) await sleepUntilWoken();
    }
  }

  function sleepUntilWoken(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, IDLE_LOOK_MS);
      wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  const running = run();
  return {
    wake() {
      awake = true;
      wakeUp();
    },
    lastSeq: () => delivered,
    async stop() {
      stopped = true;
      wakeUp();
      await running;
    },
  };
}
