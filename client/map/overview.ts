import type { Feature, FeatureCollection, LineString, MultiPolygon, Polygon, Position } from 'geojson';
import type { DivisionLevel } from '#contract/grid';
import type { LonLat, Names } from '#contract/shared';
import { toMercator } from './earth.ts';
import { findLabelPoint } from './label-point.ts';
import type { MercatorPath, OverviewDrawing } from './tiles/messages.ts';

/** [west, south, east, north] in degrees. */
export type Bounds = readonly [number, number, number, number];

export interface MapDivision {
  code: string;
  level: DivisionLevel;
  name: Names;
  builtUp: boolean;
  rings: Position[][];
  labelAt: LonLat;
  bounds: Bounds;
}

export interface MapRoad {
  name: Names;
  main: boolean;
  widthMetres: number;
  line: Position[];
}

/** What the map knows of the whole district before any tile is read. */
export interface Overview {
  divisions: MapDivision[];
  roads: MapRoad[];
  bounds: Bounds;
  /** The streets where most people live: what a wall shows. */
  builtUpBounds: Bounds;
}

interface DivisionProperties {
  code: string;
  level: DivisionLevel;
  name: Names;
}

interface RoadProperties {
  class: 'main' | 'secondary' | 'lane';
  name: Names;
}

/** Kerb to kerb, for the levels at which the surfaces themselves are not there yet. */
const carriagewayMetres: Record<RoadProperties['class'], number> = { main: 26, secondary: 14, lane: 7 };

interface OverviewBody {
  divisions: FeatureCollection<Polygon | MultiPolygon, DivisionProperties>;
  roads: FeatureCollection<LineString, RoadProperties>;
  bounds: Bounds;
}

/** `GET /api/v1/map/overview`. Rejects when the server does not answer. */
export async function fetchOverview(signal: AbortSignal): Promise<Overview> {
  const response = await fetch('/api/v1/map/overview', { signal });
  if (!response.ok) throw new Error(`map overview: ${response.status}`);
  const body = (await response.json()) as OverviewBody;
  const divisions = body.divisions.features.map(toDivision);
  const builtUp = divisions.filter((one) => one.builtUp);
  return {
    divisions,
    roads: body.roads.features.map(({ properties, geometry }) => ({
      name: properties.name,
      main: properties.class === 'main',
      widthMetres: carriagewayMetres[properties.class],
      line: geometry.coordinates,
    })),
    bounds: body.bounds,
    builtUpBounds: builtUp.length > 0 ? unite(builtUp.map((one) => one.bounds)) : body.bounds,
  };
}

/** The overview as the tile worker draws it. */
export function toDrawing({ divisions, roads }: Overview): OverviewDrawing {
  const ringsOf = (level: DivisionLevel) => divisions.filter((one) => one.level === level);
  return {
    district: ringsOf('district').flatMap(({ rings }) => rings.map(toPath)),
    subdistricts: ringsOf('subdistrict').map(({ builtUp, rings }) => ({ builtUp, rings: rings.map(toPath) })),
    communities: ringsOf('community').flatMap(({ rings }) => rings.map(toPath)),
    roads: roads.map(({ widthMetres, main, line }) => ({ widthMetres, main, path: toPath(line) })),
  };
}

function toDivision({
  properties,
  geometry,
}: Feature<Polygon | MultiPolygon, DivisionProperties>): MapDivision {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  const rings = polygons.flat();
  return {
    code: properties.code,
    level: properties.level,
    name: properties.name,
    builtUp: properties.level === 'subdistrict' && isStreetOffice(properties.code),
    rings,
    labelAt: findLabelPoint(polygons),
    bounds: boundsOf(rings.flat()),
  };
}

/** Street offices (街道) are numbered 001 to 099 in their district, towns and townships from 100 on (GB/T 10114). */
function isStreetOffice(code: string): boolean {
  return Number(code.slice(6, 9)) < 100;
}

function toPath(line: Position[]): MercatorPath {
  return Float64Array.from(line.flatMap(([lon = 0, lat = 0]) => toMercator(lon, lat)));
}

function boundsOf(positions: Position[]): Bounds {
  let [west, south, east, north] = [180, 90, -180, -90];
  for (const [lon = 0, lat = 0] of positions) {
    west = Math.min(west, lon);
    east = Math.max(east, lon);
    south = Math.min(south, lat);
    north = Math.max(north, lat);
  }
  return [west, south, east, north];
}

function unite(all: Bounds[]): Bounds {
  return boundsOf(
    all.flatMap(([west, south, east, north]) => [
      [west, south],
      [east, north],
    ]),
  );
}
