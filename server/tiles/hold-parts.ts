import type { FastifyBaseLogger } from 'fastify';
import type { Clock } from '../clock/system-clock.ts';
import type { Database } from '../db/database.ts';
import { loadParts } from './load-parts.ts';
import type { PartIndex } from './part-index.ts';
import * as repository from './repository.ts';

/** What the parts in memory are made from, as `versionOf` says it. */
export interface PartVersions {
  parts: string;
  cells: string;
  dictionary: string;
}

/** Keeps the parts of one database in memory. */
export interface PartsHolder {
  /**
   * The parts as of these versions or later, or undefined while they are being loaded: then the database answers.
   * Loading goes on behind; a change of single parts is taken in before this returns.
   */
  at(versions: PartVersions): Promise<PartIndex | undefined>;
  /** Resolves when nothing is being loaded; the parts, if any are there. */
  settled(): Promise<PartIndex | undefined>;
  close(): void;
}

/**
 * Clocks of nodes differ, and a transaction commits up to its limit after the instant it writes: changes are asked for
 * again from this long before the last time.
 */
const OVERLAP_MS = 60_000;
/** More changes than this at once, and all parts are loaded anew. */
const MOST_CHANGES = 20_000;
/** Up to here counting all parts costs next to nothing, and tells of rows that came without an instant of change. */
const COUNTED = 100_000;
/** After a failure the next attempt waits this long. */
const RETRY_MS = 10_000;

interface Held {
  index: PartIndex;
  versions: PartVersions;
  table: number;
  /** Changes from here on may be missing. */
  since: Date;
}

/**
 * Parts in memory, kept right by what changed: every writer of `parts` sets `changed_at` and renews the version of
 * `parts`; an import that puts a new table in its place is known by the table. A change of cells loads all anew, for
 * it moves parts from one to another.
 */
export function holdParts({
  db,
  clock,
  log,
}: {
  db: Database;
  clock: Clock;
  log: Pick<FastifyBaseLogger, 'info' | 'warn'>;
}): PartsHolder {
  let held: Held | undefined;
  let loading: Promise<void> | undefined;
  let updating: Promise<void> = Promise.resolve();
  let failedAt = -Infinity;
  let closed = false;

  /** Whatever is committed from now on was written at or after this. */
  async function findSafeInstant(): Promise<Date> {
    const now = clock.now();
    const running = await repository.findRunningSince(db);
    return before(running && running < now ? running : now);
  }

  async function load(versions: PartVersions): Promise<void> {
    const started = performance.now();
    const since = await findSafeInstant();
    const table = await repository.findPartsTable(db);
    const index = await loadParts(db, () => !closed);
    if (!index) return;
    held = { index, versions, table, since };
    log.info(
      { parts: index.columns.count, bytes: index.sizeBytes, ms: Math.round(performance.now() - started) },
      'parts are in memory',
    );
  }

  function startLoading(versions: PartVersions): void {
    held = undefined;
    if (loading || closed || performance.now() - failedAt < RETRY_MS) return;
    loading = load(versions)
      .catch((error: unknown) => {
        failedAt = performance.now();
        if (!closed) log.warn({ err: error }, 'parts could not be loaded; the database answers instead');
      })
      .finally(() => {
        loading = undefined;
      });
  }

  /** Takes in what changed; false: all are to be loaded anew. */
  async function update(of: Held, versions: PartVersions): Promise<boolean> {
    const until = await findSafeInstant();
    const table = await repository.findPartsTable(db);
    if (table !== of.table) return false;
    if (versions.dictionary !== of.versions.dictionary)
      of.index.setMajors(await repository.listMajorClasses(db));
    const rows = await repository.listPartsChangedSince(db, of.since, MOST_CHANGES + 1);
    if (rows.length > MOST_CHANGES || !of.index.apply(rows)) return false;
    const few = of.index.columns.count <= COUNTED;
    if (few && (await repository.countParts(db)) !== of.index.count()) return false;
    of.versions = versions;
    if (until > of.since) of.since = until;
    return true;
  }

  async function bring(versions: PartVersions): Promise<void> {
    if (!held || same(held.versions, versions)) return;
    const right = versions.cells === held.versions.cells && (await update(held, versions));
    if (!right) startLoading(versions);
  }

  return {
    async at(versions) {
      if (!held) {
        startLoading(versions);
        return undefined;
      }
      if (!same(held.versions, versions)) {
        updating = updating.then(() => bring(versions));
        await updating.catch(() => {
          held = undefined;
          updating = Promise.resolve();
        });
      }
      return held?.index;
    },
    async settled() {
      await loading;
      return held?.index;
    },
    close() {
      closed = true;
      held = undefined;
    },
  };
}

function before(instant: Date): Date {
  return new Date(instant.getTime() - OVERLAP_MS);
}

function same(a: PartVersions, b: PartVersions): boolean {
  return a.parts === b.parts && a.cells === b.cells && a.dictionary === b.dictionary;
}

const holders = new WeakMap<Database, PartsHolder>();

/** The one holder of a database, until it is closed. */
export function partsHolderOf(given: Parameters<typeof holdParts>[0]): PartsHolder {
  const { db } = given;
  const known = holders.get(db);
  if (known) return known;
  const made = holdParts(given);
  const holder: PartsHolder = {
    ...made,
    close() {
      made.close();
      holders.delete(db);
    },
  };
  holders.set(db, holder);
  return holder;
}
