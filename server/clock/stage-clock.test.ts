import { describe, expect, test } from 'vitest';
import { lightAt } from './deadline.ts';
import { handlingStart, type Dispatch } from './handling-start.ts';
import { changeLimit, startClock, stopClock, type ClockStart, type StageClock } from './stage-clock.ts';
import { wholeCaseClock } from './whole-case-clock.ts';
import { buildWorkAxis } from './work-axis.ts';
import { defaultCalendar } from './working-calendar.ts';

// November 2026 has no holidays: Monday 23 to Saturday 28 work 08:30–11:30 and 13:30–17:00.
const workAxis = buildWorkAxis(defaultCalendar([]), '2026-11-01', '2026-12-31');
const at = (text: string) => Date.parse(`2026-11-${text.replace(' ', 'T')}+08:00`);
const hour = 3_600;

function run(start: ClockStart, endedAt: number): StageClock {
  return stopClock(startClock(start, workAxis), endedAt, workAxis);
}

function handled(unit: string, from: string, to: string): StageClock {
  const start = {
    stage: 'handling',
    axis: 'working',
    unit,
    limitSeconds: 8 * hour,
    startedAt: at(from),
  } as const;
  return run(start, at(to));
}

describe('one clock', () => {
  test('counts working time from start to stop on top of what was used', () => {
    const clock = startClock(
      {
        stage: 'handling',
        axis: 'working',
        startedAt: at('23 11:00'),
        limitSeconds: 4 * hour,
        usedBeforeSeconds: hour,
      },
      workAxis,
    );
    expect(clock).toMatchObject({
      round: 1,
      unit: null,
      endedAt: null,
      usedSeconds: null,
      dueAt: at('23 16:00'),
    });
    expect(stopClock(clock, at('23 14:00'), workAxis)).toMatchObject({
      endedAt: at('23 14:00'),
      usedSeconds: 2 * hour,
    });
  });

  test('an extension moves the deadline by the approved time, and the warning with it', () => {
    const clock = startClock(
      { stage: 'handling', axis: 'working', startedAt: at('23 08:30'), limitSeconds: 2 * hour },
      workAxis,
    );
    const extended = changeLimit(clock, 6 * hour, workAxis);
    expect(extended).toMatchObject({
      startedAt: at('23 08:30'),
      limitSeconds: 6 * hour,
      dueAt: at('23 16:30'),
    });
    expect(extended.warnAt).toBe(at('23 15:18'));
  });

  test('stops once, and not before it started', () => {
    const clock = startClock(
      { stage: 'check', axis: 'working', startedAt: at('23 09:00'), limitSeconds: hour },
      workAxis,
    );
    expect(() => stopClock(clock, at('23 08:59'), workAxis)).toThrow(/CLOCK_STATE_INVALID/);
    const stopped = stopClock(clock, at('23 09:00'), workAxis);
    expect(stopped.usedSeconds).toBe(0);
    expect(() => stopClock(stopped, at('23 09:10'), workAxis)).toThrow(/CLOCK_STATE_INVALID/);
    expect(() => changeLimit(stopped, hour, workAxis)).toThrow(/CLOCK_STATE_INVALID/);
  });

  test('a deadline beyond the calendar is an error', () => {
    const start = {
      stage: 'handling',
      axis: 'working',
      startedAt: at('23 09:00'),
      limitSeconds: 400 * hour,
    } as const;
    expect(() => startClock(start, workAxis)).toThrow(/CLOCK_OUTSIDE_CALENDAR/);
  });
});

