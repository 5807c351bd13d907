import { Type, type Static } from 'typebox';
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
