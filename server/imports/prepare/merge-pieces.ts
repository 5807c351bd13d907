import type { Line, Rings, Shape } from './ewkb.ts';
import { uniteRings } from './fit-shape.ts';
import type { ReadyRow } from './prepare-chunk.ts';

/**
 * One row from the pieces a tile border cut it into: polygons are united, lines joined where their ends meet. The first
 * piece that has a value gives it. Pieces that do not touch stay separate shapes.
 */
export function mergePieces(rows: ReadyRow[]): ReadyRow {
  const first = rows[0]!;
  const values = first.values.map(
    (value, slot) => value ?? rows.find((row) => row.values[slot] !== null)?.values[slot] ?? null,
  );
  const shapes = rows.flatMap((row) => row.shapes);
  return { line: first.line, values, shapes: mergeShapes(shapes) };
}

function mergeShapes(shapes: Shape[]): Shape[] {
  const polygons = shapes.flatMap((shape) => (shape.type === 'Polygon' ? [shape.rings] : []));
  if (polygons.length > 1) return unitePolygons(polygons).map((rings) => ({ type: 'Polygon', rings }));
  const lines = shapes.flatMap((shape) => (shape.type === 'LineString' ? [shape.line] : []));
  if (lines.length > 1) return joinLines(lines).map((line) => ({ type: 'LineString', line }));
  return shapes;
}

/** Pieces that cannot be united stay as they are. */
function unitePolygons(polygons: Rings[]): Rings[] {
  try {
    const united = uniteRings(polygons);
    return united.length > 0 ? united : polygons;
  } catch {
    return polygons;
  }
}

/** Joins lines end to end, in either direction, until none fits another; repeated lines count once. */
export function joinLines(lines: Line[]): Line[] {
  const open = [...new Map(lines.map((line) => [keyOf(line), line])).values()];
  const joined: Line[] = [];
  while (open.length > 0) {
    let line = open.shift()!;
    for (let grown = true; grown;) {
      grown = false;
      for (let i = 0; i < open.length; i++) {
        const longer = joinTwo(line, open[i]!);
        if (!longer) continue;
        line = longer;
        open.splice(i, 1);
        grown = true;
        break;
      }
    }
    joined.push(line);
  }
  return joined;
}

function keyOf(line: Line): string {
  const forward = line.join(' ');
  const backward = [...line].reverse().join(' ');
  return forward < backward ? forward : backward;
}

function joinTwo(a: Line, b: Line): Line | undefined {
  if (meet(a.at(-1)!, b[0]!)) return [...a, ...b.slice(1)];
  if (meet(a.at(-1)!, b.at(-1)!)) return [...a, ...b.slice(0, -1).reverse()];
  if (meet(a[0]!, b.at(-1)!)) return [...b, ...a.slice(1)];
  if (meet(a[0]!, b[0]!)) return [...[...b].reverse(), ...a.slice(1)];
  return undefined;
}

/** Within one and a half ten-millionths of a degree: the two sides of a cut may round to different sevenths. */
function meet(a: [number, number], b: [number, number]): boolean {
  return Math.abs(a[0] - b[0]) < 1.5e-7 && Math.abs(a[1] - b[1]) < 1.5e-7;
}
