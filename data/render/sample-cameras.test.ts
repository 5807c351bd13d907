import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { calibrate } from '#geometry/calibrate';
import type { CameraModel, LonLat } from '#geometry/camera-model';
import { createLocalPlane } from '#geometry/local-plane';
import { projectBox } from '#geometry/project-to-ground';
import { readDistrictLayers } from './district-layers.ts';
import { readClipFacts } from './read-clip-facts.ts';
import type { Truth, TruthObject } from './truth.ts';

interface SampleCamera extends CameraModel {
  id: string;
  nameZh: string;
  nameEn: string;
  clip: string;
}

const QILIHE = new URL('../qilihe/', import.meta.url);
const cameras: SampleCamera[] = readJson('cameras.json');
const calibrated = readdirSync(new URL('calibration/', QILIHE)).map((name) => name.replace('.json', ''));
const NEAR_METRES = 80;
/** Lamps and signals reach out sideways above their foot: the middle of their box is not over it. */
const OVERHANGING = ['P01037', 'P02014'];

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(new URL(path, QILIHE), 'utf8')) as T;
}

function truthOf(id: string): Truth {
  return readJson(`truth/${id}.json`);
}

/** What a person could frame: whole, and not mostly behind something. */
function framable(truth: Truth): TruthObject[] {
  return truth.objects.filter(
    ({ cut, visible, distanceMetres }) => !cut && visible >= 0.5 && distanceMetres <= NEAR_METRES,
  );
}

function errorsOf(model: CameraModel, objects: readonly TruthObject[]): number[] {
  return objects.map(({ id, box, stance, position }) => {
    const found = projectBox(model, box, stance);
    if (!found.ok) throw new Error(`${id}: ${found.reason}`);
    return metresBetween(position, found.ground);
  });
}

function metresBetween(a: LonLat, b: LonLat): number {
  const { east, north } = createLocalPlane(a).toPlane(b);
  return Math.hypot(east, north);
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((p, q) => p - q);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

describe('cameras calibrated from pairs picked by hand', () => {
  test('are three or more, one of them with a bent lens', () => {
    expect(calibrated.length).toBeGreaterThanOrEqual(3);
    expect(cameras.some(({ id, k1 }) => calibrated.includes(id) && k1 !== 0)).toBe(true);
  });

  test.each(calibrated)('%s lands what is within 80 m: median 0.5 m, 95 % 1.5 m', (id) => {
    const truth = truthOf(id);
    const { pairs }: { pairs: { u: number; v: number; lon: number; lat: number }[] } = readJson(
      `calibration/${id}.json`,
    );
    expect(pairs.length).toBeGreaterThanOrEqual(8);
    const { model } = calibrate({
      pairs: pairs.map(({ u, v, lon, lat }) => ({ u, v, lon, lat })),
      width: truth.width,
      height: truth.height,
    });
    const errors = errorsOf(model, framable(truth));
    console.info(
      `${id}: ${errors.length} objects, median ${quantile(errors, 0.5).toFixed(2)} m, 95 % ${quantile(errors, 0.95).toFixed(2)} m`,
    );
    expect(errors.length).toBeGreaterThan(10);
    expect(quantile(errors, 0.5)).toBeLessThanOrEqual(0.5);
    expect(quantile(errors, 0.95)).toBeLessThanOrEqual(1.5);
  });
});

describe.each(cameras)('$id', (camera) => {
  test('lands the boxes of the ground truth on their places with its stored pose', () => {
    const objects = framable(truthOf(camera.id));
    const near = objects.filter(
      ({ distanceMetres, class: id }) => distanceMetres < 35 && !OVERHANGING.includes(id),
    );
    expect(near.length).toBeGreaterThan(3);
    expect(Math.max(...errorsOf(camera, near))).toBeLessThanOrEqual(0.3);
    expect(quantile(errorsOf(camera, objects), 0.95)).toBeLessThanOrEqual(1.5);
  });

  test('shows an incident that can be framed', () => {
    const incidents = framable(truthOf(camera.id)).filter(({ incident }) => incident);
    expect(incidents.length).toBeGreaterThan(0);
    for (const { class: id, box } of incidents) {
      expect(id).toMatch(/^[EP]\d{5}$/);
      expect(box.width * 1280).toBeGreaterThan(12);
    }
  });

  test('has a clip that plays without ffmpeg: H.264, fragments of a second, 20 s or more, 3 MB at most', () => {
    expect(existsSync(new URL(camera.clip, QILIHE))).toBe(true);
    const bytes = readFileSync(new URL(camera.clip, QILIHE));
    const facts = readClipFacts(bytes);
    expect(bytes.length).toBeLessThanOrEqual(3 * 1024 * 1024);
    expect(facts.codec).toBe('avc1');
    expect(facts.width).toBe(camera.width);
    expect(facts.height).toBe(camera.height);
    expect(facts.width).toBeGreaterThanOrEqual(960);
    expect(facts.tracks).toBe(1);
    expect(facts.seconds).toBeGreaterThanOrEqual(20);
    expect(facts.fragments).toBe(Math.round(facts.seconds));
    expect(facts.fragmentsStartWithKeyframe).toBe(true);
    expect(facts.reordered).toBe(false);
  });
});

test('camera 1 shows a vendor, whole and large', () => {
  const vendor = truthOf('camera-1').objects.find(({ class: id }) => id === 'E09001');
  expect(vendor).toMatchObject({ kind: 'event', place: 'footway', stance: 'upright', cut: false });
  expect(vendor?.visible).toBeGreaterThan(0.8);
  expect((vendor?.box.width ?? 0) * 1280).toBeGreaterThan(80);
});

test('one camera shows a car on the footway and one on the carriageway', () => {
  const places = cameras.map(({ id }) =>
    framable(truthOf(id))
      .filter(({ class: one }) => one === 'E09009')
      .map(({ place }) => place),
  );
  expect(places.some((seen) => seen.includes('footway') && seen.includes('carriageway'))).toBe(true);
});

test('one camera sees two storm drains two metres apart', () => {
  const found = cameras.some(({ id }) => {
    const drains = framable(truthOf(id)).filter(({ class: one }) => one === 'P01003');
    return drains.some((a) =>
      drains.some((b) => a !== b && Math.abs(metresBetween(a.position, b.position) - 2) < 0.1),
    );
  });
  expect(found).toBe(true);
});

test('every part in the ground truth stands on the map where the truth says', () => {
  const parts = new Map(
    readDistrictLayers().parts.map(({ properties, geometry }) => [properties.code, geometry.coordinates]),
  );
  for (const { id } of cameras) {
    for (const { partCode, centre } of truthOf(id).objects) {
      if (!partCode) continue;
      const [lon = 0, lat = 0] = parts.get(partCode) ?? [];
      expect(metresBetween(centre, { lon, lat }), `${partCode} of ${id}`).toBeLessThan(0.05);
    }
  }
});
