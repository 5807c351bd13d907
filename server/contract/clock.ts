import { Type, type Static } from 'typebox';

/** `GET /clock`: the server's time, and the working calendar around it for showing when clocks resume. */
export const ClockState = Type.Object({
  serverNow: Type.String(),
  working: Type.Boolean(),
  resumesAt: Type.Optional(Type.String()),
  timeZone: Type.String(),
  /** Working spans of the coming days, instants, for counting down in working time. */
  spans: Type.Array(Type.Object({ from: Type.String(), to: Type.String() })),
  warning: Type.Optional(Type.String()),
});
export type ClockState = Static<typeof ClockState>;
