import gcoord from 'gcoord';
import proj4 from 'proj4';
import type { LonLat } from '#contract/shared';

/** What a position can be written in. The Gauss–Krüger zones are those of 3°. */
export const writtenDatums = ['wgs84', 'gcj02', 'bd09', 'gk'] as const;
export type WrittenDatum = (typeof writtenDatums)[number];

const gcoordNames = { gcj02: gcoord.GCJ02, bd09: gcoord.BD09 } as const;

/** The middle meridian of the zone of 3° that a longitude lies in. */
export function meridianOf(lon: number): number {
  return Math.round(lon / 3) * 3;
}

/** CGCS2000 is WGS 84 within a few centimetres, so one ellipsoid stands for both. */
export function gaussKruger(meridian: number): string {
  return `+proj=tmerc +lat_0=0 +lon_0=${meridian} +k=1 +x_0=500000 +y_0=0 +ellps=GRS80 +units=m +no_defs`;
}

/** `103.780000, 36.060000`; in Gauss–Krüger `X 3992345.1 Y 390123.4 (105°E)`, X to the north as surveyors have it. */
export function writePosition(position: LonLat, datum: WrittenDatum): string {
  const { lon, lat } = position;
  if (datum === 'gk') {
    const meridian = meridianOf(lon);
    const [east, north] = proj4(gaussKruger(meridian)).forward([lon, lat]);
    return `X ${north.toFixed(1)} Y ${east.toFixed(1)} (${meridian}°E)`;
  }
  const [x, y] =
    datum === 'wgs84' ? [lon, lat] : gcoord.transform([lon, lat], gcoord.WGS84, gcoordNames[datum]);
  return `${x.toFixed(6)}, ${y.toFixed(6)}`;
}
