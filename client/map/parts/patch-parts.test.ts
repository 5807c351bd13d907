import { describe, expect, it } from 'vitest';
import type { PartPatch } from '../part-patch.ts';
import { tileAt } from '../tiles/tile-grid.ts';
import { patchParts } from './patch-parts.ts';

const here = { lon: 103.78, lat: 36.06 };
const elsewhere = { lon: 103.9, lat: 36.06 };
const tile = tileAt(here, 15);
const parts = {
  codes: ['a', 'b'],
  classes: ['P01037', 'P01003'],
  states: ['intact', 'intact'],
  positions: Float64Array.from([here.lon, here.lat, here.lon, here.lat]),
};
type Placed = Extract<PartPatch, { version: number; state: unknown }>;
const patch = (code: string, change: Partial<Placed>): ReadonlyMap<string, PartPatch> =>
  new Map([[code, { code, class: 'P01037', position: here, state: 'intact', version: 2, ...change }]]);

describe('parts of a tile that changed since it was read', () => {
  it('stay the same object when nothing changed here', () => {
    expect(patchParts(tile, parts, patch('z', { position: elsewhere }))).toBe(parts);
  });

  it('leave the tile they moved out of', () => {
    expect(patchParts(tile, parts, patch('a', { position: elsewhere })).codes).toEqual(['b']);
  });

  it('show their new state, once', () => {
    const { codes, states } = patchParts(tile, parts, patch('a', { state: 'missing' }));
    expect(codes).toEqual(['b', 'a']);
    expect(states).toEqual(['intact', 'missing']);
  });

  it('arrive when new, and go when removed', () => {
    expect(patchParts(tile, parts, patch('c', {})).codes).toEqual(['a', 'b', 'c']);
    expect(patchParts(tile, parts, patch('a', { state: 'removed' })).codes).toEqual(['b']);
    expect(patchParts(tile, parts, new Map([['b', { code: 'b', gone: true }]])).codes).toEqual(['a']);
  });
});
