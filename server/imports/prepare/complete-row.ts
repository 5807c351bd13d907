import type { ImportLayer } from '#contract/imports';
import { stagedColumns } from '../prepared-rows.ts';
import { Problem } from './problem.ts';

/** Metres a storey adds where a building's height is not known; the usual figure of 3D city models. */
const STOREY_METRES = 3;

const noClass = new Problem('no-class', '没有类别', 'There is no class');
const noCode = new Problem('no-code', '没有编码', 'There is no code');
const noName = new Problem('no-name', '没有名称', 'There is no name');
const otherParent = new Problem(
  'wrong-code',
  '编码与所属区划不符',
  'The code does not begin with the code it belongs to',
);

const at = {
  parts: { class: indexOf('parts', 'class_id') },
  cells: { code: indexOf('cells', 'code'), community: indexOf('cells', 'community_code') },
  divisions: {
    code: indexOf('divisions', 'code'),
    parent: indexOf('divisions', 'parent_code'),
    level: indexOf('divisions', 'level'),
    name: indexOf('divisions', 'name_zh'),
  },
  buildings: { height: indexOf('buildings', 'height_metres') },
  cameras: {
    name: indexOf('cameras', 'name_zh'),
    type: indexOf('cameras', 'source_type'),
    url: indexOf('cameras', 'source_url'),
  },
  cases: { number: indexOf('cases', 'number'), class: indexOf('cases', 'class_id') },
};

function indexOf(layer: ImportLayer, column: string): number {
  return (stagedColumns[layer] as readonly string[]).indexOf(column);
}

/** Where code and name of a part's stewards stand: where the file gives only one of the two, it stands for both. */
export const stewardSlots = ['authority', 'owner', 'maintainer'].map((steward) => ({
  code: indexOf('parts', `${steward}_code`),
  name: indexOf('parts', `${steward}_name`),
}));

/** Works out what follows from other values, and says what is missing. */
export function completeRow(
  layer: ImportLayer,
  values: (string | null)[],
  helpers: Record<string, string | null>,
): { field: string; problem: Problem } | undefined {
  if (layer === 'parts') {
    for (const { code, name } of stewardSlots) {
      values[code] ??= values[name] ?? null;
      values[name] ??= values[code];
    }
    return values[at.parts.class] === null ? { field: 'class_id', problem: noClass } : undefined;
  }
  if (layer === 'buildings') {
    const levels = helpers['levels'];
    if (values[at.buildings.height] === null && levels)
      values[at.buildings.height] = String(Number(levels) * STOREY_METRES);
    return undefined;
  }
  if (layer === 'cells') return completeCell(values);
  if (layer === 'divisions') return completeDivision(values);
  if (layer === 'cameras') {
    const { name, type, url } = at.cameras;
    if (values[name] === null) return { field: 'name_zh', problem: noName };
    if (values[url] !== null && values[type] === null) values[type] = 'rtsp';
    return undefined;
  }
  if (layer === 'cases') {
    if (values[at.cases.number] === null) return { field: 'number', problem: noCode };
    if (values[at.cases.class] === null) return { field: 'class_id', problem: noClass };
  }
  return undefined;
}

function completeCell(values: (string | null)[]) {
  const { code, community } = at.cells;
  const own = values[code];
  if (!own) return { field: 'code', problem: noCode };
  values[community] ??= own.slice(0, 12);
  return own.startsWith(values[community]) ? undefined : { field: 'community_code', problem: otherParent };
}

function completeDivision(values: (string | null)[]) {
  const { code, parent, level, name } = at.divisions;
  const own = values[code];
  if (!own) return { field: 'code', problem: noCode };
  if (!values[name]) return { field: 'name_zh', problem: noName };
  values[level] = own.length === 6 ? 'district' : own.length === 9 ? 'subdistrict' : 'community';
  if (own.length === 6) values[parent] = null;
  else {
    values[parent] ??= own.slice(0, own.length - 3);
    if (!own.startsWith(values[parent])) return { field: 'parent_code', problem: otherParent };
  }
  return undefined;
}
