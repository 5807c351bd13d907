import { Type, type Static } from 'typebox';

/** One change of the feed. `gone`: the thing left what this client may see. */
export const Change = Type.Object({
  seq: Type.Integer(),
  kind: Type.Union([
    Type.Literal('case'),
    Type.Literal('report'),
    Type.Literal('camera'),
    Type.Literal('part'),
    /** Working time changed: read `GET /clock` again. No patch. */
    Type.Literal('clock'),
    /** A contest or a bulletin: the patch is `Contest` or `BulletinSummary`. */
    Type.Literal('contest'),
    Type.Literal('bulletin'),
  ]),
  id: Type.String(),
  at: Type.String(),
  patch: Type.Optional(Type.Unknown()),
  gone: Type.Optional(Type.Boolean()),
});
export type Change = Static<typeof Change>;

/** A packet: the range (from, to] of the feed, with what of it this client may see (perhaps nothing). */
export const Changes = Type.Object({
  from: Type.Integer(),
  to: Type.Integer(),
  serverNow: Type.String(),
  changes: Type.Array(Change),
});
export type Changes = Static<typeof Changes>;

/** Events the server emits. */
export interface ServerEvents {
  changes: (packet: Changes) => void;
  /** Sent on connecting and every 20 s: keeps the lights' clock true. */
  hello: (greeting: { seq: number; serverNow: string }) => void;
  /** The session ended or its role changed: sign in again. */
  'session-ended': () => void;
}

/** Events the client emits. Rooms: `district:620103`, `subdistrict:…`, `community:…`, `unit:CODE`, `case:ID`. */
export interface ClientEvents {
  watch: (room: string, answer: (result: { ok: boolean }) => void) => void;
  unwatch: (room: string) => void;
}