describe('time used when a unit gets the case', () => {
  const first: Dispatch = { unit: 'A', at: at('23 09:00'), cause: 'new' };
  const next = (unit: string, cause: Dispatch['cause'], text: string) =>
    ({ unit, cause, at: at(text), axis: 'working' }) as const;

  test('the first dispatch starts from nothing', () => {
    const start = handlingStart({ dispatches: [], clocks: [] }, next('A', 'new', '23 09:00'), workAxis);
    expect(start).toEqual({ usedSeconds: 0, ordinal: 1, rule: 'restarts' });
  });

  test('returned and sent to the same unit again, its time accumulates', () => {
    const past = { dispatches: [first], clocks: [handled('A', '23 09:00', '23 11:00')] };
    const start = handlingStart(past, next('A', 'return', '23 15:00'), workAxis);
    expect(start).toEqual({ usedSeconds: 2 * hour, ordinal: 1, rule: 'accumulates' });
  });

  test('returned and sent to another unit, the clock restarts; back at the first, it accumulates', () => {
    const afterReturn = { dispatches: [first], clocks: [handled('A', '23 09:00', '23 11:00')] };
    const other = handlingStart(afterReturn, next('B', 'return', '23 15:00'), workAxis);
    expect(other).toEqual({ usedSeconds: 0, ordinal: 1, rule: 'restarts' });
    const past = {
      dispatches: [first, { unit: 'B', at: at('23 15:00'), cause: 'return' } as const],
      clocks: [...afterReturn.clocks, handled('B', '23 15:00', '23 16:00')],
    };
    const back = handlingStart(past, next('A', 'return', '24 09:00'), workAxis);
    expect(back).toEqual({ usedSeconds: 2 * hour, ordinal: 1, rule: 'accumulates' });
  });

  test("the second dispatch accumulates the unit's handling only, not the centre's checking", () => {
    const past = { dispatches: [first], clocks: [handled('A', '23 09:00', '23 14:30')] };
    // 2.5 h in the morning and 1 h after the break; checked until Tuesday.
    const start = handlingStart(past, next('A', 'repeat', '24 10:00'), workAxis);
    expect(start).toEqual({ usedSeconds: 3.5 * hour, ordinal: 2, rule: 'accumulates' });
  });

  test('from the third on all working time since the first dispatch is used, red at once if it is too much', () => {
    const past = {
      dispatches: [first, { unit: 'A', at: at('24 10:00'), cause: 'repeat' } as const],
      clocks: [handled('A', '23 09:00', '23 14:30'), handled('A', '24 10:00', '24 10:30')],
    };
    const third = next('A', 'repeat', '24 14:00');
    const start = handlingStart(past, third, workAxis);
    // Monday 2.5 h + 3.5 h, Tuesday 3 h + 0.5 h.
    expect(start).toEqual({ usedSeconds: 9.5 * hour, ordinal: 3, rule: 'whole-process' });
    const clock = startClock(
      {
        stage: 'handling',
        axis: 'working',
        unit: 'A',
        round: 3,
        startedAt: third.at,
        limitSeconds: 8 * hour,
        usedBeforeSeconds: start.usedSeconds,
      },
      workAxis,
    );
    // Eight hours after Monday 09:00, as if it had never left the unit.
    expect(clock.dueAt).toBe(at('24 10:30'));
    expect(lightAt(clock, third.at)).toBe('red');
    const afterReturn = {
      dispatches: [...past.dispatches, third],
      clocks: [...past.clocks, handled('A', '24 14:00', '24 14:10')],
    };
    const fourth = handlingStart(afterReturn, next('A', 'return', '24 15:00'), workAxis);
    expect(fourth).toEqual({ usedSeconds: 10.5 * hour, ordinal: 3, rule: 'whole-process' });
  });

  test('an urgent case uses natural time', () => {
    const clock = run(
      { stage: 'handling', axis: 'natural', unit: 'A', limitSeconds: 2 * hour, startedAt: at('22 23:00') },
      at('23 00:30'),
    );
    const past = { dispatches: [{ ...first, at: at('22 23:00') }], clocks: [clock] };
    const second = handlingStart(past, { ...next('A', 'repeat', '23 02:00'), axis: 'natural' }, workAxis);
    expect(second.usedSeconds).toBe(1.5 * hour);
  });

  test('a unit that still holds the case cannot get it again', () => {
    const running = startClock(
      { stage: 'handling', axis: 'working', unit: 'A', limitSeconds: hour, startedAt: at('23 09:00') },
      workAxis,
    );
    const past = { dispatches: [first], clocks: [running] };
    expect(() => handlingStart(past, next('A', 'repeat', '23 10:00'), workAxis)).toThrow(
      /CLOCK_STATE_INVALID/,
    );
  });
});

