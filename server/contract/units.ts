import { Type, type Static } from 'typebox';
import { ClassLimit, Kind } from './dictionary.ts';
import { Day } from './rules.ts';
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
      /** The same as a phrase. Cases filed earlier do not have it. */
      text: Type.Optional(Names),
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
  /** In the order in which they were asked; the first lead that applies decides. */
  candidates: Type.Array(Candidate),
  /** Which of the candidates decided; absent: none did. */
  winner: Type.Optional(Type.Integer()),
  /** The deciding rule as one sentence. */
  why: Names,
});
export type Resolution = Static<typeof Resolution>;

const Text = Type.String({ minLength: 1, maxLength: 400 });
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

/** The unit as it is now. A closed one keeps the cases it holds until somebody gives them to another: here they are. */
export const EditedUnit = Type.Object({
  ...Unit.properties,
  openCases: Type.Object({
    count: Type.Integer(),
    /** The soonest due first, a hundred at most. */
    items: Type.Array(
      Type.Object({ id: Type.String(), number: Type.String(), stage: Type.String(), className: Names }),
    ),
  }),
});
export type EditedUnit = Static<typeof EditedUnit>;

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
  /** The first day on which it holds no more. */
  to: Type.Optional(Day),
  /** The duty it came after. */
  replaces: Type.Optional(Type.Integer()),
  basis: Type.String(),
  quote: Type.String(),
});
export type Duty = Static<typeof Duty>;

/** `POST /duties`, and with `replaces` the successor of a duty: the old one ends the day before `from`. */
export const NewDuty = Type.Object(
  {
    unitCode: Type.String({ minLength: 1, maxLength: 40 }),
    kind: Kind,
    class: Type.Optional(Type.String({ minLength: 1, maxLength: 32 })),
    mode: Type.String({ maxLength: 200, default: '' }),
    areaCode: Type.Optional(Type.String({ pattern: '^([0-9]{6}|[0-9]{9}|[0-9]{12})$' })),
    ownerCondition: Duty.properties.ownerCondition,
    place: Duty.properties.place,
    /** A channel of reports, or `subdistrict-video`: a subdistrict's own video room. */
    channel: Type.Optional(Type.String({ minLength: 1, maxLength: 32 })),
    priority: Type.Integer({ minimum: 0, maximum: 1000 }),
    role: Duty.properties.role,
    from: Day,
    to: Type.Optional(Day),
    quote: Type.String({ maxLength: 1000, default: '' }),
    replaces: Type.Optional(Type.Integer()),
    reason: Text,
  },
  { additionalProperties: false },
);
export type NewDuty = Static<typeof NewDuty>;

const Place = Type.Union([Type.Literal('carriageway'), Type.Literal('footway'), Type.Literal('elsewhere')]);

/**
 * `GET /duties/coverage?on&division`: where nobody, or more than one, is responsible, for an ordinary report about a
 * thing of which nobody is known to be owner or maintainer. A division stands for all that lie in it: what nobody in
 * the whole district answers for is told of the district alone.
 */
export const DutyCoverage = Type.Object({
  on: Day,
  /** Classes of the set in force, and the smallest divisions: what was asked. */
  classes: Type.Integer(),
  areas: Type.Integer(),
  holes: Type.Array(
    Type.Object({
      divisionCode: Type.String(),
      divisionName: Names,
      classes: Type.Array(
        Type.Object({
          id: Type.String(),
          name: Names,
          /** Only on these kinds of place; absent: everywhere in it. */
          places: Type.Optional(Type.Array(Place)),
        }),
      ),
    }),
  ),
  /** Leads of different units that apply to the same thing with the same priority. */
  overlaps: Type.Array(
    Type.Object({
      class: Type.String(),
      className: Names,
      /** Absent: in the whole of what was asked for. */
      divisionCode: Type.Optional(Type.String()),
      divisionName: Type.Optional(Names),
      places: Type.Optional(Type.Array(Place)),
      /** Only for reports that came so. */
      channel: Type.Optional(Type.String()),
      duties: Type.Array(Duty),
      /** Duty that would win, and whether by its rank (more conditions, a smaller area) or by its number alone. */
      winner: Type.Integer(),
      decided: Type.Union([Type.Literal('rank'), Type.Literal('number')]),
    }),
  ),
});
export type DutyCoverage = Static<typeof DutyCoverage>;
