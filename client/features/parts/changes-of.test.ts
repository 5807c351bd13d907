import { describe, expect, it } from 'vitest';
import type { Part } from '#contract/parts';
import { changesOf } from './changes-of.ts';
import type { PartValues } from './part-form.tsx';

const part: Part = {
  code: '62010301012000001',
  class: 'P01012',
  className: { zh: '雨水井盖', en: 'Storm drain cover' },
  cell: { code: '620103001001001' },
  position: { lon: 103.7, lat: 36.06 },
  authority: { code: 'a', name: 'A' },
  owner: { code: 'o', name: 'O' },
  state: 'intact',
  initialDate: '2020-01-01',
  note: 'old',
  version: 3,
  photos: [],
};
const values: PartValues = {
  state: 'intact',
  authority: { name: 'A', code: 'a' },
  owner: { code: 'o', name: 'O' },
  maintainer: null,
  maintenanceUntil: null,
  source: null,
  note: 'old',
};

describe('what an edit sends', () => {
  it('is nothing when nothing was changed', () => {
    expect(changesOf(part, values)).toEqual({});
  });

  it('is only what was changed; what was emptied becomes null', () => {
    expect(
      changesOf(part, {
        ...values,
        note: null,
        owner: null,
        state: 'damaged',
        maintainer: { code: 'm', name: 'M' },
      }),
    ).toEqual({ note: null, owner: null, state: 'damaged', maintainer: { code: 'm', name: 'M' } });
  });

  it('keeps the authority when its field was emptied', () => {
    expect(changesOf(part, { ...values, authority: null })).toEqual({});
  });
});
