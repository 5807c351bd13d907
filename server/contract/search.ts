import { Type, type Static } from 'typebox';
import { LonLat, Names } from './shared.ts';

export const FoundKind = Type.Union([
  Type.Literal('position'),
  Type.Literal('division'),
  Type.Literal('cell'),
  Type.Literal('part'),
  Type.Literal('class'),
  Type.Literal('road'),
  Type.Literal('building'),
  Type.Literal('case'),
  Type.Literal('camera'),
  Type.Literal('unit'),
]);
export type FoundKind = Static<typeof FoundKind>;

/** One line of the search box. */
export const Found = Type.Object({
  kind: FoundKind,
  /** Code, or the id of a case or camera; `lon,lat` of a position. */
  id: Type.String(),
  title: Names,
  /** Where or what it is, in a few words. */
  detail: Names,
  /** Absent for what lies nowhere (a class, a unit). */
  position: Type.Optional(LonLat),
  /** [west, south, east, north] of what is larger than a point. */
  bounds: Type.Optional(Type.Array(Type.Number(), { minItems: 4, maxItems: 4 })),
});
export type Found = Static<typeof Found>;

/** `GET /search?q&lon&lat&limit`: best first; the point is where the map looks, near things win among equals. */
export const SearchAnswer = Type.Object({
  items: Type.Array(Found),
  tookMilliseconds: Type.Number(),
});
export type SearchAnswer = Static<typeof SearchAnswer>;
