import { Type, type Static } from 'typebox';
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
            works: Type.Union([Type.Boolean(), Type.Null()]),
            name: Type.Optional(Type.String({ maxLength: 80 })),
          },
          { additionalProperties: false },
        ),
        { maxItems: 400 },
      ),
    ),
    seasons: Type.Optional(Type.Array(WorkSeasonRow, { minItems: 1, maxItems: 12 })),
    weeklyRest: Type.Optional(Type.Array(Type.Integer({ minimum: 0, maximum: 6 }), { maxItems: 6 })),
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
});
export type Recalculation = Static<typeof Recalculation>;
