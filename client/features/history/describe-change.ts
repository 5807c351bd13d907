import type { RegisterChange } from '#contract/history';
import type { LonLat } from '#contract/shared';

/** One field of a change, as text for people; undefined: it was empty. */
export interface ChangedField {
  field: string;
  before: unknown;
  after: unknown;
}

/** Kept for the program, or said better by another field. */
const silent = new Set(['version', 'changedAt', 'updatedAt', 'areaSquareMetres', 'cellCode', 'cellDays']);

export function changedFields({ before = {}, after = {} }: RegisterChange): ChangedField[] {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return fields
    .filter((field) => !silent.has(field))
    .map((field) => ({ field, before: before[field] ?? undefined, after: after[field] ?? undefined }));
}

/** A position in any of the shapes the history keeps one in. */
export function positionOf(value: unknown): LonLat | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { lon, lat, coordinates } = value as { lon?: unknown; lat?: unknown; coordinates?: unknown };
  if (typeof lon === 'number' && typeof lat === 'number') return { lon, lat };
  if (!Array.isArray(coordinates)) return undefined;
  const [x, y] = coordinates as unknown[];
  return typeof x === 'number' && typeof y === 'number' ? { lon: x, lat: y } : undefined;
}
