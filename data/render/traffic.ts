import { randomFor } from '../district/random.ts';
import { gap } from './motion.ts';
import { laneOffsets } from './road-markings.ts';
import type { BuildingBlock, Mover, Spot } from './scene-description.ts';
import { isInside } from './street-frame.ts';
import type { StreetFrame } from './street-frame.ts';

const NEAREST_AHEAD = -30;
const FARTHEST_AHEAD = 230;

/**
 * Vehicles that follow the lanes of the camera's street. All of a lane share one speed, so the gaps hold; a lane
 * is as long as that speed takes in one clip, so each vehicle is back at its start when the clip is.
 */
export function makeTraffic(cameraId: string, frame: StreetFrame, durationSeconds: number): Mover[] {
  const random = randomFor(`traffic ${cameraId}`);
  const lanes = laneOffsets(frame.piece.road.class);
  const movers: Mover[] = [];
  const drive = (left: number, speed: number, models: readonly string[], label: string): void => {
    const length = speed * durationSeconds;
    const far = Math.min(FARTHEST_AHEAD, NEAREST_AHEAD + length);
    const near = far - length;
    const towards = left > 0;
    const path = [frame.spot(near, left), frame.spot(far, left)];
    if (towards) path.reverse();
    models.forEach((model, index) => {
      movers.push({
        id: `${label}-${index + 1}`,
        model,
        variant: Math.floor(random.between(0, 24)),
        path,
        advanceMetres: length,
        startMetres: (length * (index + random.between(0.1, 0.55))) / models.length,
      });
    });
  };
  lanes.car.forEach((offset, index) => {
    const speed = 9.2 + index * 0.9;
    drive(
      offset,
      speed,
      index === 0 ? ['bus', 'car', 'car'] : ['car', 'car', index === 1 ? 'van' : 'car'],
      `near-lane-${index + 1}`,
    );
    drive(
      -offset,
      speed,
      index === 0 ? ['car', 'bus', 'car'] : ['car', 'van', 'car', 'car'].slice(index - 1),
      `far-lane-${index + 1}`,
    );
  });
  drive(lanes.bike, 5.6, ['ebike', 'ebike'], 'near-bike');
  drive(-lanes.bike, 5.9, ['ebike', 'ebike', 'ebike'], 'far-bike');
  return movers;
}

/**
 * People on both footways. They come out of one building and go into another (a clip has no place where
 * somebody may appear out of nothing), or pace up and down as one does who waits.
 */
export function makeWalkers(
  cameraId: string,
  frame: StreetFrame,
  buildings: readonly BuildingBlock[],
  durationSeconds: number,
  taken: readonly Spot[],
): Mover[] {
  const random = randomFor(`walkers ${cameraId}`);
  const kerb = frame.piece.road.carriagewayMetres / 2;
  const width = frame.piece.road.footwayMetres;
  const movers: Mover[] = [];
  for (const side of [1, -1]) {
    const doors = findDoors(frame, buildings, side, kerb + width);
    const lanes = side > 0 ? [0.3, 0.45, 0.62, 0.8] : [0.3, 0.5, 0.7];
    lanes.forEach((share, lane) => {
      const left = side * (kerb + width * share);
      const [enter, leave] = pickDoors(doors, random.between(0, 1), lane % 2 === 0 ? 46 : 18);
      if (!enter || !leave) return;
      const path = [enter.inside, frame.spot(enter.ahead, left), frame.spot(leave.ahead, left), leave.inside];
      if (lane % 2 === 1) path.reverse();
      if (path.slice(1).some((to, index) => taken.some((spot) => isNearLeg(spot, path[index] ?? to, to))))
        return;
      const length = lengthOfPath(path);
      const laps = Math.max(1, Math.round(length / (1.25 * durationSeconds)));
      const variant = Math.floor(random.between(0, 60));
      for (let copy = 0; copy < laps; copy++) {
        movers.push({
          id: `walker-${side > 0 ? 'near' : 'far'}-${lane + 1}-${copy + 1}`,
          model: 'person',
          variant,
          path,
          advanceMetres: length / laps,
          startMetres: (length / laps) * (copy + 0.37 * lane),
        });
      }
    });
    for (let index = 0; index < 3; index++) {
      const ahead = (side > 0 ? 12 : 45) + index * 17 + random.between(0, 6);
      const left = side * (kerb + width * random.between(0.25, 0.75));
      const [from, to] = [frame.spot(ahead, left), frame.spot(ahead + 7.2, left + side * 0.4)];
      if (taken.some((spot) => isNearLeg(spot, from, to))) continue;
      movers.push({
        id: `pacer-${side > 0 ? 'near' : 'far'}-${index + 1}`,
        model: 'person',
        variant: Math.floor(random.between(0, 60)),
        path: [from, to],
        advanceMetres: 2 * gap(from, to),
        startMetres: random.between(0, 14),
        returns: true,
      });
    }
  }
  return movers;
}

interface Door {
  ahead: number;
  inside: Spot;
}

/** Places along the footway with a building straight behind it. */
function findDoors(
  frame: StreetFrame,
  buildings: readonly BuildingBlock[],
  side: number,
  inner: number,
): Door[] {
  const doors: Door[] = [];
  for (let ahead = 4; ahead < Math.min(110, frame.endsAhead - 18); ahead += 3) {
    for (const depth of [3, 5, 7]) {
      const inside = frame.spot(ahead, side * (inner + depth));
      const around = [-1, 1].map((step) => frame.spot(ahead + step, side * (inner + depth)));
      if (![inside, ...around].every((spot) => buildings.some(({ ring }) => isInside(spot, ring)))) continue;
      doors.push({ ahead, inside: frame.spot(ahead, side * (inner + depth + 0.8)) });
      break;
    }
  }
  return doors;
}

function pickDoors(doors: readonly Door[], share: number, apart: number): [Door?, Door?] {
  const enter = doors[Math.floor(share * doors.length * 0.7)];
  const leave = enter && doors.find((door) => door.ahead >= enter.ahead + apart);
  return leave ? [enter, leave] : [];
}

function lengthOfPath(path: readonly Spot[]): number {
  return path.reduce((sum, spot, index) => sum + gap(path[index - 1] ?? spot, spot), 0);
}

/** People keep a metre away from what stands about. */
function isNearLeg([x, y]: Spot, from: Spot, to: Spot): boolean {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const t = Math.min(1, Math.max(0, ((x - from[0]) * dx + (y - from[1]) * dy) / (dx * dx + dy * dy)));
  return Math.hypot(x - from[0] - dx * t, y - from[1] - dy * t) < 1.1;
}
