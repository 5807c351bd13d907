import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { handlingStart, type Dispatch, type DispatchCause } from './handling-start.ts';
import { parseHolidays } from './holidays-csv.ts';
import { oracleAddWorkMs, oracleFrom, oracleWorkMs } from './minute-oracle.ts';
import { startClock, stopClock, type StageClock } from './stage-clock.ts';
import { buildWorkAxis } from './work-axis.ts';
import { defaultCalendar } from './working-calendar.ts';

const csv = readFileSync(new URL('../../data/calendar/holidays.csv', import.meta.url), 'utf8');
const calendar = defaultCalendar(parseHolidays(csv).map(({ day, works }) => [day, works] as const));
const axis = buildWorkAxis(calendar, '2019-01-01', '2028-12-31');
const at = (text: string) => Date.parse(`${text}T08:30:00+08:00`);

/** Seasons change, holidays and make-up days, a leap day, the turn of a year. */
const starts = [
  '2023-04-28',
  '2023-09-27',
  '2024-02-26',
  '2025-01-24',
  '2025-12-29',
  '2026-02-12',
  '2026-09-18',
];

/** Somebody has the case for a while, it rests with the centre, and the next dispatch comes of this. */
const holding = fc.record({
  unit: fc.constantFrom('A', 'B', 'C'),
  cause: fc.constantFrom<DispatchCause>('return', 'repeat'),
  heldMs: fc.integer({ min: 0, max: 5 * 86_400_000 }),
  restedMs: fc.integer({ min: 0, max: 3 * 86_400_000 }),
});

/** Cases that last longer than a year, too: one long holding in the middle. */
const histories = fc.record({
  start: fc.oneof(fc.constantFrom(...starts.map(at)), fc.integer({ min: oracleFrom, max: at('2026-01-01') })),
  holdings: fc.array(holding, { minLength: 1, maxLength: 7 }),
  longMs: fc.constantFrom(0, 0, 0, 400 * 86_400_000),
});

interface Held {
  unit: string;
  cause: DispatchCause;
  from: number;
  to: number;
}

/** SPEC section 4 in its own words, counting minutes. */
function usedByTheBook(held: Held[], next: { unit: string; cause: DispatchCause; at: number }): number {
  const mine = held.filter(({ unit }) => unit === next.unit);
  const [first] = mine;
  // 退回后派给其他单位: 重新计时
  if (!first) return 0;
  let dispatches = 1;
  for (const one of mine.slice(1)) if (one.cause === 'repeat') dispatches += 1;
  if (next.cause === 'repeat') dispatches += 1;
  // 三次(含)以上全过程累计计时
  if (dispatches >= 3) return Math.trunc(oracleWorkMs(first.from, next.at) / 1000);
  // 累计计时; 二次(含)仅累计问题处置责任单位处置时间
  let seconds = 0;
  for (const { from, to } of mine) seconds += Math.trunc(oracleWorkMs(from, to) / 1000);
  return seconds;
}

test('what a unit has used is what the words of the rule say, whatever happened to the case', () => {
  fc.assert(
    fc.property(
      histories,
      fc.integer({ min: 60, max: 120_000 }),
      ({ start, holdings, longMs }, limitSeconds) => {
        const held: Held[] = [];
        const dispatches: Dispatch[] = [];
        const clocks: StageClock[] = [];
        let now = start;
        for (const [index, { unit, cause: wanted, heldMs, restedMs }] of holdings.entries()) {
          const cause = index === 0 ? 'new' : wanted;
          const next = { unit, cause, at: now };
          const { usedSeconds } = handlingStart({ dispatches, clocks }, { ...next, axis: 'working' }, axis);
          const expected = usedByTheBook(held, next);
          expect(usedSeconds).toBe(expected);
          const clock = startClock(
            {
              stage: 'handling',
              axis: 'working',
              unit,
              startedAt: now,
              limitSeconds,
              round: index + 1,
              usedBeforeSeconds: usedSeconds,
            },
            axis,
          );
          if (expected < limitSeconds) {
            expect(clock.dueAt).toBe(oracleAddWorkMs(now, (limitSeconds - expected) * 1000));
          } else {
            // Used up: red at once, however long ago it was.
            expect(clock.dueAt).toBeLessThanOrEqual(now);
          }
          const to = now + heldMs + (index === 1 ? longMs : 0);
          const stopped = stopClock(clock, to, axis);
          expect(stopped.usedSeconds).toBe(expected + Math.trunc(oracleWorkMs(now, to) / 1000));
          clocks.push(stopped);
          dispatches.push(next);
          held.push({ unit, cause, from: now, to });
          now = to + restedMs;
        }
      },
    ),
    { numRuns: 150 },
  );
}, 60_000);