describe('the whole case', () => {
  const step = (stage: StageClock['stage'], from: string, limitSeconds: number | null): ClockStart => ({
    stage,
    axis: 'working',
    startedAt: at(from),
    limitSeconds,
  });
  const filing = run(step('filing', '23 08:30', 1_800), at('23 08:40'));
  const dispatch = run(step('dispatch', '23 08:40', 1_800), at('23 08:50'));
  const handling = startClock(step('handling', '23 08:50', 4 * hour), workAxis);
  const limit = 1_800 + 1_800 + 4 * hour + 1_800 + hour + 1_800;

  test('has no clock before the first stage', () => {
    expect(wholeCaseClock([], limit, workAxis)).toBeNull();
  });

  test('is due when the sum of the limits is used, whatever the stages took', () => {
    const whole = wholeCaseClock([filing, dispatch, handling], limit, workAxis);
    // 7 h from Monday 08:30: 6.5 h on Monday, half an hour on Tuesday.
    expect(whole).toMatchObject({
      limitSeconds: 7 * hour,
      usedSeconds: 1_200,
      dueAt: at('24 09:00'),
      endedAt: null,
    });
  });

  test('supervision beside the handling is not counted', () => {
    const supervision = run(step('supervision', '23 10:00', 1_800), at('23 10:20'));
    const whole = wholeCaseClock([filing, dispatch, handling, supervision], limit, workAxis);
    expect(whole).toEqual(wholeCaseClock([filing, dispatch, handling], limit, workAxis));
  });

  test('a second notice does not restart it', () => {
    const clocks = [
      filing,
      dispatch,
      stopClock(handling, at('23 10:50'), workAxis),
      run(step('check', '23 10:50', hour), at('23 11:30')),
      startClock(
        { ...step('handling', '23 13:30', 4 * hour), round: 2, usedBeforeSeconds: 2 * hour },
        workAxis,
      ),
    ];
    expect(wholeCaseClock(clocks, limit, workAxis)).toMatchObject({
      usedSeconds: 3 * hour,
      dueAt: at('24 09:00'),
    });
  });

  test('stands still with its light frozen while an untimed stage lasts, and goes on afterwards', () => {
    const special = limit - 1_800;
    const clocks = [
      filing,
      dispatch,
      stopClock(handling, at('23 14:00'), workAxis),
      startClock(step('send-for-check', '23 14:00', null), workAxis),
    ];
    const paused = wholeCaseClock(clocks, special, workAxis);
    expect(paused).toMatchObject({ usedSeconds: 3.5 * hour, endedAt: at('23 14:00') });
    expect(paused && lightAt(paused, at('27 16:00'))).toBe('green');
    const untimed = run(step('send-for-check', '23 14:00', null), at('25 09:00'));
    const checking = startClock(step('check', '25 09:00', hour), workAxis);
    const goesOn = wholeCaseClock([...clocks.slice(0, 3), untimed, checking], special, workAxis);
    // 6.5 h − 3.5 h left from Wednesday 09:00.
    expect(goesOn).toMatchObject({ usedSeconds: 3.5 * hour, endedAt: null, dueAt: at('25 14:00') });
  });

  test('a natural handling counts natural seconds inside a working case', () => {
    const natural: ClockStart = { ...step('handling', '23 16:50', 2 * hour), axis: 'natural' };
    const late = run(step('dispatch', '23 16:40', 1_800), at('23 16:50'));
    const running = wholeCaseClock([late, startClock(natural, workAxis)], 5 * hour, workAxis);
    expect(running?.dueAt).toBe(at('23 21:40'));
    const done = run(natural, at('23 18:50'));
    const check = startClock(step('check', '23 18:50', hour), workAxis);
    const checking = wholeCaseClock([late, done, check], 5 * hour, workAxis);
    expect(checking).toMatchObject({ usedSeconds: 2 * hour + 600, dueAt: at('24 11:20') });
  });

  test('ends with the case', () => {
    const clocks = [filing, dispatch, stopClock(handling, at('23 10:50'), workAxis)];
    const whole = wholeCaseClock(clocks, limit, workAxis);
    expect(whole).toMatchObject({ usedSeconds: 8_400, endedAt: at('23 10:50'), dueAt: at('24 09:00') });
  });
});
