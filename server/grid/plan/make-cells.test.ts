import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutIntoSquares } from './cut-into-squares.ts';
import { latticeOf, makeCells, smallestTarget, type PlannedCell } from './make-cells.ts';
import {
  areaOf,
  centroidOf,
  metresPerUnit,
  squareMetresOf,
  toGeoJson,
  type Outline,
  type Point,
  type Ring,
} from './outline.ts';
import { cancelOpposites, edgesOf, isInside } from './trace-polygons.ts';

const COMMUNITY = '620103001001';
const CENTRE: Point = [1_037_500_000, 360_600_000];

/** A ring around a centre whose radius jumps from corner to corner: concave nearly everywhere. */
function star(centre: Point, radii: readonly number[], turn: 1 | -1): Ring {
  const ring = radii.map((radius, index): Point => {
    const angle = (2 * Math.PI * index) / radii.length;
    return [
      Math.round(centre[0] + radius * Math.cos(angle)),
      Math.round(centre[1] + radius * Math.sin(angle)),
    ];
  });
  return turn === 1 ? ring : ring.toReversed();
}

const radii = (low: number, high: number) =>
  fc.array(fc.integer({ min: low, max: high }), { minLength: 5, maxLength: 40 });

/** A few hundred metres to a kilometre and a half across, with up to two holes, small or large, and an island in one. */
const area: fc.Arbitrary<Outline[]> = fc
  .record({
    outer: radii(40_000, 90_000),
    holes: fc.array(radii(300, 9_000), { maxLength: 2 }),
    island: fc.boolean(),
    away: fc.tuple(fc.integer({ min: -5000, max: 5000 }), fc.integer({ min: -5000, max: 5000 })),
  })
  .map(({ outer, holes, island, away }) => {
    const centre: Point = [CENTRE[0] + away[0], CENTRE[1] + away[1]];
    const places: Point[] = [
      [centre[0] - 12_000, centre[1] - 4_000],
      [centre[0] + 12_000, centre[1] + 3_000],
    ];
    const rings = holes.map((hole, index) => star(places[index] ?? centre, hole, -1));
    const whole: Outline = [star(centre, outer, 1), ...rings];
    const small = holes[0];
    return island && small && Math.min(...small) > 500
      ? [
          whole,
          [
            star(
              places[0] ?? centre,
              small.map((radius) => Math.round(radius / 3)),
              1,
            ),
          ],
        ]
      : [whole];
  });

const target = fc.integer({ min: 2_500, max: 60_000 });

function plan(outlines: readonly Outline[], square: number): PlannedCell[] {
  return makeCells({ code: COMMUNITY, area: outlines }, latticeOf(square, CENTRE[1])) ?? [];
}

/** How far a point lies from the border of an area, in units. */
function distanceToBorder(outlines: readonly Outline[], [x, y]: Point): number {
  let least = Infinity;
  for (const [[ax, ay], [bx, by]] of outlines.flatMap(edgesOf)) {
    const [dx, dy] = [bx - ax, by - ay];
    const t = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)));
    least = Math.min(least, Math.hypot(ax + t * dx - x, ay + t * dy - y));
  }
  return least;
}

const covers = (outline: Outline, point: Point) =>
  outline.reduce((inside, ring) => (isInside(ring, point) ? !inside : inside), false);

