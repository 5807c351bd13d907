import gcoord from 'gcoord';
import proj4 from 'proj4';
import { appError } from '../../errors.ts';

/** Turns coordinates of the file, x (east) before y (north), into WGS 84 degrees; writes to `out`. */
export type ToWgs84 = (x: number, y: number, out: [number, number]) => void;

const asIs: ToWgs84 = (x, y, out) => {
  out[0] = x;
  out[1] = y;
};

/**
 * How coordinates in a datum or reference system become WGS 84. CGCS2000 (EPSG:4490) is taken as WGS 84: they differ by
 * centimetres. GCJ-02 and BD-09 are undone to well under half a metre.
 *
 * @throws IMPORT_UNKNOWN_REFERENCE_SYSTEM where there is neither a rule here nor a `definition` (WKT or PROJ)
 */
export function toWgs84From(datum: string, definition?: string): ToWgs84 {
  if (datum === 'wgs84' || datum === 'EPSG:4326' || datum === 'EPSG:4490' || datum === 'EPSG:4979')
    return asIs;
  if (datum === 'gcj02') return byGcoord(gcoord.GCJ02);
  if (datum === 'bd09') return byGcoord(gcoord.BD09);
  const found = definitionOf(datum) ?? definition;
  if (!found) throw appError('IMPORT_UNKNOWN_REFERENCE_SYSTEM', { datum });
  let transform: proj4.Converter;
  try {
    transform = proj4(found, 'WGS84');
  } catch (error) {
    throw appError('IMPORT_UNKNOWN_REFERENCE_SYSTEM', { datum, message: (error as Error).message });
  }
  return (x, y, out) => {
    if (!Number.isFinite(x) || !Number.isFinite(y)) {
      out[0] = NaN;
      out[1] = NaN;
      return;
    }
    const [lon, lat] = transform.forward([x, y]);
    out[0] = lon!;
    out[1] = lat!;
  };
}

function byGcoord(from: typeof gcoord.GCJ02 | typeof gcoord.BD09): ToWgs84 {
  return (x, y, out) => {
    const position = gcoord.transform<[number, number]>([x, y], from, gcoord.WGS84);
    out[0] = position[0];
    out[1] = position[1];
  };
}

/** Is the unit degrees? */
export function isGeographic(datum: string): boolean {
  return ['wgs84', 'gcj02', 'bd09', 'EPSG:4326', 'EPSG:4490', 'EPSG:4979'].includes(datum);
}

const US_FOOT = 1200 / 3937;

/** Lambert systems of the United States' State Planes that open data of cities comes in; feet. Source: EPSG registry. */
const lambert: Record<number, string> = {
  2263: '+lat_1=41.0333333333333 +lat_2=40.6666666666667 +lat_0=40.1666666666667 +lon_0=-74 +x_0=300000.0000000001 +y_0=0',
  2227: '+lat_1=38.4333333333333 +lat_2=37.0666666666667 +lat_0=36.5 +lon_0=-120.5 +x_0=2000000.0001016 +y_0=500000.0001016',
  2229: '+lat_1=35.4666666666667 +lat_2=34.0333333333333 +lat_0=33.5 +lon_0=-118 +x_0=2000000.0001016 +y_0=500000.0001016',
};

/**
 * PROJ definition of systems that follow a rule: UTM (326xx, 327xx), CGCS2000 Gauss-Krüger (4491–4554; with the number
 * of the zone before the easting up to 4501 and from 4513 to 4533), web mercator, some of the United States.
 */
export function definitionOf(datum: string): string | undefined {
  const code = Number(datum.replace('EPSG:', ''));
  if (code === 3857 || code === 900913)
    return '+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m +nadgrids=@null +no_defs';
  const utm =
    code >= 32601 && code <= 32660 ? code - 32600 : code >= 32701 && code <= 32760 ? code - 32700 : 0;
  if (utm) return `+proj=utm +zone=${utm} ${code > 32700 ? '+south ' : ''}+datum=WGS84 +units=m +no_defs`;
  const zone = cgcs2000Zone(code);
  if (zone)
    return `+proj=tmerc +lat_0=0 +lon_0=${zone.meridian} +k=1 +x_0=${zone.falseEasting} +y_0=0 +ellps=GRS80 +units=m +no_defs`;
  const state = lambert[code];
  return state === undefined
    ? undefined
    : `+proj=lcc ${state} +ellps=GRS80 +towgs84=0,0,0,0,0,0,0 +to_meter=${US_FOOT} +no_defs`;
}

/** Six-degree zones 13–23, three-degree zones 25–45; each with and without its number before the easting. */
function cgcs2000Zone(code: number): { meridian: number; falseEasting: number } | undefined {
  if (code >= 4491 && code <= 4501) {
    const zone = code - 4491 + 13;
    return { meridian: zone * 6 - 3, falseEasting: zone * 1e6 + 500_000 };
  }
  if (code >= 4502 && code <= 4512) return { meridian: (code - 4502 + 13) * 6 - 3, falseEasting: 500_000 };
  if (code >= 4513 && code <= 4533) {
    const zone = code - 4513 + 25;
    return { meridian: zone * 3, falseEasting: zone * 1e6 + 500_000 };
  }
  if (code >= 4534 && code <= 4554) return { meridian: (code - 4534 + 25) * 3, falseEasting: 500_000 };
  return undefined;
}

/** Systems tried, best first, when coordinates are not degrees; with the area [west, south, east, north] each is for. */
export function candidateSystems(
  x: number,
  y: number,
): { datum: string; area: [number, number, number, number] }[] {
  const list: { datum: string; area: [number, number, number, number] }[] = [];
  const prefix = Math.floor(x / 1e6);
  if (prefix >= 25 && prefix <= 45) list.push(zoneArea(4513 + prefix - 25, prefix * 3, 1.7));
  if (prefix >= 13 && prefix <= 23) list.push(zoneArea(4491 + prefix - 13, prefix * 6 - 3, 3.2));
  if (x > 1e5 && x < 9e5 && y > 1.8e6 && y < 6e6) {
    for (let zone = 25; zone <= 45; zone++) list.push(zoneArea(4534 + zone - 25, zone * 3, 1.7));
    for (let zone = 43; zone <= 53; zone++) list.push(zoneArea(32600 + zone, zone * 6 - 183, 3.2));
  }
  list.push({ datum: 'EPSG:2263', area: [-74.26, 40.47, -71.8, 41.3] });
  list.push({ datum: 'EPSG:2227', area: [-123.56, 36.73, -117.83, 38.71] });
  list.push({ datum: 'EPSG:2229', area: [-121.42, 32.76, -114.12, 35.81] });
  list.push({ datum: 'EPSG:3857', area: [73, 3, 136, 54] });
  return list;
}

function zoneArea(code: number, meridian: number, half: number) {
  return {
    datum: `EPSG:${code}`,
    area: [meridian - half, 3, meridian + half, 54] as [number, number, number, number],
  };
}
