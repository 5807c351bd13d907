import type { Feature, Polygon, Position } from 'geojson';

export interface CellShape {
  code: string;
  /** SVG path. */
  path: string;
  /** Where its number stands. */
  x: number;
  y: number;
}

export interface CellDrawing {
  shapes: CellShape[];
  viewBox: string;
  fontSize: number;
}

/** Units of the picture along its longer side. */
const SIDE = 1000;

/** Cells as a small plan, north up: degrees of longitude are shortened by the latitude, which is enough for a community. */
export function drawCells(cells: readonly Feature<Polygon, { code: string }>[]): CellDrawing {
  const all = cells.flatMap(({ geometry }) => geometry.coordinates[0] ?? []);
  const longitudes = all.map(([lon = 0]) => lon);
  const latitudes = all.map(([, lat = 0]) => lat);
  const [west, east] = [Math.min(...longitudes), Math.max(...longitudes)];
  const [south, north] = [Math.min(...latitudes), Math.max(...latitudes)];
  if (all.length === 0) return { shapes: [], viewBox: `0 0 ${SIDE} ${SIDE}`, fontSize: 12 };
  const shortening = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = SIDE / Math.max((east - west) * shortening, north - south);
  const place = ([lon = 0, lat = 0]: Position) =>
    [Math.round((lon - west) * shortening * scale), Math.round((north - lat) * scale)] as const;
  const [width, height] = place([east, south]);
  const margin = SIDE * 0.015;
  return {
    shapes: cells.map(({ geometry, properties }) => {
      const rings = geometry.coordinates.map((ring) => ring.map(place));
      const xs = (rings[0] ?? []).map(([x]) => x);
      const ys = (rings[0] ?? []).map(([, y]) => y);
      return {
        code: properties.code,
        path: rings.map((ring) => `M${ring.map((point) => point.join(' ')).join('L')}Z`).join(''),
        x: (Math.min(...xs) + Math.max(...xs)) / 2,
        y: (Math.min(...ys) + Math.max(...ys)) / 2,
      };
    }),
    viewBox: `${-margin} ${-margin} ${width + 2 * margin} ${height + 2 * margin}`,
    fontSize: Math.min(44, Math.max(9, Math.sqrt((width * height) / cells.length) * 0.26)),
  };
}
