import { createHash } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import type { CaseDetail } from '#contract/cases';
import type { FramingResult, NewFraming } from '#contract/reports';
import type { Resolution } from '#contract/units';
import { answerOf, once } from '../access/idempotency.ts';
import type { SessionUser } from '../access/session-user.ts';
import { insertAttachment } from '../attachments/service.ts';
import { getCamera } from '../cameras/service.ts';
import { openForReports } from '../cases/service.ts';
import type { Context } from '../context.ts';
import type { Queryable } from '../db/database.ts';
import { findClass } from '../dictionary/service.ts';
import { dutyChannel, resolveUnit } from '../units/service.ts';
import { prepareFiling, saveAttachment, saveFiling } from './decide-report.ts';
import { keepPicture, readStill, requireRecordedTime, type FramedPicture } from './framed-picture.ts';
import { newReport } from './new-report.ts';
import { placeReport } from './place-report.ts';
import { projectFraming, type Projected } from './project-framing.ts';
import { appendReportChange } from './report-change.ts';
import { toReport, type ReportPlace, type ReportRecord } from './report-record.ts';
import { insertFraming, insertReport, type FramingRow } from './repository.ts';
import { UNDO_MS } from './undo-framing.ts';

interface FramingRequest {
  body: NewFraming;
  /** The JPEG of a multipart body; else it stands in the body. */
  still: Buffer | undefined;
  key: string | undefined;
}

/**
 * A rectangle on a picture becomes a report; with `file`, a case given to the responsible unit; with `attachTo`,
 * another report of that case. Everything is read, projected and put on disk first, then one short transaction.
 * @throws CAMERA_NOT_FOUND, CAMERA_NOT_CALIBRATED, TIME_OUTSIDE_RING, RECTANGLE_*, UNKNOWN_CLASS, UNKNOWN_CONDITION,
 *   UNKNOWN_PART, POSITION_OUTSIDE_DISTRICT, NOT_AN_IMAGE, TOO_LARGE, CASE_NOT_FOUND, ACTION_NOT_ALLOWED,
 *   STALE_VERSION, IDEMPOTENCY_KEY_REUSED, DEADLINE_OUTSIDE_CALENDAR
 */
export async function createFraming(
  context: Context,
  user: SessionUser,
  request: FramingRequest,
): Promise<FramingResult> {
  const { db } = context;
  const now = context.clock.now();
  const { still: inline, ...body } = request.body;
  const picture = request.still ?? inline;
  const claim = {
    userId: user.id,
    key: request.key,
    request: { path: 'framings', body, still: picture === undefined ? null : sha256(picture) },
    at: now,
  };
  const answered = await answerOf<FramingResult>(db, claim);
  if (answered) return answered;

  const camera = await getCamera(db, user.scope, body.cameraId);
  const entry = await findClass(db, body.class, now);
  const projected = projectFraming(camera, body.box, entry.stance);
  const atMicros = await requireRecordedTime(context, camera.id, body.at);
  const still = picture === undefined ? undefined : readStill(picture);
  const place = await placeReport(db, projected.ground);
  const resolution = await resolveUnit(db, {
    class: entry.id,
    position: place.position,
    part: body.part,
    limitId: body.condition,
    place: body.place,
    channel: dutyChannel('video', user.scope, place),
    at: now,
  });
  const target =
    body.attachTo === undefined ? undefined : await openForReports(db, user.scope, body.attachTo);
  const kept = await keepPicture(context, { cameraId: camera.id, atMicros, still, userId: user.id });
  const report = describeReport(context, user, { body, place, resolution, projected, kept, now });
  const framing: FramingRow = {
    id: uuid(),
    reportId: report.id,
    cameraId: camera.id,
    calibrationVersion: camera.calibrationVersion,
    at: body.at,
    box: body.box,
    stillId: kept.still?.id ?? null,
    evidenceId: kept.evidence?.id ?? null,
    ellipse: projected.ellipse,
    createdBy: user.id,
    footprint: projected.footprint,
    ground: place.position,
  };
  const file =
    body.file && !target
      ? await prepareFiling(context, user, {
          report,
          place,
          entry,
          resolution,
          framing: toCaseFraming(framing),
          now,
        })
      : undefined;

  const result = await db.transaction((tx) =>
    once(tx, claim, async () => {
      await insertPictures(tx, kept);
      const decided = file
        ? await saveFiling(context, tx, user, { report, file, now })
        : target
          ? await saveAttachment(context, tx, user, { report, target, now })
          : { report };
      await insertReport(tx, decided.report);
      await insertFraming(tx, framing);
      await appendReportChange(tx, decided.report, { now });
      return toResult(framing, decided, now);
    }),
  );
  context.publish();
  return result;
}

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

function describeReport(
  context: Context,
  user: SessionUser,
  given: {
    body: NewFraming;
    place: ReportPlace;
    resolution: Resolution;
    projected: Projected;
    kept: FramedPicture;
    now: Date;
  },
): ReportRecord {
  const { body, place, resolution, projected, kept, now } = given;
  const { limit } = resolution;
  return {
    ...newReport(context, user, { channel: 'video', text: body.note ?? '', now, urgent: limit.urgent }),
    classId: resolution.class,
    className: resolution.className,
    limitId: limit.id,
    raw: {
      ...(resolution.place === undefined ? {} : { place: resolution.place }),
      dutyChannel: dutyChannel('video', user.scope, place),
    },
    accuracyMetres: projected.ellipse.semiMajorMetres,
    place,
    partCode: resolution.part?.code ?? null,
    cameraId: body.cameraId,
    stillId: kept.still?.id ?? null,
  };
}

function toCaseFraming({
  cameraId,
  at,
  box,
  footprint,
  ellipse,
  evidenceId,
}: FramingRow): CaseDetail['framing'] {
  return {
    cameraId,
    at: new Date(at).toISOString(),
    box,
    footprint,
    ellipse,
    ...(evidenceId === null ? {} : { evidenceId }),
  };
}

async function insertPictures(tx: Queryable, { still, evidence }: FramedPicture): Promise<void> {
  if (still) await insertAttachment(tx, still);
  if (evidence) await insertAttachment(tx, evidence);
}

function toResult(
  framing: FramingRow,
  decided: { report: ReportRecord; case?: CaseDetail },
  now: Date,
): FramingResult {
  return {
    id: framing.id,
    report: toReport(decided.report),
    ...(decided.case ? { case: decided.case } : {}),
    attached: decided.report.state === 'merged',
    undoUntil: new Date(now.getTime() + UNDO_MS).toISOString(),
    ground: framing.ground,
    footprint: framing.footprint,
    ellipse: framing.ellipse,
  };
}
