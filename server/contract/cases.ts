import { Type, type Static } from 'typebox';
import { Kind } from './dictionary.ts';
import { CaseRequest, RequestKind, ReturnReason } from './requests.ts';
import { Instant, Light, LonLat, Names } from './shared.ts';
import { Candidate } from './units.ts';

export const Stage = Type.Union([
  Type.Literal('dispatch'),
  Type.Literal('handling'),
  Type.Literal('send-for-check'),
  Type.Literal('check'),
  Type.Literal('closing'),
  Type.Literal('closed'),
  Type.Literal('void'),
]);
export type Stage = Static<typeof Stage>;

export const CaseAction = Type.Union([
  Type.Literal('dispatch'),
  Type.Literal('return'),
  Type.Literal('request-postponement'),
  Type.Literal('request-extension'),
  Type.Literal('decide-request'),
  Type.Literal('feedback'),
  Type.Literal('send-for-check'),
  Type.Literal('check'),
  Type.Literal('close'),
  Type.Literal('supervise'),
  Type.Literal('change-limit'),
  Type.Literal('merge'),
  Type.Literal('unmerge'),
  Type.Literal('note'),
  Type.Literal('void'),
]);
export type CaseAction = Static<typeof CaseAction>;

/** A clock on the wire. `dueAt` absent: untimed. The light is that of `serverNow`; a screen turns it itself. */
export const ClockFace = Type.Object({
  dueAt: Type.Optional(Instant),
  warnAt: Type.Optional(Instant),
  light: Light,
});
export type ClockFace = Static<typeof ClockFace>;

/** The flags of SPEC section 4 that stand on a case, each with the instant at which it first did. */
export const CaseFlags = Type.Object({
  postponedAt: Type.Optional(Instant),
  extendedAt: Type.Optional(Instant),
  returnedAt: Type.Optional(Instant),
  repeatedAt: Type.Optional(Instant),
});
export type CaseFlags = Static<typeof CaseFlags>;

/** A case in lists, on the map and in the feed (`kind: 'case'`, the whole object is the patch). */
export const CaseSummary = Type.Object({
  id: Type.String(),
  number: Type.String(),
  stage: Stage,
  version: Type.Integer(),
  class: Type.String(),
  className: Names,
  kind: Kind,
  channel: Type.String(),
  position: LonLat,
  accuracyMetres: Type.Number(),
  cell: Type.Object({ code: Type.String() }),
  communityCode: Type.String(),
  subdistrictCode: Type.String(),
  part: Type.Optional(Type.Object({ code: Type.String() })),
  unit: Type.Optional(Type.Object({ code: Type.String(), name: Names, phone: Type.String() })),
  cameraId: Type.Optional(Type.String()),
  stillId: Type.Optional(Type.String()),
  note: Type.String(),
  urgent: Type.Boolean(),
  special: Type.Boolean(),
  secondNotices: Type.Integer(),
  reportCount: Type.Integer(),
  /** Natural time: the clock never rests. */
  timing: Type.Union([Type.Literal('natural'), Type.Literal('working')]),
  receivedAt: Instant,
  filedAt: Instant,
  stageSince: Instant,
  updatedAt: Instant,
  closedAt: Type.Optional(Instant),
  dueAt: Type.Optional(Instant),
  warnAt: Type.Optional(Instant),
  light: Light,
  whole: ClockFace,
  /** The supervision clock, while one runs. */
  supervision: Type.Optional(ClockFace),
  flags: CaseFlags,
  /** How often it was given to a unit. */
  dispatchCount: Type.Integer(),
  /** No rule names a unit (无责任主体): somebody has to coordinate. */
  noSubject: Type.Optional(Type.Boolean()),
  /** The request that waits for a decision. */
  request: Type.Optional(
    Type.Object({ id: Type.String(), kind: RequestKind, unit: Type.String(), at: Instant }),
  ),
  /** Sent for check to this collector. */
  checker: Type.Optional(Type.Object({ id: Type.String(), name: Names })),
  /** It goes on in this case. */
  mergedInto: Type.Optional(Type.Object({ id: Type.String(), number: Type.String() })),
});
export type CaseSummary = Static<typeof CaseSummary>;

/** What an action carries besides the version: a field of `ActionBody`. */
export const ActionField = Type.Object({
  name: Type.Union([
    Type.Literal('unit'),
    Type.Literal('assistants'),
    Type.Literal('reason'),
    Type.Literal('reasonCode'),
    Type.Literal('photos'),
    Type.Literal('seconds'),
    Type.Literal('request'),
    Type.Literal('approved'),
    Type.Literal('passed'),
    Type.Literal('checker'),
    Type.Literal('into'),
    Type.Literal('note'),
  ]),
  need: Type.Union([Type.Literal('required'), Type.Literal('optional')]),
  /** Required, but not while that other field has one of these values. */
  unless: Type.Optional(
    Type.Object({
      field: Type.String(),
      values: Type.Array(Type.Union([Type.String(), Type.Boolean()])),
    }),
  ),
});
export type ActionField = Static<typeof ActionField>;

export const AllowedAction = Type.Object({
  action: CaseAction,
  primary: Type.Boolean(),
  /** What its form asks for. */
  fields: Type.Array(ActionField),
  /** It does not act at once: somebody decides about it. A return that is a request goes to the arbiter. */
  asks: Type.Optional(RequestKind),
});
export type AllowedAction = Static<typeof AllowedAction>;

