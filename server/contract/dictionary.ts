import { Type, type Static } from 'typebox';
import { Day } from './rules.ts';
import { Names } from './shared.ts';

export const Kind = Type.Union([Type.Literal('part'), Type.Literal('event')]);
export type Kind = Static<typeof Kind>;

/** How a thing of the class stands in a picture: on the middle of its box's bottom edge, or flat on the ground. */
export const Stance = Type.Union([Type.Literal('upright'), Type.Literal('flat')]);
export type Stance = Static<typeof Stance>;

export const ClassLimit = Type.Object({
  id: Type.Integer(),
  condition: Names,
  place: Type.Optional(Type.String()),
  limitSeconds: Type.Integer(),
  amount: Type.Number(),
  unit: Type.String(),
  closingCondition: Names,
  urgent: Type.Boolean(),
  special: Type.Boolean(),
  isDefault: Type.Boolean(),
});
export type ClassLimit = Static<typeof ClassLimit>;

/** One class of the active dictionary with its limits; `GET /classes` gives all of them for type-ahead. */
export const ClassEntry = Type.Object({
  id: Type.String(),
  kind: Kind,
  majorCode: Type.String(),
  majorName: Names,
  name: Names,
  /** Initials of the Chinese name, lower case. */
  pinyin: Type.String(),
  stance: Stance,
  edition: Type.Integer(),
  limits: Type.Array(ClassLimit),
});
export type ClassEntry = Static<typeof ClassEntry>;

export const ClassSet = Type.Object({
  standard: Type.String(),
  edition: Type.Integer(),
  active: Type.Boolean(),
  parts: Type.Integer(),
  events: Type.Integer(),
});
export type ClassSet = Static<typeof ClassSet>;

const Carried = Type.Object({
  /** Go over to the class of the new set. */
  carried: Type.Integer(),
  /** Stay behind, because the class of the new set has its own. */
  own: Type.Integer(),
  /** Stay behind, because several classes could take them or a person has to choose. */
  open: Type.Integer(),
  /** Stay behind, because the new set has no such class. */
  none: Type.Integer(),
});

/** `GET /class-sets/{edition}/consequences`: what it would mean to put the set in force today. */
export const ClassSetChange = Type.Object({
  edition: Type.Integer(),
  /** The set in force now. */
  replaces: Type.Optional(Type.Integer()),
  /** Of the dictionary that was compared: hand it back as `expectedVersion`. */
  version: Type.String(),
  classes: Type.Object({
    before: Type.Integer(),
    after: Type.Integer(),
    open: Type.Integer(),
    none: Type.Array(Type.Object({ id: Type.String(), name: Names })),
    /** Classes of the new set that nothing could be filed on: they would have no limit. */
    withoutLimit: Type.Integer(),
  }),
  limits: Carried,
  duties: Carried,
});
export type ClassSetChange = Static<typeof ClassSetChange>;

const Text = Type.String({ minLength: 1, maxLength: 400 });
export const LimitUnit = Type.Union([
  Type.Literal('minute'),
  Type.Literal('urgent_hour'),
  Type.Literal('urgent_day'),
  Type.Literal('hour'),
  Type.Literal('day'),
  Type.Literal('work_day'),
]);

/** `POST /class-sets/{edition}/put-in-force` */
export const PutSetInForce = Type.Object(
  { reason: Text, expectedVersion: Type.String({ maxLength: 64 }) },
  { additionalProperties: false },
);
export type PutSetInForce = Static<typeof PutSetInForce>;

export const SetInForce = Type.Object({
  edition: Type.Integer(),
  batch: Type.String(),
  limits: Type.Integer(),
  duties: Type.Integer(),
});
export type SetInForce = Static<typeof SetInForce>;

/** `PATCH /classes/{id}`: names and stance; ids and codes are the standard's. */
export const ClassEdit = Type.Object(
  {
    name: Type.Optional(Type.Object({ zh: Text, en: Text }, { additionalProperties: false })),
    stance: Type.Optional(Stance),
    reason: Text,
  },
  { additionalProperties: false },
);
export type ClassEdit = Static<typeof ClassEdit>;

/** `POST /limits`, and with `replaces` the successor of a limit from a day on: old cases keep theirs. */
export const NewLimit = Type.Object(
  {
    class: Type.String({ maxLength: 32 }),
    condition: Type.Object({ zh: Text, en: Text }, { additionalProperties: false }),
    place: Type.Optional(Type.Union([Type.Literal('carriageway'), Type.Literal('footway'), Type.Null()])),
    amount: Type.Number({ exclusiveMinimum: 0, maximum: 3650 }),
    unit: LimitUnit,
    closingCondition: Type.Object({ zh: Text, en: Text }, { additionalProperties: false }),
    urgent: Type.Boolean(),
    special: Type.Boolean(),
    isDefault: Type.Boolean(),
    from: Day,
    replaces: Type.Optional(Type.Integer()),
    reason: Text,
  },
  { additionalProperties: false },
);
export type NewLimit = Static<typeof NewLimit>;

/** A limit with the days it holds on, for the administrator's table. */
export const LimitRow = Type.Object({
  ...ClassLimit.properties,
  class: Type.String(),
  className: Names,
  basis: Type.String(),
  from: Day,
  /** The first day on which it holds no more. */
  to: Type.Optional(Day),
  /** The limit it came after. */
  replaces: Type.Optional(Type.Integer()),
});
export type LimitRow = Static<typeof LimitRow>;
