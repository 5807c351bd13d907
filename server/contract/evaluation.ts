import { Type, type Static } from 'typebox';
import { Instant, Names } from './shared.ts';

/** `2026-10`, `2026-Q3` or `2026`. */
export const Period = Type.String({ pattern: '^[0-9]{4}(-(0[1-9]|1[0-2])|-Q[1-4])?$' });
export type Period = Static<typeof Period>;

export const SubjectKind = Type.Union([
  Type.Literal('district'),
  Type.Literal('unit'),
  Type.Literal('subdistrict'),
  Type.Literal('community'),
  Type.Literal('cell'),
  Type.Literal('grid-head'),
  Type.Literal('courtyard-head'),
  Type.Literal('collector'),
  Type.Literal('channel'),
  Type.Literal('class'),
]);
export type SubjectKind = Static<typeof SubjectKind>;

/** R8 (SPEC section 5): strict by default; tolerant accepts repeats and extensions within their quota. */
export const EvaluationMode = Type.Union([Type.Literal('strict'), Type.Literal('tolerant')]);
export type EvaluationMode = Static<typeof EvaluationMode>;

/** The figures of one subject in one mode. Rates are fractions 0…1, null where nothing is due: shown as "—". */
export const Judgement = Type.Object({
  /** 应解决数: gross less postponed ones within quota. */
  due: Type.Integer(),
  solved: Type.Integer(),
  inTime: Type.Integer(),
  inTimeRate: Type.Union([Type.Number(), Type.Null()]),
  solvedRate: Type.Union([Type.Number(), Type.Null()]),
  /** 100 × (0.8 × in-time rate + 0.2 × solved rate), to a hundredth. */
  score: Type.Union([Type.Number(), Type.Null()]),
  /** 1, 2, 2, 4 …; null: nothing due, or fewer than the minimum sample. */
  rank: Type.Union([Type.Integer(), Type.Null()]),
});
export type Judgement = Static<typeof Judgement>;

export const Subject = Type.Object({ code: Type.String(), name: Names });

/** One row of `GET /evaluations/{period}`: the strict figures flat, the tolerant ones beside them. */
export const EvaluationRow = Type.Object({
  subject: Subject,
  ...Judgement.properties,
  tolerant: Judgement,
  /** 应解决数 before postponed ones are taken out. */
  gross: Type.Integer(),
  postponed: Type.Integer(),
  postponedWithinQuota: Type.Integer(),
  extended: Type.Integer(),
  extendedWithinQuota: Type.Integer(),
  returned: Type.Integer(),
  repeated: Type.Integer(),
  repeatedWithinQuota: Type.Integer(),
  /** Cases of the period that are open and over their limit. */
  overdueOpen: Type.Integer(),
  /** floor(3 % × gross) of a unit (R6), for each of the three flags; absent where the subject is no unit. */
  quota: Type.Optional(
    Type.Object({ repeat: Type.Integer(), postponement: Type.Integer(), extension: Type.Integer() }),
  ),
  /** Why it has no rank though cases are due. */
  unranked: Type.Optional(Type.Literal('small-sample')),
  /** Other figures that the subject is graded by, by indicator id (heads: reports made; collectors: reports, checks). */
  extra: Type.Optional(Type.Record(Type.String(), Type.Union([Type.Number(), Type.Null()]))),
});
export type EvaluationRow = Static<typeof EvaluationRow>;

export const Evaluation = Type.Object({
  period: Period,
  /** `[from, to)`, instants. */
  from: Instant,
  to: Instant,
  by: SubjectKind,
  /** The log counts up to here. */
  asOf: Instant,
  /** Part of the period is marked as a trial and is reported apart. */
  trial: Type.Boolean(),
  /** The whole scope's figures. */
  total: EvaluationRow,
  items: Type.Array(EvaluationRow),
  minimumSample: Type.Integer(),
});
export type Evaluation = Static<typeof Evaluation>;

/** A count that opens into its cases. */
export const Figure = Type.Union([
  Type.Literal('gross'),
  Type.Literal('due'),
  Type.Literal('solved'),
  Type.Literal('in-time'),
  Type.Literal('late'),
  Type.Literal('open'),
  Type.Literal('overdue-open'),
  Type.Literal('postponed'),
  Type.Literal('extended'),
  Type.Literal('returned'),
  Type.Literal('repeated'),
]);
export type Figure = Static<typeof Figure>;

