import type { LonLat } from '#contract/shared';
import { toWgs84, type Datum } from '../grid/convert-datum.ts';
import type { Bounds } from '../grid/list-query.ts';

export interface TypedPosition {
  /** WGS 84, rounded to 1e-7 degree. */
  position: LonLat;
  /** What the numbers were taken for. */
  datum: Datum;
}

const DATUM_WORDS: [Datum, RegExp][] = [
  ['gcj02', /gcj[-\s]?02|高德|腾讯|火星/giu],
  ['bd09', /bd[-\s]?09|百度/giu],
  ['wgs84', /wgs[-\s]?84|gps|cgcs[-\s]?2000/giu],
];

const NUMBER = String.raw`[+-]?\d{1,3}(?:\.\d+)?`;
const MINUTES = String.raw`(?:\s*(\d{1,2}(?:\.\d+)?)\s*['′分](?:\s*(\d{1,2}(?:\.\d+)?)\s*["″秒])?)?`;
const SIDE = '北纬|南纬|东经|西经|[NSEW]';
const COORDINATE = String.raw`(${SIDE})?\s*(${NUMBER})(?:\s*([°度])${MINUTES})?\s*([NSEW])?`;
const PAIR = new RegExp(String.raw`^${COORDINATE}(?:\s*[,;/]\s*|\s+|(?=[东西南北NSEW]))${COORDINATE}$`, 'iu');

interface Coordinate {
  degrees: number;
  axis: 'lon' | 'lat' | undefined;
}

/**
 * A position as people type or paste it: `103.78,36.06`, `36.06N 103.78E`, `北纬36.06 东经103.78`,
 * `36°03'48"N 103°45'39"E`, with the datum named or not (`gcj02 103.78,36.06`, `高德 …`). Where neither letters nor
 * sizes say which number is which, the order is the one that lies in `home`, else longitude first. Undefined for
 * anything else; whole numbers without a comma are codes, not positions.
 */
export function parsePosition(typed: string, home?: Bounds): TypedPosition | undefined {
  const found = DATUM_WORDS.find(([, words]) => typed.search(words) >= 0);
  const datum = found?.[0] ?? 'wgs84';
  const text = (found ? typed.replace(found[1], ' ') : typed)
    .replace(/[，、；]/gu, ',')
    .replace(/^[\s:：,]+|[\s:：,]+$/gu, '');
  const match = PAIR.exec(text);
  if (!match) return undefined;
  const first = readCoordinate(match.slice(1, 7));
  const second = readCoordinate(match.slice(7, 13));
  const marked = first.axis !== undefined || second.axis !== undefined;
  if (!marked && !/[,;/°度]/u.test(text) && !(text.match(/\./gu)?.length === 2)) return undefined;
  const given = orderOf(first, second, home);
  if (!given || Math.abs(given.lon) > 180 || Math.abs(given.lat) > 90) return undefined;
  const { lon, lat } = toWgs84(given, datum);
  return { position: { lon: round(lon), lat: round(lat) }, datum };
}

function readCoordinate([before, number, , minutes, seconds, after]: (string | undefined)[]): Coordinate {
  const side = (before ?? after ?? '').toUpperCase();
  const value = Number(number);
  const size = Math.abs(value) + Number(minutes ?? 0) / 60 + Number(seconds ?? 0) / 3600;
  const negative = value < 0 || side === 'S' || side === 'W' || side === '南纬' || side === '西经';
  const axis = /^(?:[NS]|北纬|南纬)$/u.test(side) ? 'lat' : side === '' ? undefined : 'lon';
  return { degrees: negative ? -size : size, axis };
}

function orderOf(first: Coordinate, second: Coordinate, home: Bounds | undefined): LonLat | undefined {
  const straight = { lon: first.degrees, lat: second.degrees };
  const turned = { lon: second.degrees, lat: first.degrees };
  if (first.axis !== undefined && first.axis === second.axis) return undefined;
  if (first.axis === 'lon' || second.axis === 'lat') return straight;
  if (first.axis === 'lat' || second.axis === 'lon') return turned;
  if (Math.abs(first.degrees) > 90) return straight;
  if (Math.abs(second.degrees) > 90) return turned;
  return home && !isInside(straight, home) && isInside(turned, home) ? turned : straight;
}

function isInside({ lon, lat }: LonLat, { west, south, east, north }: Bounds): boolean {
  return lon >= west && lon <= east && lat >= south && lat <= north;
}

function round(degrees: number): number {
  return Math.round(degrees * 1e7) / 1e7;
}
