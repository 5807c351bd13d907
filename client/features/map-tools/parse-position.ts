import gcoord from 'gcoord';
import proj4 from 'proj4';
import type { LonLat } from '#contract/shared';
import { gaussKruger } from '../../map/measure/write-position.ts';

export interface ParsedPosition {
  /** WGS 84. */
  position: LonLat;
  datum: 'wgs84' | 'gcj02' | 'bd09' | 'gk';
}

/** Where Chinese cities are: tells longitude and latitude apart whichever comes first. */
const isChineseLon = (value: number) => value >= 73 && value <= 136;
const isChineseLat = (value: number) => value >= 3 && value <= 54;

const DATUM = /^\s*(wgs-?84|cgcs2000|gcj-?02|bd-?09|gk\s*(\d{2,3}))\s*[:：]?\s*/i;
const DEGREES = /(-?\d+(?:\.\d+)?)\s*°\s*(?:(\d+(?:\.\d+)?)\s*['′]\s*)?(?:(\d+(?:\.\d+)?)\s*["″]\s*)?/g;

/**
 * A position as people write it: `103.78,36.06` in either order, `36.06N 103.78E`, `36°03'36"N 103°46'48"E`, with
 * `gcj02`, `bd09` or `gk105` (X to the north, Y to the east, metres) before it. Undefined when it is none.
 */
export function parsePosition(text: string): ParsedPosition | undefined {
  const [prefix = '', name = '', meridian] = DATUM.exec(text) ?? [];
  const rest = text.slice(prefix.length).trim().replaceAll('，', ',');
  const datum = datumOf(name);
  const pair = meridian === undefined ? readPair(rest) : readMetres(rest, Number(meridian));
  if (!pair) return undefined;
  const { lon, lat } = pair;
  if (!(Math.abs(lon) <= 180 && Math.abs(lat) <= 90)) return undefined;
  if (datum === 'wgs84' || datum === 'gk') return { position: pair, datum };
  const from = datum === 'gcj02' ? gcoord.GCJ02 : gcoord.BD09;
  const [x, y] = gcoord.transform([lon, lat], from, gcoord.WGS84);
  return { position: { lon: x, lat: y }, datum };
}

function datumOf(name: string): ParsedPosition['datum'] {
  const plain = name.toLowerCase().replace('-', '');
  if (plain.startsWith('gk')) return 'gk';
  return plain === 'gcj02' || plain === 'bd09' ? plain : 'wgs84';
}

function readPair(text: string): LonLat | undefined {
  const withDegrees = text.replaceAll(DEGREES, (_, whole: string, minutes = '0', seconds = '0') => {
    const size = Math.abs(Number(whole)) + Number(minutes) / 60 + Number(seconds) / 3600;
    return ` ${whole.startsWith('-') ? -size : size} `;
  });
  const pattern =
    /^\s*([NSEW])?\s*(-?\d{1,3}(?:\.\d+)?)\s*([NSEW])?\s*[,;\s]\s*([NSEW])?\s*(-?\d{1,3}(?:\.\d+)?)\s*([NSEW])?\s*$/i;
  const found = pattern.exec(withDegrees);
  if (!found) return undefined;
  const [, before1 = '', one = '', after1 = '', before2 = '', two = '', after2 = ''] = found;
  const [side1, side2] = [(before1 || after1).toUpperCase(), (before2 || after2).toUpperCase()];
  const a = Number(one) * (/[SW]/.test(side1) ? -1 : 1);
  const b = Number(two) * (/[SW]/.test(side2) ? -1 : 1);
  if (/[NS]/.test(side1) || /[EW]/.test(side2)) return { lon: b, lat: a };
  if (/[EW]/.test(side1) || /[NS]/.test(side2)) return { lon: a, lat: b };
  const latFirst = Math.abs(b) > 90 || (isChineseLat(a) && isChineseLon(b) && !isChineseLon(a));
  return latFirst ? { lon: b, lat: a } : { lon: a, lat: b };
}

function readMetres(text: string, meridian: number): LonLat | undefined {
  const [, x, y] = /^\s*X?\s*(\d{6,8}(?:\.\d+)?)\s*[,;\s]\s*Y?\s*(\d{5,8}(?:\.\d+)?)\s*$/i.exec(text) ?? [];
  if (x === undefined || y === undefined) return undefined;
  // A zone's number before the easting is left out.
  const east = Number(y) % 1_000_000;
  const [lon, lat] = proj4(gaussKruger(meridian)).inverse([east, Number(x)]);
  return { lon, lat };
}
