import pg from 'pg';
import type { FastifyBaseLogger } from 'fastify';
import { FEED_CHANNEL } from './repository.ts';

const RECONNECT_MS = 2_000;

/**
 * Hears from PostgreSQL that the feed grew, on a connection of its own, for as long as the server runs. While the
 * connection is away the publisher's own look every second serves.
 */
export function listenToFeed(
  connectionString: string,
  log: FastifyBaseLogger,
  onGrown: () => void,
): { close: () => Promise<void> } {
  let client: pg.Client | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let closed = false;

  async function connect() {
    const fresh = new pg.Client({ connectionString });
    client = fresh;
    fresh.on('notification', onGrown);
    fresh.on('error', (error) => log.warn({ err: error }, 'listening to the feed broke'));
    fresh.on('end', again);
    try {
      await fresh.connect();
      await fresh.query(`listen ${FEED_CHANNEL}`);
    } catch (error) {
      log.warn({ err: error }, 'cannot listen to the feed yet');
      await fresh.end().catch(() => undefined);
    }
  }

  function again() {
    if (closed || timer) return;
    timer = setTimeout(() => {
      timer = null;
      void connect();
    }, RECONNECT_MS);
  }

  void connect();
  return {
    async close() {
      closed = true;
      if (timer) clearTimeout(timer);
      await client?.end().catch(() => undefined);
    },
  };
}
