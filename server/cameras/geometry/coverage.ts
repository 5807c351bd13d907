import { difference } from '@turf/turf';
import type { Feature, MultiPolygon, Polygon, Position } from 'geojson';
import type { CameraModel, LonLat } from './camera-model.ts';
import { assertCameraModel, assertLonLat } from './camera-model.ts';
import type { XY } from './clip-polygon.ts';
import { clipByCircle, clipByLine, containsPoint, doubleArea } from './clip-polygon.ts';
import type { ImagePoint } from './lens.ts';
import { undistort } from './lens.ts';
import type { LocalPlane } from './local-plane.ts';
import { createLocalPlane } from './local-plane.ts';
import type { Pinhole } from './pinhole.ts';
import { createPinhole, directionOf, groundOf, parametersOf } from './pinhole.ts';

export interface BuildingShape {
  polygon: Polygon;
  heightMetres: number;
}

/** Where the lens is. */
export interface Viewpoint {
  position: LonLat;
  /** above the ground plane */
  heightMetres: number;
}

const POINTS_PER_EDGE = 6;
const CIRCLE_SIDES = 32;
/** Two points of a ring closer than this are one. */
const SAME_PLACE_METRES = 1e-6;
/** Shadows are drawn this much longer than the farthest corner of the coverage. */
const SHADOW_MARGIN = 1.5;

/**
 * Ground that the picture shows up to the camera's range, as if nothing stood on it: at most 64 positions,
 * anticlockwise, closed. A camera that sees no ground has an empty polygon (`coordinates: []`).
 */
export function coveragePolygon(model: CameraModel): Polygon {
  assertCameraModel(model);
  const plane = createLocalPlane(model.position);
  const camera = createPinhole(parametersOf(model), model);
  // below the horizon the rays form one half-plane of the undistorted picture; the cut lies beyond the range
  const border = walkPicture(camera, model).map(({ x, y }): XY => ({ x, y }));
  const margin = Math.min(0.5, camera.up / (2 * model.rangeMetres));
  const seen = clipByLine(border, -camera.right.up, -camera.down.up, -camera.forward.up - margin);
  const ground = seen.flatMap(({ x, y }): XY[] => {
    const place = groundOf(camera, directionOf(camera, x, y));
    return place ? [{ x: place.east, y: place.north }] : [];
  });
  const ring = dropRepeats(clipByCircle(ground, model.rangeMetres, CIRCLE_SIDES));
  if (ring.length < 3) return { type: 'Polygon', coordinates: [] };
  return { type: 'Polygon', coordinates: [closeRing(doubleArea(ring) < 0 ? ring.reverse() : ring, plane)] };
}

/**
 * What is left of a coverage behind buildings: each takes away its own ground and the shadow it casts as seen
 * from the camera, as long as the building is high. A building the camera itself stands on or in casts none.
 * Courtyards count as built. Nothing left is a MultiPolygon without members.
 */
export function cutCoverageByBuildings(
  coverage: Polygon | MultiPolygon,
  camera: Viewpoint,
  buildings: readonly BuildingShape[],
): Polygon | MultiPolygon {
  assertLonLat(camera.position);
  const plane = createLocalPlane(camera.position);
  const rings = coverage.type === 'Polygon' ? [coverage.coordinates] : coverage.coordinates;
  const polygons = rings.filter((polygon) => polygon.length > 0).map((polygon) => toPlane(polygon, plane));
  const reach = Math.max(0, ...polygons.flat(2).map(([x = 0, y = 0]) => Math.hypot(x, y)));
  const hidden = buildings.flatMap((building) => castShadow(building, camera.heightMetres, reach, plane));
  if (polygons.length === 0) return { type: 'MultiPolygon', coordinates: [] };
  const whole: Feature<MultiPolygon> = asFeature(polygons);
  if (hidden.length === 0) return coverage;
  // the clipping is planar, so it is given metres
  const left = difference({
    type: 'FeatureCollection',
    features: [whole, ...hidden.map((ring) => asFeature([[[...ring, ring[0] ?? []]]]))],
  });
  if (!left) return { type: 'MultiPolygon', coordinates: [] };
  const { geometry } = left;
  return geometry.type === 'Polygon'
    ? { type: 'Polygon', coordinates: fromPlane(geometry.coordinates, plane) }
    : { type: 'MultiPolygon', coordinates: geometry.coordinates.map((polygon) => fromPlane(polygon, plane)) };
}

