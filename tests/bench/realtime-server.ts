/** The product, whole, for the bench: the embedded database with the sample district, in a process of its own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pino from 'pino';
import { systemClock } from '../../server/clock/system-clock.ts';
import { readConfig } from '../../server/config.ts';
import { openConfiguredDatabase } from '../../server/open-database.ts';
import { openServer } from '../../server/open-server.ts';
import { prepareDatabase } from '../../server/prepare-database.ts';
import { appendOutbox } from '../../server/realtime/outbox.ts';
import { writeSampleAccounts } from '../../server/sample/sample-accounts.ts';
import { sampleChange } from './sample-change.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'gridwatch-bench-'));
const config = { ...readConfig({}), dataDir, port: 0, logLevel: 'silent' };
const db = await openConfiguredDatabase(config, () => undefined);
await prepareDatabase(db, 'qilihe', () => undefined);
await writeSampleAccounts(db, dataDir, () => undefined);
const server = await openServer({ config, db, clock: systemClock, log: pino({ level: 'silent' }) });

process.on('message', (order: { count: number; perSecond: number }) => void makeChanges(order));

async function makeChanges({ count, perSecond }: { count: number; perSecond: number }) {
  const before = process.cpuUsage();
  const started = performance.now();
  for (let n = 0; n < count; n++) {
    const change = sampleChange(n);
    const rooms = ['district:620103'];
    await appendOutbox(db, {
      at: new Date(),
      kind: 'case',
      id: `${change.id.slice(0, -6)}${String(n).padStart(6, '0')}`,
      patch: change.patch,
      roomsBefore: rooms,
      roomsAfter: rooms,
    });
    server.context.publish();
    await wait(Math.max(0, started + ((n + 1) * 1000) / perSecond - performance.now()));
  }
  const used = process.cpuUsage(before);
  process.send?.({ cpuSeconds: (used.user + used.system) / 1e6 });
}

process.on('SIGTERM', () => {
  void (async () => {
    await server.close();
    await db.close();
    rmSync(dataDir, { recursive: true, force: true });
    process.exit(0);
  })();
});
process.send?.({ origin: server.origin });
