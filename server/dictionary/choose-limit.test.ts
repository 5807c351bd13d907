import { expect, it } from 'vitest';
import type { ClassLimit } from '#contract/dictionary';
import { chooseLimit } from './choose-limit.ts';

function limit(id: number, condition: string, more: Partial<ClassLimit> = {}): ClassLimit {
  return {
    id,
    condition: { zh: condition, en: condition },
    limitSeconds: 7200,
    amount: 2,
    unit: 'hour',
    closingCondition: { zh: '恢复', en: 'restored' },
    urgent: false,
    special: false,
    isDefault: false,
    ...more,
  };
}

const cover = [
  limit(1, '破损'),
  limit(2, '缺失', { isDefault: true }),
  limit(3, '缺失', { place: 'carriageway', urgent: true }),
  limit(4, '弹跳', { place: 'footway' }),
];

it('takes the default condition in its row for the place', () => {
  expect(chooseLimit(cover, 'carriageway')?.id).toBe(3);
  expect(chooseLimit(cover, undefined)?.id).toBe(2);
});

it('does not take another condition for the sake of the place', () => {
  expect(chooseLimit(cover, 'footway')?.id).toBe(2);
});

it('takes some limit where none is marked, and none where there is none', () => {
  expect(chooseLimit([limit(1, '甲', { place: 'footway' }), limit(2, '乙')], 'carriageway')?.id).toBe(2);
  expect(chooseLimit([], 'footway')).toBeUndefined();
});
