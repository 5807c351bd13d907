/**
 * A server process on a data folder that kills itself with SIGKILL after a change was committed and numbered, before
 * it was emitted. Arguments: data folder, `die` or `live`.
 */
import pino from 'pino';
import sql from 'sql-template-tag';
import { systemClock } from '../../server/clock/system-clock.ts';
import { readConfig } from '../../server/config.ts';
import { openConfiguredDatabase } from '../../server/open-database.ts';
import { startPublisher } from '../../server/realtime/publisher.ts';
import { appendOutbox } from '../../server/realtime/outbox.ts';

const [dataDir = '', fate] = process.argv.slice(2);
const config = { ...readConfig({}), dataDir, sample: 'none' as const };
const db = await openConfiguredDatabase(config, () => undefined);
const log = pino({ level: 'silent' });
const delivered: string[] = [];
const publisher = await startPublisher({ db, log }, (rows) => {
  if (fate === 'die') process.kill(process.pid, 'SIGKILL');
  delivered.push(...rows.map((row) => row.subject_id));
});
await appendOutbox(db, {
  at: systemClock.now(),
  kind: 'case',
  id: `committed by the one that was to ${fate}`,
  patch: {},
  roomsBefore: [],
  roomsAfter: ['district:620103'],
});
publisher.wake();
while (delivered.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
const { rows } = await db.query<{ seq: number; subject_id: string }>(
  sql`select seq, subject_id from feed order by seq`,
);
process.send?.({ delivered, feed: rows });
await publisher.stop();
await db.close();
