import { expect, test } from 'vitest';
import { drawCells } from './draw-cells.ts';

const square = (code: string, lon: number, lat: number) => ({
  type: 'Feature' as const,
  properties: { code },
  geometry: {
    type: 'Polygon' as const,
    coordinates: [
      [
        [lon, lat],
        [lon + 0.002, lat],
        [lon + 0.002, lat + 0.001],
        [lon, lat + 0.001],
        [lon, lat],
      ],
    ],
  },
});

test('draws cells north up, shortened by their latitude', () => {
  const { shapes, viewBox } = drawCells([square('1', 103, 60), square('2', 103, 60.001)]);
  // At 60° north a degree of longitude is half as long: two squares on top of each other.
  expect(viewBox.split(' ').map(Number)[2]).toBeCloseTo(530, 0);
  expect(shapes.map(({ x, y }) => [x, y])).toEqual([
    [250, 750],
    [250, 250],
  ]);
});

test('draws nothing of nothing', () => {
  expect(drawCells([]).shapes).toEqual([]);
});
