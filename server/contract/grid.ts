import { Type, type Static } from 'typebox';
import { LonLat, Names } from './shared.ts';

export const DivisionLevel = Type.Union([
  Type.Literal('district'),
  Type.Literal('subdistrict'),
  Type.Literal('community'),
]);
export type DivisionLevel = Static<typeof DivisionLevel>;

export const Division = Type.Object({
  code: Type.String(),
  parentCode: Type.Optional(Type.String()),
  level: DivisionLevel,
  name: Names,
  edition: Type.Integer(),
  centre: LonLat,
  /** [west, south, east, north] in degrees. */
  bounds: Type.Array(Type.Number(), { minItems: 4, maxItems: 4 }),
});
export type Division = Static<typeof Division>;

export const Cell = Type.Object({
  code: Type.String(),
  communityCode: Type.String(),
  areaSquareMetres: Type.Number(),
  centre: LonLat,
});
export type Cell = Static<typeof Cell>;

export const NearPart = Type.Object({
  code: Type.String(),
  class: Type.String(),
  className: Names,
  position: LonLat,
  distanceMetres: Type.Number(),
  ownerName: Type.Optional(Type.String()),
  maintainerName: Type.Optional(Type.String()),
});
export type NearPart = Static<typeof NearPart>;

/** `GET /locate`: where a point is. */
export const Location = Type.Object({
  position: LonLat,
  divisions: Type.Array(Type.Object({ code: Type.String(), level: DivisionLevel, name: Names })),
  cell: Type.Object({ code: Type.String(), areaSquareMetres: Type.Number() }),
  place: Type.Optional(Type.Union([Type.Literal('carriageway'), Type.Literal('footway')])),
  road: Type.Optional(Names),
  parts: Type.Array(NearPart),
  cameras: Type.Array(Type.Object({ id: Type.String(), name: Names, distanceMetres: Type.Number() })),
});
export type Location = Static<typeof Location>;
