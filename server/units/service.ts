import type { Scope } from '#contract/access';
import type { LonLat } from '#contract/shared';
import type { Part } from '#contract/parts';
import type { Resolution, Unit } from '#contract/units';
import type { Queryable } from '../db/database.ts';
import { ruleDayOf } from '../dictionary/rule-day.ts';
import { findClass, limitOf } from '../dictionary/service.ts';
import { appError } from '../errors.ts';
import { findCellAt } from '../grid/find-cell-at.ts';
import { roundPosition } from '../grid/round-position.ts';
import { findPlaceAt } from '../grid/service.ts';
import { distanceTo, findNearestOfClass, findPart } from '../parts/service.ts';
import { listDutiesOfClass } from './duty-repository.ts';
import * as repository from './repository.ts';
import { resolveUnit as decide, type ResolvedPart, type UnitRef } from './resolve-unit.ts';

export { listUnits } from './repository.ts';

const WHOLE_DISTRICT: Scope = { kind: 'district', code: '' };

/** A report by video from a subdistrict's own people about its own ground comes from its own video room. */
const OWN_VIDEO = 'subdistrict-video';

/**
 * The channel as duties name it (本街道视频监控, SPEC section 2): `subdistrict-video` where somebody of a subdistrict
 * reports by video what lies in it; else the channel of the report. The report itself keeps `video`.
 */
export function dutyChannel(channel: string, scope: Scope, place: { subdistrictCode: string }): string {
  const own = scope.kind === 'subdistrict' && scope.code === place.subdistrictCode;
  return channel === 'video' && own ? OWN_VIDEO : channel;
}

/** A thing this near to a part of its class is taken to be that part. */
const SAME_PART_METRES = 15;

/** @throws NOT_FOUND */
export async function getUnit(db: Queryable, code: string): Promise<Unit> {
  const unit = await repository.findUnit(db, code);
  if (!unit) throw appError('NOT_FOUND', { unit: code });
  return unit;
}

/** That each of them still takes cases. @throws UNIT_CLOSED */
export async function requireOpenUnits(db: Queryable, codes: readonly string[], at: Date): Promise<void> {
  if (codes.length === 0) return;
  const closed = await repository.findClosedUnit(db, codes, ruleDayOf(at));
  if (closed) throw appError('UNIT_CLOSED', closed);
}

export interface ResolveRequest {
  class: string;
  position: LonLat;
  /** code of the part it is about; for part classes the nearest within 15 m by default */
  part?: string | undefined;
  /** id of the class limit (the condition); else the class's default at this kind of place */
  limitId?: number | undefined;
  /** the kind of place; else that of the surface at the position */
  place?: string | undefined;
  channel?: string | undefined;
  at: Date;
}

/**
 * Who is responsible, by which limit, and why: the facts are read here, the decision is `decide`'s alone.
 * Reads in the order of the statements only, so it may run inside a transaction.
 * @throws UNKNOWN_CLASS, UNKNOWN_CONDITION, CLASS_WITHOUT_LIMIT, UNKNOWN_PART (no such part, or a part of another
 * class than the part class asked for), POSITION_OUTSIDE_DISTRICT
 */
export async function resolveUnit(db: Queryable, request: ResolveRequest): Promise<Resolution> {
  const { at } = request;
  const today = ruleDayOf(at);
  const entry = await findClass(db, request.class, at);
  const position = roundPosition(request.position);
  const cell = await findCellAt(db, position);
  const place = request.place ?? (await findPlaceAt(db, position));
  const limit = await limitOf(db, entry, at, { condition: request.limitId, place });
  const part = await findSubject(db, { ...request, position, kind: entry.kind });
  const stewards = [part?.part.owner?.code, part?.part.maintainer?.code].filter((code) => code !== undefined);
  const units = await repository.listUnitRefs(db, stewards, cell.subdistrictCode, today);
  const decision = decide({
    class: entry.id,
    today,
    divisions: [cell.subdistrictCode.slice(0, 6), cell.subdistrictCode, cell.communityCode],
    place,
    channel: request.channel,
    part: part && toResolvedPart(part.part, units.byCode),
    duties: await listDutiesOfClass(db, entry.id, entry.kind),
    territorial: units.territorial,
  });
  return {
    class: entry.id,
    className: entry.name,
    ...(decision.unit ? { unit: decision.unit } : {}),
    assistants: decision.assistants.map(({ code, name }) => ({ code, name })),
    ...(decision.proposed
      ? { proposed: { code: decision.proposed.code, name: decision.proposed.name } }
      : {}),
    limit,
    ...(part ? { part: { code: part.part.code, distanceMetres: part.distanceMetres } } : {}),
    ...(place ? { place } : {}),
    candidates: decision.candidates,
    ...(decision.winner === undefined ? {} : { winner: decision.winner }),
    why: decision.why,
  };
}

/** The part it is about: the one given, else for a part class the nearest of that class. */
async function findSubject(
  db: Queryable,
  request: { class: string; kind: 'part' | 'event'; position: LonLat; part?: string | undefined },
): Promise<{ part: Part; distanceMetres: number } | undefined> {
  if (request.part !== undefined) {
    const part = await findPart(db, WHOLE_DISTRICT, request.part);
    if (!part || (request.kind === 'part' && part.class !== request.class)) {
      throw appError('UNKNOWN_PART', { part: request.part, class: request.class });
    }
    return { part, distanceMetres: await distanceTo(db, part.code, request.position) };
  }
  if (request.kind !== 'part') return undefined;
  const nearest = await findNearestOfClass(db, request.position, {
    scope: WHOLE_DISTRICT,
    class: request.class,
    withinMetres: SAME_PART_METRES,
  });
  const part = nearest && (await findPart(db, WHOLE_DISTRICT, nearest.code));
  return part && { part, distanceMetres: nearest.distanceMetres };
}

function toResolvedPart(part: Part, units: ReadonlyMap<string, UnitRef>): ResolvedPart {
  const steward = (body: { code: string; name: string } | undefined) =>
    body && { code: body.code, name: body.name, unit: units.get(body.code) };
  return {
    code: part.code,
    owner: steward(part.owner),
    maintainer: steward(part.maintainer),
    maintenanceUntil: part.maintenanceUntil,
  };
}
