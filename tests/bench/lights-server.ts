/** The product, whole, with cases whose lights turn within one minute: for the bench of lights. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import type { CaseSummary } from '#contract/cases';
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

process.on('message', (order: { count: number; from: number; minuteMs: number }) => void makeCases(order));

/** Every second case turns yellow in the minute, every other red; at instants spread evenly over it. */
async function makeCases({ count, from, minuteMs }: { count: number; from: number; minuteMs: number }) {
  const rooms = ['district:620103'];
  for (let first = 0; first < count; first += 200) {
    await db.transaction(async (tx) => {
      for (let n = first; n < Math.min(count, first + 200); n++) {
        const change = sampleChange(1);
        const id = `${change.id.slice(0, -6)}${String(n).padStart(6, '0')}`;
        const turns = from + Math.floor((n / count) * minuteMs);
        const warnAt = new Date(n % 2 === 0 ? turns : from - 3_600_000).toISOString();
        const dueAt = new Date(n % 2 === 0 ? from + 3_600_000 : turns).toISOString();
        const patch = { ...(change.patch as CaseSummary), id, warnAt, dueAt };
        await appendOutbox(tx, {
          at: new Date(),
          kind: 'case',
          id,
          patch,
          roomsBefore: rooms,
          roomsAfter: rooms,
        });
      }
    });
    server.context.publish();
  }
  process.send?.({ made: count });
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
