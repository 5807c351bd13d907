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
});
export type Part = Static<typeof Part>;
