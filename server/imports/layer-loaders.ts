import type { ImportLayer, RowError } from '#contract/imports';
import type { Queryable } from '../db/database.ts';
import { appError } from '../errors.ts';
import { appendOutbox } from '../realtime/outbox.ts';
import { checkRows } from './check-rows.ts';
import type { ImportCounts, Load } from './load.ts';
import { checkCameras, planCameras, writeCameras } from './load-cameras.ts';
import { planCases, writeCases } from './load-cases.ts';
import { numberParts } from './number-parts.ts';
import { planChanges } from './plan-changes.ts';
import { buildFreshParts, buildParts, canReplaceParts, swapParts } from './replace-parts.ts';
import { countParts, listAreaRooms } from './repository.ts';
import { countRows, hasSideTable } from './side-tables.ts';
import { targetTables, type GroundLayer } from './target-tables.ts';
import { writeChanges } from './write-changes.ts';

/** How the rows of a layer get into the register, after they are all in the side table. */
export interface LayerLoader {
  /** What is wrong with rows as a set. */
  check(load: Load): Promise<RowError[]>;
  /** What would become of the rows that are left, without writing any. */
  plan(load: Load): Promise<{ counts: ImportCounts; errors: RowError[] }>;
  /** Writes them, all or none. `alongside` belongs to the same transaction. */
  write(load: Load, counts: ImportCounts, alongside: (tx: Queryable) => Promise<void>): Promise<void>;
}

const inOneTransaction =
  (work: (tx: Queryable, load: Load, counts: ImportCounts) => Promise<void>): LayerLoader['write'] =>
  (load, counts, alongside) =>
    load.session.transaction(async (tx) => {
      await work(tx, load, counts);
      await alongside(tx);
    });

function ground(layer: Exclude<GroundLayer, 'parts'>): LayerLoader {
  const target = targetTables[layer];
  return {
    check: checkRows,
    plan: async (load) => ({ counts: await planChanges(load, target, false), errors: [] }),
    write: inOneTransaction((tx, load, counts) => writeChanges(tx, load, target, counts)),
  };
}

/**
 * From so many written rows on a new table is built beside the old one: up to there writing into the table in use is
 * quicker, and holds up nobody for long (docs/decisions/0007). On the embedded engine a transaction holds up everybody.
 */
const REPLACE_FROM = { postgresql: 50_000, embedded: 5_000 };
/** And not for a small share of a large table, all of which would have to be copied. */
const REPLACE_SHARE = 0.1;

const parts: LayerLoader = {
  check: checkRows,
  async plan(load) {
    const { any, errors } = await numberParts(load);
    if (load.fresh && !any) {
      const added = await countRows(load);
      if (added >= REPLACE_FROM.postgresql) return { counts: { added, updated: 0, unchanged: 0 }, errors };
    }
    const counts = await planChanges(load, targetTables.parts, any);
    // What the file leaves out has been filled in as for new parts.
    if (load.fresh && counts.updated + counts.unchanged > 0) throw appError('IMPORT_EDITED_MEANWHILE');
    return { counts, errors };
  },
  async write(load, counts, alongside) {
    const target = targetTables.parts;
    const written = counts.added + counts.updated;
    const existing = await countParts(load.session);
    const replace =
      written >= REPLACE_FROM[load.session.engine] &&
      written >= existing * REPLACE_SHARE &&
      (await canReplaceParts(load));
    const finish = async (tx: Queryable) => {
      await alongside(tx);
      await appendOutbox(tx, {
        at: load.at,
        kind: 'part',
        id: '*',
        patch: { reload: true },
        roomsBefore: [],
        roomsAfter: await listAreaRooms(tx),
      });
    };
    if (load.fresh && !(await hasSideTable(load, 'plan'))) {
      await buildFreshParts(load);
      await swapParts(load, target, counts, finish);
      return;
    }
    if (!replace) {
      await inOneTransaction((tx) => writeChanges(tx, load, target, counts))(load, counts, finish);
      return;
    }
    await buildParts(load, target, counts);
    await swapParts(load, target, counts, finish);
  },
};

export const layerLoaders: Record<ImportLayer, LayerLoader> = {
  divisions: ground('divisions'),
  cells: ground('cells'),
  buildings: ground('buildings'),
  roads: ground('roads'),
  parts,
  cameras: {
    check: async (load) => [...(await checkRows(load)), ...(await checkCameras(load))],
    plan: async (load) => ({ counts: await planCameras(load), errors: [] }),
    write: inOneTransaction(writeCameras),
  },
  cases: {
    check: checkRows,
    plan: async (load) => ({ counts: await planCases(load), errors: [] }),
    write: inOneTransaction(writeCases),
  },
};
