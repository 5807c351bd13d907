import { describe, expect, it } from 'vitest';
import { meetOutline } from './find-building.ts';

const house = {
  paths: [Int32Array.from([10, 10, 20, 10, 20, 20, 10, 20, 10, 10])],
  minX: 10,
  minY: 10,
  maxX: 20,
  maxY: 20,
};

describe('a line of sight and a house', () => {
  it('meets a wall where it enters', () => {
    expect(meetOutline(house, [0, 15], [20, 15])).toBeCloseTo(0.5);
  });

  it('meets the roof when it is over the house at the height of its roof', () => {
    expect(meetOutline(house, [12, 12], [40, 40])).toBe(0);
  });

  it('passes beside it and ends before it', () => {
    expect(meetOutline(house, [0, 0], [9, 30])).toBeNull();
    expect(meetOutline(house, [0, 15], [9, 15])).toBeNull();
  });
});
