import gcoord from 'gcoord';
import { Type, type Static } from 'typebox';
import type { LonLat } from '#contract/shared';

/** Where coordinates come from: GPS and this system, most Chinese maps, Baidu's (SPEC section 7). */
export const Datum = Type.Union([Type.Literal('wgs84'), Type.Literal('gcj02'), Type.Literal('bd09')]);
export type Datum = Static<typeof Datum>;

const SYSTEMS = { wgs84: gcoord.WGS84, gcj02: gcoord.GCJ02, bd09: gcoord.BD09 } as const;

/** The position in WGS 84 degrees. */
export function toWgs84({ lon, lat }: LonLat, datum: Datum): LonLat {
  if (datum === 'wgs84') return { lon, lat };
  const [convertedLon, convertedLat] = gcoord.transform([lon, lat], SYSTEMS[datum], gcoord.WGS84);
  return { lon: convertedLon, lat: convertedLat };
}
