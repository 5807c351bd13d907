/** Lines of positions, in WGS 84 degrees rounded to 1e-7. */
export type Line = [number, number][];
export type Rings = Line[];

/** What a row's place becomes, in the type its table wants. */
export type Shape =
  | { type: 'Point'; at: [number, number] }
  | { type: 'LineString'; line: Line }
  | { type: 'Polygon'; rings: Rings }
  | { type: 'MultiPolygon'; polygons: Rings[] };

const POINT_HEAD = '0101000020e6100000';
const pair = new Float64Array(2);
const pairBytes = Buffer.from(pair.buffer);

/** A point as hexadecimal EWKB with SRID 4326. */
export function pointAsHex(lon: number, lat: number): string {
  pair[0] = lon;
  pair[1] = lat;
  return POINT_HEAD + pairBytes.toString('hex');
}

/** Any shape as hexadecimal EWKB with SRID 4326, little endian. */
export function shapeAsHex(shape: Shape): string {
  if (shape.type === 'Point') return pointAsHex(shape.at[0], shape.at[1]);
  const bytes = Buffer.allocUnsafe(9 + sizeOf(shape));
  let at = writeHead(bytes, 0, shape.type === 'LineString' ? 2 : shape.type === 'Polygon' ? 3 : 6, true);
  if (shape.type === 'LineString') at = writeLine(bytes, at, shape.line);
  else if (shape.type === 'Polygon') at = writeRings(bytes, at, shape.rings);
  else {
    at = bytes.writeUInt32LE(shape.polygons.length, at);
    for (const rings of shape.polygons) at = writeRings(bytes, writeHead(bytes, at, 3, false), rings);
  }
  return bytes.toString('hex', 0, at);
}

function sizeOf(shape: Exclude<Shape, { type: 'Point' }>): number {
  const ofLine = (line: Line) => 4 + line.length * 16;
  const ofRings = (rings: Rings) => rings.reduce((sum, ring) => sum + ofLine(ring), 4);
  if (shape.type === 'LineString') return ofLine(shape.line);
  if (shape.type === 'Polygon') return ofRings(shape.rings);
  return shape.polygons.reduce((sum, rings) => sum + 5 + ofRings(rings), 4);
}

function writeHead(bytes: Buffer, at: number, type: number, withSrid: boolean): number {
  let next = bytes.writeUInt8(1, at);
  next = bytes.writeUInt32LE(withSrid ? (type | 0x20000000) >>> 0 : type, next);
  return withSrid ? bytes.writeUInt32LE(4326, next) : next;
}

function writeLine(bytes: Buffer, at: number, line: Line): number {
  let next = bytes.writeUInt32LE(line.length, at);
  for (const [lon, lat] of line) {
    next = bytes.writeDoubleLE(lon, next);
    next = bytes.writeDoubleLE(lat, next);
  }
  return next;
}

function writeRings(bytes: Buffer, at: number, rings: Rings): number {
  let next = bytes.writeUInt32LE(rings.length, at);
  for (const ring of rings) next = writeLine(bytes, next, ring);
  return next;
}
