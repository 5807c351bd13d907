import { Type, type Static } from 'typebox';
import { LonLat, Names } from './shared.ts';

export const PartState = Type.Union([
  Type.Literal('intact'),
  Type.Literal('damaged'),
  Type.Literal('missing'),
  Type.Literal('abandoned'),
  Type.Literal('removed'),
]);
export type PartState = Static<typeof PartState>;

export const Part = Type.Object({
  code: Type.String(),
  class: Type.String(),
  className: Names,
  cell: Type.Object({ code: Type.String() }),
  position: LonLat,
  authority: Type.Object({ code: Type.String(), name: Type.String() }),
  owner: Type.Optional(Type.Object({ code: Type.String(), name: Type.String() })),
  maintainer: Type.Optional(Type.Object({ code: Type.String(), name: Type.String() })),
  maintenanceUntil: Type.Optional(Type.String()),
  state: PartState,
  initialDate: Type.String(),
  changedDate: Type.Optional(Type.String()),
  source: Type.Optional(Type.String()),
  note: Type.Optional(Type.String()),
  /** Rises by one with every change; an edit names the one it was made on. */
  version: Type.Integer(),
  /** Ids of attachments, the newest first. */
  photos: Type.Array(Type.String()),
});
export type Part = Static<typeof Part>;

/** A body that owns or maintains parts: a unit's code, or a code of its own. */
export const Steward = Type.Object(
  { code: Type.String({ minLength: 1, maxLength: 40 }), name: Type.String({ minLength: 1, maxLength: 100 }) },
  { additionalProperties: false },
);
export type Steward = Static<typeof Steward>;

const Day = Type.String({ format: 'date' });

/** Everything of a part that people may write; the cell follows from the position. */
export const PartFields = Type.Object(
  {
    position: LonLat,
    state: PartState,
    authority: Steward,
    owner: Type.Union([Steward, Type.Null()]),
    maintainer: Type.Union([Steward, Type.Null()]),
    maintenanceUntil: Type.Union([Day, Type.Null()]),
    source: Type.Union([Type.String({ maxLength: 200 }), Type.Null()]),
    note: Type.Union([Type.String({ maxLength: 1000 }), Type.Null()]),
  },
  { additionalProperties: false },
);
export type PartFields = Static<typeof PartFields>;

/** `POST /parts`; without a code the next free one of district and class is given. */
export const NewPart = Type.Object(
  {
    class: Type.String({ maxLength: 32 }),
    code: Type.Optional(Type.String({ maxLength: 17 })),
    position: LonLat,
    initialDate: Type.Optional(Day),
    ...Type.Partial(Type.Omit(PartFields, ['position'])).properties,
  },
  { additionalProperties: false },
);
export type NewPart = Static<typeof NewPart>;

/** `PATCH /parts/{code}`: what is absent stays, null empties. */
export const PartEdit = Type.Object(
  {
    expectedVersion: Type.Integer({ minimum: 1 }),
    reason: Type.Optional(Type.String({ maxLength: 400 })),
    ...Type.Partial(PartFields).properties,
  },
  { additionalProperties: false },
);
export type PartEdit = Static<typeof PartEdit>;

/** Which parts a list, an export or a bulk change is about. */
export const PartFilter = Type.Object(
  {
    bbox: Type.Optional(Type.String({ maxLength: 120 })),
    q: Type.Optional(Type.String({ minLength: 1, maxLength: 80 })),
    class: Type.Optional(Type.String({ maxLength: 32 })),
    cell: Type.Optional(Type.String({ maxLength: 15 })),
    /** Code of a division: the parts inside it. */
    division: Type.Optional(Type.String({ maxLength: 12 })),
    state: Type.Optional(PartState),
    owner: Type.Optional(Type.String({ maxLength: 40 })),
    maintainer: Type.Optional(Type.String({ maxLength: 40 })),
  },
  { additionalProperties: false },
);
export type PartFilter = Static<typeof PartFilter>;

/** `POST /parts/states`: one state for many, by code or by filter; all or none. */
export const StateChange = Type.Object(
  {
    state: PartState,
    reason: Type.String({ minLength: 1, maxLength: 400 }),
    codes: Type.Optional(Type.Array(Type.String({ maxLength: 17 }), { minItems: 1, maxItems: 10_000 })),
    filter: Type.Optional(PartFilter),
  },
  { additionalProperties: false },
);
export type StateChange = Static<typeof StateChange>;

/** `batch` is what `POST /register/changes/{batch}/undo` takes. */
export const StateChanged = Type.Object({
  batch: Type.String(),
  changed: Type.Integer(),
  unchanged: Type.Integer(),
});
export type StateChanged = Static<typeof StateChanged>;

/** `POST /parts/{code}/retire`. */
export const PartRetirement = Type.Object(
  {
    expectedVersion: Type.Integer({ minimum: 1 }),
    reason: Type.String({ minLength: 1, maxLength: 400 }),
  },
  { additionalProperties: false },
);
export type PartRetirement = Static<typeof PartRetirement>;

/**
 * What the feed says of a part (`kind: 'part'`, id its code): enough to draw it anew. After a change of very many at
 * once the id is `*` and the patch `{reload: true}`: the map asks for its tiles again.
 */
export const PartPatch = Type.Union([
  Type.Object({ class: Type.String(), position: LonLat, state: PartState, version: Type.Integer() }),
  Type.Object({ reload: Type.Literal(true) }),
]);
export type PartPatch = Static<typeof PartPatch>;
