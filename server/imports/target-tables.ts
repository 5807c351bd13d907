import type { ImportLayer } from '#contract/imports';
import type { RegisterSubject } from '#contract/history';
import type { Versioned } from '../settings/service.ts';

/** The layers whose rows go from the side table into a table of the same shape. */
export type GroundLayer = Exclude<ImportLayer, 'cameras' | 'cases'>;

interface TargetColumn {
  name: string;
  /** SQL over `s`, the prepared row; null says nothing and leaves what is there. */
  value: string;
  /** SQL over `s` for a new row of which the file says nothing; absent: null. */
  otherwise?: string;
  /** Follows from another column, so it is written but not compared. */
  derived?: true;
}

export interface TargetTable {
  name: GroundLayer;
  columns: readonly TargetColumn[];
  /** Has `version`, for optimistic locking; parts have `changed_at` beside it. */
  versioned: boolean;
  /** SQL over `t`: differs whatever the columns say. */
  alsoDiffers?: string;
  /** More assignments of an update. */
  alsoSet?: string;
  /** What is kept of changes: key → SQL over the row `r`. */
  history?: { subject: RegisterSubject; fields: Record<string, string> };
  renews: readonly Versioned[];
}

const plain = (name: string): TargetColumn => ({ name, value: `s.${name}` });
const day = (name: string): TargetColumn => ({ name, value: `s.${name}::date` });
const GEOJSON = 'st_asgeojson(r.geom, 7)::jsonb';
const body = (name: string) =>
  `case when r.${name}_code is not null then jsonb_build_object('code', r.${name}_code, 'name', r.${name}_name) end`;

const steward = (name: string): TargetColumn[] => [plain(`${name}_code`), plain(`${name}_name`)];

const PARTS: TargetTable = {
  name: 'parts',
  columns: [
    plain('class_id'),
    plain('cell_code'),
    ...steward('authority').map((column) => ({ ...column, otherwise: `'未登记'` })),
    ...steward('owner'),
    ...steward('maintainer'),
    day('maintenance_until'),
    { ...plain('state'), otherwise: `'intact'` },
    { ...day('initial_date'), otherwise: `:today::date` },
    day('changed_date'),
    { ...plain('source'), otherwise: ':file' },
    plain('note'),
    plain('source_key'),
    plain('geom'),
  ],
  versioned: true,
  history: {
    subject: 'part',
    fields: {
      class: 'r.class_id',
      cell: 'r.cell_code',
      authority: body('authority'),
      owner: body('owner'),
      maintainer: body('maintainer'),
      maintenanceUntil: 'r.maintenance_until',
      state: 'r.state',
      initialDate: 'r.initial_date',
      changedDate: 'r.changed_date',
      source: 'r.source',
      note: 'r.note',
      geometry: GEOJSON,
    },
  },
  renews: ['parts'],
};

const DIVISIONS: TargetTable = {
  name: 'divisions',
  columns: [
    {
      name: 'parent_code',
      value:
        'coalesce(s.parent_code, case length(s.code) when 9 then left(s.code, 6) when 12 then left(s.code, 9) end)',
    },
    {
      name: 'level',
      value: `case length(s.code) when 6 then 'district' when 9 then 'subdistrict' else 'community' end`,
    },
    { ...plain('name_zh'), otherwise: 'coalesce(s.name_en, s.code)' },
    { ...plain('name_en'), otherwise: 'coalesce(s.name_zh, s.code)' },
    { name: 'edition', value: 's.edition::integer', otherwise: 'left(:today, 4)::integer' },
    { name: 'geom', value: 'st_multi(s.geom)' },
  ],
  versioned: false,
  history: {
    subject: 'division',
    fields: {
      parent: 'r.parent_code',
      name: `jsonb_build_object('zh', r.name_zh, 'en', r.name_en)`,
      edition: 'r.edition',
      geometry: GEOJSON,
    },
  },
  renews: ['divisions'],
};

const CELLS: TargetTable = {
  name: 'cells',
  columns: [
    { name: 'community_code', value: 'coalesce(s.community_code, left(s.code, 12))' },
    { name: 'area_square_metres', value: 'st_area(s.geom::geography)', derived: true },
    plain('geom'),
  ],
  versioned: true,
  alsoDiffers: 't.retired_at is not null',
  alsoSet: 'retired_at = null',
  history: {
    subject: 'cell',
    fields: { community: 'r.community_code', geometry: GEOJSON },
  },
  renews: ['cells'],
};

const BUILDINGS: TargetTable = {
  name: 'buildings',
  columns: [
    plain('name_zh'),
    { ...plain('kind'), otherwise: `'residential'` },
    // Nobody measured it: two storeys.
    { name: 'height_metres', value: 's.height_metres::float8', otherwise: '6' },
    plain('geom'),
  ],
  versioned: false,
  renews: ['buildings'],
};

/** Widths by class where the file has none, as in GB 50220 for a medium town. */
const width = (main: number, secondary: number, lane: number) =>
  `case coalesce(s.class, 'lane') when 'main' then ${main} when 'secondary' then ${secondary} else ${lane} end`;

const ROADS: TargetTable = {
  name: 'roads',
  columns: [
    { ...plain('name_zh'), otherwise: `coalesce(s.name_en, '无名路')` },
    { ...plain('name_en'), otherwise: `coalesce(s.name_zh, 'unnamed road')` },
    { ...plain('class'), otherwise: `'lane'` },
    {
      name: 'carriageway_metres',
      value: 's.carriageway_metres::float8',
      otherwise: width(21, 12, 5),
    },
    { name: 'footway_metres', value: 's.footway_metres::float8', otherwise: width(4, 3, 1.5) },
    plain('geom'),
  ],
  versioned: false,
  renews: ['roads', 'surfaces'],
};

export const targetTables: Record<GroundLayer, TargetTable> = {
  parts: PARTS,
  divisions: DIVISIONS,
  cells: CELLS,
  buildings: BUILDINGS,
  roads: ROADS,
};

/** SQL text with the two constants of an import put in. */
export function withConstants(
  text: string,
  { today, fileName }: { today: string; fileName: string },
): string {
  return text.replaceAll(':today', quote(today)).replaceAll(/:file\b/g, () => quote(fileName));
}

function quote(text: string): string {
  return `'${text.replaceAll('\0', '').replaceAll("'", "''")}'`;
}
