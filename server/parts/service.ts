import type { Scope } from '#contract/access';
import type { NearPart } from '#contract/grid';
import type { Part, PartFilter } from '#contract/parts';
import type { LonLat, Names } from '#contract/shared';
import type { Queryable } from '../db/database.ts';
import { appError } from '../errors.ts';
import * as repository from './repository.ts';

/** How far a search for near parts looks first; only an empty answer looks farther. */
const NEAR_METRES = 50;
/** Where it looks next; beyond the last it looks at every part there is. */
const WIDER_METRES = [400, 3_200, 25_600, 204_800];

export function listParts(
  db: Queryable,
  scope: Scope,
  filter: PartFilter,
  page: { after?: string | undefined; limit: number },
): Promise<{ items: Part[]; next?: string }> {
  return repository.listParts(db, scope, filter, page);
}

/** @throws NOT_FOUND, outside the scope too */
export async function getPart(db: Queryable, scope: Scope, code: string): Promise<Part> {
  const part = await repository.findPart(db, scope, code);
  if (!part) throw appError('NOT_FOUND', { part: code });
  return part;
}

export function findPart(db: Queryable, scope: Scope, code: string): Promise<Part | undefined> {
  return repository.findPart(db, scope, code);
}

/**
 * The nearest parts, in metres on the ellipsoid: those within 50 m, or, when there is none, the single nearest.
 */
export async function listNearestParts(
  db: Queryable,
  position: LonLat,
  { scope, count }: { scope: Scope; count: number },
): Promise<NearPart[]> {
  if (count === 0) return [];
  const near = await repository.listNearParts(db, position, { scope, count, withinMetres: NEAR_METRES });
  if (near.length > 0) return near;
  for (const withinMetres of WIDER_METRES) {
    const [nearest] = await repository.listNearParts(db, position, { scope, count: 1, withinMetres });
    if (nearest) return [nearest];
  }
  return repository.listNearParts(db, position, { scope, count: 1 });
}

/** The nearest part of a class within a distance; removed parts do not count. */
export async function findNearestOfClass(
  db: Queryable,
  position: LonLat,
  { scope, class: classId, withinMetres }: { scope: Scope; class: string; withinMetres: number },
): Promise<NearPart | undefined> {
  const [nearest] = await repository.listNearParts(db, position, {
    scope,
    count: 1,
    class: classId,
    withinMetres,
  });
  return nearest;
}

export function countPartsByClass(
  db: Queryable,
  scope: Scope,
  cellCode: string,
): Promise<{ class: string; className: Names; count: number }[]> {
  return repository.countPartsByClass(db, scope, cellCode);
}

/** Metres on the ellipsoid from a part to a position; infinite for a part that is not there. */
export async function distanceTo(db: Queryable, code: string, position: LonLat): Promise<number> {
  return (await repository.measureDistance(db, code, position)) ?? Number.POSITIVE_INFINITY;
}
