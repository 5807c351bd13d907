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
  /** Width of the area at its largest, in pixels of the drawing. */
  widthPixels: number;
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
        widthPixels: Math.max(...xs) - Math.min(...xs),
      };
    }),
  };
}

interface LabelSize {
  widthPixels: number;
  heightPixels: number;
}

/** Codes of the areas whose label is written: the widest first, as long as it meets none that is written already. */
export function placeLabels(
  areas: readonly DrawnArea[],
  sizeOf: (area: DrawnArea) => LabelSize,
): ReadonlySet<string> {
  const placed: { x: number; y: number; size: LabelSize }[] = [];
  const codes = new Set<string>();
  for (const area of [...areas].sort((a, b) => b.widthPixels - a.widthPixels)) {
    const [x, y] = area.labelAt;
    const size = sizeOf(area);
    const meets = placed.some(
      (other) =>
        Math.abs(other.x - x) < (other.size.widthPixels + size.widthPixels) / 2 &&
        Math.abs(other.y - y) < (other.size.heightPixels + size.heightPixels) / 2,
    );
    // A label much wider than its area would name its neighbours.
    if (meets || size.widthPixels > area.widthPixels * 1.3) continue;
    placed.push({ x, y, size });
    codes.add(area.code);
  }
  return codes;
}
