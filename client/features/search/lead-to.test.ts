import { describe, expect, it } from 'vitest';
import type { Found } from '#contract/search';
import { readMapSearch } from '../map-tools/map-search.ts';
import { leadOf } from './lead-to.ts';

const found = (more: Partial<Found> & Pick<Found, 'kind' | 'id'>): Found => ({
  title: { zh: '名', en: 'name' },
  detail: { zh: '', en: '' },
  ...more,
});
const position = { lon: 103.76, lat: 36.06 };

describe('where a result leads', () => {
  it('selects on the map what can be selected, and looks at it', () => {
    const lead = leadOf(found({ kind: 'part', id: '62010301012000001', position }));
    expect(lead).toEqual({
      to: 'map',
      search: { at: '103.76,36.06,320,0,-55', sel: 'part:62010301012000001' },
    });
    if (lead?.to !== 'map') throw new Error('not the map');
    expect(readMapSearch({ ...lead.search })).toEqual(lead.search);
  });

  it('marks what cannot be selected, and shows the whole of what is large', () => {
    const lead = leadOf(found({ kind: 'road', id: 'r1', position, bounds: [103.7, 36, 103.8, 36.02] }));
    expect(lead).toMatchObject({ to: 'map', search: { pin: '103.760000,36.060000' } });
    const [, , range] = (lead?.to === 'map' ? (lead.search.at ?? '') : '').split(',');
    expect(Number(range)).toBeGreaterThan(9_000);
  });

  it('opens cases, and lists the parts of a class or unit', () => {
    expect(leadOf(found({ kind: 'case', id: 'c' }))).toEqual({ to: 'case', caseId: 'c' });
    expect(leadOf(found({ kind: 'class', id: 'P01012' }))).toEqual({
      to: 'parts',
      filter: { class: 'P01012' },
    });
    expect(leadOf(found({ kind: 'class', id: 'E06010' }))).toEqual({ to: 'desk', words: '名' });
    expect(leadOf(found({ kind: 'unit', id: 'u' }))).toEqual({ to: 'parts', filter: { maintainer: 'u' } });
  });

  it('leads nowhere when a thing lies nowhere', () => {
    expect(leadOf(found({ kind: 'road', id: 'r' }))).toBeUndefined();
  });
});
