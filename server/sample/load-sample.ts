import type { Database, Queryable } from '../db/database.ts';
import { claimSetting, lockSetting, renewVersions, saveSetting } from '../settings/service.ts';
import { readFeatures, readTable } from './read-sample.ts';
import * as repository from './repository.ts';
import { addSampleAccounts } from './sample-accounts.ts';
import { addSampleCameras } from './sample-cameras.ts';
import { addSampleHeads } from './sample-heads.ts';
import * as rows from './sample-rows.ts';

/** A step of the load; `insert` takes rows `from` on and says how many there are in all. */
interface Step {
  name: string;
  zh: string;
  en: string;
  start(): Promise<{ count: number; insert(tx: Queryable, from: number, to: number): Promise<void> }>;
}

/** Rows of one transaction: short enough for an engine where everybody else waits. */
const BATCH = 2500;
/** Nobody is served before the sample is in, so a slow machine may take its time over a batch. */
const LOADING_MS = 120_000;
const SETTING = 'sample';

function step<Row>(
  [name, zh, en]: [string, string, string],
  read: () => Promise<Row[]>,
  insert: (tx: Queryable, batch: Row[]) => Promise<void>,
): Step {
  return {
    name,
    zh,
    en,
    async start() {
      const all = await read();
      return { count: all.length, insert: (tx, from, to) => insert(tx, all.slice(from, to)) };
    },
  };
}

/** In the order that the foreign keys ask for. */
const STEPS: Step[] = [
  step(
    ['divisions', '行政区划', 'divisions'],
    () => readFeatures('divisions', rows.DivisionProperties),
    repository.insertDivisions,
  ),
  step(
    ['cells', '单元网格', 'cells'],
    () => readFeatures('cells', rows.CellProperties),
    repository.insertCells,
  ),
  { name: 'heads', zh: '网格负责人', en: 'grid heads', start: addSampleHeads },
  step(['roads', '道路', 'roads'], () => readFeatures('roads', rows.RoadProperties), repository.insertRoads),
  step(
    ['surfaces', '路面', 'road surfaces'],
    () => readFeatures('surfaces', rows.SurfaceProperties),
    repository.insertSurfaces,
  ),
  step(
    ['buildings', '建筑', 'buildings'],
    () => readFeatures('buildings', rows.BuildingProperties),
    repository.insertBuildings,
  ),
  step(['units', '责任单位', 'units'], () => readTable('units.csv', rows.UnitRow), repository.insertUnits),
  step(['duties', '职责', 'duties'], () => readTable('duties.csv', rows.DutyRow), repository.insertDuties),
  step(['parts', '部件', 'parts'], () => readFeatures('parts', rows.PartProperties), repository.insertParts),
  { name: 'cameras', zh: '摄像机', en: 'cameras', start: addSampleCameras },
  { name: 'accounts', zh: '示例账户', en: 'sample accounts', start: addSampleAccounts },
];

interface Progress {
  name: 'qilihe';
  /** rows in, by step */
  loaded: Record<string, number>;
  complete: boolean;
}

/**
 * Loads the sample district and its accounts, once. Every transaction puts in a batch and notes how far it came, so a
 * process that was killed goes on where it was, and of several that start at once each batch is put in by one.
 * @param log progress for people, in both languages
 */
export async function loadSampleDistrict(db: Database, log: (line: string) => void): Promise<void> {
  await claimSetting(db, SETTING, { name: 'qilihe', loaded: {}, complete: false } satisfies Progress);
  const before = await readProgress(db);
  if (before.complete) return;
  for (const { name, zh, en, start } of STEPS) {
    const { count, insert } = await start();
    if ((before.loaded[name] ?? 0) >= count && name in before.loaded) continue;
    log(`写入${zh} ${count} / loading ${count} ${en}`);
    for (let done = false; !done;) {
      done = await db.transaction(
        async (tx) => {
          const progress = await readProgress(tx);
          const from = progress.loaded[name] ?? 0;
          const to = Math.min(count, from + BATCH);
          if (from < count) await insert(tx, from, to);
          if (!(name in progress.loaded) || from < count) {
            await saveSetting(tx, SETTING, { ...progress, loaded: { ...progress.loaded, [name]: to } });
          }
          return to === count;
        },
        { heldMs: LOADING_MS },
      );
    }
  }
  await db.transaction(async (tx) => {
    const progress = await readProgress(tx);
    if (progress.complete) return;
    await renewVersions(
      tx,
      'divisions',
      'cells',
      'parts',
      'cameras',
      'coverage',
      'buildings',
      'roads',
      'surfaces',
      'dictionary',
    );
    await saveSetting(tx, SETTING, { ...progress, complete: true });
  });
}

/** Locks the progress until the transaction ends. */
async function readProgress(db: Queryable): Promise<Progress> {
  return (await lockSetting(db, SETTING)) as Progress;
}
