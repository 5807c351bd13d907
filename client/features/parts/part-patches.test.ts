import { beforeEach, describe, expect, it } from 'vitest';
import { toPatch, usePartPatches } from './part-patches.ts';

const part = (code: string, version: number, lon = 103.78) =>
  ({ code, class: 'P01037', position: { lon, lat: 36.06 }, state: 'intact', version }) as const;
const { getState } = usePartPatches;

describe('what a screen learned of parts', () => {
  beforeEach(() => usePartPatches.setState({ patches: [], round: 0 }));

  it('is the newest version, in whatever order it comes', () => {
    getState().put([part('a', 3, 103.9)]);
    getState().apply([toPatch(part('a', 2))]);
    expect(getState().patches).toEqual([toPatch(part('a', 3, 103.9))]);
    getState().apply([toPatch(part('a', 4))]);
    expect(getState().patches).toEqual([toPatch(part('a', 4))]);
  });

  it('keeps its identity when nothing is new', () => {
    getState().put([part('a', 3)]);
    const before = getState().patches;
    getState().put([part('a', 3)]);
    expect(getState().patches).toBe(before);
  });

  it('lets go what left the scope, and takes it back', () => {
    getState().put([part('a', 3)]);
    getState().apply([{ code: 'a', gone: true }]);
    expect(getState().patches).toEqual([{ code: 'a', gone: true }]);
    getState().put([part('a', 4)]);
    expect(getState().patches).toEqual([toPatch(part('a', 4))]);
  });

  it('is forgotten when the tiles are read again, also when it grows too long', () => {
    getState().put([part('a', 3)]);
    getState().readAgain();
    expect(getState()).toMatchObject({ patches: [], round: 1 });
    getState().put(Array.from({ length: 10_001 }, (_, n) => part(`p${n}`, 1)));
    expect(getState()).toMatchObject({ patches: [], round: 2 });
  });
});
