import { Type, type Static } from 'typebox';
import { Instant } from './shared.ts';

/** Search parameters of the map: camera, layers, selection. What a saved view holds. */
export const MapSearch = Type.Record(Type.String({ maxLength: 40 }), Type.String({ maxLength: 2000 }));

export const MapView = Type.Object({
  id: Type.String(),
  name: Type.String(),
  /** Everybody of the deployment sees it. */
  shared: Type.Boolean(),
  mine: Type.Boolean(),
  search: MapSearch,
  updatedAt: Instant,
});
export type MapView = Static<typeof MapView>;

export const NewMapView = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 80 }),
    shared: Type.Boolean(),
    search: MapSearch,
  },
  { additionalProperties: false },
);
export type NewMapView = Static<typeof NewMapView>;

/**
 * `GET /map/cells`: one row per cell that has cases, as arrays of equal length, ready to colour 40,000 cells.
 * `score` is that of SPEC section 5 over the last 30 days, null where nothing was due.
 */
export const CellFigures = Type.Object({
  codes: Type.Array(Type.String()),
  open: Type.Array(Type.Integer()),
  overdue: Type.Array(Type.Integer()),
  score: Type.Array(Type.Union([Type.Number(), Type.Null()])),
  asOf: Instant,
});
export type CellFigures = Static<typeof CellFigures>;

/** `GET /map/sources`: what the deployment has besides its own tiles (`GRIDWATCH_MAP`, a JSON file). */
export const MapSource = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z0-9-]{1,40}$' }),
    name: Type.Object({ zh: Type.String(), en: Type.String() }),
    kind: Type.Union([
      Type.Literal('xyz'),
      Type.Literal('wmts'),
      Type.Literal('tianditu'),
      Type.Literal('terrain'),
      Type.Literal('3d-tiles'),
    ]),
    url: Type.String({ pattern: '^(https?://|/)', maxLength: 1000 }),
    /** Of a WMTS. */
    layer: Type.Optional(Type.String()),
    style: Type.Optional(Type.String()),
    matrixSet: Type.Optional(Type.String()),
    format: Type.Optional(Type.String()),
    minZoom: Type.Optional(Type.Integer()),
    maxZoom: Type.Optional(Type.Integer()),
    credit: Type.Optional(Type.String()),
    shown: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);
export type MapSource = Static<typeof MapSource>;
