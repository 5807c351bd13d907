import type { Static } from 'typebox';
import { v7 as uuid } from 'uuid';
import { coveragePolygon, cutCoverageByBuildings } from '#geometry/coverage';
import type { CameraModel } from '#geometry/camera-model';
import { unproject } from '#geometry/unproject';
import type { Scope } from '#contract/access';
import type { Calibration, CalibrationResult, NewCamera, Projection } from '#contract/cameras';
import type { CameraSource } from '#contract/media';
import type { LonLat, Names } from '#contract/shared';
import { appendAudit } from '../access/audit.ts';
import type { SessionUser } from '../access/session-user.ts';
import type { Clock } from '../clock/system-clock.ts';
import type { Database, Queryable } from '../db/database.ts';
import { AppError, appError } from '../errors.ts';
import { findCellAt } from '../grid/find-cell-at.ts';
import { roundPosition } from '../grid/round-position.ts';
import { checkCameraUrl } from '../media/camera-url.ts';
import { appendOutbox } from '../realtime/outbox.ts';
import { renewVersions } from '../settings/service.ts';
import { buildCalibration, type CalibrationTarget } from './build-calibration.ts';
import { projectFromCamera, requireModel, type PictureSpot } from './project-from-camera.ts';
import * as repository from './repository.ts';
import type { CameraRecord } from './repository.ts';

export type { CameraRecord } from './repository.ts';
export { listCameras, listCamerasSeeing, listNearestCameras, listRecordedCameraIds } from './repository.ts';

interface Services {
  db: Database;
  clock: Clock;
  publish: () => void;
}

const DEFAULT_RANGE_METRES = 120;

/** @throws CAMERA_NOT_FOUND, for a camera outside the scope too */
export async function getCamera(db: Queryable, scope: Scope, id: string): Promise<CameraRecord> {
  const camera = await repository.findCamera(db, scope, id);
  if (!camera) throw appError('CAMERA_NOT_FOUND', { cameraId: id });
  return camera;
}

/** Where the pictures of a camera come from, credentials and all: for the media hub. `null`: no such camera. */
export async function findCameraSource(db: Queryable, id: string) {
  return (await repository.findSource(db, id)) ?? null;
}

/** @throws SOURCE_REFUSED, POSITION_OUTSIDE_DISTRICT, INVALID_INPUT */
export async function addCamera(
  { db, clock, publish }: Services,
  user: SessionUser,
  given: NewCamera,
): Promise<CameraRecord> {
  const source = toSource(given.source);
  const position = roundPosition(given.position);
  const cell = await findCellAt(db, position);
  const id = uuid();
  await db.transaction(async (tx) => {
    await repository.insertCamera(tx, {
      id,
      nameZh: given.name,
      nameEn: given.name,
      source,
      position,
      width: given.width,
      height: given.height,
      communityCode: cell.communityCode,
      subdistrictCode: cell.subdistrictCode,
      rangeMetres: given.rangeMetres ?? DEFAULT_RANGE_METRES,
      sample: false,
    });
    await announce(tx, { id, user, action: 'add-camera', at: clock.now() });
  });
  publish();
  return getCamera(db, user.scope, id);
}

/** @throws SOURCE_REFUSED, INVALID_INPUT */
function toSource({ type, url, clip }: NewCamera['source']): CameraSource {
  if (type === 'rtsp') {
    if (url === undefined || clip !== undefined)
      throw appError('INVALID_INPUT', { source: 'rtsp takes url' });
    checkCameraUrl(url, { privateRanges: 'allow' });
    return { type, url };
  }
  if (clip === undefined || url !== undefined || !/^[a-z0-9][a-z0-9-]{0,63}$/.test(clip)) {
    throw appError('INVALID_INPUT', { source: 'sample takes clip, an id' });
  }
  return { type, clip };
}

/**
 * Gives a camera its next calibration; the earlier ones stay under their versions.
 * @throws CAMERA_NOT_FOUND, CALIBRATION_FAILED, INVALID_INPUT
 */
