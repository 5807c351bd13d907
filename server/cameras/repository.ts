import sql, { empty, type Sql } from 'sql-template-tag';
import type { MultiPolygon, Polygon } from 'geojson';
import type { Static } from 'typebox';
import type { CameraModel } from '#geometry/camera-model';
import type { BuildingShape } from '#geometry/coverage';
import type { Scope } from '#contract/access';
import type { Calibration, CalibrationQuality, Camera } from '#contract/cameras';
import type { CameraSource } from '#contract/media';
import type { LonLat, Names } from '#contract/shared';
import { areaScope } from '../access/scope.ts';
import type { Queryable } from '../db/database.ts';
import { containsPattern, startsPattern, toPage, withinBounds, type ListFilter } from '../grid/list-query.ts';

type Quality = Static<typeof CalibrationQuality>;

interface CameraRow {
  id: string;
  name_zh: string;
  name_en: string;
  source_type: CameraSource['type'];
  width: number;
  height: number;
  community_code: string;
  subdistrict_code: string;
  range_metres: number;
  calibration_version: number;
  model: CameraModel | null;
  calibration_quality: Quality | null;
  coverage: Polygon | MultiPolygon | null;
  lon: number;
  lat: number;
}

/** The camera as callers get it, and what only the server needs. */
export interface CameraRecord extends Camera {
  rangeMetres: number;
}

const cameraColumns = sql`
  c.id, c.name_zh, c.name_en, c.source ->> 'type' as source_type, c.width, c.height, c.community_code,
  c.subdistrict_code, c.range_metres, c.calibration_version, c.model, c.calibration_quality,
  st_asgeojson(c.coverage, 7)::json as coverage, st_x(c.geom) as lon, st_y(c.geom) as lat`;

function toCamera(row: CameraRow): CameraRecord {
  return {
    id: row.id,
    name: { zh: row.name_zh, en: row.name_en },
    source: { type: row.source_type },
    position: { lon: row.lon, lat: row.lat },
    width: row.width,
    height: row.height,
    subdistrictCode: row.subdistrict_code,
    communityCode: row.community_code,
    calibrationVersion: row.calibration_version,
    rangeMetres: row.range_metres,
    ...(row.model === null ? {} : { model: row.model }),
    ...(row.calibration_quality === null ? {} : { quality: row.calibration_quality }),
    ...(row.coverage === null ? {} : { coverage: row.coverage }),
  };
}

function pointOf({ lon, lat }: LonLat): Sql {
  return sql`st_setsrid(st_makepoint(${lon}::float8, ${lat}::float8), 4326)`;
}

export async function listCameras(db: Queryable, scope: Scope, filter: ListFilter & { sees?: LonLat }) {
  const { rows } = await db.query<CameraRow>(sql`
    select ${cameraColumns}
    from cameras c
    where c.id > ${filter.after ?? ''}
      and ${areaScope(scope, 'c')}
      ${
        filter.q
          ? sql`and (c.name_zh like ${containsPattern(filter.q)} or c.name_en ilike ${containsPattern(filter.q)}
              or c.id like ${startsPattern(filter.q)})`
          : empty
      }
      ${filter.sees ? sql`and st_covers(c.coverage, ${pointOf(filter.sees)})` : empty}
      ${withinBounds(sql`c.geom`, filter.bounds)}
    order by c.id
    limit ${filter.limit + 1}`);
  return toPage(rows, filter.limit, toCamera, (row) => row.id);
}

/** The cameras nearest to a position, seeing it or not; equal distances by id. */
export async function listNearestCameras(
  db: Queryable,
  scope: Scope,
  position: LonLat,
  count: number,
): Promise<CameraRecord[]> {
  const { rows } = await db.query<CameraRow & { metres: number; sees: boolean | null }>(sql`
    select ${cameraColumns}, st_distance(c.geom::geography, ${pointOf(position)}::geography) as metres,
      st_covers(c.coverage, ${pointOf(position)}) as sees
    from cameras c
    where ${areaScope(scope, 'c')}
    order by metres, c.id
    limit ${count}`);
  return rows.map((row) => ({
    ...toCamera(row),
    distanceMetres: Math.round(row.metres * 100) / 100,
    sees: row.sees ?? false,
  }));
}

export async function findCamera(db: Queryable, scope: Scope, id: string): Promise<CameraRecord | undefined> {
  const { rows } = await db.query<CameraRow>(sql`
    select ${cameraColumns}
    from cameras c
    where c.id = ${id} and ${areaScope(scope, 'c')}`);
  const row = rows[0];
  return row && toCamera(row);
}

/** With the address, credentials and all: for the media hub alone. */
export async function findSource(
  db: Queryable,
  id: string,
): Promise<{ id: string; source: CameraSource; width: number; height: number } | undefined> {
  const { rows } = await db.query<{ id: string; source: CameraSource; width: number; height: number }>(sql`
    select c.id, c.source, c.width, c.height from cameras c where c.id = ${id}`);
  return rows[0];
}

