import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import sql from 'sql-template-tag';
import type { Static } from 'typebox';
import type { Camera, CalibrationResult, Projection } from '#contract/cameras';
import type { ErrorBody, LonLat } from '#contract/shared';
import { findCameraSource } from '../../server/cameras/service.ts';
import { engines } from '../support/test-database.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import type { TestClient } from '../support/test-client.ts';

describe.each(engines)('cameras on %s', (engine) => {
  let server: TestServer;
  let admin: TestClient;
  let sample: Camera;
  beforeAll(async () => {
    server = await startTestServer({ engine });
    admin = await server.signIn('admin');
    sample = (await admin.get<Camera>('/cameras/camera-1')).body;
  });
  afterAll(() => server.close());

  const added = (more: object = {}) =>
    admin.post<Camera>('/cameras', {
      name: '新摄像机',
      source: { type: 'rtsp', url: 'rtsp://user:secret@192.0.2.7/live' },
      position: sample.position,
      width: 1280,
      height: 720,
      ...more,
    });
  const project = (id: string, body: object) =>
    admin.post<Projection & ErrorBody>(`/cameras/${id}/project`, body);

  test('of the sample are calibrated and see the ground before them', async () => {
    const { body } = await admin.get<{ items: Camera[] }>('/cameras');
    expect(body.items.length).toBeGreaterThanOrEqual(6);
    for (const { calibrationVersion, model, coverage } of body.items) {
      expect(calibrationVersion).toBe(1);
      expect(model).toBeDefined();
      expect(coverage).toBeDefined();
    }
    const { ground } = (await project('camera-1', { u: 0.5, v: 0.8 })).body;
    const seeing = await admin.get<{ items: Camera[] }>(`/cameras?sees=${ground.lon},${ground.lat}`);
    expect(seeing.body.items.map(({ id }) => id)).toContain('camera-1');
    expect((await admin.get(`/cameras?sees=here`)).status).toBe(400);
    const near = await admin.get<{ items: Camera[] }>(`/cameras?sees=${ground.lon},${ground.lat}&nearest=3`);
    const distances = near.body.items.map(({ distanceMetres = NaN }) => distanceMetres);
    expect(distances).toHaveLength(3);
    expect(distances).toEqual([...distances].sort((a, b) => a - b));
    expect(near.body.items.some(({ sees }) => sees === true)).toBe(true);
    expect((await admin.get(`/cameras?nearest=3`)).status).toBe(400);
  });

  test('project what a rectangle stands on, and back', async () => {
    const { status, body } = await project('camera-1', { box: { x: 0.4, y: 0.5, width: 0.1, height: 0.3 } });
    expect(status).toBe(200);
    expect(body.footprint?.type).toBe('Polygon');
    expect(body.ellipse.semiMajorMetres).toBeGreaterThanOrEqual(body.ellipse.semiMinorMetres);
    expect(body.cell?.code).toMatch(/^620103\d{9}$/);
    const back = await admin.post<{ u: number; v: number; visible: boolean }>(
      '/cameras/camera-1/unproject',
      body.ground,
    );
    expect(back.body.visible).toBe(true);
    expect(back.body.u).toBeCloseTo(0.45, 3);
    expect(back.body.v).toBeCloseTo(0.8, 3);
  });

  test('say why a rectangle has no place', async () => {
    for (const [box, status, code] of [
      [{ x: 0.9, y: 0.5, width: 0.2, height: 0.1 }, 400, 'RECTANGLE_OUTSIDE_PICTURE'],
      [{ x: 0.4, y: 0.5, width: 0, height: 0.1 }, 400, 'RECTANGLE_OUTSIDE_PICTURE'],
    ] as const) {
      const answer = await project('camera-1', { box });
      expect([answer.status, answer.body.code]).toEqual([status, code]);
    }
    const { id } = (await added()).body;
    const uncalibrated = await project(id, { u: 0.5, v: 0.5 });
    expect([uncalibrated.status, uncalibrated.body.code]).toEqual([409, 'CAMERA_NOT_CALIBRATED']);
    await admin.call('PUT', `/cameras/${id}/calibration`, {
      pose: { heightMetres: 8, headingDegrees: 90, pitchDegrees: -10, rollDegrees: 0 },
      horizontalFovDegrees: 60,
    });
    expect((await project(id, { u: 0.5, v: 0.01 })).body.code).toBe('RECTANGLE_ABOVE_HORIZON');
    expect((await project(id, { u: 0.5, v: 0.28 })).body.code).toBe('RECTANGLE_OUT_OF_RANGE');
    expect((await project(id, { u: 0.5, v: 2 })).body.code).toBe('RECTANGLE_OUTSIDE_PICTURE');
    expect((await project('camera-none', { u: 0.5, v: 0.5 })).body.code).toBe('CAMERA_NOT_FOUND');
  });

  test('are added and calibrated by an administrator alone, and never show their address', async () => {
    const answer = await added();
    expect(answer.status).toBe(201);
    expect(JSON.stringify(answer.body)).not.toContain('secret');
    expect(await findCameraSource(server.db, answer.body.id)).toMatchObject({
      source: { url: 'rtsp://user:secret@192.0.2.7/live' },
    });
    const operator = await server.signIn('operator');
    expect((await operator.post('/cameras', {})).status).toBeGreaterThanOrEqual(400);
    const refused = await operator.call<ErrorBody>('PUT', '/cameras/camera-1/calibration', {
      pose: sample.model?.pose,
      horizontalFovDegrees: 60,
    });
    expect([refused.status, refused.body.code]).toEqual([403, 'NOT_ALLOWED']);
    for (const url of ['file:///etc/passwd', 'http://192.0.2.7/', 'rtsp://a b/', 'rtsp://0.0.0.0/']) {
      const bad = await admin.post<ErrorBody>('/cameras', {
        name: 'x',
        source: { type: 'rtsp', url },
        position: sample.position,
        width: 1280,
        height: 720,
      });
      expect([bad.status, bad.body.code], url).toEqual([422, 'SOURCE_REFUSED']);
    }
    expect((await added({ position: { lon: 116.4, lat: 39.9 } })).status).toBe(422);
  });

  test('are fitted to pairs of picture and ground, version by version', async () => {
    const { id } = (await added({ rangeMetres: 150 })).body;
    const spots = [0.1, 0.35, 0.65, 0.9].flatMap((u) => [0.55, 0.75, 0.95].map((v) => ({ u, v })));
    const pairs: (LonLat & { u: number; v: number })[] = [];
    for (const spot of spots) {
      const answer = await project('camera-1', spot);
      if (answer.status === 200) pairs.push({ ...spot, ...answer.body.ground });
    }
    expect(pairs.length).toBeGreaterThanOrEqual(8);
    const calibrate = (body: object) =>
      admin.call<Static<typeof CalibrationResult> & ErrorBody>('PUT', `/cameras/${id}/calibration`, body);
    const first = await calibrate({ pairs });
    expect([first.status, first.body.version]).toEqual([200, 1]);
    expect(first.body.rmseMetres).toBeLessThan(0.1);
    expect(first.body.pose.heightMetres).toBeCloseTo(sample.model?.pose.heightMetres ?? 0, 0);
    const few = await calibrate({ pairs: pairs.slice(0, 3) });
    expect([few.status, few.body.code]).toEqual([422, 'CALIBRATION_FAILED']);
    expect((await calibrate({})).body.code).toBe('INVALID_INPUT');
    const second = await calibrate({ pose: first.body.pose, horizontalFovDegrees: 64 });
    expect(second.body.version).toBe(2);
    const kept = await server.db.query<{ version: number }>(sql`
      select version from camera_calibrations where camera_id = ${id} order by version`);
    expect(kept.rows.map(({ version }) => version)).toEqual([1, 2]);
    const feed = await server.db.query<{ n: number }>(sql`
      select (select count(*) from outbox where subject_id = ${id}) + (select count(*) from feed where subject_id = ${id}) as n`);
    expect(feed.rows[0]?.n).toBe(3);
  });

  test('outside one’s scope are not there', async () => {
    const own = await server.signIn(`subdistrict-${sample.subdistrictCode}`);
    expect((await own.get('/cameras/camera-1')).status).toBe(200);
    const other = await server.signIn(
      sample.subdistrictCode === '620103001' ? 'subdistrict-620103002' : 'subdistrict-620103001',
    );
    for (const answer of [
      await other.get<ErrorBody>('/cameras/camera-1'),
      await other.post<ErrorBody>('/cameras/camera-1/project', { u: 0.5, v: 0.8 }),
      await other.post<ErrorBody>('/cameras/camera-1/unproject', sample.position),
    ]) {
      expect([answer.status, answer.body.code]).toEqual([404, 'CAMERA_NOT_FOUND']);
    }
    expect((await server.anonymous().get('/cameras')).status).toBe(401);
  });
});
