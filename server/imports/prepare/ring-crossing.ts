import type { Line, Rings } from './ewkb.ts';

/** Degrees are compared in whole 1e-7, relative to the first corner: exact in doubles up to four degrees across. */
const SCALE = 1e7;

interface Edge {
  ring: number;
  index: number;
  x1: number;
  y1: number;
  x2: number;
  y2: number;
}

/**
 * Where a polygon's borders cross, overlap or touch themselves, which no valid polygon does; undefined: nowhere. Rings
 * may touch each other in points. Edges are swept from west to east: n log n for what surveyors draw.
 */
export function findCrossing(rings: Rings): [number, number] | undefined {
  const origin = rings[0]![0]!;
  const edges = listEdges(rings, origin);
  edges.sort((a, b) => Math.min(a.x1, a.x2) - Math.min(b.x1, b.x2));
  let active: Edge[] = [];
  for (const edge of edges) {
    const west = Math.min(edge.x1, edge.x2);
    active = active.filter((other) => Math.max(other.x1, other.x2) >= west);
    for (const other of active) {
      const place = meet(edge, other, rings);
      if (place) return [round(place[0] / SCALE + origin[0]), round(place[1] / SCALE + origin[1])];
    }
    active.push(edge);
  }
  return undefined;
}

function round(degrees: number): number {
  return Math.round(degrees * SCALE) / SCALE;
}

function listEdges(rings: Rings, origin: [number, number]): Edge[] {
  const edges: Edge[] = [];
  rings.forEach((line, ring) => {
    for (let index = 0; index + 1 < line.length; index++) {
      const [from, to] = [line[index]!, line[index + 1]!];
      edges.push({
        ring,
        index,
        x1: Math.round((from[0] - origin[0]) * SCALE),
        y1: Math.round((from[1] - origin[1]) * SCALE),
        x2: Math.round((to[0] - origin[0]) * SCALE),
        y2: Math.round((to[1] - origin[1]) * SCALE),
      });
    }
  });
  return edges;
}

function meet(a: Edge, b: Edge, rings: Rings): [number, number] | undefined {
  if (Math.max(a.y1, a.y2) < Math.min(b.y1, b.y2) || Math.max(b.y1, b.y2) < Math.min(a.y1, a.y2))
    return undefined;
  const d1 = side(a, b.x1, b.y1);
  const d2 = side(a, b.x2, b.y2);
  const d3 = side(b, a.x1, a.y1);
  const d4 = side(b, a.x2, a.y2);
  if (d1 !== 0 && d2 !== 0 && d3 !== 0 && d4 !== 0) {
    if (d1 > 0 === d2 > 0 || d3 > 0 === d4 > 0) return undefined;
    const t = d3 / (d3 - d4);
    return [a.x1 + t * (a.x2 - a.x1), a.y1 + t * (a.y2 - a.y1)];
  }
  if (d1 === 0 && d2 === 0) return overlap(a, b);
  if (a.ring !== b.ring || areNeighbours(a, b, rings[a.ring]!)) return undefined;
  if (d1 === 0 && isWithin(a, b.x1, b.y1)) return [b.x1, b.y1];
  if (d2 === 0 && isWithin(a, b.x2, b.y2)) return [b.x2, b.y2];
  if (d3 === 0 && isWithin(b, a.x1, a.y1)) return [a.x1, a.y1];
  if (d4 === 0 && isWithin(b, a.x2, a.y2)) return [a.x2, a.y2];
  return undefined;
}

/** On which side of the edge a point lies; 0: on its line. */
function side(edge: Edge, x: number, y: number): number {
  return (edge.x2 - edge.x1) * (y - edge.y1) - (edge.y2 - edge.y1) * (x - edge.x1);
}

function isWithin(edge: Edge, x: number, y: number): boolean {
  return (
    x >= Math.min(edge.x1, edge.x2) &&
    x <= Math.max(edge.x1, edge.x2) &&
    y >= Math.min(edge.y1, edge.y2) &&
    y <= Math.max(edge.y1, edge.y2)
  );
}

/** Edges of one line overlap when they share more than a point. */
function overlap(a: Edge, b: Edge): [number, number] | undefined {
  const along = Math.abs(a.x2 - a.x1) >= Math.abs(a.y2 - a.y1);
  const [a1, a2] = along ? [a.x1, a.x2] : [a.y1, a.y2];
  const [b1, b2] = along ? [b.x1, b.x2] : [b.y1, b.y2];
  const from = Math.max(Math.min(a1, a2), Math.min(b1, b2));
  const to = Math.min(Math.max(a1, a2), Math.max(b1, b2));
  if (to <= from) return undefined;
  return Math.max(a1, a2) === to
    ? a1 === to
      ? [a.x1, a.y1]
      : [a.x2, a.y2]
    : b1 === to
      ? [b.x1, b.y1]
      : [b.x2, b.y2];
}

function areNeighbours(a: Edge, b: Edge, ring: Line): boolean {
  const apart = Math.abs(a.index - b.index);
  return apart === 1 || apart === ring.length - 2;
}
