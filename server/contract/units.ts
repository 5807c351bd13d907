import { Type, type Static } from 'typebox';
import { ClassLimit, Kind } from './dictionary.ts';
import { Names } from './shared.ts';

export const Unit = Type.Object({
  code: Type.String(),
  name: Names,
  kind: Type.String(),
  isCommand: Type.Boolean(),
  phone: Type.String(),
  leader: Type.String(),
  acceptanceClerk: Type.String(),
  subdistrictCode: Type.Optional(Type.String()),
  invented: Type.Boolean(),
  /** The first day on which it takes nothing any more. */
  closedAt: Type.Optional(Type.String()),
});
export type Unit = Static<typeof Unit>;

/** Why a candidate stands where it stands: the rule and the conditions that held or failed. */
export const Candidate = Type.Object({
  unit: Type.Object({ code: Type.String(), name: Names, phone: Type.String() }),
  role: Type.Union([Type.Literal('lead'), Type.Literal('assist')]),
  rule: Type.Union([
    Type.Literal('part-maintainer'),
    Type.Literal('part-owner'),
    Type.Literal('duty-by-area-and-condition'),
    Type.Literal('duty-by-class'),
    Type.Literal('territorial-proposal'),
    Type.Literal('dispatcher'),
  ]),
  applies: Type.Boolean(),
  conditions: Type.Array(
    Type.Object({
      name: Type.String(),
      expected: Type.String(),
      actual: Type.String(),
      holds: Type.Boolean(),
    }),
  ),
  quote: Type.String(),
  basis: Type.String(),
});
export type Candidate = Static<typeof Candidate>;

/** `GET /resolve`: who is responsible, by which limit, and why. `unit` is absent: no responsible subject. */
export const Resolution = Type.Object({
  class: Type.String(),
  className: Names,
  unit: Type.Optional(Type.Object({ code: Type.String(), name: Names, phone: Type.String() })),
  assistants: Type.Array(Type.Object({ code: Type.String(), name: Names })),
  /** With no responsible subject: the territorial subdistrict's unit, for the person who coordinates. */
  proposed: Type.Optional(Type.Object({ code: Type.String(), name: Names })),
  limit: ClassLimit,
  part: Type.Optional(Type.Object({ code: Type.String(), distanceMetres: Type.Number() })),
  place: Type.Optional(Type.String()),
  candidates: Type.Array(Candidate),
  /** The deciding rule as one sentence. */
  why: Names,
});
export type Resolution = Static<typeof Resolution>;

const Text = Type.String({ minLength: 1, maxLength: 400 });
const Day = Type.String({ format: 'date' });
const NewNames = Type.Object({ zh: Text, en: Text }, { additionalProperties: false });

/** `POST /units`. Codes are for good: kebab-case, never used again. */
export const NewUnit = Type.Object(
  {
    code: Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 40 }),
    name: NewNames,
    kind: Type.Union([
      Type.Literal('bureau'),
      Type.Literal('subdistrict'),
      Type.Literal('company'),
      Type.Literal('other'),
    ]),
    isCommand: Type.Boolean(),
    phone: Type.String({ maxLength: 40 }),
    leader: Type.String({ maxLength: 80 }),
    acceptanceClerk: Type.String({ maxLength: 80 }),
    subdistrictCode: Type.Optional(Type.String({ maxLength: 9 })),
    reason: Text,
  },
  { additionalProperties: false },
);
export type NewUnit = Static<typeof NewUnit>;

/** `PATCH /units/{code}`; `closedAt` closes it from that day on, null opens it again. */
export const UnitEdit = Type.Object(
  {
    ...Type.Partial(Type.Omit(NewUnit, ['code', 'reason'])).properties,
    closedAt: Type.Optional(Type.Union([Day, Type.Null()])),
    reason: Text,
  },
  { additionalProperties: false },
);
export type UnitEdit = Static<typeof UnitEdit>;

export const Duty = Type.Object({
  id: Type.Integer(),
  unitCode: Type.String(),
  unitName: Names,
  kind: Kind,
  /** Absent: every class of the kind. */
  class: Type.Optional(Type.String()),
  className: Type.Optional(Names),
  mode: Type.String(),
  areaCode: Type.Optional(Type.String()),
  ownerCondition: Type.Optional(
    Type.Union([Type.Literal('owner'), Type.Literal('maintainer'), Type.Literal('builder-in-maintenance')]),
  ),
  place: Type.Optional(Type.Union([Type.Literal('carriageway'), Type.Literal('footway')])),
  channel: Type.Optional(Type.String()),
  priority: Type.Integer(),
  role: Type.Union([Type.Literal('lead'), Type.Literal('assist')]),
  from: Day,
  to: Type.Optional(Day),
  basis: Type.String(),
  quote: Type.String(),
});
export type Duty = Static<typeof Duty>;

/** `POST /duties`, and with `replaces` the successor of a duty: the old one ends the day before `from`. */
export const NewDuty = Type.Object(
  {
    ...Type.Omit(Duty, ['id', 'unitName', 'className', 'basis']).properties,
    replaces: Type.Optional(Type.Integer()),
    reason: Text,
  },
  { additionalProperties: false },
);
export type NewDuty = Static<typeof NewDuty>;

/** `GET /duties/coverage?on&division`: where nobody, or more than one, is responsible. */
export const DutyCoverage = Type.Object({
  on: Day,
  holes: Type.Array(
    Type.Object({
      divisionCode: Type.String(),
      divisionName: Names,
      classes: Type.Array(Type.Object({ id: Type.String(), name: Names })),
    }),
  ),
  overlaps: Type.Array(
    Type.Object({
      class: Type.String(),
      className: Names,
      divisionCode: Type.Optional(Type.String()),
      duties: Type.Array(Duty),
      /** Duty that would win, and whether by its rank or by its number alone. */
      winner: Type.Integer(),
      decided: Type.Union([Type.Literal('rank'), Type.Literal('number')]),
    }),
  ),
});
export type DutyCoverage = Static<typeof DutyCoverage>;
