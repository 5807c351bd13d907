import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Found } from '#contract/search';
import type { Names } from '#contract/shared';
import type { Database } from '../db/database.ts';
import { versionOf, type Versioned } from '../settings/service.ts';
import type { SearchableName } from './match-name.ts';
import { nameOf } from './name-of.ts';
import * as repository from './repository.ts';

/** Something with a name, ready to be found and shown. */
export interface NamedThing {
  found: Found;
  name: SearchableName;
}

/** Names made searchable before others get a turn: pinyin costs some ten microseconds a name. */
const BATCH = 300;

interface Source {
  /** Changes whenever the names do. */
  version(db: Database): Promise<string>;
  read(db: Database): Promise<{ found: Found; code?: string }[]>;
}

const ROAD_CLASSES: Record<string, Names> = {
  main: { zh: '主干路', en: 'Main road' },
  secondary: { zh: '次干路', en: 'Secondary road' },
  lane: { zh: '街巷', en: 'Lane' },
};
const BUILDING_KINDS: Record<string, Names> = {
  residential: { zh: '住宅', en: 'Residential building' },
  commercial: { zh: '商业建筑', en: 'Commercial building' },
  public: { zh: '公共建筑', en: 'Public building' },
  industrial: { zh: '工业建筑', en: 'Industrial building' },
};
const KINDS: Record<'part' | 'event', Names> = {
  part: { zh: '部件', en: 'Part' },
  event: { zh: '事件', en: 'Event' },
};

const by = (thing: Versioned) => (db: Database) => versionOf(db, thing);

const SOURCES: Source[] = [
  {
    version: by('divisions'),
    read: async (db) =>
      (await repository.listDivisionNames(db)).map((row) => ({
        found: toFound('division', row),
        code: row.id,
      })),
  },
  {
    version: by('roads'),
    read: async (db) =>
      (await repository.listRoadNames(db)).map((row) => ({
        found: { ...toFound('road', row), detail: ROAD_CLASSES[row.detail_zh] ?? { zh: '', en: '' } },
      })),
  },
  {
    version: by('buildings'),
    read: async (db) =>
      (await repository.listBuildingNames(db)).map((row) => ({
        found: {
          ...toFound('building', { ...row, en: row.zh }),
          detail: BUILDING_KINDS[row.detail_zh] ?? { zh: '', en: '' },
        },
        code: row.id,
      })),
  },
  {
    version: by('cameras'),
    read: async (db) =>
      (await repository.listCameraNames(db)).map((row) => ({ found: toFound('camera', row) })),
  },
  {
    version: by('dictionary'),
    read: async (db) =>
      (await repository.listClassNames(db)).map(({ kind, ...row }) => ({
        found: {
          ...toFound('class', row),
          detail: {
            zh: `${KINDS[kind].zh} · ${row.detail_zh}`,
            en: `${KINDS[kind].en} · ${row.detail_en}`,
          },
        },
        code: row.id,
      })),
  },
  {
    // A few dozen rows, which nothing else tells the change of.
    version: async (db) => JSON.stringify(await repository.listUnitNames(db)),
    read: async (db) =>
      (await repository.listUnitNames(db)).map((row) => ({ found: toFound('unit', row), code: row.id })),
  },
];

function toFound(kind: Found['kind'], row: repository.NamedRow): Found {
  const { lon, lat, west, south, east, north } = row;
  return {
    kind,
    id: row.id,
    title: { zh: row.zh, en: row.en },
    detail: { zh: row.detail_zh, en: row.detail_en },
    ...(lon === null || lat === null ? {} : { position: { lon, lat } }),
    ...(west === null || south === null || east === null || north === null
      ? {}
      : { bounds: [west, south, east, north] }),
  };
}

interface HeldNames {
  version: string;
  names: NamedThing[];
}

const held = new WeakMap<Database, (Promise<HeldNames> | undefined)[]>();

/** Everything that has a name, as of now; what changed since the last time is read again. */
export async function readNames(db: Database): Promise<NamedThing[][]> {
  const known = held.get(db) ?? [];
  held.set(db, known);
  return Promise.all(
    SOURCES.map(async (source, n) => {
      const version = await source.version(db);
      const last = await known[n]?.catch(() => undefined);
      if (last?.version === version) return last.names;
      const reading = readSource(db, source, version);
      known[n] = reading;
      reading.catch(() => {
        if (known[n] === reading) known[n] = undefined;
      });
      return (await reading).names;
    }),
  );
}

async function readSource(db: Database, source: Source, version: string): Promise<HeldNames> {
  const names: NamedThing[] = [];
  for (const { found, code } of await source.read(db)) {
    names.push({ found, name: nameOf(found.title, code) });
    if (names.length % BATCH === 0) await nextTurn();
  }
  return { version, names };
}