/** How one case counts in a period, and the sentence why. */
export const JudgedCase = Type.Object({
  caseId: Type.String(),
  number: Type.String(),
  className: Names,
  unit: Type.Object({ code: Type.String(), name: Names }),
  communityName: Names,
  dueAt: Instant,
  closedAt: Type.Optional(Instant),
  limitSeconds: Type.Integer(),
  usedSeconds: Type.Optional(Type.Integer()),
  counts: Type.Object({
    due: Type.Boolean(),
    solved: Type.Boolean(),
    inTime: Type.Boolean(),
    inTimeTolerant: Type.Boolean(),
  }),
  /** The sentence of the mode asked for, and the rules it rests on, `R6`, `SPEC 4 延期` …, in order. */
  why: Names,
  rules: Type.Array(Type.String()),
  contest: Type.Optional(Type.Object({ id: Type.String(), state: Type.String() })),
});
export type JudgedCase = Static<typeof JudgedCase>;

/** An indicator with its formula, in words and in numbers; null where the data cannot carry it in this period. */
export const Indicator = Type.Object({
  id: Type.String(),
  name: Names,
  formula: Names,
  type: Type.Union([
    Type.Literal('count'),
    Type.Literal('rate'),
    Type.Literal('score'),
    Type.Literal('quota'),
  ]),
  value: Type.Union([Type.Number(), Type.Null()]),
  /** The numbers put into the formula, by the names it uses. */
  terms: Type.Array(Type.Object({ name: Names, value: Type.Number() })),
  /** Why it has no value. */
  missing: Type.Optional(Names),
  source: Type.String(),
});
export type Indicator = Static<typeof Indicator>;

export const Indicators = Type.Object({
  period: Period,
  subject: Type.Optional(Subject),
  asOf: Instant,
  items: Type.Array(Indicator),
});
export type Indicators = Static<typeof Indicators>;

/** The seven aims (SPEC section 5) over the months asked for; `better`: which way is progress. */
export const Aims = Type.Object({
  months: Type.Array(Type.String()),
  asOf: Instant,
  items: Type.Array(
    Type.Object({
      id: Type.String(),
      name: Names,
      formula: Names,
      better: Type.Union([Type.Literal('up'), Type.Literal('down')]),
      unit: Type.Union([Type.Literal('rate'), Type.Literal('count')]),
      values: Type.Array(Type.Union([Type.Number(), Type.Null()])),
      missing: Type.Optional(Names),
    }),
  ),
});
export type Aims = Static<typeof Aims>;

/** Where a running month will end if nothing changes, with the range that earlier months give. */
export const Forecast = Type.Object({
  period: Period,
  asOf: Instant,
  items: Type.Array(
    Type.Object({
      subject: Subject,
      now: Type.Union([Type.Number(), Type.Null()]),
      /** Score if all that is open is handled in time, as now, and not at all. */
      best: Type.Union([Type.Number(), Type.Null()]),
      expected: Type.Union([Type.Number(), Type.Null()]),
      worst: Type.Union([Type.Number(), Type.Null()]),
      /** Open cases that fall due in the month. */
      atStake: Type.Integer(),
    }),
  ),
  method: Names,
});
export type Forecast = Static<typeof Forecast>;

export const Contest = Type.Object({
  id: Type.String(),
  caseId: Type.String(),
  caseNumber: Type.String(),
  className: Names,
  period: Period,
  unit: Type.Object({ code: Type.String(), name: Names }),
  state: Type.Union([Type.Literal('open'), Type.Literal('upheld'), Type.Literal('refused')]),
  /** What the unit asks for: that the case be left out, or be counted as in time. */
  wants: Type.Union([Type.Literal('left-out'), Type.Literal('in-time')]),
  reason: Type.String(),
  photos: Type.Array(Type.String()),
  filedBy: Type.String(),
  filedAt: Instant,
  decidedBy: Type.Optional(Type.String()),
  decidedAt: Type.Optional(Instant),
  decisionNote: Type.Optional(Type.String()),
  version: Type.Integer(),
});
export type Contest = Static<typeof Contest>;

/** `POST /contests`, by the clerk of the unit that is charged, inside the window. */
export const NewContest = Type.Object(
  {
    caseId: Type.String({ format: 'uuid' }),
    wants: Type.Union([Type.Literal('left-out'), Type.Literal('in-time')]),
    reason: Type.String({ minLength: 1, maxLength: 1000 }),
    photos: Type.Array(Type.String({ format: 'uuid' }), { minItems: 1, maxItems: 9 }),
  },
  { additionalProperties: false },
);
export type NewContest = Static<typeof NewContest>;

