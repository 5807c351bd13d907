import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultLayers } from '../../map/layer-setting.ts';
import { lightsThemes } from '../../map/lights-theme.ts';
import { selectionKinds } from '../../map/selection.ts';
import { readMapSearch, searchOfState, stateOfSearch, type MapViewState } from './map-search.ts';

const states: fc.Arbitrary<MapViewState> = fc.record(
  {
    camera: fc.record({
      lon: fc.integer({ min: -179e5, max: 179e5 }).map((value) => value / 1e5),
      lat: fc.integer({ min: -84e5, max: 84e5 }).map((value) => value / 1e5),
      rangeMetres: fc.integer({ min: 1, max: 1e6 }),
      headingDegrees: fc.integer({ min: 0, max: 359 }),
      pitchDegrees: fc.integer({ min: -90, max: -10 }),
    }),
    selection: fc.record({
      kind: fc.constantFrom(...selectionKinds),
      id: fc.stringMatching(/^[\w:.-]{1,40}$/),
    }),
    layers: fc.shuffledSubarray([...defaultLayers], { minLength: defaultLayers.length }).chain((layers) =>
      fc.tuple(
        ...layers.map(({ id }) =>
          fc.record({
            id: fc.constant(id),
            shown: fc.boolean(),
            opacity: fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100),
          }),
        ),
      ),
    ),
    theme: fc.constantFrom(...lightsThemes),
    form: fc.constantFrom('flat' as const, 'columns' as const),
    daylight: fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }),
  },
  { requiredKeys: ['layers', 'theme', 'form'] },
);

describe('the map in the address', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(states, (state) => {
        expect(stateOfSearch(readMapSearch({ ...searchOfState(state) }))).toEqual(state);
      }),
    );
  });

  it('is nothing for the usual map', () => {
    expect(searchOfState({ layers: [...defaultLayers], theme: 'none', form: 'flat' })).toEqual({});
  });

  it('ignores what is not about the map or makes no sense', () => {
    expect(
      readMapSearch({ at: '200,91,5', layers: 'nonsense', sel: 'part:', theme: 'pink', x: '1' }),
    ).toEqual({});
  });

  it('never throws, whatever is in the address', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('at', 'layers', 'sel', 'theme', 'form', 'sun'), fc.anything()),
        (any) => {
          stateOfSearch(readMapSearch(any));
        },
      ),
    );
  });

  it('shows layers that it does not name', () => {
    const { layers } = stateOfSearch({ layers: '-parts,source:photo~40,cases' });
    expect(layers.slice(0, 3)).toEqual([
      { id: 'parts', shown: false, opacity: 1 },
      { id: 'source:photo', shown: true, opacity: 0.4 },
      { id: 'cases', shown: true, opacity: 1 },
    ]);
    expect(layers).toHaveLength(defaultLayers.length + 1);
  });
});
