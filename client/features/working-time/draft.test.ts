import { expect, test } from 'vitest';
import type { WorkingYear } from '#contract/working-time';
import { daysBetween, emptyDraft, facesOfYear, fromTime, isEmpty, toEdit, toTime } from './draft.ts';

const year: WorkingYear = {
  year: 2026,
  known: true,
  days: [
    { day: '2026-10-01', works: false, name: '国庆节', source: 'state-council' },
    { day: '2026-10-10', works: true, name: '国庆节', source: 'state-council' },
  ],
  seasons: [],
  weeklyRest: [0],
  warning: { fractionOfLimit: 0.2, seconds: 600 },
  guessedDeadlines: 0,
  version: 'v',
};

test('a day follows the week unless it was entered, and the draft comes first', () => {
  const faces = facesOfYear(year, emptyDraft);
  expect(faces.size).toBe(365);
  expect(faces.get('2026-10-01')).toMatchObject({ kind: 'holiday', name: '国庆节', edited: false });
  expect(faces.get('2026-10-10')).toMatchObject({ kind: 'make-up' });
  expect(faces.get('2026-10-11')).toMatchObject({ kind: 'rest', works: null });
  expect(faces.get('2026-10-12')).toMatchObject({ kind: 'work' });
  const draft = { days: new Map([['2026-10-01', { works: null, name: '' }]]), weeklyRest: [0, 6] };
  const edited = facesOfYear(year, draft);
  expect(edited.get('2026-10-01')).toMatchObject({ kind: 'work', edited: true });
  expect(edited.get('2026-10-17')).toMatchObject({ kind: 'rest', edited: false });
});

test('sends only what was changed', () => {
  expect(isEmpty(emptyDraft)).toBe(true);
  const draft = { days: new Map([['2026-11-03', { works: false, name: '停工' }]]) };
  expect(toEdit(draft, 'v', 'because')).toEqual({
    expectedVersion: 'v',
    reason: 'because',
    days: [{ day: '2026-11-03', works: false, name: '停工' }],
  });
});

test('a range goes either way', () => {
  expect(daysBetween('2026-02-27', '2026-03-01')).toEqual(['2026-02-27', '2026-02-28', '2026-03-01']);
  expect(daysBetween('2026-03-01', '2026-02-27')).toHaveLength(3);
});

test('times of day', () => {
  expect(toTime(510)).toBe('08:30');
  expect(fromTime('8:30')).toBe(510);
  expect(fromTime('24:00')).toBe(1440);
  expect(fromTime('24:01')).toBeUndefined();
  expect(fromTime('12:60')).toBeUndefined();
  expect(fromTime('noon')).toBeUndefined();
});
