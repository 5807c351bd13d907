/**
 * Transitions a second: a case's way from the unit's feedback to closing, four actions through the service, and the
 * same SQL statements alone by raw `pg`, in the same transactions, on the same database, in the same run.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import type { Sql } from 'sql-template-tag';
import { v7 as uuid } from 'uuid';
import type { ActionBody, CaseAction } from '#contract/cases';
import type { SessionUser } from '../../server/access/session-user.ts';
import { addPhoto } from '../../server/attachments/service.ts';
import { actOnCase } from '../../server/cases/service.ts';
import type { Context } from '../../server/context.ts';
import type { Database, Queryable } from '../../server/db/database.ts';
import { projectRoot } from '../../server/project-root.ts';
import { createFraming } from '../../server/reports/framings.ts';
import { percentile, type BenchRow, type BenchSection } from './bench-row.ts';
import { openCaseCity, type CaseCity } from './case-city.ts';

const SIZES = [10_000, 100_000, 1_000_000];
const ROUNDS = 3;
const CASES = 16;
const AT_ONCE = 4;
const STEPS = 4;

/** One statement as it went over the wire; those of one transaction share its number. */
interface Recorded {
  text: string;
  values: unknown[];
  transaction: number | undefined;
}

export async function transitionsSummary(): Promise<BenchSection> {
  const city = await openCaseCity();
  const pool = new pg.Pool({ connectionString: city.connectionString, max: AT_ONCE });
  // Clients whose server has gone at the end of the bench.
  pool.on('error', () => undefined);
  try {
    const walk = await prepareWalk(city);
    await inTurns(await walk.file(CASES), (id) => walk.through(city.context, id));
    const rows: BenchRow[] = [];
    for (const total of SIZES) {
      await city.growTo({ open: 0, total });
      rows.push(await measure(city, pool, walk, total));
    }
    return {
      title: 'Transitions',
      how: `${ROUNDS} rounds of ${CASES} cases from feedback to closing, ${STEPS} actions each, ${AT_ONCE} at once, the median round; each action logged, timed, counted and told. Bare: the statements of one such case by raw \`pg\`, for other cases, in the same transactions. PostgreSQL; cases of a simulated year, copied.`,
      rows,
    };
  } finally {
    await pool.end();
    await city.close();
  }
}

interface Walk {
  /** New cases, dispatched, by id. */
  file(count: number): Promise<string[]>;
  through(context: Context, id: string): Promise<void>;
}

async function prepareWalk({ context, userOf }: CaseCity): Promise<Walk> {
  const operator = await userOf('operator');
  const dispatcher = await userOf('dispatcher');
  const supervisor = await userOf('supervisor');
  const units = new Map<string, { clerk: SessionUser; photo: string }>();
  const photo = readFileSync(join(projectRoot, 'data/qilihe/sample-photo.jpg'));
  const held = new Map<string, { unit: string; version: number }>();
  return {
    async file(count) {
      const ids: string[] = [];
      for (let n = 0; n < count; n++) {
        const { case: filed } = await createFraming(context, operator, {
          body: {
            cameraId: 'camera-1',
            at: new Date().toISOString(),
            box: { x: 0.45, y: 0.55, width: 0.1, height: 0.2 },
            class: 'E09001',
            file: true,
          },
          still: undefined,
          key: undefined,
        });
        if (!filed?.unit) throw new Error('the case has no unit');
        const { code } = filed.unit;
        if (!units.has(code)) {
          const clerk = await userOf(`unit-${code}`);
          units.set(code, { clerk, photo: (await addPhoto(context, clerk, photo)).id });
        }
        held.set(filed.id, { unit: code, version: filed.version });
        ids.push(filed.id);
      }
      return ids;
    },
    async through(over, id) {
      const holder = held.get(id);
      const unit = units.get(holder?.unit ?? '');
      if (!holder || !unit) throw new Error('a case of nobody');
      let expectedVersion = holder.version;
      const act = async (user: SessionUser, action: CaseAction, body: Partial<ActionBody> = {}) => {
        const request = { caseId: id, action, body: { expectedVersion, ...body }, key: undefined };
        ({ version: expectedVersion } = await actOnCase(over, user, request));
      };
      await act(unit.clerk, 'feedback', { photos: [unit.photo] });
      await act(dispatcher, 'send-for-check');
      await act(supervisor, 'check', { passed: true });
      await act(dispatcher, 'close');
    },
  };
}

async function measure(
  { context, db }: CaseCity,
  pool: pg.Pool,
  walk: Walk,
  total: number,
): Promise<BenchRow> {
  const [model = ''] = await walk.file(1);
  const recorded: Recorded[] = [];
  await walk.through({ ...context, db: record(db, recorded) }, model);
  const service: number[] = [];
  const bare: number[] = [];
  // Turn by turn, so that whatever else the machine does meets both.
  for (let round = 0; round < ROUNDS; round++) {
    service.push(await inTurns(await walk.file(CASES), (id) => walk.through(context, id)));
    bare.push(await inTurns(await walk.file(CASES), (id) => replay(pool, recorded, { model, id })));
  }
  return {
    what: `transitions, ${total.toLocaleString('en')} cases (${(recorded.length / STEPS).toFixed(0)} statements each)`,
    measured: `${percentile(service, 50).toFixed(0)} / s`,
    bare: `${percentile(bare, 50).toFixed(0)} / s`,
    ratio: (percentile(service, 50) / percentile(bare, 50)).toFixed(2),
    budget: '≥ 0.5 × the same statements by raw pg; 10⁴ → 10⁶ changes it by < 20 %',
  };
}

function record(db: Database, recorded: Recorded[]): Database {
  let transactions = 0;
  const watch = (to: Queryable, transaction: number | undefined): Queryable => ({
    query<Row>(statement: Sql) {
      recorded.push({ text: statement.text, values: statement.values, transaction });
      return to.query<Row>(statement);
    },
  });
  return {
    ...db,
    ...watch(db, undefined),
    transaction: (work) => {
      const transaction = ++transactions;
      return db.transaction((tx) => work(watch(tx, transaction)));
    },
  };
}

/** The statements of one case for another, whose new clocks get new ids. */
async function replay(
  pool: pg.Pool,
  recorded: readonly Recorded[],
  { model, id }: { model: string; id: string },
): Promise<void> {
  const fresh = new Map<string, string>();
  const renew = (value: unknown): unknown => {
    if (typeof value !== 'string') return value;
    const other = value.replaceAll(model, id);
    if (!other.includes('started_at')) return other;
    return other.replace(/"id":"([0-9a-f-]{36})"/g, (_, clock: string) => {
      const known = fresh.get(clock) ?? uuid();
      fresh.set(clock, known);
      return `"id":"${known}"`;
    });
  };
  const client = await pool.connect();
  try {
    let open: number | undefined;
    for (const { text, values, transaction } of recorded) {
      if (transaction !== open && open !== undefined) await client.query('commit');
      if (transaction !== open && transaction !== undefined) await client.query('begin');
      open = transaction;
      await client.query(text, values.map(renew));
    }
    if (open !== undefined) await client.query('commit');
  } finally {
    client.release();
  }
}

/** Actions a second, some cases at once. */
async function inTurns(ids: readonly string[], work: (id: string) => Promise<void>): Promise<number> {
  const queue = [...ids];
  const started = performance.now();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let id = queue.shift(); id !== undefined; id = queue.shift()) await work(id);
    }),
  );
  return (ids.length * STEPS) / ((performance.now() - started) / 1000);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  console.log(JSON.stringify(await transitionsSummary(), null, 2));
}
