import type { Polygon, Position } from 'geojson';
import { describe, expect, test } from 'vitest';
import { createRandom, randomCamera } from '../../../tests/support/geometry-figures.ts';
import { modelFromPose } from './calibrate.ts';
import { containsPoint } from './clip-polygon.ts';
import { coveragePolygon, cutCoverageByBuildings } from './coverage.ts';
import { createLocalPlane } from './local-plane.ts';
import { unproject } from './unproject.ts';

const POSITION = { lon: 103.7456, lat: 36.0712 };
const plane = createLocalPlane(POSITION);
const north = modelFromPose({
  position: POSITION,
  pose: { heightMetres: 8, headingDegrees: 0, pitchDegrees: -20, rollDegrees: 0 },
  width: 1920,
  height: 1080,
  horizontalFovDegrees: 60,
  rangeMetres: 60,
});

function positionOf(east: number, north: number): Position {
  const { lon, lat } = plane.toLonLat(east, north);
  return [lon, lat];
}

function block(west: number, south: number, east: number, top: number): Polygon {
  const corners: [number, number][] = [
    [west, south],
    [east, south],
    [east, top],
    [west, top],
    [west, south],
  ];
  return {
    type: 'Polygon',
    coordinates: [corners.map(([e, n]): Position => positionOf(e, n))],
  };
}

function covers(geometry: ReturnType<typeof cutCoverageByBuildings>, e: number, n: number): boolean {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  const at = (position: Position): { x: number; y: number } => {
    const [lon = 0, lat = 0] = position;
    const point = plane.toPlane({ lon, lat });
    return { x: point.east, y: point.north };
  };
  return polygons.some(([outer, ...holes]) => {
    const inside = (ring: Position[]): boolean => containsPoint(ring.map(at), { x: e, y: n });
    return outer !== undefined && inside(outer) && !holes.some(inside);
  });
}

describe('coverage', () => {
  test('holds what the picture shows within the range and nothing else', () => {
    const random = createRandom(31);
    let agreed = 0;
    let shown = 0;
    for (let i = 0; i < 40; i += 1) {
      const model = { ...randomCamera(random), position: POSITION };
      const coverage = coveragePolygon(model);
      expect(coverage.coordinates[0]?.length).toBeLessThanOrEqual(64);
      for (let k = 0; k < 100; k += 1) {
        const e = random.uniform(-90, 90);
        const n = random.uniform(-90, 90);
        const visible =
          unproject(model, plane.toLonLat(e, n)).visible && Math.hypot(e, n) <= model.rangeMetres;
        if (visible) shown += 1;
        if (visible === covers(coverage, e, n)) agreed += 1;
      }
    }
    expect(shown).toBeGreaterThan(200);
    // the border itself is drawn with straight pieces
    expect(agreed / 4000).toBeGreaterThan(0.99);
  });

  test('is a closed anticlockwise ring that ends at the range', () => {
    const ring = coveragePolygon(north).coordinates[0] ?? [];
    expect(ring[0]).toEqual(ring.at(-1));
    const points = ring.map(([lon = 0, lat = 0]) => plane.toPlane({ lon, lat }));
    const farthest = Math.max(...points.map((p) => Math.hypot(p.east, p.north)));
    expect(farthest).toBeLessThanOrEqual(60 + 1e-6);
    expect(farthest).toBeGreaterThan(59.5);
    const area = points.reduce((sum, p, i) => {
      const q = points[(i + 1) % points.length] ?? p;
      return sum + p.east * q.north - q.east * p.north;
    }, 0);
    expect(area).toBeGreaterThan(0);
  });

  test('contains the foot of a camera that looks straight down and is empty above the horizon', () => {
    const down = { ...north, pose: { ...north.pose, pitchDegrees: -90 } };
    expect(covers(coveragePolygon(down), 0, 0)).toBe(true);
    const sky = { ...north, pose: { ...north.pose, pitchDegrees: 40 } };
    expect(coveragePolygon(sky)).toEqual({ type: 'Polygon', coordinates: [] });
  });
});

describe('buildings', () => {
  const eye = { position: POSITION, heightMetres: 8 };
  const coverage = coveragePolygon(north);

  test('hide everything behind them when they are higher than the camera', () => {
    const cut = cutCoverageByBuildings(coverage, eye, [{ polygon: block(-3, 25, 3, 30), heightMetres: 20 }]);
    expect(covers(cut, 0, 20)).toBe(true);
    expect(covers(cut, 0, 27)).toBe(false);
    expect(covers(cut, 0, 35)).toBe(false);
    expect(covers(cut, 0, 58)).toBe(false);
    expect(covers(cut, 9, 50)).toBe(true);
  });

  test('a low one casts a shadow as long as the line of sight over its roof', () => {
    // over a roof of 4 m a camera at 8 m sees the ground again at twice the distance of the roof's far edge, 44 m
    const cut = cutCoverageByBuildings(coverage, eye, [{ polygon: block(-3, 20, 3, 22), heightMetres: 4 }]);
    expect(covers(cut, 0, 21)).toBe(false);
    expect(covers(cut, 0, 43)).toBe(false);
    expect(covers(cut, 0, 45)).toBe(true);
  });

  test('cast the shadow of their shape, not of its hull', () => {
    const corner: Polygon = {
      type: 'Polygon',
      coordinates: [
        [
          [-10, 20],
          [10, 20],
          [10, 22],
          [-8, 22],
          [-8, 40],
          [-10, 40],
          [-10, 20],
        ].map(([e = 0, n = 0]): Position => positionOf(e, n)),
      ],
    };
    const cut = cutCoverageByBuildings(coverage, eye, [{ polygon: corner, heightMetres: 2 }]);
    expect(covers(cut, 0, 31)).toBe(true);
    expect(covers(cut, -9, 31)).toBe(false);
    expect(covers(cut, 0, 25)).toBe(false);
  });

  test('the one that carries the camera and those behind it hide nothing', () => {
    const own = { polygon: block(-5, -4, 5, 0.5), heightMetres: 7 };
    const behind = { polygon: block(-5, -40, 5, -20), heightMetres: 30 };
    const cut = cutCoverageByBuildings(coverage, eye, [own, behind]);
    expect(covers(cut, 0, 20)).toBe(true);
    expect(covers(cut, 20, 50)).toBe(true);
  });

  test('a wall around the camera leaves nothing', () => {
    const wall = cutCoverageByBuildings(coverage, eye, [{ polygon: block(-90, 1, 90, 2), heightMetres: 30 }]);
    expect(wall).toEqual({ type: 'MultiPolygon', coordinates: [] });
  });
});
