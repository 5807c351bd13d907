import { Type, type Static } from 'typebox';
import { Job } from './jobs.ts';
import { Day } from './rules.ts';
import { Instant, Names } from './shared.ts';

const MonthDay = Type.String({ pattern: '^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$' });

/** Working hours between two days of the year, both included; spans `[start, end)` in minutes after midnight. */
export const WorkSeasonRow = Type.Object(
  {
    from: MonthDay,
    to: MonthDay,
    spans: Type.Array(
      Type.Tuple([Type.Integer({ minimum: 0, maximum: 1440 }), Type.Integer({ minimum: 0, maximum: 1440 })]),
      { minItems: 1, maxItems: 6 },
    ),
  },
  { additionalProperties: false },
);
export type WorkSeasonRow = Static<typeof WorkSeasonRow>;

/** A day that does not follow the week. */
export const CalendarDayRow = Type.Object({
  day: Day,
  works: Type.Boolean(),
  name: Type.Optional(Type.String({ maxLength: 80 })),
  /** `state-council`, or who entered it. */
  source: Type.String(),
});
export type CalendarDayRow = Static<typeof CalendarDayRow>;

/** `GET /working-time/{year}`: every exception of the year, and what holds in general. */
export const WorkingYear = Type.Object({
  year: Type.Integer(),
  /** The State Council's days of the year are entered; else every deadline in it is a guess (R2). */
  known: Type.Boolean(),
  days: Type.Array(CalendarDayRow),
  seasons: Type.Array(WorkSeasonRow),
  /** 0 = Sunday … 6 = Saturday (R1, a switch). */
  weeklyRest: Type.Array(Type.Integer({ minimum: 0, maximum: 6 })),
  /** R4, a switch: yellow when this share of the limit, or these seconds, remain. */
  warning: Type.Object({ fractionOfLimit: Type.Number(), seconds: Type.Integer() }),
  /** Open cases whose deadline lies in a year that nobody has entered. */
  guessedDeadlines: Type.Integer(),
  version: Type.String(),
});
export type WorkingYear = Static<typeof WorkingYear>;

/** `POST /working-time/changes`: any of it at once; all open clocks are then computed anew, as a job. */
export const WorkingTimeEdit = Type.Object(
  {
    expectedVersion: Type.String({ maxLength: 64 }),
    /** `works` null: the day follows the week again. */
    days: Type.Optional(
      Type.Array(
        Type.Object(
          {
            day: Day,
            // One schema with two types: of a union the coercion of inputs would make null false.
            works: Type.Unsafe<boolean | null>({ type: ['boolean', 'null'] }),
            name: Type.Optional(Type.String({ maxLength: 80 })),
          },
          { additionalProperties: false },
        ),
        { maxItems: 400 },
      ),
    ),
    seasons: Type.Optional(Type.Array(WorkSeasonRow, { minItems: 1, maxItems: 12 })),
    weeklyRest: Type.Optional(Type.Array(Type.Integer({ minimum: 0, maximum: 6 }), { maxItems: 7 })),
    warning: Type.Optional(
      Type.Object(
        {
          fractionOfLimit: Type.Number({ minimum: 0, maximum: 1 }),
          seconds: Type.Integer({ minimum: 0, maximum: 86_400 }),
        },
        { additionalProperties: false },
      ),
    ),
    reason: Type.String({ minLength: 1, maxLength: 400 }),
    /** Answer what would move, write nothing. */
    dryRun: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);
export type WorkingTimeEdit = Static<typeof WorkingTimeEdit>;

/** What a change of the calendar, of a limit or of a decision moved. Result of a `recalculation` job. */
export const Recalculation = Type.Object({
  why: Names,
  casesRead: Type.Integer(),
  casesMoved: Type.Integer(),
  turnedRed: Type.Integer(),
  turnedGreen: Type.Integer(),
  /** The most moved first, 200 at most; the rest is in the logs of the cases. */
  moves: Type.Array(
    Type.Object({
      caseId: Type.String(),
      number: Type.String(),
      stage: Type.String(),
      from: Type.Optional(Instant),
      to: Type.Optional(Instant),
    }),
  ),
  /** Waiting reports whose filing clock moved. */
  reportsMoved: Type.Optional(Type.Integer()),
  /** Cases that stay as they are, 200 at most, and why. */
  left: Type.Optional(
    Type.Array(
      Type.Object({
        caseId: Type.String(),
        number: Type.String(),
        why: Type.Union([
          /** The deadline would lie beyond the working calendar. */
          Type.Literal('outside-calendar'),
          /** The new limit runs in another time than the clock that is running. */
          Type.Literal('other-time'),
        ]),
      }),
    ),
  ),
});
export type Recalculation = Static<typeof Recalculation>;

/** `POST /working-time/{year}/state-council`: the days of the kept table take the place of that year's. */
export const StateCouncilImport = Type.Object(
  { expectedVersion: Type.String({ maxLength: 64 }), dryRun: Type.Optional(Type.Boolean()) },
  { additionalProperties: false },
);
export type StateCouncilImport = Static<typeof StateCouncilImport>;

/** Answer to a change of working time. A dry run tells what would move; a real one the job that moves it. */
export const WorkingTimeResult = Type.Object({
  dryRun: Type.Boolean(),
  /** False: everything is as it was, and nothing was written. */
  changed: Type.Boolean(),
  version: Type.String(),
  recalculation: Type.Optional(Recalculation),
  job: Type.Optional(Job),
});
export type WorkingTimeResult = Static<typeof WorkingTimeResult>;

/** What of working time an edit changed; a day that follows the week has `works` null. */
export const WorkingTimeDifference = Type.Object({
  days: Type.Optional(
    Type.Array(
      Type.Object({
        day: Day,
        works: Type.Union([Type.Boolean(), Type.Null()]),
        name: Type.Optional(Type.String()),
      }),
    ),
  ),
  seasons: Type.Optional(Type.Array(WorkSeasonRow)),
  weeklyRest: Type.Optional(Type.Array(Type.Integer())),
  warning: Type.Optional(WorkingYear.properties.warning),
});
export type WorkingTimeDifference = Static<typeof WorkingTimeDifference>;

/** `GET /working-time/changes`: the newest first. */
export const WorkingTimeChange = Type.Object({
  id: Type.Integer(),
  at: Instant,
  actor: Type.String(),
  reason: Type.String(),
  before: WorkingTimeDifference,
  after: WorkingTimeDifference,
});
export type WorkingTimeChange = Static<typeof WorkingTimeChange>;

/** `POST /limits/{id}/recalculation`: open cases filed since the limit began get it. */
export const LimitRecalculation = Type.Object(
  { reason: Type.String({ minLength: 1, maxLength: 400 }), dryRun: Type.Optional(Type.Boolean()) },
  { additionalProperties: false },
);
export type LimitRecalculation = Static<typeof LimitRecalculation>;
