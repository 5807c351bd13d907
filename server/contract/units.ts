import { Type, type Static } from 'typebox';
import { ClassLimit } from './dictionary.ts';
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