/** Cameras whose coverage has the position, the nearest first. */
export async function listCamerasSeeing(
  db: Queryable,
  scope: Scope,
  position: LonLat,
): Promise<{ id: string; name: Names; distanceMetres: number }[]> {
  const { rows } = await db.query<{ id: string; name_zh: string; name_en: string; metres: number }>(sql`
    select c.id, c.name_zh, c.name_en, st_distance(c.geom::geography, ${pointOf(position)}::geography) as metres
    from cameras c
    where st_covers(c.coverage, ${pointOf(position)}) and ${areaScope(scope, 'c')}
    order by metres, c.id`);
  return rows.map(({ id, name_zh: zh, name_en: en, metres }) => ({
    id,
    name: { zh, en },
    distanceMetres: Math.round(metres * 100) / 100,
  }));
}

export interface NewCameraRow {
  id: string;
  nameZh: string;
  nameEn: string;
  source: CameraSource;
  position: LonLat;
  width: number;
  height: number;
  communityCode: string;
  subdistrictCode: string;
  rangeMetres: number;
  sample: boolean;
}

export async function insertCamera(tx: Queryable, camera: NewCameraRow): Promise<void> {
  await tx.query(sql`
    insert into cameras (id, name_zh, name_en, source, width, height, community_code, subdistrict_code, range_metres,
      sample, geom)
    values (${camera.id}, ${camera.nameZh}, ${camera.nameEn}, ${JSON.stringify(camera.source)}, ${camera.width},
      ${camera.height}, ${camera.communityCode}, ${camera.subdistrictCode}, ${camera.rangeMetres}, ${camera.sample},
      ${pointOf(camera.position)})`);
}

/** Writes a camera of a file, new or not. What calibration found out of a camera that stays where it is stays too. */
export async function saveImportedCamera(tx: Queryable, camera: NewCameraRow): Promise<void> {
  await tx.query(sql`
    insert into cameras (id, name_zh, name_en, source, width, height, community_code, subdistrict_code, range_metres,
      sample, geom)
    values (${camera.id}, ${camera.nameZh}, ${camera.nameEn}, ${JSON.stringify(camera.source)}, ${camera.width},
      ${camera.height}, ${camera.communityCode}, ${camera.subdistrictCode}, ${camera.rangeMetres}, ${camera.sample},
      ${pointOf(camera.position)})
    on conflict (id) do update
    set name_zh = excluded.name_zh, name_en = excluded.name_en, source = excluded.source, width = excluded.width,
      height = excluded.height, community_code = excluded.community_code,
      subdistrict_code = excluded.subdistrict_code, geom = excluded.geom`);
}

export interface NewCalibrationRow {
  cameraId: string;
  input: Calibration;
  model: CameraModel;
  quality: Quality;
  /** nothing of the ground seen: no coverage */
  coverage: Polygon | MultiPolygon | undefined;
  byUser: string | undefined;
  at: Date;
}

/** Makes it the camera's calibration and keeps it under the next version, which is returned. */
export async function saveCalibration(tx: Queryable, row: NewCalibrationRow): Promise<number> {
  const coverage = row.coverage
    ? sql`st_makevalid(st_setsrid(st_geomfromgeojson(${JSON.stringify(row.coverage)}), 4326))`
    : sql`null`;
  const { rows } = await tx.query<{ version: number }>(sql`
    with changed as (
      update cameras
      set calibration_version = calibration_version + 1, model = ${JSON.stringify(row.model)},
        calibration_quality = ${JSON.stringify(row.quality)}, coverage = ${coverage}
      where id = ${row.cameraId}
      returning id, calibration_version
    )
    insert into camera_calibrations (camera_id, version, input, model, quality, by_user, at)
    select id, calibration_version, ${JSON.stringify(row.input)}::jsonb, ${JSON.stringify(row.model)}::jsonb,
      ${JSON.stringify(row.quality)}::jsonb, ${row.byUser ?? null}::uuid, ${row.at}::timestamptz
    from changed
    returning version`);
  const saved = rows[0];
  if (!saved) throw new Error(`camera ${row.cameraId} is gone`);
  return saved.version;
}

/** Buildings that touch an area, for what they hide of it. */
export async function listBuildingsIn(db: Queryable, area: Polygon): Promise<BuildingShape[]> {
  const { rows } = await db.query<{ polygon: Polygon; height_metres: number }>(sql`
    select st_asgeojson(b.geom, 7)::json as polygon, b.height_metres
    from buildings b
    where st_intersects(b.geom, st_setsrid(st_geomfromgeojson(${JSON.stringify(area)}), 4326))`);
  return rows.map((row) => ({ polygon: row.polygon, heightMetres: row.height_metres }));
}

/** Cameras that are pulled and recorded all the time: those with a stream of their own. */
export async function listRecordedCameraIds(db: Queryable): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(sql`
    select c.id from cameras c where c.source ->> 'type' = 'rtsp' order by c.id`);
  return rows.map(({ id }) => id);
}
