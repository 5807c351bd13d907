import { describe, expect, it } from 'vitest';
import { camerasOfTiles, operatorSearch } from './operator-search.ts';

describe('the tiles of the operator in the address', () => {
  it('shows the cameras in order until some are chosen', () => {
    expect(camerasOfTiles(['a', 'b', 'c', 'd', 'e'], 4, undefined)).toEqual(['a', 'b', 'c', 'd']);
    expect(camerasOfTiles(['a', 'b'], 4, undefined)).toEqual(['a', 'b', undefined, undefined]);
  });

  it('keeps the chosen ones in their tiles and shows no camera twice', () => {
    expect(camerasOfTiles(['a', 'b', 'c', 'd', 'e'], 4, 'e,,a')).toEqual(['e', 'b', 'a', 'c']);
  });

  it('forgets cameras and layouts that do not exist', () => {
    expect(camerasOfTiles(['a', 'b'], 1, 'gone')).toEqual(['a']);
    expect(operatorSearch({ layout: 16, cameras: 7 })).toEqual({});
    expect(operatorSearch({ layout: '9' })).toEqual({ layout: 9 });
  });
});
