import { gap } from './motion.ts';
import type { Landmark, Marking, Spot } from './scene-description.ts';
import { distanceToPiece } from './street-frame.ts';
import type { RoadPiece } from './street-frame.ts';

const CORNER_METRES = { main: 6, secondary: 5, lane: 3.5 };
const STRIPE_METRES = 0.45;
const LINE_METRES = 0.15;

export interface RoadPaint {
  markings: Marking[];
  landmarks: Landmark[];
}

/**
 * Paint on the carriageway, invented from the widths of the roads (the district has no markings of its own):
 * lane and centre lines, stop lines and zebra crossings wherever another road meets.
 */
export function paintRoads(pieces: readonly RoadPiece[]): RoadPaint {
  const paint: RoadPaint = { markings: [], landmarks: [] };
  for (const piece of pieces) paintPiece(piece, pieces, paint);
  return paint;
}

/** Metres left of the middle of the road at which the lanes are driven, from the kerb inwards. */
export function laneOffsets(roadClass: RoadPiece['road']['class']): { bike: number; car: number[] } {
  if (roadClass === 'main') return { bike: 11.7, car: [8.75, 5.25, 1.75] };
  if (roadClass === 'secondary') return { bike: 6.1, car: [3.5] };
  return { bike: 2.8, car: [1.7] };
}

function paintPiece(piece: RoadPiece, pieces: readonly RoadPiece[], paint: RoadPaint): void {
  const length = gap(piece.from, piece.to);
  const [ux, uy] = [(piece.to[0] - piece.from[0]) / length, (piece.to[1] - piece.from[1]) / length];
  const spot = (along: number, left: number): Spot => [
    piece.from[0] + ux * along - uy * left,
    piece.from[1] + uy * along + ux * left,
  ];
  const bar = (colour: Marking['colour'], a: number, b: number, left: number, width: number): void => {
    const [l, r] = [left + width / 2, left - width / 2];
    paint.markings.push({ colour, ring: [spot(a, l), spot(a, r), spot(b, r), spot(b, l)] });
  };
  const half = piece.road.carriagewayMetres / 2;
  const starts = clearOf(piece, piece.from, pieces);
  const ends = length - clearOf(piece, piece.to, pieces);
  const zebra = piece.road.class === 'main' ? 5 : 4;
  const crossings = [
    { at: starts, sense: 1, real: starts > 0 },
    { at: ends, sense: -1, real: ends < length },
  ];
  if (ends - starts < 30) return;
  const stops = crossings.map(({ at, sense, real }) => (real ? at + sense * (zebra + 1.6) : at));
  const [first = starts, last = ends] = stops;
  if (piece.road.class !== 'lane') {
    for (const { at, sense, real } of crossings) {
      if (!real) continue;
      const far = at + sense * zebra;
      for (let left = -half + 0.6; left < half - 0.3; left += 1) {
        bar('white', Math.min(at, far), Math.max(at, far), left, STRIPE_METRES);
        nameStripe(paint, spot, [at, far], left);
      }
      const stop = far + sense * 1.4;
      const keep = sense > 0 ? [0.2, half - 0.2] : [-half + 0.2, -0.2];
      const [low = 0, high = 0] = keep;
      bar('white', stop - 0.2, stop + 0.2, (low + high) / 2, high - low);
    }
  }
  if (piece.road.class === 'main') {
    for (const side of [-1, 1]) bar('tactile', starts, ends, side * (half + 2.75), 0.4);
    for (const left of [-0.15, 0.15]) bar('yellow', first, last, left, LINE_METRES);
    for (const left of [-10.5, 10.5]) bar('white', first, last, left, LINE_METRES);
    for (const left of [-7, -3.5, 3.5, 7]) {
      for (const [sense, from] of [[1, first] as const, [-1, last] as const]) {
        bar('white', Math.min(from, from + sense * 30), Math.max(from, from + sense * 30), left, LINE_METRES);
      }
      for (let at = first + 34; at + 2 < last - 32; at += 6) {
        bar('white', at, at + 2, left, LINE_METRES);
        paint.landmarks.push({ name: 'near end of a lane dash, middle of its width', at: spot(at, left) });
      }
    }
    arrows(paint, spot, first, last);
  } else if (piece.road.class === 'secondary') {
    bar('yellow', first, last, 0, LINE_METRES);
    for (const left of [-5.2, 5.2]) bar('white', first, last, left, LINE_METRES);
  }
}

function nameStripe(
  paint: RoadPaint,
  spot: (along: number, left: number) => Spot,
  ends: readonly [number, number],
  left: number,
): void {
  for (const along of ends) {
    for (const side of [-1, 1]) {
      paint.landmarks.push({
        name: 'corner of a zebra stripe',
        at: spot(along, left + (side * STRIPE_METRES) / 2),
      });
    }
  }
}

/** Straight-ahead arrows in each lane before both stop lines. */
function arrows(paint: RoadPaint, spot: (a: number, l: number) => Spot, first: number, last: number): void {
  for (const left of laneOffsets('main').car) {
    for (const [tip, sense, side] of [[first + 8, -1, 1] as const, [last - 8, 1, -1] as const]) {
      const at = (back: number, aside: number): Spot => spot(tip - sense * back, side * left + aside);
      const ring = [at(0, 0), at(2, 0.45), at(2, 0.1), at(6, 0.1), at(6, -0.1), at(2, -0.1), at(2, -0.45)];
      paint.markings.push({ colour: 'white', ring });
      paint.landmarks.push({ name: 'tip of a lane arrow', at: at(0, 0) });
    }
  }
}

/** Metres from a vertex to where the kerb of the road is straight again; 0 where no other road meets. */
function clearOf(piece: RoadPiece, vertex: Spot, pieces: readonly RoadPiece[]): number {
  const others = pieces.filter((other) => other.road !== piece.road && distanceToPiece(vertex, other) < 0.05);
  if (others.length === 0) return 0;
  const across = Math.max(...others.map((other) => other.road.carriagewayMetres / 2));
  return across + CORNER_METRES[piece.road.class] + 1;
}
