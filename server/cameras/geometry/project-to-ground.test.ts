import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { modelFromPose } from './calibrate.ts';
import type { CameraModel } from './camera-model.ts';
import { createLocalPlane } from './local-plane.ts';
import { projectBox, projectPoint } from './project-to-ground.ts';
import { unproject } from './unproject.ts';

const POSITION = { lon: 103.7456, lat: 36.0712 };
const plane = createLocalPlane(POSITION);

function hang(pose: Partial<CameraModel['pose']> = {}, more: Partial<CameraModel> = {}): CameraModel {
  return {
    ...modelFromPose({
      position: POSITION,
      pose: { heightMetres: 6, headingDegrees: 0, pitchDegrees: -30, rollDegrees: 0, ...pose },
      width: 1920,
      height: 1080,
      horizontalFovDegrees: 60,
    }),
    ...more,
  };
}

function groundAt(model: CameraModel, u: number, v: number): { east: number; north: number } {
  const place = projectPoint(model, { u, v });
  if (!place.ok) throw new Error(place.reason);
  return plane.toPlane(place.ground);
}

const cameras = fc
  .record({
    heightMetres: fc.double({ min: 5, max: 40, noNaN: true }),
    headingDegrees: fc.double({ min: 0, max: 360, noNaN: true }),
    pitchDegrees: fc.double({ min: -90, max: -5, noNaN: true }),
    rollDegrees: fc.double({ min: -30, max: 30, noNaN: true }),
    horizontalFovDegrees: fc.double({ min: 30, max: 90, noNaN: true }),
    k1: fc.double({ min: -0.08, max: 0.2, noNaN: true }),
    k2: fc.double({ min: -0.005, max: 0.05, noNaN: true }),
    p1: fc.double({ min: -0.002, max: 0.002, noNaN: true }),
    p2: fc.double({ min: -0.002, max: 0.002, noNaN: true }),
  })
  .map(({ horizontalFovDegrees, k1, k2, p1, p2, ...pose }) =>
    hang(pose, { horizontalFovDegrees, k1, k2, p1, p2, rangeMetres: 500 }),
  );
const fraction = fc.double({ min: 0, max: 1, noNaN: true });

describe('round trip', () => {
  test('picture to ground and back ends on the same millionth of a pixel', () => {
    let projected = 0;
    fc.assert(
      fc.property(cameras, fraction, fraction, (model, u, v) => {
        const place = projectPoint(model, { u, v });
        if (!place.ok) return;
        projected += 1;
        const image = unproject(model, place.ground);
        expect(image.visible).toBe(true);
        expect(Math.abs(image.u - u) * model.width).toBeLessThan(1e-6);
        expect(Math.abs(image.v - v) * model.height).toBeLessThan(1e-6);
      }),
      { numRuns: 2000, seed: 1 },
    );
    expect(projected).toBeGreaterThan(1000);
  });

  test('ground to picture and back ends on the same millimetre', () => {
    let projected = 0;
    const metres = fc.double({ min: -80, max: 80, noNaN: true });
    fc.assert(
      fc.property(cameras, metres, metres, (model, east, north) => {
        const image = unproject(model, plane.toLonLat(east, north));
        if (!image.visible) return;
        const place = projectPoint(model, {
          u: Math.min(1, Math.max(0, image.u)),
          v: Math.min(1, Math.max(0, image.v)),
        });
        if (!place.ok) throw new Error(place.reason);
        projected += 1;
        const back = plane.toPlane(place.ground);
        expect(Math.hypot(back.east - east, back.north - north)).toBeLessThan(1e-3);
        expect(place.distanceMetres).toBeCloseTo(Math.hypot(east, north), 3);
      }),
      { numRuns: 4000, seed: 2 },
    );
    expect(projected).toBeGreaterThan(400);
  });
});

