import { Type, type Static } from 'typebox';
import { Instant, Names } from './shared.ts';

export const Role = Type.Union([
  Type.Literal('administrator'),
  Type.Literal('intake-clerk'),
  Type.Literal('dispatcher'),
  Type.Literal('operator'),
  Type.Literal('supervisor'),
  Type.Literal('evaluator'),
  Type.Literal('hotline'),
  Type.Literal('unit-clerk'),
  Type.Literal('collector'),
  Type.Literal('area-head'),
  Type.Literal('wall'),
]);
export type Role = Static<typeof Role>;

/** What of the district an account may see: a division (by code prefix) or the cases of a unit. */
export const Scope = Type.Object({
  kind: Type.Union([
    Type.Literal('district'),
    Type.Literal('subdistrict'),
    Type.Literal('community'),
    Type.Literal('unit'),
  ]),
  code: Type.String(),
});
export type Scope = Static<typeof Scope>;

export const Me = Type.Object({
  id: Type.String(),
  username: Type.String(),
  name: Names,
  role: Role,
  scope: Scope,
  scopeName: Names,
  expiresAt: Type.String(),
  serverNow: Type.String(),
});
export type Me = Static<typeof Me>;

export const Credentials = Type.Object(
  {
    username: Type.String({ minLength: 1, maxLength: 64 }),
    password: Type.String({ minLength: 1, maxLength: 256 }),
  },
  { additionalProperties: false },
);
export type Credentials = Static<typeof Credentials>;

/** A sample account that a browser on the same machine may enter with one click. */
export const SampleAccount = Type.Object({
  username: Type.String(),
  name: Names,
  role: Role,
  scopeName: Names,
});
export type SampleAccount = Static<typeof SampleAccount>;

/** A key for a machine: it may do what its owner may, reading only unless said otherwise. */
export const ApiKey = Type.Object({
  id: Type.String(),
  name: Type.String(),
  username: Type.String(),
  /** The first letters, to tell keys apart. */
  prefix: Type.String(),
  readOnly: Type.Boolean(),
  createdAt: Instant,
  expiresAt: Type.Optional(Instant),
  lastUsedAt: Type.Optional(Instant),
  revokedAt: Type.Optional(Instant),
});
export type ApiKey = Static<typeof ApiKey>;

export const NewApiKey = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 80 }),
    /** Absent: the caller's own; for somebody else by an administrator alone. */
    username: Type.Optional(Type.String({ maxLength: 64 })),
    readOnly: Type.Optional(Type.Boolean()),
    expiresAt: Type.Optional(Instant),
  },
  { additionalProperties: false },
);
export type NewApiKey = Static<typeof NewApiKey>;

/** The key itself is shown this once. */
export const IssuedApiKey = Type.Object({ ...ApiKey.properties, key: Type.String() });
export type IssuedApiKey = Static<typeof IssuedApiKey>;
