import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CaseSummary } from '#contract/cases';
import { colourCells, stepsOfCounts } from './cell-lights.ts';

const now = Date.parse('2026-11-20T10:00:00Z');
const at = (minutes: number) => new Date(now + minutes * 60_000).toISOString();
const made = (code: string, minutes: number, stage: CaseSummary['stage'] = 'handling') =>
  ({ id: code, cell: { code }, stage, dueAt: at(minutes), warnAt: at(minutes - 10) }) as CaseSummary;

describe('the colours of cells', () => {
  it('count the open cases, and the overdue ones alone', () => {
    const cases = [made('a', 60), made('a', -5), made('b', 60), made('c', -1, 'closed')];
    expect(colourCells('lights-open', cases, undefined, now).colours.codes).toEqual(['a', 'b']);
    expect(colourCells('lights-overdue', cases, undefined, now).colours.codes).toEqual(['a']);
  });

  it('leave out cells in which nothing was due', () => {
    const figures = {
      codes: ['a', 'b'],
      open: [0, 1],
      overdue: [0, 0],
      score: [null, 72.5],
      asOf: at(0),
    };
    const { colours, steps } = colourCells('lights-score', [], figures, now);
    expect(colours.codes).toEqual(['b']);
    expect(steps.find(({ from, to }) => 72.5 >= from && 72.5 < to)?.from).toBe(70);
  });

  it('have one step for every count there is', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 2000 }), { minLength: 1 }), (counts) => {
        const steps = stepsOfCounts(new Map(counts.map((count, n) => [String(n), count])));
        expect(steps.length).toBeLessThanOrEqual(5);
        for (const count of counts)
          expect(steps.filter(({ from, to }) => count >= from && count < to)).toHaveLength(1);
      }),
    );
  });
});
