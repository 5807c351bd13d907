import type { Polygon } from 'geojson';
import type { CameraModel, LonLat, PictureBox, PicturePoint } from './camera-model.ts';
import { assertCameraModel } from './camera-model.ts';
import type { LocalPlane, PlanePoint } from './local-plane.ts';
import { createLocalPlane } from './local-plane.ts';
import type { Pinhole } from './pinhole.ts';
import { createPinhole, groundOf, parametersOf, rayOf } from './pinhole.ts';
import type { ErrorEllipse } from './uncertainty.ts';
import { ellipseOf, imageJacobian, invert2, propagateCovariance } from './uncertainty.ts';

export type ProjectionRefusal = 'ABOVE_HORIZON' | 'OUT_OF_RANGE' | 'OUTSIDE_PICTURE';

export interface GroundPoint {
  ok: true;
  ground: LonLat;
  /** horizontal, from the foot of the camera */
  distanceMetres: number;
  /** 95 %, from the click (`pixelSigma`) and the parameters of the camera */
  ellipse: ErrorEllipse;
}

export interface NoGroundPoint {
  ok: false;
  reason: ProjectionRefusal;
}

/** How a class of thing meets the ground: it stands on it, or lies on it. */
export type Stance = 'upright' | 'flat';

/** Slack of a box's edges, in fractions, so that 0.1 + 0.9 is still inside. */
const EDGE_SLACK = 1e-6;
const POINTS_PER_EDGE = 4;

interface Scene {
  model: CameraModel;
  plane: LocalPlane;
  camera: Pinhole;
}

/** Ground under a point of the picture. Throws RangeError for an impossible camera, never for the point. */
export function projectPoint(model: CameraModel, point: PicturePoint): GroundPoint | NoGroundPoint {
  const scene = openScene(model);
  const place = findGround(scene, point.u, point.v);
  return 'reason' in place ? place : describePlace(scene, place);
}

/**
 * Ground under a box. Upright: the thing stands on the middle of the box's bottom edge; its footprint is a
 * rectangle as wide as that edge and half as deep around that point. Flat: the box's own outline on the
 * ground; the point is the centroid of that. A box that leaves the picture or has no size is OUTSIDE_PICTURE.
 */
export function projectBox(
  model: CameraModel,
  box: PictureBox,
  stance: Stance,
): (GroundPoint & { footprint: Polygon }) | NoGroundPoint {
  const scene = openScene(model);
  if (!isInsidePicture(box)) return { ok: false, reason: 'OUTSIDE_PICTURE' };
  return stance === 'upright' ? projectUpright(scene, box) : projectFlat(scene, box);
}

function openScene(model: CameraModel): Scene {
  assertCameraModel(model);
  return {
    model,
    plane: createLocalPlane(model.position),
    camera: createPinhole(parametersOf(model), model),
  };
}

function isInsidePicture({ x, y, width, height }: PictureBox): boolean {
  return (
    width > 0 &&
    height > 0 &&
    x >= -EDGE_SLACK &&
    y >= -EDGE_SLACK &&
    x + width <= 1 + EDGE_SLACK &&
    y + height <= 1 + EDGE_SLACK
  );
}

function findGround({ model, camera }: Scene, u: number, v: number): PlanePoint | NoGroundPoint {
  if (!(u >= 0 && u <= 1 && v >= 0 && v <= 1)) return { ok: false, reason: 'OUTSIDE_PICTURE' };
  const ray = rayOf(camera, u * model.width, v * model.height);
  if (!ray) return { ok: false, reason: 'OUTSIDE_PICTURE' };
  const place = groundOf(camera, ray);
  if (!place) return { ok: false, reason: 'ABOVE_HORIZON' };
  if (Math.hypot(place.east, place.north) > model.rangeMetres) return { ok: false, reason: 'OUT_OF_RANGE' };
  return place;
}

