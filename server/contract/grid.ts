import { Type, type Static } from 'typebox';
import { Instant, LonLat, Names, Polygon } from './shared.ts';

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

export const HeadRole = Type.Union([Type.Literal('grid-head'), Type.Literal('courtyard-head')]);
export type HeadRole = Static<typeof HeadRole>;

/** Who answers for a set of cells. */
export const Head = Type.Object({
  id: Type.String(),
  name: Names,
  role: HeadRole,
  phone: Type.Optional(Type.String()),
  communityCode: Type.String(),
  cellCount: Type.Integer(),
  from: Type.String(),
  to: Type.Optional(Type.String()),
  invented: Type.Boolean(),
  version: Type.Integer(),
});
export type Head = Static<typeof Head>;

/** `GET /heads[?cells]`: with the codes of their cells on the day where they are asked for. */
export const HeadInList = Type.Object({
  ...Head.properties,
  cells: Type.Optional(Type.Array(Type.String())),
});
export type HeadInList = Static<typeof HeadInList>;

/** `GET /heads/{id}`: with the cells of a day, by default today. */
export const HeadDetail = Type.Object({ ...Head.properties, cells: Type.Array(Type.String()) });
export type HeadDetail = Static<typeof HeadDetail>;

const PersonName = Type.Object(
  { zh: Type.String({ minLength: 1, maxLength: 40 }), en: Type.String({ minLength: 1, maxLength: 80 }) },
  { additionalProperties: false },
);
const Phone = Type.String({ minLength: 1, maxLength: 40 });
const Day = Type.String({ format: 'date' });
const CellCodes = Type.Array(Type.String({ pattern: '^[0-9]{15}$' }), { maxItems: 999, uniqueItems: true });

/** `POST /heads`: days are whole, `to` is the first day somebody is no longer head. */
export const NewHead = Type.Object(
  {
    name: PersonName,
    role: HeadRole,
    phone: Type.Optional(Phone),
    communityCode: Type.String({ pattern: '^[0-9]{12}$' }),
    cells: CellCodes,
    from: Day,
    to: Type.Optional(Day),
    reason: Type.Optional(Type.String({ maxLength: 400 })),
  },
  { additionalProperties: false },
);
export type NewHead = Static<typeof NewHead>;

/**
 * `PATCH /heads/{id}`: `cells` are those from `cellsFrom` (default today) on; `to` ends the head and all its cells, and
 * what ends with the head goes on to a later `to`, or without end when that is null.
 */
export const HeadEdit = Type.Object(
  {
    expectedVersion: Type.Integer({ minimum: 1 }),
    name: Type.Optional(PersonName),
    phone: Type.Optional(Type.Union([Phone, Type.Null()])),
    to: Type.Optional(Type.Union([Day, Type.Null()])),
    cells: Type.Optional(CellCodes),
    cellsFrom: Type.Optional(Day),
    reason: Type.Optional(Type.String({ maxLength: 400 })),
  },
  { additionalProperties: false },
);
export type HeadEdit = Static<typeof HeadEdit>;

/** `GET /divisions/{code}`, with the outline beside it; what lies in it of what the caller may see. */
export const DivisionCard = Type.Object({
  ...Division.properties,
  divisions: Type.Array(Type.Object({ code: Type.String(), level: DivisionLevel, name: Names })),
  counts: Type.Object({
    children: Type.Integer(),
    cells: Type.Integer(),
    parts: Type.Integer(),
    openCases: Type.Integer(),
    heads: Type.Integer(),
  }),
});
export type DivisionCard = Static<typeof DivisionCard>;

/** `GET /cells/{code}`, with the outline beside it. */
export const CellCard = Type.Object({
  ...Cell.properties,
  version: Type.Integer(),
  retiredAt: Type.Optional(Instant),
  outline: Polygon,
  divisions: Type.Array(Type.Object({ code: Type.String(), level: DivisionLevel, name: Names })),
  heads: Type.Array(Head),
  parts: Type.Array(Type.Object({ class: Type.String(), className: Names, count: Type.Integer() })),
  openCases: Type.Integer(),
});
export type CellCard = Static<typeof CellCard>;

/** `POST /grid-plans`: cells of a target area that tile communities; nothing is written until it is applied. */
export const NewGridPlan = Type.Object(
  {
    /** Codes of communities, or of a division above them. */
    divisions: Type.Array(Type.String({ maxLength: 12 }), { minItems: 1, maxItems: 500 }),
    targetSquareMetres: Type.Integer({ minimum: 400, maximum: 1_000_000, default: 10_000 }),
  },
  { additionalProperties: false },
);
export type NewGridPlan = Static<typeof NewGridPlan>;

export const GridPlanResult = Type.Object({
  communities: Type.Integer(),
  cells: Type.Integer(),
  medianSquareMetres: Type.Number(),
  minSquareMetres: Type.Number(),
  maxSquareMetres: Type.Number(),
  /** Cells there are now, in those communities, which would end. */
  replaced: Type.Integer(),
  /** Open cases in them, which move to the new cell at their position. */
  openCases: Type.Integer(),
  parts: Type.Integer(),
  applied: Type.Boolean(),
});
export type GridPlanResult = Static<typeof GridPlanResult>;

/** Something wrong with cells; `geometry` is where, to be shown on the map. */
export const CellProblem = Type.Object({
  kind: Type.Union([
    Type.Literal('overlap'),
    Type.Literal('gap'),
    Type.Literal('orphan'),
    Type.Literal('area'),
    Type.Literal('code'),
    Type.Literal('order'),
    Type.Literal('invalid'),
  ]),
  cells: Type.Array(Type.String()),
  message: Names,
  squareMetres: Type.Optional(Type.Number()),
  geometry: Type.Optional(Type.Unknown()),
});
export type CellProblem = Static<typeof CellProblem>;

export const CellCheckResult = Type.Object({
  cells: Type.Integer(),
  counts: Type.Record(Type.String(), Type.Integer()),
  /** The first thousand. */
  problems: Type.Array(CellProblem),
});
export type CellCheckResult = Static<typeof CellCheckResult>;

/** `PATCH /cells/{code}`: a new outline inside the community, that overlaps no other cell. */
export const CellEdit = Type.Object(
  {
    expectedVersion: Type.Integer({ minimum: 1 }),
    outline: Polygon,
    reason: Type.Optional(Type.String({ maxLength: 400 })),
  },
  { additionalProperties: false },
);
export type CellEdit = Static<typeof CellEdit>;

/** What `PATCH /cells/{code}` answers, the outline beside it: gaps it leaves are allowed, but said. */
export const CellEdited = Type.Object({
  ...CellCard.properties,
  warnings: Type.Array(CellProblem),
  /** For `POST /register/changes/{batch}/undo`. */
  batch: Type.String(),
});
export type CellEdited = Static<typeof CellEdited>;

/** `POST /cells/check`: all cells, or those of divisions of any level. */
export const NewCellCheck = Type.Object(
  { divisions: Type.Optional(Type.Array(Type.String({ maxLength: 12 }), { minItems: 1, maxItems: 500 })) },
  { additionalProperties: false },
);
export type NewCellCheck = Static<typeof NewCellCheck>;
