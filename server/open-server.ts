import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { buildApp } from './app.ts';
import { listRecordedCameraIds } from './cameras/service.ts';
import { holdWorkAxis } from './clock/service.ts';
import type { Clock } from './clock/system-clock.ts';
import type { Config } from './config.ts';
import type { Context } from './context.ts';
import type { Database } from './db/database.ts';
import { openFileStore } from './files/file-store.ts';
import { tidyUploads } from './imports/service.ts';
import { startJobs } from './jobs/runner.ts';
import { openMedia } from './open-media.ts';
import { installLiveVideo } from './plugins/live-video.ts';
import { listenToFeed } from './realtime/feed-listener.ts';
import { startPublisher } from './realtime/publisher.ts';
import { resumeRecalculations } from './working-time/recalculation-job.ts';
import { startSocketServer } from './realtime/socket-server.ts';

export interface RunningServer {
  context: Context;
  app: FastifyInstance;
  /** `http://127.0.0.1:8080` */
  origin: string;
  close(): Promise<void>;
}

/** Everything that serves, over a database that is migrated and seeded; ends in the reverse order. */
export async function openServer(given: {
  config: Config;
  db: Database;
  clock: Clock;
  log: FastifyBaseLogger;
}): Promise<RunningServer> {
  const { config, db, clock, log } = given;
  const media = openMedia(given);
  const wakers: { publish: () => void; endSockets: Context['endSockets'] } = {
    publish: () => undefined,
    endSockets: () => undefined,
  };
  const context: Context = {
    ...given,
    axis: await holdWorkAxis(db, config.timeZone),
    files: openFileStore(join(config.dataDir, 'files')),
    media,
    publish: () => wakers.publish(),
    endSockets: (who) => wakers.endSockets(who),
  };
  const app = await buildApp(context);
  await app.ready();

  const video = installLiveVideo(app.server, context);
  const sockets = startSocketServer(app.server, { db, clock, log }, () => publisher.lastSeq());
  const publisher = await startPublisher({ db, log }, async (rows, range) => {
    // Working time changed, perhaps on another node: screens are told once this one answers by it.
    if (rows.some(({ kind }) => kind === 'clock')) {
      await context.axis.reload().catch((error: unknown) => {
        log.error({ err: error }, 'working time could not be read again');
      });
    }
    sockets.deliver(rows, range);
  });
  wakers.publish = publisher.wake;
  const listener = config.databaseUrl ? listenToFeed(config.databaseUrl, log, publisher.wake) : null;
  wakers.endSockets = (who) => {
    sockets.endSockets(who);
    video.endSockets(who);
  };

  await media.record(await listRecordedCameraIds(db));
  // Changes that were committed while nobody listened are in the outbox: the publisher finds them by itself.
  await app.listen({ host: config.host, port: config.port });
  const jobs = await startJobs(context, {
    async tidy(interrupted) {
      await tidyUploads(context, interrupted);
      await resumeRecalculations(context);
    },
  });
  const { port } = app.server.address() as AddressInfo;
  return {
    context,
    app,
    origin: `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`,
    async close() {
      await jobs.stop();
      await listener?.close();
      await sockets.close();
      await publisher.stop();
      await media.close();
      await app.close();
    },
  };
}
