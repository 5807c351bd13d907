import gcoord from 'gcoord';
import type { Names } from '#contract/shared';
import type { FeatureLayer, Property } from './feature-layers.ts';
import type { Feature } from './repository.ts';

export type ExportDatum = 'wgs84' | 'gcj02';
export type Language = keyof Names;

/** A column of an export: a property in the language asked for. */
export interface Column extends Property {
  /** Its place among the layer's properties. */
  index: number;
}

/** One column for what has a name in both languages, in the one that was asked for. */
export function columnsOf({ properties }: FeatureLayer, language: Language): Column[] {
  const indexOf = new Map(properties.map(({ name }, index) => [name, index]));
  return properties.flatMap((property, index) => {
    if (property.name.endsWith('En') && indexOf.has(property.name.slice(0, -2))) return [];
    const english = language === 'en' ? indexOf.get(`${property.name}En`) : undefined;
    return [{ ...property, index: english ?? index }];
  });
}

export type Shape = GeoJSON.Point | GeoJSON.LineString | GeoJSON.Polygon | GeoJSON.MultiPolygon;

/** The geometry as GeoJSON text in the datum asked for. */
export function geometryText({ geometry }: Feature, datum: ExportDatum): string {
  if (geometry === null || datum === 'wgs84') return geometry ?? 'null';
  return JSON.stringify(shift(JSON.parse(geometry) as Shape));
}

export function geometryOf(feature: Feature, datum: ExportDatum): Shape | null {
  const text = geometryText(feature, datum);
  return JSON.parse(text) as Shape | null;
}

function shift(shape: Shape): unknown {
  return { ...shape, coordinates: shiftAll(shape.coordinates) };
}

type Nested = number[] | Nested[];

function shiftAll(coordinates: Nested): Nested {
  const [lon, lat] = coordinates;
  if (typeof lon !== 'number' || typeof lat !== 'number') return (coordinates as Nested[]).map(shiftAll);
  return gcoord
    .transform([lon, lat], gcoord.WGS84, gcoord.GCJ02)
    .map((degrees) => Number(degrees.toFixed(7)));
}

/** Well-known text, for tables: what GIS programs take from a column. */
export function toWellKnownText(shape: Shape): string {
  const point = (position: number[]) => position.join(' ');
  const line = (positions: number[][]) => `(${positions.map(point).join(', ')})`;
  const rings = (lines: number[][][]) => `(${lines.map(line).join(', ')})`;
  switch (shape.type) {
    case 'Point':
      return `POINT (${point(shape.coordinates)})`;
    case 'LineString':
      return `LINESTRING ${line(shape.coordinates)}`;
    case 'Polygon':
      return `POLYGON ${rings(shape.coordinates)}`;
    case 'MultiPolygon':
      return `MULTIPOLYGON (${shape.coordinates.map(rings).join(', ')})`;
  }
}