export async function calibrateCamera(
  { db, clock, publish }: Services,
  user: SessionUser,
  id: string,
  input: Calibration,
): Promise<Static<typeof CalibrationResult>> {
  const camera = await getCamera(db, user.scope, id);
  const { model, quality } = buildCalibration(camera, input);
  const coverage = await findCoverage(db, model);
  const version = await db.transaction(async (tx) => {
    const at = clock.now();
    const saved = await repository.saveCalibration(tx, {
      cameraId: id,
      input,
      model,
      quality,
      coverage,
      byUser: user.id,
      at,
    });
    await announce(tx, { id, user, action: 'calibrate-camera', at });
    return saved;
  });
  publish();
  const { method: _, ...measured } = quality;
  return { version, model, pose: model.pose, ...measured };
}

export interface CalibratedCamera {
  id: string;
  name: Names;
  source: CameraSource;
  input: Calibration;
  target: CalibrationTarget;
}

/** Puts in a camera together with its first calibration, as the sample's are. @throws POSITION_OUTSIDE_DISTRICT */
export async function addCalibratedCamera(tx: Queryable, given: CalibratedCamera): Promise<void> {
  const { id, name, source, input, target } = given;
  const { model, quality } = buildCalibration(target, input);
  const cell = await findCellAt(tx, target.position);
  await repository.insertCamera(tx, {
    id,
    nameZh: name.zh,
    nameEn: name.en,
    source,
    position: roundPosition(target.position),
    width: target.width,
    height: target.height,
    communityCode: cell.communityCode,
    subdistrictCode: cell.subdistrictCode,
    rangeMetres: target.rangeMetres,
    sample: true,
  });
  await repository.saveCalibration(tx, {
    cameraId: id,
    input,
    model,
    quality,
    coverage: await findCoverage(tx, model),
    byUser: undefined,
    at: new Date(),
  });
  await renewVersions(tx, 'cameras', 'coverage');
}

/** The ground a camera sees within its range, cut by buildings; undefined when it sees none. */
export async function findCoverage(db: Queryable, model: CameraModel) {
  const open = coveragePolygon(model);
  if (open.coordinates.length === 0) return undefined;
  const buildings = await repository.listBuildingsIn(db, open);
  const seen = cutCoverageByBuildings(
    open,
    { position: model.position, heightMetres: model.pose.heightMetres },
    buildings,
  );
  return seen.coordinates.length === 0 ? undefined : seen;
}

/** A camera changed: the map's layers are made anew, every screen that may see it is told, the audit keeps it. */
async function announce(
  tx: Queryable,
  { id, user, action, at }: { id: string; user: SessionUser; action: string; at: Date },
): Promise<void> {
  await renewVersions(tx, 'cameras', 'coverage');
  const { rangeMetres: _, ...patch } = await getCamera(tx, user.scope, id);
  const rooms = [
    `district:${patch.subdistrictCode.slice(0, 6)}`,
    `subdistrict:${patch.subdistrictCode}`,
    `community:${patch.communityCode}`,
  ];
  await appendOutbox(tx, { at, kind: 'camera', id, patch, roomsBefore: rooms, roomsAfter: rooms });
  await appendAudit(tx, { at, userId: user.id, username: user.username, action, subject: id });
}

/** `projectFromCamera` with the cell of the ground point, where it lies in the district. */
export async function projectToCell(
  db: Queryable,
  camera: CameraRecord,
  spot: PictureSpot,
): Promise<Projection> {
  const projection = projectFromCamera(camera, spot);
  try {
    const { code } = await findCellAt(db, projection.ground);
    return { ...projection, cell: { code } };
  } catch (error) {
    if (error instanceof AppError && error.code === 'POSITION_OUTSIDE_DISTRICT') return projection;
    throw error;
  }
}

/** Where on the picture a position is. @throws CAMERA_NOT_CALIBRATED */
export function unprojectToCamera(camera: CameraRecord, position: LonLat) {
  return unproject(requireModel(camera), position);
}
