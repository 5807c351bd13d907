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
  nameZh: string;
  nameEn?: string | null;
  builtUp?: boolean;
}

interface RoadProperties {
  nameZh: string;
  nameEn?: string | null;
  class: string;
  carriagewayMetres: number;
}

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
  const builtUp = divisions.filter((one) => one.level === 'subdistrict' && one.builtUp);
  return {
    divisions,
    roads: body.roads.features.map(({ properties, geometry }) => ({
      name: namesOf(properties),
      main: properties.class === 'main',
      widthMetres: properties.carriagewayMetres,
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

function toDivision({ properties, geometry }: Feature<Polygon | MultiPolygon, DivisionProperties>): MapDivision {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  const rings = polygons.flat();
  return {
    code: properties.code,
    level: properties.level,
    name: namesOf(properties),
    builtUp: properties.builtUp ?? false,
    rings,
    labelAt: findLabelPoint(polygons),
    bounds: boundsOf(rings.flat()),
  };
}

function namesOf({ nameZh, nameEn }: { nameZh: string; nameEn?: string | null }): Names {
  return { zh: nameZh, en: nameEn || nameZh };
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
