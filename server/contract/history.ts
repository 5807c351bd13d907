import { Type, type Static } from 'typebox';
import { Instant } from './shared.ts';

export const RegisterSubject = Type.Union([
  Type.Literal('part'),
  Type.Literal('cell'),
  Type.Literal('division'),
  Type.Literal('unit'),
  Type.Literal('duty'),
  Type.Literal('class'),
  Type.Literal('limit'),
  Type.Literal('class-set'),
  Type.Literal('head'),
]);
export type RegisterSubject = Static<typeof RegisterSubject>;

/** One change of one thing of the register, kept for good. Positions are in `geometry` as GeoJSON. */
export const RegisterChange = Type.Object({
  id: Type.Integer(),
  /** Changes that were made together and are undone together. */
  batch: Type.String(),
  subject: RegisterSubject,
  code: Type.String(),
  at: Instant,
  actor: Type.String(),
  action: Type.Union([
    Type.Literal('add'),
    Type.Literal('edit'),
    Type.Literal('move'),
    Type.Literal('change-state'),
    Type.Literal('retire'),
    Type.Literal('import'),
    Type.Literal('undo'),
    Type.Literal('photo'),
  ]),
  reason: Type.Optional(Type.String()),
  /** Only the fields that changed. */
  before: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  after: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  undone: Type.Boolean(),
});
export type RegisterChange = Static<typeof RegisterChange>;
