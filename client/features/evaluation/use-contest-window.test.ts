import { expect, it } from 'vitest';
import { contestUntil } from './use-contest-window.ts';

it('keeps a case contestable for some days after the end of the month of its deadline', () => {
  // 31 October, 23:30 in Shanghai.
  expect(new Date(contestUntil('2026-10-31T15:30:00.000Z', 7, 'Asia/Shanghai')).toISOString()).toBe(
    '2026-11-07T16:00:00.000Z',
  );
  // Half an hour later it is November there.
  expect(new Date(contestUntil('2026-10-31T16:00:00.000Z', 0, 'Asia/Shanghai')).toISOString()).toBe(
    '2026-11-30T16:00:00.000Z',
  );
  expect(new Date(contestUntil('2026-12-05T00:00:00.000Z', 3, 'Asia/Shanghai')).toISOString()).toBe(
    '2027-01-03T16:00:00.000Z',
  );
});