describe('conventions', () => {
  test('a camera looking north at 45 degrees shows the ground one height in front of it', () => {
    const place = groundAt(hang({ pitchDegrees: -45 }), 0.5, 0.5);
    expect(place.east).toBeCloseTo(0, 6);
    expect(place.north).toBeCloseTo(6, 6);
  });

  test('heading turns clockwise from north: 90 looks east', () => {
    const place = groundAt(hang({ headingDegrees: 90, pitchDegrees: -45 }), 0.5, 0.5);
    expect(place.east).toBeCloseTo(6, 6);
    expect(place.north).toBeCloseTo(0, 6);
  });

  test('right of the picture is east of a camera that looks north, its bottom is nearer', () => {
    expect(groundAt(hang(), 0.7, 0.5).east).toBeGreaterThan(1);
    expect(groundAt(hang(), 0.5, 0.9).north).toBeLessThan(groundAt(hang(), 0.5, 0.5).north);
  });

  test('a steeper, more negative pitch looks nearer', () => {
    expect(groundAt(hang({ pitchDegrees: -60 }), 0.5, 0.5).north).toBeLessThan(
      groundAt(hang(), 0.5, 0.5).north,
    );
  });

  test('straight down, the top of the picture points where the heading does', () => {
    const place = groundAt(hang({ pitchDegrees: -90, headingDegrees: 90 }), 0.5, 0.25);
    expect(place.east).toBeGreaterThan(0.5);
    expect(place.north).toBeCloseTo(0, 6);
  });

  test('positive roll turns the camera clockwise: its right side sinks, so the right of the picture is nearer', () => {
    const rolled = hang({ rollDegrees: 10 });
    expect(groundAt(rolled, 0.9, 0.5).north).toBeLessThan(groundAt(rolled, 0.1, 0.5).north);
    // a mast straight ahead leans to the left on the picture
    const foot = unproject(rolled, plane.toLonLat(0, 12), 0);
    const top = unproject(rolled, plane.toLonLat(0, 12), 3);
    expect(top.v).toBeLessThan(foot.v);
    expect(top.u).toBeLessThan(foot.u);
  });

  test('a quarter turn of roll puts what was right of the middle above it', () => {
    const image = unproject(hang({ rollDegrees: 90 }), plane.toLonLat(3, 10.3923), 0);
    expect(image.v).toBeLessThan(0.4);
    expect(image.u).toBeCloseTo(0.5, 3);
  });

  test('half the field of view lies at the edge of an undistorted picture', () => {
    const place = groundAt(hang({ pitchDegrees: -45 }), 1, 0.5);
    expect(place.east).toBeCloseTo(6 * Math.SQRT2 * Math.tan(Math.PI / 6), 6);
  });
});

describe('refusals', () => {
  test('names what is above the horizon, out of range and outside the picture', () => {
    const model = hang({ pitchDegrees: -5 });
    expect(projectPoint(model, { u: 0.5, v: 0.1 })).toEqual({ ok: false, reason: 'ABOVE_HORIZON' });
    expect(projectPoint(model, { u: 0.5, v: 0.42 })).toEqual({ ok: false, reason: 'OUT_OF_RANGE' });
    expect(projectPoint(model, { u: 0.5, v: 1.01 })).toEqual({ ok: false, reason: 'OUTSIDE_PICTURE' });
    expect(projectPoint(model, { u: -0.01, v: 0.5 })).toEqual({ ok: false, reason: 'OUTSIDE_PICTURE' });
    expect(projectPoint(model, { u: NaN, v: 0.5 })).toEqual({ ok: false, reason: 'OUTSIDE_PICTURE' });
    expect(projectPoint(model, { u: 0.5, v: Infinity })).toEqual({ ok: false, reason: 'OUTSIDE_PICTURE' });
  });

  test('refuses boxes without size, outside the picture and reaching above the horizon', () => {
    const model = hang({ pitchDegrees: -5 });
    const reasonOf = (box: [number, number, number, number], stance: 'upright' | 'flat'): string => {
      const [x, y, width, height] = box;
      const place = projectBox(model, { x, y, width, height }, stance);
      return place.ok ? 'ok' : place.reason;
    };
    expect(reasonOf([0.4, 0.7, 0, 0.1], 'upright')).toBe('OUTSIDE_PICTURE');
    expect(reasonOf([0.4, 0.7, 0.1, NaN], 'upright')).toBe('OUTSIDE_PICTURE');
    expect(reasonOf([0.4, 0.7, 0.1, 0.4], 'upright')).toBe('OUTSIDE_PICTURE');
    expect(reasonOf([1.2, 0.7, 0.1, 0.1], 'flat')).toBe('OUTSIDE_PICTURE');
    expect(reasonOf([0.4, 0.1, 0.1, 0.1], 'upright')).toBe('ABOVE_HORIZON');
    expect(reasonOf([0.4, 0.1, 0.1, 0.8], 'flat')).toBe('ABOVE_HORIZON');
    expect(reasonOf([0.4, 0.1, 0.1, 0.8], 'upright')).toBe('ok');
    expect(reasonOf([0.4, 0.42, 0.1, 0.3], 'flat')).toBe('OUT_OF_RANGE');
  });

  test('impossible cameras and positions are errors', () => {
    expect(() => projectPoint(hang({ headingDegrees: NaN }), { u: 0.5, v: 0.5 })).toThrow(RangeError);
    expect(() => projectPoint(hang({}, { position: { lon: 103, lat: 91 } }), { u: 0.5, v: 0.5 })).toThrow(
      'latitude 91',
    );
    expect(() => projectPoint(hang({}, { k1: Infinity }), { u: 0.5, v: 0.5 })).toThrow('k1');
    expect(() => unproject(hang(), { lon: NaN, lat: 36 })).toThrow(RangeError);
    expect(() => unproject(hang(), POSITION, NaN)).toThrow(RangeError);
  });

  test('a place behind the camera or beside the picture is not visible', () => {
    expect(unproject(hang(), plane.toLonLat(0, -10))).toEqual({ u: -1, v: -1, visible: false });
    expect(unproject(hang(), plane.toLonLat(30, 10)).visible).toBe(false);
    expect(unproject(hang(), plane.toLonLat(0, 10)).visible).toBe(true);
  });
});

