import { describe, expect, it } from 'vitest';
import { TileSet } from './tile-set.ts';

const tiles = [0, 1, 2].map((x) => ({ z: 1, x, y: 0 }));

function filled() {
  const loaded: number[] = [];
  const set = new TileSet<{ show: boolean; x: number }>({
    kept: 8,
    changed: () => undefined,
    load: async ({ x }) => {
      loaded.push(x);
      return { show: true, x };
    },
  });
  set.want(tiles);
  return { set, loaded };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('the tiles of a layer', () => {
  it('are made anew where something changed, once', async () => {
    const { set, loaded } = filled();
    await settled();
    set.reloadWhere(({ x }) => x !== 1);
    await settled();
    expect(loaded).toEqual([0, 1, 2, 0, 2]);
    expect([...set.shown()]).toHaveLength(3);
  });

  it('are all made anew, also those on their way', async () => {
    const { set, loaded } = filled();
    set.reload();
    await settled();
    set.reload();
    await settled();
    expect(loaded.filter((x) => x === 1).length).toBeGreaterThanOrEqual(2);
    expect([...set.shown()]).toHaveLength(3);
  });
});
