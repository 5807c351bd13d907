import type { LocalPlane } from '#geometry/local-plane';
import type { DistrictLayers, RoadProperties } from './district-layers.ts';
import { gap, headingOf } from './motion.ts';
import type { Spot } from './scene-description.ts';

/** A straight piece of road between two neighbouring vertices of the network. */
export interface RoadPiece {
  from: Spot;
  to: Spot;
  road: RoadProperties;
}

/**
 * Street coordinates of a camera: metres `ahead` of its mast along the street and `left` of the middle of the
 * road, looking the way the camera looks.
 */
export interface StreetFrame {
  piece: RoadPiece;
  headingDegrees: number;
  /** ahead of the mast at which the piece begins and ends */
  beginsAhead: number;
  endsAhead: number;
  spot(ahead: number, left: number): Spot;
}

export function listRoadPieces(layers: DistrictLayers, plane: LocalPlane, reachMetres: number): RoadPiece[] {
  return layers.roads.flatMap(({ geometry, properties }) => {
    const line = geometry.coordinates.map(([lon = 0, lat = 0]): Spot => {
      const { east, north } = plane.toPlane({ lon, lat });
      return [east, north];
    });
    return line.slice(1).flatMap((to, index): RoadPiece[] => {
      const from = line[index];
      const near = from && distanceToPiece([0, 0], { from, to }) < reachMetres;
      return near ? [{ from, to, road: properties }] : [];
    });
  });
}

/** The frame of the camera at the plane's origin that looks at `look` along the nearest piece of a road. */
export function frameStreet(pieces: readonly RoadPiece[], roadCode: string, look: Spot): StreetFrame {
  const piece = pieces
    .filter((one) => one.road.code === roadCode)
    .toSorted((p, q) => distanceToPiece([0, 0], p) - distanceToPiece([0, 0], q))[0];
  if (!piece) throw new Error(`road ${roadCode} is not near the camera`);
  const length = gap(piece.from, piece.to);
  const forth: Spot = [(piece.to[0] - piece.from[0]) / length, (piece.to[1] - piece.from[1]) / length];
  const sense = forth[0] * look[0] + forth[1] * look[1] > 0 ? 1 : -1;
  const ahead: Spot = [forth[0] * sense, forth[1] * sense];
  const left: Spot = [-ahead[1], ahead[0]];
  const aside = piece.from[0] * left[0] + piece.from[1] * left[1];
  const ends = [piece.from, piece.to].map((end) => end[0] * ahead[0] + end[1] * ahead[1]);
  return {
    piece,
    headingDegrees: headingOf([0, 0], ahead),
    beginsAhead: Math.min(...ends),
    endsAhead: Math.max(...ends),
    spot: (a, l) => [ahead[0] * a + left[0] * (aside + l), ahead[1] * a + left[1] * (aside + l)],
  };
}

export function distanceToPiece([x, y]: Spot, { from, to }: { from: Spot; to: Spot }): number {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const share = ((x - from[0]) * dx + (y - from[1]) * dy) / (dx * dx + dy * dy);
  const t = Math.min(1, Math.max(0, share));
  return Math.hypot(x - from[0] - dx * t, y - from[1] - dy * t);
}

export function isInside([x, y]: Spot, ring: readonly Spot[]): boolean {
  let inside = false;
  ring.forEach(([ax, ay], index) => {
    const [bx, by] = ring[(index + 1) % ring.length] ?? [ax, ay];
    if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) inside = !inside;
  });
  return inside;
}
