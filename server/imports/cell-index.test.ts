import { booleanPointInPolygon, polygon } from '@turf/turf';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildCellIndex, type CellShape } from './cell-index.ts';

const STEP = 1e-7;

/** A ring of integer steps as degrees, closed. */
function ringOf(points: readonly (readonly [number, number])[]): Float64Array {
  const closed = [...points, points[0] ?? [0, 0]];
  return Float64Array.from(closed.flatMap(([x, y]) => [x * STEP, y * STEP]));
}

function square(code: string, x: number, y: number, side: number): CellShape {
  return {
    code,
    rings: [
      ringOf([
        [x, y],
        [x + side, y],
        [x + side, y + side],
        [x, y + side],
      ]),
    ],
  };
}

test('a border belongs to the lower code, a corner to the lowest', () => {
  const index = buildCellIndex([
    square('4', 0, 0, 10),
    square('2', 10, 0, 10),
    square('3', 0, 10, 10),
    square('1', 10, 10, 10),
  ]);
  expect(index.codeAt(5, 5)).toBe('4');
  expect(index.codeAt(10, 5)).toBe('2');
  expect(index.codeAt(5, 10)).toBe('3');
  expect(index.codeAt(10, 10)).toBe('1');
  expect(index.codeAt(0, 0)).toBe('4');
  expect(index.codeAt(-1, 5)).toBeUndefined();
  expect(index.codeAt(21, 5)).toBeUndefined();
});

test('the inside of a hole is outside, its border is not', () => {
  const outer = square('1', 0, 0, 30);
  const index = buildCellIndex([
    {
      code: '1',
      rings: [
        ...outer.rings,
        ringOf([
          [10, 10],
          [20, 10],
          [20, 20],
          [10, 20],
        ]),
      ],
    },
  ]);
  expect(index.codeAt(15, 15)).toBeUndefined();
  expect(index.codeAt(10, 15)).toBe('1');
  expect(index.codeAt(5, 15)).toBe('1');
});

test('without cells nothing lies anywhere', () => {
  expect(buildCellIndex([]).codeAt(0, 0)).toBeUndefined();
});

test('says what the slow, obvious way says', () => {
  /** A star round a centre: never crosses itself, often concave. */
  const star = fc
    .record({
      x: fc.integer({ min: 0, max: 400 }),
      y: fc.integer({ min: 0, max: 400 }),
      radii: fc.array(fc.integer({ min: 5, max: 90 }), { minLength: 3, maxLength: 12 }),
    })
    .map(({ x, y, radii }) =>
      radii.map((radius, at): [number, number] => {
        const angle = (2 * Math.PI * at) / radii.length;
        return [x + Math.round(radius * Math.cos(angle)), y + Math.round(radius * Math.sin(angle))];
      }),
    );
  const position = fc.tuple(fc.integer({ min: -100, max: 500 }), fc.integer({ min: -100, max: 500 }));
  fc.assert(
    fc.property(
      fc.array(star, { minLength: 1, maxLength: 12 }),
      fc.array(position, { minLength: 20, maxLength: 60 }),
      (stars, positions) => {
        const shapes = stars.map((points, at) => ({
          code: String(at).padStart(3, '0'),
          rings: [ringOf(points)],
        }));
        const index = buildCellIndex(shapes);
        for (const [x, y] of positions) {
          const at = stars.findIndex((points) =>
            booleanPointInPolygon([x, y], polygon([[...points, points[0] ?? [0, 0]]])),
          );
          expect(index.codeAt(x, y)).toBe(shapes[at]?.code);
        }
      },
    ),
    { numRuns: 300 },
  );
});
