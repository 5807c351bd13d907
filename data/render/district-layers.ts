import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Feature, LineString, Point, Polygon } from 'geojson';

export interface RoadProperties {
  code: string;
  class: 'main' | 'secondary' | 'lane';
  carriagewayMetres: number;
  footwayMetres: number;
}

export interface PartProperties {
  code: string;
  class: string;
  state: string;
}

export interface CameraSpot {
  id: string;
  lon: number;
  lat: number;
  lookLon: number;
  lookLat: number;
  roadCode: string;
}

export interface DistrictLayers {
  roads: Feature<LineString, RoadProperties>[];
  surfaces: Feature<Polygon, { kind: 'carriageway' | 'footway'; road: string }>[];
  buildings: Feature<Polygon, { code: string; heightMetres: number; floors: number; kind: string }>[];
  parts: Feature<Point, PartProperties>[];
  cameras: CameraSpot[];
}

const FOLDER = new URL('../qilihe/', import.meta.url);

/** What a camera could see of the sample district, as `data/make-district.ts` wrote it. */
export function readDistrictLayers(): DistrictLayers {
  const scenes = JSON.parse(readFileSync(new URL('scenes.json', FOLDER), 'utf8')) as {
    cameras: CameraSpot[];
  };
  return {
    roads: readFeatures('roads'),
    surfaces: readFeatures('surfaces'),
    buildings: readFeatures('buildings'),
    parts: readFeatures('parts'),
    cameras: scenes.cameras,
  };
}

function readFeatures<T>(layer: string): T[] {
  const path = new URL(`${layer}.ndjson.gz`, FOLDER);
  if (!existsSync(path)) return [];
  return gunzipSync(readFileSync(path))
    .toString('utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as T);
}
