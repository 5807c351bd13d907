import { describe, expect, it } from 'vitest';
import type { CaseSummary } from '#contract/cases';
import { countLights, sortByUrgency } from './case-light.ts';

const now = Date.parse('2026-11-23T02:00:00Z');
const minutes = (count: number) => new Date(now + count * 60_000).toISOString();
type Row = Pick<CaseSummary, 'dueAt' | 'warnAt' | 'light' | 'stage' | 'filedAt'> & { id: string };
const row = (id: string, due?: number): Row => ({
  id,
  stage: 'handling',
  light: 'none',
  filedAt: minutes(-600),
  ...(due === undefined ? {} : { dueAt: minutes(due), warnAt: minutes(due - 10) }),
});

describe('the order of a queue', () => {
  it('puts the longest late first, then what is due next, then what is untimed', () => {
    const rows = [
      row('untimed'),
      row('later', 90),
      row('late', -5),
      row('soon', 5),
      row('later still', 300),
      row('very late', -50),
    ];
    const ids = sortByUrgency(rows, now).map(({ id }) => id);
    expect(ids).toEqual(['very late', 'late', 'soon', 'later', 'later still', 'untimed']);
  });

  it('counts lights as they are now, whatever the server said before', () => {
    const rows = [row('a', -5), row('b', 5), row('c', 60), row('d')];
    expect(countLights(rows, now)).toEqual({ red: 1, yellow: 1, green: 1, none: 1 });
    expect(countLights(rows, now + 61 * 60_000)).toEqual({ red: 3, yellow: 0, green: 0, none: 1 });
  });
});
