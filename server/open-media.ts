import { join } from 'node:path';
import type { FastifyBaseLogger } from 'fastify';
import { findCameraSource } from './cameras/service.ts';
import type { Clock } from './clock/system-clock.ts';
import type { Config } from './config.ts';
import type { Database } from './db/database.ts';
import { createMediaHub, type MediaHub } from './media/media-hub.ts';
import { projectRoot } from './project-root.ts';

/** The media hub over the register's cameras and the data folder. */
export function openMedia(given: {
  config: Config;
  db: Database;
  clock: Clock;
  log: FastifyBaseLogger;
}): MediaHub {
  const { config, db, clock, log } = given;
  return createMediaHub({
    dataDir: config.dataDir,
    clipsDir: join(projectRoot, 'data/qilihe/clips'),
    ffmpegPath: config.ffmpegPath,
    clock,
    logger: log,
    cameras: (id) => findCameraSource(db, id),
  });
}
