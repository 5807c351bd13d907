import { describe, expect, it } from 'vitest';
import { defaultLayers } from '../../map/layer-setting.ts';
import { moveLayer, withSources } from './order-layers.ts';

const photo = {
  id: 'photo',
  name: { zh: '影像', en: 'Imagery' },
  kind: 'xyz',
  url: '/t/{z}/{x}/{y}',
} as const;

describe('the order of layers', () => {
  it('changes for one and keeps all', () => {
    const moved = moveLayer(defaultLayers, 'cases', 0);
    expect(moved[0]?.id).toBe('cases');
    expect(moved).toHaveLength(defaultLayers.length);
    expect(new Set(moved)).toEqual(new Set(defaultLayers));
  });

  it('stays within the pile', () => {
    expect(moveLayer(defaultLayers, 'roads', -1)).toEqual(defaultLayers);
    expect(moveLayer(defaultLayers, 'cases', 99)).toEqual(defaultLayers);
  });

  it('begins with the sources, and forgets those that are not there any more', () => {
    expect(withSources(defaultLayers, [photo])[0]).toEqual({ id: 'source:photo', shown: false, opacity: 1 });
    const gone = [{ id: 'source:gone', shown: true, opacity: 1 } as const, ...defaultLayers];
    expect(withSources(gone, [])).toEqual(defaultLayers);
  });

  it('keeps what was set for a source', () => {
    const set = [...defaultLayers, { id: 'source:photo', shown: true, opacity: 0.4 } as const];
    expect(withSources(set, [photo])).toEqual(set);
  });
});
