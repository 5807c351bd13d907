import { describe, expect, it } from 'vitest';
import { filterOf, mapStationSearch, withFilter } from './map-station-search.ts';

describe('the address of the map station', () => {
  const whole = {
    at: '103.76,36.06,320,0,-55',
    sel: 'part:62010301012000001',
    list: true as const,
    class: 'P01012',
    state: 'damaged' as const,
  };

  it('holds map, list and filter, and nothing else', () => {
    expect(mapStationSearch({ ...whole, pin: '1; drop', other: 1, view: 'yes' })).toEqual(whole);
  });

  it('changes the filter and leaves the rest', () => {
    expect(filterOf(whole)).toEqual({ class: 'P01012', state: 'damaged' });
    expect(withFilter(whole, { q: '12' })).toEqual({ at: whole.at, sel: whole.sel, list: true, q: '12' });
  });
});
