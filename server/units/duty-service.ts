import type { Duty, DutyCoverage } from '#contract/units';
import type { CalendarDay } from '../clock/calendar-day.ts';
import type { Database } from '../db/database.ts';
import { findAnyClass, readDictionary } from '../dictionary/service.ts';
import { appError } from '../errors.ts';
import * as duties from './duty-repository.ts';
import { findDutyGaps, PLACES, type GapPlace } from './find-duty-gaps.ts';

/** @throws UNKNOWN_CLASS */
export async function listDuties(
  db: Database,
  { class: classId, ...filter }: Omit<duties.DutyFilter, 'class'> & { class?: string | undefined },
): Promise<{ items: Duty[]; next?: string }> {
  const of = classId === undefined ? undefined : await findAnyClass(db, classId);
  return duties.listDuties(db, { ...filter, class: of });
}

/** Where nobody, or more than one, is responsible on the day. @throws UNKNOWN_DIVISION */
export async function getDutyCoverage(
  db: Database,
  { on, division }: { on: CalendarDay; division?: string | undefined },
): Promise<DutyCoverage> {
  const [{ classes }, areas, held] = [
    await readDictionary(db, on),
    await duties.listAreas(db, division),
    await duties.listDutiesOn(db, on),
  ];
  if (division !== undefined && !areas.some(({ code }) => code === division)) {
    throw appError('UNKNOWN_DIVISION', { division });
  }
  const gaps = findDutyGaps({
    on,
    classes,
    divisions: areas.map(({ code }) => code),
    duties: held.map(({ duty, row }) => ({ duty, kind: row.kind })),
  });
  const nameOf = new Map(classes.map(({ id, name }) => [id, name]));
  const rowOf = new Map(held.map(({ duty, row }) => [duty.id, row]));
  const areaOf = new Map(areas.map((area) => [area.code, area]));
  const name = (id: string) => nameOf.get(id) ?? { zh: id, en: id };
  const holes = areas.map((area) => ({
    divisionCode: area.code,
    divisionName: area.name,
    classes: gaps.holes
      .filter((hole) => hole.division === area.code)
      .map((hole) => ({ id: hole.class, name: name(hole.class), ...onlyOn(hole.places) })),
  }));
  const [top] = areas;
  return {
    on,
    classes: classes.length,
    areas: gaps.areas,
    holes: holes.filter((area) => area.classes.length > 0),
    overlaps: gaps.overlaps.map((overlap) => {
      const area = overlap.division === top?.code ? undefined : areaOf.get(overlap.division);
      const { channel, decided } = overlap;
      return {
        class: overlap.class,
        className: name(overlap.class),
        ...(area ? { divisionCode: area.code, divisionName: area.name } : {}),
        ...onlyOn(overlap.places),
        ...(channel === undefined ? {} : { channel }),
        duties: overlap.duties.flatMap((id) => rowOf.get(id) ?? []),
        winner: overlap.duties[0] ?? 0,
        decided,
      };
    }),
  };
}

function onlyOn(places: GapPlace[]): { places?: GapPlace[] } {
  return places.length === PLACES.length ? {} : { places };
}