describe('cells of a community', () => {
  test('leave no edge unmatched but those on its border', () => {
    fc.assert(
      fc.property(area, target, (outlines, square) => {
        const cells = plan(outlines, square);
        const rest = cancelOpposites(cells.flatMap(({ outline }) => edgesOf(outline)));
        for (const [from] of rest) expect(distanceToBorder(outlines, from)).toBeLessThanOrEqual(0.75);
        const border = rest.reduce((sum, [[ax, ay], [bx, by]]) => {
          return sum + ((ax - CENTRE[0]) * (by - CENTRE[1]) - (bx - CENTRE[0]) * (ay - CENTRE[1])) / 2;
        }, 0);
        const cellArea = cells.reduce((sum, { outline }) => sum + areaOf(outline), 0);
        expect(cellArea).toBeCloseTo(border, 0);
        const whole = outlines.reduce((sum, outline) => sum + areaOf(outline), 0);
        const length = outlines
          .flatMap(edgesOf)
          .reduce((sum, [[ax, ay], [bx, by]]) => sum + Math.hypot(bx - ax, by - ay), 0);
        expect(Math.abs(cellArea - whole)).toBeLessThanOrEqual(length / 2);
      }),
      { numRuns: 150 },
    );
  });

  test('have every point of it in exactly one of them', () => {
    const offset = fc.integer({ min: -95_000, max: 95_000 });
    fc.assert(
      fc.property(
        area,
        target,
        fc.array(fc.tuple(offset, offset), { minLength: 20, maxLength: 20 }),
        (outlines, square, offsets) => {
          const cells = plan(outlines, square);
          for (const [dx, dy] of offsets) {
            // Half a unit off the lattice of vertices, so that no point lies on an edge that is along an axis.
            const point: Point = [CENTRE[0] + dx + 0.5, CENTRE[1] + dy + 0.25];
            if (distanceToBorder(outlines, point) < 2) continue;
            const within = outlines.filter((outline) => covers(outline, point)).length;
            expect(cells.filter(({ outline }) => covers(outline, point))).toHaveLength(within);
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  test('are about the target, and none is a sliver that has a neighbour', () => {
    fc.assert(
      fc.property(area, target, (outlines, square) => {
        const cells = plan(outlines, square);
        const shares = cells.map(({ squareMetres }) => squareMetres / square);
        expect(Math.max(...shares)).toBeLessThan(2.1);
        const edges = new Map(
          cells.flatMap(({ code, outline }) => edgesOf(outline).map((edge) => [edge.join(), code])),
        );
        for (const { outline, squareMetres } of cells) {
          if (squareMetres >= square * 0.49) continue;
          const neighbours = edgesOf(outline).filter(([from, to]) => edges.has([to, from].join()));
          expect(neighbours).toEqual([]);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('are numbered from 001 on, from north to south, and from west to east in each row', () => {
    fc.assert(
      fc.property(area, target, (outlines, square) => {
        const cells = plan(outlines, square);
        expect(cells.map(({ code }) => code)).toEqual(
          cells.map((_, index) => COMMUNITY + String(index + 1).padStart(3, '0')),
        );
      }),
      { numRuns: 20 },
    );
    const { width, height } = latticeOf(10_000, CENTRE[1]);
    const [west, south] = [Math.ceil(CENTRE[0] / width) * width, Math.ceil(CENTRE[1] / height) * height];
    const block: Outline = [
      [
        [west, south],
        [west + 3 * width, south],
        [west + 3 * width, south + 2 * height],
        [west, south + 2 * height],
      ],
    ];
    const corners = plan([block], 10_000).map(({ outline }) => {
      const [x, y] = centroidOf(outline);
      return [Math.floor((x - west) / width), Math.floor((y - south) / height)];
    });
    expect(corners).toEqual([
      [0, 1],
      [1, 1],
      [2, 1],
      [0, 0],
      [1, 0],
      [2, 0],
    ]);
  });

  test('of two communities meet edge to edge', () => {
    fc.assert(
      fc.property(
        radii(40_000, 90_000),
        fc.array(fc.integer({ min: -9000, max: 9000 }), { minLength: 3, maxLength: 12 }),
        target,
        (outer, bends, square) => {
          const ring = star(CENTRE, outer, 1);
          const half = Math.floor(ring.length / 2);
          const [first = CENTRE, middle = CENTRE] = [ring[0], ring[half]];
          const between = bends.map((bend, index): Point => {
            const t = (index + 1) / (bends.length + 1);
            return [
              Math.round(first[0] + (middle[0] - first[0]) * t),
              Math.round(first[1] + (middle[1] - first[1]) * t + bend),
            ];
          });
          const north: Outline = [[...ring.slice(0, half + 1), ...between.toReversed()]];
          const south: Outline = [[...ring.slice(half), first, ...between]];
          const lattice = latticeOf(square, CENTRE[1]);
          const cut = (outline: Outline) =>
            cutIntoSquares([outline], lattice).flatMap((fragment) => edgesOf(fragment.outline));
          const common = new Set([first, ...between, middle].map(String));
          for (const [from, to] of cancelOpposites([...cut(north), ...cut(south)])) {
            expect(common.has(String(from)) && common.has(String(to)) && String(from) !== String(first)).toBe(
              false,
            );
          }
        },
      ),
      { numRuns: 50 },
    );
  });
});

test('a community that would have more than 999 cells has none, and a larger target is named', () => {
  const { east, north } = metresPerUnit(CENTRE[1]);
  const [width, height] = [Math.round(4_000 / east), Math.round(3_000 / north)];
  const block: Outline = [
    [
      CENTRE,
      [CENTRE[0] + width, CENTRE[1]],
      [CENTRE[0] + width, CENTRE[1] + height],
      [CENTRE[0], CENTRE[1] + height],
    ],
  ];
  expect(makeCells({ code: COMMUNITY, area: [block] }, latticeOf(10_000, CENTRE[1]))).toBeUndefined();
  const enough = smallestTarget([block], CENTRE[1], 10_000);
  expect(
    makeCells({ code: COMMUNITY, area: [block] }, latticeOf(enough, CENTRE[1]))?.length,
  ).toBeLessThanOrEqual(999);
  expect(enough).toBeLessThan(14_000);
  expect(squareMetresOf(block) / 12_000_000).toBeCloseTo(1, 3);
});

test('a hole inside one square becomes a hole of its cell', () => {
  const { width, height } = latticeOf(10_000, CENTRE[1]);
  const [west, south] = [Math.ceil(CENTRE[0] / width) * width, Math.ceil(CENTRE[1] / height) * height];
  const at = (x: number, y: number): Point => [west + Math.round(x * width), south + Math.round(y * height)];
  const ring: Outline = [
    [at(0, 0), at(2, 0), at(2, 1), at(0, 1)],
    [at(0.4, 0.4), at(0.4, 0.6), at(0.6, 0.6), at(0.6, 0.4)],
  ];
  const cells = plan([ring], 10_000);
  expect(cells.map(({ outline }) => outline.length)).toEqual([2, 1]);
  const first = cells[0];
  expect(JSON.parse(first ? toGeoJson(first.outline) : '{}')).toMatchObject({
    type: 'Polygon',
    coordinates: { length: 2 },
  });
});