export const CaseDetail = Type.Intersect([
  CaseSummary,
  Type.Object({
    condition: Type.Object({ id: Type.Integer(), condition: Names, closingCondition: Names }),
    assistants: Type.Array(Type.Object({ code: Type.String(), name: Names })),
    divisionNames: Type.Array(Names),
    place: Type.Optional(Type.String()),
    why: Names,
    candidates: Type.Array(Candidate),
    /** What the signed-in person may do now. */
    allowed: Type.Array(AllowedAction),
    /** All its requests, the newest first. */
    requests: Type.Array(CaseRequest),
    /** With no responsible subject: the territorial subdistrict's unit, a proposal. */
    proposed: Type.Optional(Type.Object({ code: Type.String(), name: Names })),
    /** Cases that were merged into this one. */
    mergedFrom: Type.Array(Type.Object({ id: Type.String(), number: Type.String() })),
    framing: Type.Optional(
      Type.Object({
        cameraId: Type.String(),
        at: Instant,
        box: Type.Unknown(),
        footprint: Type.Unknown(),
        ellipse: Type.Unknown(),
        evidenceId: Type.Optional(Type.String()),
      }),
    ),
    photos: Type.Array(Type.Object({ attachmentId: Type.String(), n: Type.Integer(), at: Instant })),
  }),
]);
export type CaseDetail = Static<typeof CaseDetail>;

export const TimelineEvent = Type.Object({
  n: Type.Integer(),
  at: Instant,
  actor: Type.String(),
  action: Type.String(),
  fromStage: Type.Optional(Type.String()),
  toStage: Type.String(),
  payload: Type.Record(Type.String(), Type.Unknown()),
  hash: Type.String(),
});
export type TimelineEvent = Static<typeof TimelineEvent>;

export const TimelineClock = Type.Object({
  stage: Type.String(),
  round: Type.Integer(),
  unitCode: Type.Optional(Type.String()),
  axis: Type.Union([Type.Literal('natural'), Type.Literal('working')]),
  startedAt: Instant,
  endedAt: Type.Optional(Instant),
  limitSeconds: Type.Optional(Type.Integer()),
  usedBeforeSeconds: Type.Integer(),
  usedSeconds: Type.Integer(),
  dueAt: Type.Optional(Instant),
  warnAt: Type.Optional(Instant),
  light: Light,
});
export type TimelineClock = Static<typeof TimelineClock>;

export const Timeline = Type.Object({ events: Type.Array(TimelineEvent), clocks: Type.Array(TimelineClock) });
export type Timeline = Static<typeof Timeline>;

/** Body of `POST /cases/{id}/actions/{action}`; which fields an action needs is said by its error. */
export const ActionBody = Type.Object(
  {
    expectedVersion: Type.Integer({ minimum: 1 }),
    note: Type.Optional(Type.String({ maxLength: 4000 })),
    /** dispatch: the unit (default: the resolved one); assistants beside it. */
    unit: Type.Optional(Type.String({ maxLength: 32 })),
    assistants: Type.Optional(Type.Array(Type.String({ maxLength: 32 }), { maxItems: 5 })),
    /** return, requests, decisions against somebody, void, dispatch away from the resolved unit, another limit. */
    reason: Type.Optional(Type.String({ maxLength: 1000 })),
    /** return. */
    reasonCode: Type.Optional(ReturnReason),
    /** request-extension, decide-request: seconds of the handling clock's own time; change-limit: the new limit. */
    seconds: Type.Optional(Type.Integer({ minimum: 60, maximum: 315_360_000 })),
    /** decide-request. */
    request: Type.Optional(Type.String({ format: 'uuid' })),
    approved: Type.Optional(Type.Boolean()),
    /** send-for-check: the collector (default: by the switch `checkAssignment`). */
    checker: Type.Optional(Type.String({ format: 'uuid' })),
    /** check. */
    passed: Type.Optional(Type.Boolean()),
    /** feedback and check: ids of attachments uploaded before. */
    photos: Type.Optional(Type.Array(Type.String({ format: 'uuid' }), { maxItems: 9 })),
    /** merge: the case that goes on; unmerge, asked of the merged case, needs none. */
    into: Type.Optional(Type.String({ format: 'uuid' })),
  },
  { additionalProperties: false },
);
export type ActionBody = Static<typeof ActionBody>;

/** `GET /cases/counts`: what the wall's counters say. */
export const CaseCounts = Type.Object({
  open: Type.Integer(),
  red: Type.Integer(),
  yellow: Type.Integer(),
  green: Type.Integer(),
  filedToday: Type.Integer(),
  closedToday: Type.Integer(),
  byStage: Type.Record(Type.String(), Type.Integer()),
  bySubdistrict: Type.Array(
    Type.Object({
      code: Type.String(),
      name: Names,
      open: Type.Integer(),
      red: Type.Integer(),
      yellow: Type.Integer(),
    }),
  ),
  byUnit: Type.Array(
    Type.Object({
      code: Type.String(),
      name: Names,
      open: Type.Integer(),
      red: Type.Integer(),
      yellow: Type.Integer(),
    }),
  ),
});
export type CaseCounts = Static<typeof CaseCounts>;
