import type { FramingPreview, PreviewRequest } from '#contract/reports';
import type { SessionUser } from '../access/session-user.ts';
import { getCamera } from '../cameras/service.ts';
import { findSimilarCases, toCaseSummary } from '../cases/service.ts';
import type { Context } from '../context.ts';
import { findClass } from '../dictionary/service.ts';
import { findPlaceAt } from '../grid/service.ts';
import { listNearestParts } from '../parts/service.ts';
import { dutyChannel, resolveUnit } from '../units/service.ts';
import { divisionNamesOf, placeReport } from './place-report.ts';
import { projectFraming } from './project-framing.ts';
import { findCellOutline } from './repository.ts';

const NEAR_PARTS = 5;

/**
 * What the map shows while the rectangle is being drawn, ten times a second: nothing is written.
 * Without a class the thing is taken to stand upright, and nobody is responsible yet.
 * @throws as a framing would, apart from the time
 */
export async function previewFraming(
  context: Context,
  user: SessionUser,
  request: PreviewRequest,
): Promise<FramingPreview> {
  const { db } = context;
  const now = context.clock.now();
  const [camera, entry] = await Promise.all([
    getCamera(db, user.scope, request.cameraId),
    request.class === undefined ? undefined : findClass(db, request.class, now),
  ]);
  const projected = projectFraming(camera, request.box, entry?.stance ?? 'upright');
  const place = await placeReport(db, projected.ground);
  const { position } = place;
  const [cellOutline, divisionNames, surface, parts, resolution, similar] = await Promise.all([
    findCellOutline(db, place.cellCode),
    divisionNamesOf(db, place),
    findPlaceAt(db, position),
    listNearestParts(db, position, { scope: { kind: 'district', code: '' }, count: NEAR_PARTS }),
    entry &&
      resolveUnit(db, {
        class: entry.id,
        position,
        limitId: request.condition,
        channel: dutyChannel('video', user.scope, place),
        at: now,
      }),
    entry ? findSimilarCases(context, user, { classId: entry.id, position, now }) : [],
  ]);
  if (!cellOutline) throw new Error(`cell ${place.cellCode} has gone`);
  return {
    ground: position,
    footprint: projected.footprint,
    ellipse: projected.ellipse,
    cell: { code: place.cellCode },
    cellOutline,
    divisionNames,
    ...(surface === undefined ? {} : { place: surface }),
    parts,
    ...(resolution ? { resolution } : {}),
    similar: similar.map((record) => ({
      ...toCaseSummary(record, now),
      distanceMetres: record.distanceMetres,
    })),
  };
}
