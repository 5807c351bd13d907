import type { FastifyBaseLogger } from 'fastify';
import type { WorkAxisHolder } from './clock/service.ts';
import type { Clock } from './clock/system-clock.ts';
import type { Config } from './config.ts';
import type { Database } from './db/database.ts';
import type { FileStore } from './files/file-store.ts';
import type { MediaHub } from './media/media-hub.ts';

/** What services and routes are built over. */
export interface Context {
  config: Config;
  db: Database;
  clock: Clock;
  /** Working time, kept in memory. */
  axis: WorkAxisHolder;
  files: FileStore;
  media: MediaHub;
  log: FastifyBaseLogger;
  /** Tells the publisher that something was committed; never throws, never waits. */
  publish: () => void;
  /** Closes the sockets of a user whose session ended or whose role changed. */
  endSockets: (who: { userId: string }) => void;
}
