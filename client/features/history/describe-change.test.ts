import { describe, expect, it } from 'vitest';
import type { RegisterChange } from '#contract/history';
import { changedFields, positionOf } from './describe-change.ts';

const change = (before: Record<string, unknown>, after: Record<string, unknown>): RegisterChange => ({
  id: 1,
  batch: 'b',
  subject: 'part',
  code: '1',
  at: '2026-11-22T00:00:00.000Z',
  actor: 'x',
  action: 'edit',
  before,
  after,
  undone: false,
});

describe('a change of the register', () => {
  it('says every field that changed, also those that were or became empty', () => {
    expect(changedFields(change({ note: null, state: 'intact' }, { note: 'new', state: 'damaged' }))).toEqual(
      [
        { field: 'note', before: undefined, after: 'new' },
        { field: 'state', before: 'intact', after: 'damaged' },
      ],
    );
    expect(changedFields(change({ version: 1 }, { version: 2 }))).toEqual([]);
  });

  it('finds a position however it is written', () => {
    expect(positionOf({ lon: 1, lat: 2 })).toEqual({ lon: 1, lat: 2 });
    expect(positionOf({ type: 'Point', coordinates: [1, 2] })).toEqual({ lon: 1, lat: 2 });
    expect(positionOf({ type: 'Polygon', coordinates: [[[1, 2]]] })).toBeUndefined();
    expect(positionOf('here')).toBeUndefined();
  });
});
