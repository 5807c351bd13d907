import { expect, it } from 'vitest';
import { drawDivisions, placeLabels } from './draw-divisions.ts';
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
  expect(a?.widthPixels).toBeCloseTo(320, 0);
  expect(a?.path).toMatch(/^M0 [\d.]+L320/);
});

it('puts a score into its band, and none into none', () => {
  expect([null, 0, 59.99, 60, 89.99, 90, 100].map(bandOf)).toEqual([undefined, 0, 0, 1, 3, 4, 4]);
});

it('writes labels that meet no other, those of the widest areas first', () => {
  const at = (code: string, x: number, widthPixels: number) => ({
    ...{ code, name: { zh: code, en: code }, path: '' },
    labelAt: [x, 50] as const,
    widthPixels,
  });
  const size = () => ({ widthPixels: 60, heightPixels: 30 });
  const areas = [at('narrow', 30, 50), at('wide', 50, 200), at('apart', 200, 100), at('tiny', 400, 20)];
  expect([...placeLabels(areas, size)]).toEqual(['wide', 'apart']);
});