describe('boxes', () => {
  test('an upright thing stands on the middle of its bottom edge, its base as wide as that edge', () => {
    const model = hang();
    const left = unproject(model, plane.toLonLat(-1, 12));
    const right = unproject(model, plane.toLonLat(1, 12));
    const top = unproject(model, plane.toLonLat(0, 12), 1.7);
    const box = { x: left.u, y: top.v, width: right.u - left.u, height: left.v - top.v };
    const place = projectBox(model, box, 'upright');
    if (!place.ok) throw new Error(place.reason);
    const foot = plane.toPlane(place.ground);
    expect(Math.hypot(foot.east, foot.north - 12)).toBeLessThan(1e-6);
    const ring = (place.footprint.coordinates[0] ?? []).map(([lon = 0, lat = 0]) =>
      plane.toPlane({ lon, lat }),
    );
    expect(ring).toHaveLength(5);
    expect(ring[4]).toEqual(ring[0]);
    expect(Math.max(...ring.map((p) => p.east))).toBeCloseTo(1, 4);
    expect(Math.max(...ring.map((p) => p.north))).toBeCloseTo(12.5, 4);
    expect(Math.min(...ring.map((p) => p.north))).toBeCloseTo(11.5, 4);
  });

  test('a flat thing is its own outline and stands at the centroid of that', () => {
    const model = hang({ pitchDegrees: -90 });
    const place = projectBox(model, { x: 0.4, y: 0.3, width: 0.4, height: 0.2 }, 'flat');
    if (!place.ok) throw new Error(place.reason);
    const ground = plane.toPlane(place.ground);
    const centre = groundAt(model, 0.6, 0.4);
    expect(ground.east).toBeCloseTo(centre.east, 6);
    expect(ground.north).toBeCloseTo(centre.north, 6);
    const ring = (place.footprint.coordinates[0] ?? []).map(([lon = 0, lat = 0]) =>
      plane.toPlane({ lon, lat }),
    );
    const corner = groundAt(model, 0.8, 0.3);
    expect(Math.max(...ring.map((p) => p.east))).toBeCloseTo(corner.east, 6);
    expect(Math.max(...ring.map((p) => p.north))).toBeCloseTo(corner.north, 6);
  });
});

describe('error ellipse', () => {
  test('is longer away from the camera than across, grows with distance and points along the view', () => {
    const model = hang({ headingDegrees: 30, pitchDegrees: -15 });
    const near = projectPoint(model, { u: 0.5, v: 0.9 });
    const far = projectPoint(model, { u: 0.5, v: 0.4 });
    if (!near.ok || !far.ok) throw new Error('both are on the ground');
    expect(far.ellipse.semiMajorMetres).toBeGreaterThan(2 * near.ellipse.semiMajorMetres);
    expect(far.ellipse.semiMajorMetres).toBeGreaterThan(far.ellipse.semiMinorMetres);
    expect(far.ellipse.azimuthDegrees).toBeCloseTo(30, 3);
  });

  test('of an exact camera is the click alone: 2.45 standard errors of a pixel', () => {
    const exact = hang({ pitchDegrees: -90 }, { covariance: { parameters: [], matrix: [] }, pixelSigma: 1 });
    const place = projectPoint(exact, { u: 0.5, v: 0.5 });
    if (!place.ok) throw new Error(place.reason);
    const metresPerPixel = (6 * Math.tan(Math.PI / 6)) / 960;
    expect(place.ellipse.semiMajorMetres).toBeCloseTo(2.4477 * metresPerPixel, 5);
    expect(place.ellipse.semiMinorMetres).toBeCloseTo(2.4477 * metresPerPixel, 5);
  });

  test('an uncertain heading moves a point sideways by distance times angle', () => {
    const model = hang({}, { covariance: { parameters: ['headingDegrees'], matrix: [[1]] }, pixelSigma: 0 });
    const place = projectPoint(model, { u: 0.5, v: 0.5 });
    if (!place.ok) throw new Error(place.reason);
    expect(place.ellipse.semiMajorMetres).toBeCloseTo((2.4477 * place.distanceMetres * Math.PI) / 180, 3);
    expect(place.ellipse.azimuthDegrees).toBeCloseTo(90, 3);
  });
});

test('a box is projected within 50 µs, since it happens on every move of the mouse', () => {
  const model = hang();
  const box = { x: 0.4, y: 0.6, width: 0.1, height: 0.2 };
  const project = (): void => {
    for (let i = 0; i < 500; i += 1) projectBox(model, box, i % 2 === 0 ? 'upright' : 'flat');
  };
  project();
  const best = Math.min(
    ...Array.from({ length: 8 }, () => {
      const started = performance.now();
      project();
      return (performance.now() - started) / 500;
    }),
  );
  expect(best * 1000).toBeLessThan(50);
});