/** The border of the picture as undistorted image points; where the lens has no ray, the last one inwards. */
function walkPicture(camera: Pinhole, { width, height }: CameraModel): ImagePoint[] {
  const corners: XY[] = [
    { x: 0, y: height },
    { x: width, y: height },
    { x: width, y: 0 },
    { x: 0, y: 0 },
  ];
  return corners.flatMap((from, i) => {
    const to = corners[(i + 1) % 4] ?? from;
    return Array.from({ length: POINTS_PER_EDGE }, (_, k) => {
      const x = from.x + ((to.x - from.x) * k) / POINTS_PER_EDGE;
      const y = from.y + ((to.y - from.y) * k) / POINTS_PER_EDGE;
      return findOutermost(
        camera,
        (x - camera.centreX) / camera.focalPixels,
        (y - camera.centreY) / camera.focalPixels,
      );
    });
  });
}

function findOutermost(camera: Pinhole, x: number, y: number): ImagePoint {
  const whole = undistort(camera.lens, x, y);
  if (whole) return whole;
  let low = 0;
  let high = 1;
  for (let round = 0; round < 40; round += 1) {
    const middle = (low + high) / 2;
    if (undistort(camera.lens, x * middle, y * middle)) low = middle;
    else high = middle;
  }
  return undistort(camera.lens, x * low, y * low) ?? { x: 0, y: 0 };
}

/** Rings (metres, open) that together cover a building's ground and its shadow. */
function castShadow(
  building: BuildingShape,
  eyeMetres: number,
  reach: number,
  plane: LocalPlane,
): Position[][] {
  const outer = toPlane(building.polygon.coordinates.slice(0, 1), plane)[0] ?? [];
  const ring = dropRepeats(outer.map(([x = 0, y = 0]): XY => ({ x, y })));
  if (ring.length < 3 || !(building.heightMetres > 0)) return [];
  const nearest = Math.min(...ring.map((p, i) => distanceToSegment(p, ring[(i + 1) % ring.length] ?? p)));
  if (containsPoint(ring, { x: 0, y: 0 })) return [ring.map(toPosition)];
  if (nearest > reach) return [];
  const ends =
    building.heightMetres < eyeMetres
      ? eyeMetres / (eyeMetres - building.heightMetres)
      : Number.POSITIVE_INFINITY;
  const stretch = Math.min(ends, Math.max(2, (SHADOW_MARGIN * reach) / Math.max(nearest, 0.01)));
  const far = (p: XY): XY => ({ x: p.x * stretch, y: p.y * stretch });
  const walls = ring.flatMap((p, i) => {
    const q = ring[(i + 1) % ring.length] ?? p;
    const quad = [p, q, far(q), far(p)];
    return Math.abs(doubleArea(quad)) > 1e-6 ? [quad.map(toPosition)] : [];
  });
  return [ring.map(toPosition), ...walls, ring.map((p) => toPosition(far(p)))];
}

function distanceToSegment(p: XY, q: XY): number {
  const dx = q.x - p.x;
  const dy = q.y - p.y;
  const t = Math.min(1, Math.max(0, -(p.x * dx + p.y * dy) / (dx * dx + dy * dy)));
  return Math.hypot(p.x + dx * t, p.y + dy * t);
}

function dropRepeats(ring: readonly XY[]): XY[] {
  const kept: XY[] = [];
  const isSame = (p: XY, q: XY | undefined): boolean =>
    q !== undefined && Math.hypot(p.x - q.x, p.y - q.y) < SAME_PLACE_METRES;
  for (const p of ring) if (!isSame(p, kept.at(-1))) kept.push(p);
  while (kept.length > 1 && kept[0] && isSame(kept[0], kept.at(-1))) kept.pop();
  return kept;
}

function asFeature(polygons: Position[][][]): Feature<MultiPolygon> {
  return { type: 'Feature', properties: {}, geometry: { type: 'MultiPolygon', coordinates: polygons } };
}

function toPosition({ x, y }: XY): Position {
  return [x, y];
}

function toPlane(rings: readonly Position[][], plane: LocalPlane): Position[][] {
  return rings.map((ring) =>
    ring.map(([lon = NaN, lat = NaN]) => {
      assertLonLat({ lon, lat });
      const { east, north } = plane.toPlane({ lon, lat });
      return [east, north];
    }),
  );
}

function fromPlane(rings: readonly Position[][], plane: LocalPlane): Position[][] {
  return rings.map((ring) =>
    ring.map(([east = 0, north = 0]) => {
      const { lon, lat } = plane.toLonLat(east, north);
      return [lon, lat];
    }),
  );
}

function closeRing(ring: readonly XY[], plane: LocalPlane): Position[] {
  const positions = ring.map(({ x, y }): Position => {
    const { lon, lat } = plane.toLonLat(x, y);
    return [lon, lat];
  });
  const first = positions[0];
  return first ? [...positions, [...first]] : positions;
}