function describePlace(scene: Scene, place: PlanePoint): GroundPoint | NoGroundPoint {
  const covariance = propagateCovariance(scene.model, parametersOf(scene.model), place.east, place.north);
  if (!covariance) return { ok: false, reason: 'OUTSIDE_PICTURE' };
  return {
    ok: true,
    ground: scene.plane.toLonLat(place.east, place.north),
    distanceMetres: Math.hypot(place.east, place.north),
    ellipse: ellipseOf(covariance),
  };
}

function projectUpright(
  scene: Scene,
  box: PictureBox,
): (GroundPoint & { footprint: Polygon }) | NoGroundPoint {
  const foot = findGround(scene, clampFraction(box.x + box.width / 2), clampFraction(box.y + box.height));
  if ('reason' in foot) return foot;
  const place = describePlace(scene, foot);
  const jacobian = imageJacobian(scene.camera, foot.east, foot.north);
  const inverse = jacobian && invert2(jacobian);
  if (!place.ok) return place;
  if (!inverse) return { ok: false, reason: 'OUTSIDE_PICTURE' };
  // half the bottom edge on the ground, to first order, so that neither end can run off to the horizon
  const halfPixels = (box.width * scene.model.width) / 2;
  const e = inverse.a * halfPixels;
  const n = inverse.c * halfPixels;
  const corners = [
    { east: foot.east - e + n / 2, north: foot.north - n - e / 2 },
    { east: foot.east + e + n / 2, north: foot.north + n - e / 2 },
    { east: foot.east + e - n / 2, north: foot.north + n + e / 2 },
    { east: foot.east - e - n / 2, north: foot.north - n + e / 2 },
  ];
  return { ...place, footprint: toPolygon(scene.plane, corners) };
}

function projectFlat(scene: Scene, box: PictureBox): (GroundPoint & { footprint: Polygon }) | NoGroundPoint {
  const outline: PlanePoint[] = [];
  for (const { u, v } of walkBox(box)) {
    const place = findGround(scene, u, v);
    if ('reason' in place) return place;
    outline.push(place);
  }
  const place = describePlace(scene, centroidOf(outline));
  return place.ok ? { ...place, footprint: toPolygon(scene.plane, outline) } : place;
}

/** Around the box from its bottom left corner, anticlockwise on the picture and so on the ground. */
function walkBox({ x, y, width, height }: PictureBox): PicturePoint[] {
  const corners = [
    { u: x, v: y + height },
    { u: x + width, v: y + height },
    { u: x + width, v: y },
    { u: x, v: y },
  ];
  return corners.flatMap((from, i) => {
    const to = corners[(i + 1) % 4] ?? from;
    return Array.from({ length: POINTS_PER_EDGE }, (_, k) => ({
      u: clampFraction(from.u + ((to.u - from.u) * k) / POINTS_PER_EDGE),
      v: clampFraction(from.v + ((to.v - from.v) * k) / POINTS_PER_EDGE),
    }));
  });
}

function clampFraction(value: number): number {
  return Math.min(1, Math.max(0, value));
}

/** Centroid of the area; of the corners if there is none to speak of. */
function centroidOf(outline: PlanePoint[]): PlanePoint {
  const base = outline[0] ?? { east: 0, north: 0 };
  let area = 0;
  let east = 0;
  let north = 0;
  outline.forEach((p, i) => {
    const q = outline[(i + 1) % outline.length] ?? base;
    const cross =
      (p.east - base.east) * (q.north - base.north) - (q.east - base.east) * (p.north - base.north);
    area += cross;
    east += cross * (p.east + q.east - 2 * base.east);
    north += cross * (p.north + q.north - 2 * base.north);
  });
  if (Math.abs(area) < 1e-9) {
    const middle = outline[Math.floor(outline.length / 2)] ?? base;
    return { east: (base.east + middle.east) / 2, north: (base.north + middle.north) / 2 };
  }
  return { east: base.east + east / (3 * area), north: base.north + north / (3 * area) };
}

function toPolygon(plane: LocalPlane, outline: PlanePoint[]): Polygon {
  const ring = outline.map(({ east, north }) => {
    const { lon, lat } = plane.toLonLat(east, north);
    return [lon, lat];
  });
  const first = ring[0];
  return { type: 'Polygon', coordinates: [first ? [...ring, first] : ring] };
}
