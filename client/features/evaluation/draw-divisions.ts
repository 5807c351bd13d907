import type { Position } from 'geojson';
import type { LonLat, Names } from '#contract/shared';

interface Area {
  code: string;
  name: Names;
  rings: Position[][];
  labelAt: LonLat;
}

export interface DrawnArea {
  code: string;
  name: Names;
  /** SVG path. */
  path: string;
  labelAt: readonly [x: number, y: number];
  /** Width of the area at its largest, in pixels of the drawing: what a label has room for. */
  roomPixels: number;
}

const WIDTH = 640;
const RADIANS = Math.PI / 180;

/**
 * Outlines as SVG paths, north up, in an equirectangular projection true at the middle parallel: over the 50 km of a
 * district its scale is off by less than a part in 300.
 */
export function drawDivisions(areas: readonly Area[]): { width: number; height: number; areas: DrawnArea[] } {
  let [west, south, east, north] = [180, 90, -180, -90];
  for (const { rings } of areas) {
    for (const [lon = 0, lat = 0] of rings.flat()) {
      west = Math.min(west, lon);
      east = Math.max(east, lon);
      south = Math.min(south, lat);
      north = Math.max(north, lat);
    }
  }
  const shrink = Math.cos(((south + north) / 2) * RADIANS);
  const scale = WIDTH / Math.max(1e-9, (east - west) * shrink);
  const at = (lon: number, lat: number) =>
    [
      Math.round((lon - west) * shrink * scale * 10) / 10,
      Math.round((north - lat) * scale * 10) / 10,
    ] as const;
  return {
    width: WIDTH,
    height: Math.max(1, Math.ceil((north - south) * scale)),
    areas: areas.map(({ code, name, rings, labelAt }) => {
      const drawn = rings.map((ring) => ring.map(([lon = 0, lat = 0]) => at(lon, lat)));
      const xs = drawn.flat().map(([x]) => x);
      return {
        code,
        name,
        path: drawn.map((ring) => `M${ring.map(([x, y]) => `${x} ${y}`).join('L')}Z`).join(''),
        labelAt: at(labelAt.lon, labelAt.lat),
        roomPixels: Math.max(...xs) - Math.min(...xs),
      };
    }),
  };
}
