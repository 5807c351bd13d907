import type { ClockAxis } from '#clock/limits';
import type { Channel, Report } from '#contract/reports';
import type { LonLat, Names } from '#contract/shared';
import { roomsOfArea } from '../cases/service.ts';

export type ReportState = Report['state'];

/** Where a report lies, once it has a position. */
export interface ReportPlace {
  position: LonLat;
  cellCode: string;
  communityCode: string;
  subdistrictCode: string;
}

export interface ReportRecord {
  id: string;
  channel: Channel;
  /** The sender's own id, kept apart by sender. */
  sourceKey: string | null;
  classId: string | null;
  className: Names | null;
  limitId: number | null;
  text: string;
  reporter: { name?: string; phone?: string };
  /** What was said of the kind of place, and the channel by which duties know it where that says more. */
  raw: { place?: string; dutyChannel?: string } | null;
  state: ReportState;
  stateReason: string | null;
  caseId: string | null;
  accuracyMetres: number | null;
  place: ReportPlace | null;
  partCode: string | null;
  cameraId: string | null;
  stillId: string | null;
  createdBy: string | null;
  version: number;
  receivedAt: Date;
  /** The time its filing clock runs in. */
  axis: ClockAxis;
  dueAt: Date;
  warnAt: Date;
  decidedAt: Date | null;
}

/** The wire form: never who reported, which only the centre's own pages may ask for. */
export function toReport(record: ReportRecord): Report {
  const { place } = record;
  return {
    id: record.id,
    channel: record.channel,
    state: record.state,
    ...(record.stateReason === null ? {} : { stateReason: record.stateReason }),
    ...(record.classId === null ? {} : { class: record.classId }),
    ...(record.className === null ? {} : { className: record.className }),
    text: record.text,
    ...(place === null
      ? {}
      : {
          position: place.position,
          cell: { code: place.cellCode },
          communityCode: place.communityCode,
          subdistrictCode: place.subdistrictCode,
        }),
    ...(record.accuracyMetres === null ? {} : { accuracyMetres: record.accuracyMetres }),
    ...(record.caseId === null ? {} : { caseId: record.caseId }),
    ...(record.cameraId === null ? {} : { cameraId: record.cameraId }),
    ...(record.stillId === null ? {} : { stillId: record.stillId }),
    version: record.version,
    receivedAt: record.receivedAt.toISOString(),
    timing: record.axis,
    dueAt: record.dueAt.toISOString(),
    warnAt: record.warnAt.toISOString(),
  };
}

/** A report that lies nowhere yet is the business of the district alone. */
export function roomsOfReport({ place }: ReportRecord, district: string): string[] {
  return place ? roomsOfArea(place) : [`district:${district}`];
}
