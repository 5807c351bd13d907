import { Type, type Static } from 'typebox';
import { Kind } from './dictionary.ts';
import { Names } from './shared.ts';

/** Editions of the dictionaries: CJ/T 214-2007, GB/T 30428.2-2013, GB/T 47678.5-2026. */
export const Edition = Type.Union([Type.Literal(2007), Type.Literal(2013), Type.Literal(2026)]);
export type Edition = Static<typeof Edition>;

/** `GET /codes/{code}[?kind]`: what a code of the field means; several readings where the digits leave it open. */
export const CodeReading = Type.Object({
  code: Type.String(),
  form: Type.Union([
    Type.Literal('division'),
    Type.Literal('cell'),
    Type.Literal('part'),
    Type.Literal('event'),
    Type.Literal('class'),
  ]),
  /** Editions whose dictionary has the class. */
  editions: Type.Array(Edition),
  valid: Type.Boolean(),
  /** Digits by meaning, in order: district, subdistrict, community, sequence, major, minor. */
  pieces: Type.Array(
    Type.Object({
      name: Type.String(),
      digits: Type.String(),
      meaning: Type.Optional(Names),
      problem: Type.Optional(Names),
    }),
  ),
  classes: Type.Array(Type.Object({ id: Type.String(), kind: Kind, edition: Edition, name: Names })),
  problems: Type.Array(Names),
});
export type CodeReading = Static<typeof CodeReading>;

/** `GET /codes/translate?class|code&to`: empty `to` when the class left the set without a successor. */
export const Translation = Type.Object({
  from: Type.Object({ id: Type.String(), name: Names, code: Type.Optional(Type.String()) }),
  to: Type.Array(
    Type.Object({
      id: Type.String(),
      name: Names,
      /** For a part or event code: the same thing, its district and sequence kept. */
      code: Type.Optional(Type.String()),
      /** `same` meaning; `wider`/`narrower` than what it comes from; `renamed`; `split` into several. */
      relation: Type.Union([
        Type.Literal('same'),
        Type.Literal('renamed'),
        Type.Literal('wider'),
        Type.Literal('narrower'),
        Type.Literal('split'),
      ]),
      reviewed: Type.Boolean(),
      basis: Type.String(),
    }),
  ),
  /** Several classes and none that means the same: a person has to choose. */
  ambiguous: Type.Boolean(),
});
export type Translation = Static<typeof Translation>;
