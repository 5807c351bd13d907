import sql, { empty, type Sql } from 'sql-template-tag';
import type { FeatureLayer, Property } from '../exports/feature-layers.ts';
import { appError } from '../errors.ts';

export const MOST_ITEMS = 5_000;
const USUAL_ITEMS = 500;

/** Parameters of `/items` besides the names of properties. */
const KNOWN = new Set(['bbox', 'datetime', 'limit', 'after', 'f']);

export interface ItemsQuery {
  limit: number;
  after: string | undefined;
  /** `and …` for everything asked for. */
  conditions: Sql;
}

/** @throws INVALID_INPUT for a parameter nobody knows, one given twice, or a value that is none */
export function readItemsQuery(layer: FeatureLayer, query: Record<string, unknown>): ItemsQuery {
  const given = readParameters(
    query,
    (name) => KNOWN.has(name) || layer.properties.some((one) => one.name === name),
  );
  const { bbox, datetime, limit, after } = given;
  if (after !== undefined && !layer.key.isPossible(after)) {
    throw wrong('after', 'must be that of a next link');
  }
  const equal = layer.properties.flatMap((property) => {
    const value = given[property.name];
    return value === undefined ? [] : [equals(property, value)];
  });
  return {
    limit: limit === undefined ? USUAL_ITEMS : readLimit(limit),
    after,
    conditions: sql`${bbox === undefined ? empty : inBox(layer, bbox)}
      ${datetime === undefined ? empty : during(layer, datetime)}
      ${equal.reduce((all, one) => sql`${all} ${one}`, empty)}`,
  };
}

/** Every parameter once and known; the standard answers 400 to the others. @throws INVALID_INPUT */
export function readParameters(
  query: Record<string, unknown>,
  isKnown: (name: string) => boolean,
): Partial<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(query).map(([name, value]) => {
      if (!isKnown(name)) throw wrong(name, 'is not known here');
      if (typeof value !== 'string') throw wrong(name, 'must be given once');
      if (name === 'f' && !['json', 'geojson'].includes(value)) throw wrong(name, 'must be json');
      return [name, value];
    }),
  );
}

/** More than there may be is as many as there may be (requirement /req/core/fc-limit-response-1). */
function readLimit(text: string): number {
  if (!/^[0-9]{1,9}$/.test(text) || Number(text) < 1) throw wrong('limit', 'must be a whole number from 1');
  return Math.min(Number(text), MOST_ITEMS);
}

/** Four numbers, or six with heights, which nothing here has; west beyond east crosses the date line. */
function inBox({ geometry }: FeatureLayer, text: string): Sql {
  const numbers = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  const [west = NaN, south = NaN, east = NaN, north = NaN] =
    numbers.length === 6 ? [numbers[0], numbers[1], numbers[3], numbers[4]] : numbers;
  const right = [4, 6].includes(numbers.length) && numbers.every(Number.isFinite) && south <= north;
  if (!right) throw wrong('bbox', 'must be west,south,east,north');
  if (!geometry) return sql`and false`;
  const box = (from: number, to: number) => {
    const envelope = sql`st_makeenvelope(${from}::float8, ${south}::float8, ${to}::float8, ${north}::float8, 4326)`;
    return geometry.type === 'Point'
      ? sql`${geometry.value} && ${envelope}`
      : sql`(${geometry.value} && ${envelope} and st_intersects(${geometry.value}, ${envelope}))`;
  };
  return west <= east ? sql`and ${box(west, east)}` : sql`and (${box(west, 180)} or ${box(-180, east)})`;
}

const INSTANT = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2}))?$/i;

/** An instant, or `from/to` where `..` or nothing leaves an end open. What has no time is there always. */
function during({ time }: FeatureLayer, text: string): Sql {
  const ends = text.split('/');
  const [first = '', second = first] = ends;
  const isOpen = (end: string) => ends.length === 2 && (end === '' || end === '..');
  const from = isOpen(first) ? undefined : readInstant(first);
  const to = isOpen(second) ? undefined : readInstant(second, true);
  if (ends.length > 2 || (from && to && from > to))
    throw wrong('datetime', 'must be an instant or an interval');
  if (!time) return empty;
  return sql`${to ? sql`and ${time.start} <= ${to}` : empty}
    ${from ? sql`and coalesce(${time.end}, 'infinity'::timestamptz) >= ${from}` : empty}`;
}

/** A day alone begins at its midnight, and as an end lasts to its last moment. */
function readInstant(text: string, asEnd = false): Date {
  const isDay = text.length === 10;
  const at = INSTANT.test(text)
    ? new Date(isDay && asEnd ? `${text}T23:59:59.999Z` : text.toUpperCase())
    : undefined;
  if (!at || Number.isNaN(at.getTime())) throw wrong('datetime', 'must be RFC 3339');
  return at;
}

function equals({ name, type, value }: Property, text: string): Sql {
  switch (type) {
    case 'string':
      return sql`and ${value} = ${text}`;
    case 'boolean':
      if (text !== 'true' && text !== 'false') throw wrong(name, 'must be true or false');
      return sql`and ${value} = ${text === 'true'}`;
    case 'integer':
    case 'number':
      if (text.trim() === '' || !Number.isFinite(Number(text))) throw wrong(name, 'must be a number');
      return sql`and ${value} = ${Number(text)}::float8`;
    case 'date':
      return sql`and ${value}::text = ${text}`;
    case 'date-time':
      return sql`and date_trunc('milliseconds', ${value}) = ${readInstant(text)}`;
  }
}

function wrong(parameter: string, message: string) {
  return appError('INVALID_INPUT', { where: 'querystring', problems: [{ path: `/${parameter}`, message }] });
}
