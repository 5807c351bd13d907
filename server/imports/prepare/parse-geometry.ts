import type { Feature, Geometry } from 'geojson';

/** Geometry of a text column: WKT (also EWKT, Z and M left out) or GeoJSON; undefined where it is neither. */
export function parseGeometry(text: string): Geometry | undefined {
  const trimmed = text.trim();
  if (trimmed.startsWith('{')) return parseGeoJson(trimmed);
  return parseWkt(trimmed.replace(/^SRID=\d+;/i, ''));
}

function parseGeoJson(text: string): Geometry | undefined {
  try {
    const value = JSON.parse(text) as Geometry | Feature<Geometry | null>;
    const geometry = value.type === 'Feature' ? value.geometry : value;
    return geometry && typeof geometry.type === 'string' ? geometry : undefined;
  } catch {
    return undefined;
  }
}

const NUMBER = /[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?|[-+]?(?:nan|inf(?:inity)?)/gi;
const types = {
  POINT: ['Point', 0],
  MULTIPOINT: ['MultiPoint', 1],
  LINESTRING: ['LineString', 1],
  MULTILINESTRING: ['MultiLineString', 2],
  POLYGON: ['Polygon', 2],
  MULTIPOLYGON: ['MultiPolygon', 3],
} as const;

/** WKT becomes GeoJSON by turning its brackets; what does not come out well formed is no geometry. */
function parseWkt(text: string): Geometry | undefined {
  const head = /^([A-Z]+)\s*(ZM|Z|M)?\s*(\(.*\))$/is.exec(text);
  const type = head && types[head[1]!.toUpperCase() as keyof typeof types];
  if (!type) return undefined;
  const [name, depth] = type;
  let body = head[3]!;
  if (name === 'MultiPoint')
    body = body.replace(/\(\s*([^()]+?)\s*\)/g, (whole, inner: string) =>
      inner.includes(',') ? whole : inner,
    );
  const json = body
    .replace(/[^(),]+/g, (position) => {
      const numbers = position.match(NUMBER);
      return numbers && numbers.length >= 2
        ? `[${finite(numbers[0])},${finite(numbers[1]!)}]`
        : position.trim()
          ? '!'
          : '';
    })
    .replaceAll('(', '[')
    .replaceAll(')', ']');
  try {
    const coordinates = JSON.parse(json) as unknown;
    const nested = name === 'Point' ? (coordinates as unknown[])[0] : coordinates;
    return depthOf(nested) === depth + 1 ? ({ type: name, coordinates: nested } as Geometry) : undefined;
  } catch {
    return undefined;
  }
}

/** JSON has no NaN; null becomes one again when the coordinates are checked. */
function finite(number: string): string {
  return Number.isFinite(Number(number)) ? String(Number(number)) : 'null';
}

function depthOf(value: unknown): number {
  let depth = 0;
  let inner = value;
  while (Array.isArray(inner)) {
    depth++;
    inner = inner[0] as unknown;
  }
  return depth;
}