/** `POST /contests/{id}/decide`, by a supervisor. */
export const ContestDecision = Type.Object(
  {
    expectedVersion: Type.Integer({ minimum: 1 }),
    upheld: Type.Boolean(),
    note: Type.String({ minLength: 1, maxLength: 1000 }),
  },
  { additionalProperties: false },
);
export type ContestDecision = Static<typeof ContestDecision>;

/** `GET`, `PUT /evaluation-rules`: the switches of SPEC section 5; every change is audited. */
export const EvaluationRules = Type.Object(
  {
    mode: EvaluationMode,
    /** R6: shares of the gross cases due. */
    repeatQuota: Type.Number({ minimum: 0, maximum: 1 }),
    postponementQuota: Type.Number({ minimum: 0, maximum: 1 }),
    extensionQuota: Type.Number({ minimum: 0, maximum: 1 }),
    /** Fewer cases due than this: a score, but no rank. */
    minimumSample: Type.Integer({ minimum: 1, maximum: 1000 }),
    /** Days after the end of the month in which a unit may contest a case. */
    contestDays: Type.Integer({ minimum: 0, maximum: 90 }),
  },
  { additionalProperties: false },
);
export type EvaluationRules = Static<typeof EvaluationRules>;

export const TrialPeriod = Type.Object(
  {
    fromMonth: Type.String({ pattern: '^[0-9]{4}-(0[1-9]|1[0-2])$' }),
    toMonth: Type.String({ pattern: '^[0-9]{4}-(0[1-9]|1[0-2])$' }),
    note: Type.String({ minLength: 1, maxLength: 400 }),
  },
  { additionalProperties: false },
);
export type TrialPeriod = Static<typeof TrialPeriod>;

export const BulletinState = Type.Union([
  Type.Literal('draft'),
  /** The units see it and may contest single cases. */
  Type.Literal('shared'),
  Type.Literal('reviewed'),
  /** Frozen. */
  Type.Literal('published'),
  Type.Literal('withdrawn'),
]);
export type BulletinState = Static<typeof BulletinState>;

export const BulletinSummary = Type.Object({
  id: Type.String(),
  period: Period,
  state: BulletinState,
  asOf: Instant,
  trial: Type.Boolean(),
  contestUntil: Type.Optional(Instant),
  createdBy: Type.String(),
  createdAt: Instant,
  reviewedBy: Type.Optional(Type.String()),
  reviewedAt: Type.Optional(Instant),
  publishedBy: Type.Optional(Type.String()),
  publishedAt: Type.Optional(Instant),
  sha256: Type.String(),
  note: Type.String(),
  version: Type.Integer(),
});
export type BulletinSummary = Static<typeof BulletinSummary>;

/** All that a bulletin says: what `GET /bulletins/{id}.json` gives, and what the PDF and the workbook are made of. */
export const BulletinContent = Type.Object({
  period: Period,
  from: Instant,
  to: Instant,
  asOf: Instant,
  trial: Type.Boolean(),
  rules: EvaluationRules,
  units: Evaluation,
  subdistricts: Evaluation,
  communities: Evaluation,
  classes: Evaluation,
  channels: Evaluation,
  /** Quarterly and yearly. */
  gridHeads: Type.Optional(Evaluation),
  courtyardHeads: Type.Optional(Evaluation),
  indicators: Type.Array(Indicator),
  aims: Aims,
  /** Every case due, with how it counts and why. */
  cases: Type.Array(JudgedCase),
  contests: Type.Array(Contest),
});
export type BulletinContent = Static<typeof BulletinContent>;

/** `POST /bulletins`: a draft from the log as it stands. */
export const NewBulletin = Type.Object(
  { period: Period, note: Type.Optional(Type.String({ maxLength: 4000 })) },
  { additionalProperties: false },
);
export type NewBulletin = Static<typeof NewBulletin>;

/** `POST /bulletins/{id}/{share|review|publish|withdraw|renew}`; `renew` counts again up to now, before review. */
export const BulletinStep = Type.Object(
  { expectedVersion: Type.Integer({ minimum: 1 }), note: Type.Optional(Type.String({ maxLength: 4000 })) },
  { additionalProperties: false },
);
export type BulletinStep = Static<typeof BulletinStep>;

/** What `reproduce` found: every difference by path, recomputed from the log alone. */
export const Reproduction = Type.Object({
  identical: Type.Boolean(),
  casesRead: Type.Integer(),
  eventsRead: Type.Integer(),
  differences: Type.Array(
    Type.Object({ path: Type.String(), published: Type.Unknown(), recomputed: Type.Unknown() }),
  ),
  /** Logs whose hash chain does not hold. */
  brokenLogs: Type.Array(Type.String()),
});
export type Reproduction = Static<typeof Reproduction>;
