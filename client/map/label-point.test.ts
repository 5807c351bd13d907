import { booleanPointInPolygon, multiPolygon, point } from '@turf/turf';
import type { Position } from 'geojson';
import { expect, test } from 'vitest';
import { findLabelPoint } from './label-point.ts';

const shapes: Record<string, Position[][][]> = {
  'a square': [
    [
      [
        [0, 0],
        [4, 0],
        [4, 4],
        [0, 4],
        [0, 0],
      ],
    ],
  ],
  'a horseshoe, whose centroid lies outside': [
    [
      [
        [0, 0],
        [9, 0],
        [9, 8],
        [7, 8],
        [7, 2],
        [2, 2],
        [2, 8],
        [0, 8],
        [0, 0],
      ],
    ],
  ],
  'a ring with a hole in the middle': [
    [
      [
        [0, 0],
        [9, 0],
        [9, 9],
        [0, 9],
        [0, 0],
      ],
      [
        [2, 2],
        [7, 2],
        [7, 7],
        [2, 7],
        [2, 2],
      ],
    ],
  ],
  'two parts': [
    [
      [
        [0, 0],
        [1, 0],
        [1, 1],
        [0, 1],
        [0, 0],
      ],
    ],
    [
      [
        [5, 5],
        [9, 5],
        [9, 9],
        [5, 9],
        [5, 5],
      ],
    ],
  ],
};

for (const [name, polygons] of Object.entries(shapes))
  test(`the name stands inside ${name}`, () => {
    const { lon, lat } = findLabelPoint(polygons);
    expect(booleanPointInPolygon(point([lon, lat]), multiPolygon(polygons))).toBe(true);
  });
