import { expect, it } from 'vitest';
import { drawDivisions } from './draw-divisions.ts';
import { bandOf } from './score-band.ts';

const square = (west: number, south: number, size: number) => [
  [
    [west, south],
    [west + size, south],
    [west + size, south + size],
    [west, south + size],
    [west, south],
  ],
];
const area = (code: string, west: number) => ({
  code,
  name: { zh: code, en: code },
  rings: square(west, 36, 0.1),
  labelAt: { lon: west + 0.05, lat: 36.05 },
});

it('draws areas north up, as wide as they are together, with their label inside', () => {
  const { width, height, areas } = drawDivisions([area('a', 103), area('b', 103.1)]);
  expect(width).toBe(640);
  // Two squares of degrees beside each other are 2 cos(36.05°) as wide as high.
  expect(width / height).toBeCloseTo(2 * Math.cos((36.05 * Math.PI) / 180), 1);
  const [a, b] = areas;
  expect(a?.labelAt[0]).toBeLessThan(b?.labelAt[0] ?? 0);
  expect(a?.roomPixels).toBeCloseTo(320, 0);
  expect(
    a?.path.startsWith(`M0 ${Math.round(10 * (640 / (0.2 * Math.cos((36.05 * Math.PI) / 180))) * 0.1) / 10}`),
  ).toBe(true);
});

it('puts a score into its band, and none into none', () => {
  expect([null, 0, 59.99, 60, 89.99, 90, 100].map(bandOf)).toEqual([undefined, 0, 0, 1, 3, 4, 4]);
});
