import { Type } from 'typebox';
import sql, { empty, type Sql } from 'sql-template-tag';
import { appError } from '../errors.ts';

/** [west, south, east, north] in WGS 84 degrees. */
export interface Bounds {
  west: number;
  south: number;
  east: number;
  north: number;
}

/** What every list of the register takes: an extent, a search, and a keyset page. */
export const listQuery = {
  bbox: Type.Optional(
    Type.String({ maxLength: 120, description: 'west,south,east,north in WGS 84 degrees' }),
  ),
  q: Type.Optional(Type.String({ minLength: 1, maxLength: 80 })),
  after: Type.Optional(Type.String({ maxLength: 80 })),
  limit: Type.Integer({ minimum: 1, maximum: 500, default: 100 }),
};

export interface ListFilter {
  bounds?: Bounds;
  q?: string;
  after?: string;
  limit: number;
}

/** @throws INVALID_INPUT when the extent is not four numbers in order */
export function toListFilter(query: {
  bbox?: string;
  q?: string;
  after?: string;
  limit: number;
}): ListFilter {
  return {
    limit: query.limit,
    ...(query.bbox === undefined ? {} : { bounds: parseBounds(query.bbox) }),
    ...(query.q === undefined ? {} : { q: query.q }),
    ...(query.after === undefined ? {} : { after: query.after }),
  };
}

/** `103.6,36.0,103.7,36.1` → bounds. @throws INVALID_INPUT */
export function parseBounds(text: string): Bounds {
  const numbers = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  const [west = NaN, south = NaN, east = NaN, north = NaN] = numbers;
  const right =
    numbers.length === 4 &&
    Math.abs(west) <= 180 &&
    Math.abs(east) <= 180 &&
    Math.abs(south) <= 90 &&
    Math.abs(north) <= 90 &&
    west <= east &&
    south <= north;
  if (!right) throw appError('INVALID_INPUT', { bbox: text });
  return { west, south, east, north };
}

/** `and <column> && <extent>`, or nothing. */
export function withinBounds(column: Sql, bounds: Bounds | undefined): Sql {
  if (!bounds) return empty;
  return sql`and ${column} && st_makeenvelope(${bounds.west}, ${bounds.south}, ${bounds.east}, ${bounds.north}, 4326)`;
}

/** A pattern for `like` that finds the text anywhere, its own % and _ meaning themselves. */
export function containsPattern(text: string): string {
  return `%${escapePattern(text)}%`;
}

export function startsPattern(text: string): string {
  return `${escapePattern(text)}%`;
}

function escapePattern(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

/** Cuts one row fetched beyond the limit, and says where the next page starts. */
export function toPage<Row, Item>(
  rows: readonly Row[],
  limit: number,
  toItem: (row: Row) => Item,
  keyOf: (row: Row) => string,
): { items: Item[]; next?: string } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(toItem),
    ...(rows.length > limit && last !== undefined ? { next: keyOf(last) } : {}),
  };
}
