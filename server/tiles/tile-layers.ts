import { Type, type Static } from 'typebox';
import type { Versioned } from '../settings/service.ts';

export const TileLayer = Type.Union([
  Type.Literal('divisions'),
  Type.Literal('cells'),
  Type.Literal('parts'),
  Type.Literal('cameras'),
  Type.Literal('coverage'),
  Type.Literal('buildings'),
  Type.Literal('roads'),
  Type.Literal('surfaces'),
  Type.Literal('cases'),
]);
export type TileLayer = Static<typeof TileLayer>;

export const MAX_ZOOM = 18;

/** From this zoom on parts are single points; below it they are counts per cell. */
export const SINGLE_PARTS_ZOOM = 15;

/** From this zoom on parts are counted per cell; below it per sixteenth of the tile's width and height. */
export const PARTS_BY_CELL_ZOOM = 13;
export const CLUSTERS_PER_SIDE = 16;

/**
 * A tile shows about so many single parts: on a tile of 512 pixels more of them would stand closer than six pixels. Where
 * there are more it keeps the same share of those that are intact everywhere in it, and all others.
 */
export const MOST_PARTS = 8_000;

/**
 * Which parts stay where a tile is thinned: those whose `sequence × SPREAD mod 2³²` is below the share of 2³² that stays.
 * Knuth's multiplier spreads neighbouring numbers evenly, so streets numbered one after another keep their shape, and
 * a part that stays in a full tile stays in every tile that is less so.
 */
export const SPREAD = 2_654_435_761;

/** From this zoom on a tile has every building; below it the largest ones, up to these many. */
export const ALL_BUILDINGS_ZOOM = 15;
export const MOST_BUILDINGS = 5_000;

/** Property of a cluster of parts that counts those of a major class. */
export function majorField(major: string): string {
  return `m${major}`;
}

interface LayerDescription {
  description: string;
  geometry: 'point' | 'line' | 'polygon';
  /** tiles below this zoom are empty */
  minZoom: number;
  /** What its tiles are made from; `undefined`: it changes all the time and no tile is kept. */
  versions: Versioned[] | undefined;
  /** Differs from one scope to another. */
  scoped: boolean;
  /** Properties of a feature, with their meaning; absent ones are left out. */
  fields: Record<string, string>;
}

export const tileLayers: Record<TileLayer, LayerDescription> = {
  divisions: {
    description: 'District; subdistricts from zoom 9; communities from zoom 11',
    geometry: 'polygon',
    minZoom: 6,
    versions: ['divisions'],
    scoped: false,
    fields: {
      code: 'division code',
      level: 'district | subdistrict | community',
      name: 'Chinese',
      name_en: 'English',
    },
  },
  cells: {
    description: 'Unit grid cells',
    geometry: 'polygon',
    minZoom: 12,
    versions: ['cells', 'parts'],
    scoped: true,
    fields: { code: '15 digits', n: 'parts in the cell, below zoom 15' },
  },
  parts: {
    description:
      'Parts from zoom 15; at 13 and 14 the cells that have any, as points; below it clusters of parts, 16 × 16 a tile',
    geometry: 'point',
    minZoom: 8,
    versions: ['cells', 'parts', 'dictionary'],
    scoped: true,
    fields: {
      code: 'part code, from zoom 15',
      class: 'class id, from zoom 15',
      major: 'code of the major class, from zoom 15',
      state: 'intact | damaged | missing | abandoned, from zoom 15',
      thinned:
        'true where the tile leaves out parts that are intact, for there are more than 8,000; closer in all are shown',
      cell: 'cell code, at zoom 13 and 14',
      n: 'parts in the cell or cluster, below zoom 15',
      faulty: 'of them, those in another state than intact, below zoom 13',
    },
  },
  cameras: {
    description: 'Cameras',
    geometry: 'point',
    minZoom: 9,
    versions: ['cameras'],
    scoped: true,
    fields: { id: 'camera id', name: 'Chinese', name_en: 'English' },
  },
  coverage: {
    description: 'Ground that a camera sees',
    geometry: 'polygon',
    minZoom: 13,
    versions: ['coverage'],
    scoped: true,
    fields: { id: 'camera id' },
  },
  buildings: {
    description: 'Buildings; the largest 5,000 of a tile at zoom 13 and 14',
    geometry: 'polygon',
    minZoom: 13,
    versions: ['buildings'],
    scoped: false,
    fields: {
      code: 'building code, from zoom 14',
      h: 'height in metres',
      kind: 'residential | commercial | public | industrial',
    },
  },
  roads: {
    description: 'Middle lines of roads; lanes from zoom 13',
    geometry: 'line',
    minZoom: 9,
    versions: ['roads'],
    scoped: false,
    fields: { code: 'road code', class: 'main | secondary | lane', name: 'Chinese', name_en: 'English' },
  },
  surfaces: {
    description: 'Carriageways and footways',
    geometry: 'polygon',
    minZoom: 15,
    versions: ['surfaces'],
    scoped: false,
    fields: { kind: 'carriageway | footway' },
  },
  cases: {
    description: 'Open cases',
    geometry: 'point',
    minZoom: 8,
    versions: undefined,
    scoped: true,
    fields: {
      id: 'case id',
      unit: 'code of the lead unit',
      stage: 'stage',
      due_at: 'deadline of the stage, milliseconds since 1970',
      warn_at: 'when its light turns yellow, milliseconds since 1970',
    },
  },
};
