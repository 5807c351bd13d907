import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layOutSpans } from '#clock/work-axis';
import { layOutScale, restsBetween, ticksOf } from './clock-scale.ts';

const at = (text: string) => Date.parse(`2026-11-${text}+08:00`);
const hour = 3_600_000;
const axis = layOutSpans({
  startsAt: at('23T00:00:00'),
  endsAt: at('26T00:00:00'),
  spans: ['23', '24', '25'].flatMap((day) => [
    { from: at(`${day}T08:30:00`), to: at(`${day}T11:30:00`) },
    { from: at(`${day}T13:30:00`), to: at(`${day}T17:00:00`) },
  ]),
  timeZone: 'Asia/Shanghai',
  knownYears: [2026],
});

describe('the strip on which clocks are drawn', () => {
  const days = { from: at('23T09:00:00'), to: at('24T10:00:00') };

  it('knows noon and night as rests', () => {
    expect(restsBetween(axis, days.from, days.to)).toEqual([
      { from: at('23T11:30:00'), to: at('23T13:30:00') },
      { from: at('23T17:00:00'), to: at('24T08:30:00') },
    ]);
  });

  it('has no rests where the calendar does not reach', () => {
    expect(restsBetween(undefined, days.from, days.to)).toEqual([]);
    expect(restsBetween(axis, at('10T00:00:00'), at('20T00:00:00'))).toEqual([]);
  });

  it('gives every hour the same width by the calendar', () => {
    const { position } = layOutScale(days, axis, 'calendar');
    expect(position(at('23T21:30:00'))).toBeCloseTo(0.5, 9);
  });

  it('gives the night less width than an hour of work when working time is to scale', () => {
    const { position } = layOutScale(days, axis, 'working');
    const night = position(at('24T08:30:00')) - position(at('23T17:00:00'));
    const workHour = position(at('23T10:00:00')) - position(at('23T09:00:00'));
    expect(night).toBeLessThan(workHour);
    expect(night).toBeGreaterThan(0);
    expect(position(at('23T15:00:00')) - position(at('23T14:00:00'))).toBeCloseTo(workHour, 9);
  });

  it('never runs backwards and spans the strip from end to end', () => {
    const instant = fc.integer({ min: at('22T00:00:00'), max: at('27T00:00:00') });
    fc.assert(
      fc.property(
        instant,
        instant,
        fc.array(instant, { minLength: 2, maxLength: 20 }),
        fc.constantFrom('calendar', 'working'),
        (a, b, instants, kind) => {
          const scale = layOutScale({ from: Math.min(a, b), to: Math.max(a, b) }, axis, kind);
          expect(scale.position(scale.from)).toBeCloseTo(0, 9);
          expect(scale.position(scale.to)).toBeCloseTo(1, 9);
          const places = instants.sort((x, y) => x - y).map(scale.position);
          for (const [index, place] of places.entries()) {
            expect(place).toBeGreaterThanOrEqual((places[index - 1] ?? 0) - 1e-12);
          }
        },
      ),
    );
  });

  it('is ruled in round hours or days, never too close', () => {
    const ruled = (from: number, to: number) => ticksOf({ from, to }, 'Asia/Shanghai');
    expect(ruled(at('23T08:40:00'), at('23T11:10:00')).map((tick) => tick.at)).toEqual([
      at('23T09:00:00'),
      at('23T10:00:00'),
      at('23T11:00:00'),
    ]);
    for (const length of [2, 9, 30, 80, 300, 2000, 20_000]) {
      const ticks = ruled(at('23T08:40:00'), at('23T08:40:00') + length * hour);
      expect(ticks.length).toBeLessThanOrEqual(9);
      expect(ticks.length).toBeGreaterThan(0);
    }
  });
});
