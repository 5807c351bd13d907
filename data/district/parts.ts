import type { Cell } from './cells.ts';
import { CARRIERS, TELECOM_CLASSES, stewardshipOf } from './part-owners.ts';
import { CROSSING_CLASSES, PLACEMENTS, RARE_COUNT, RARE_LEFT } from './part-placement.ts';
import type { Point } from './projection.ts';
import { randomFor } from './random.ts';
import type { Random } from './random.ts';
import { along, isInView, kerbOf, lengthOf } from './scenes.ts';
import type { CameraSpot, Scenes } from './scenes.ts';
import type { Side } from './surfaces.ts';

export type PartState = 'intact' | 'damaged' | 'missing' | 'abandoned' | 'removed';

export interface Part {
  code: string;
  class: string;
  cell: string;
  ownerCode: string;
  ownerName: string;
  maintainerCode: string;
  maintainerName: string;
  authorityCode: string;
  authorityName: string;
  maintenanceUntil?: string;
  state: PartState;
  initialDate: string;
  changedDate: string;
  source: string;
  note: string;
  at: Point;
}

export interface PartsInput {
  sides: readonly Side[];
  scenes: Scenes;
  cellAt: (point: Point) => Cell | undefined;
  /** All part classes of the active dictionary, as ids (P01001). */
  classes: readonly string[];
  unitName: (code: string) => string;
}

interface Placed {
  class: string;
  at: Point;
  drain?: 'planning' | 'invest';
}

/** Within this distance of a mast the street furniture is complete. */
const DENSE_METRES = 160;
const CORNER_METRES = 14;
const CLEARANCE_METRES = 0.9;
const SOURCE = '示例数据（虚构）';
const STATES: readonly [PartState, number][] = [
  ['damaged', 0.012],
  ['missing', 0.003],
  ['abandoned', 0.003],
  ['removed', 0.002],
];

export function makeParts(input: PartsInput): Part[] {
  const random = randomFor('parts');
  const taken = new Set<string>();
  const placed: Placed[] = [
    { class: 'P01003', at: input.scenes.drains.first, drain: 'planning' },
    { class: 'P01003', at: input.scenes.drains.second, drain: 'invest' },
  ];
  for (const { at } of placed) reserve(taken, at, 2);
  for (const side of input.sides) {
    placeAlong(side, input.scenes.cameras, random, taken, placed);
    placeAtCorner(side, random, taken, placed);
  }
  placeRare(input, random, taken, placed);
  const describe = describer(input, randomFor('part attributes'));
  return placed.flatMap((one) => {
    const cell = input.cellAt(one.at);
    return cell ? [describe(one, cell)] : [];
  });
}

function placeAlong(
  side: Side,
  cameras: readonly CameraSpot[],
  random: Random,
  taken: Set<string>,
  placed: Placed[],
): void {
  const { road } = side.edge;
  const length = lengthOf(side);
  const footway = footwayOf(side);
  const middle = along(side, length / 2, 0);
  const dense = road.class !== 'lane' && cameras.some(({ look }) => within(look, middle, DENSE_METRES));
  for (const placement of PLACEMENTS) {
    const step = dense && placement.dense > 0 ? placement.dense : placement.every[road.class];
    if (step === 0 || placement.left > road.footwayMetres - 0.2) continue;
    if (-placement.left > kerbOf(side) - 0.5) continue;
    const regular = step < 130;
    const start = CORNER_METRES + random.next() * step;
    for (
      let metres = start;
      metres < length - CORNER_METRES;
      metres += step * (regular ? 1 : random.between(0.7, 1.3))
    ) {
      if (metres < footway[0] || metres > footway[1]) continue;
      if (placement.blocksView && cameras.some((camera) => isInView(camera, side, metres))) continue;
      const at = along(side, metres, kerbOf(side) + placement.left);
      const twin = placed
        .slice(0, 2)
        .some((drain) => drain.class === placement.class && within(drain.at, at, 12));
      if (!twin) addPart(placement.class, at, taken, placed);
    }
  }
}

/** Metres along a side between which its footway has its whole width. */
function footwayOf(side: Side): [number, number] {
  const [x, y] = side.from.at;
  const middle = lengthOf(side) / 2;
  let [start, end] = [0, lengthOf(side)];
  for (const point of [...side.kerb, ...side.inner]) {
    const metres = (point[0] - x) * side.direction[0] + (point[1] - y) * side.direction[1];
    if (metres < middle) start = Math.max(start, metres);
    else end = Math.min(end, metres);
  }
  return [start + 0.3, end - 0.3];
}

/** Signals, name plates and ramps where a main or secondary street meets another, on the near corner. */
function placeAtCorner(side: Side, random: Random, taken: Set<string>, placed: Placed[]): void {
  const { next } = side;
  if (!next || side.edge.road.class === 'lane' || next.edge.road.class === 'lane') return;
  if (next.edge.road === side.edge.road) return;
  const end = footwayOf(side)[1];
  for (const { class: classId, left, back, share } of CROSSING_CLASSES) {
    if (!random.chance(share) || left > side.edge.road.footwayMetres - 0.2) continue;
    addPart(classId, along(side, end + 7 - back, kerbOf(side) + left), taken, placed);
  }
}

function placeRare(input: PartsInput, random: Random, taken: Set<string>, placed: Placed[]): void {
  const common = new Set([...PLACEMENTS, ...CROSSING_CLASSES].map((one) => one.class));
  const larger = input.sides.filter((side) => side.edge.road.class !== 'lane' && lengthOf(side) > 90);
  for (const classId of input.classes) {
    if (common.has(classId)) continue;
    for (let count = 0, tries = 0; count < RARE_COUNT && tries < 200; tries++) {
      const side = random.pick(larger);
      const metres = random.between(25, lengthOf(side) - 25);
      if (input.scenes.cameras.some((camera) => isInView(camera, side, metres))) continue;
      const at = along(side, metres, kerbOf(side) + RARE_LEFT);
      if (input.cellAt(at) && addPart(classId, at, taken, placed)) count++;
    }
  }
}

function addPart(classId: string, at: Point, taken: Set<string>, placed: Placed[]): boolean {
  if (!reserve(taken, at, 0)) return false;
  placed.push({ class: classId, at });
  return true;
}

/** Claims the ground around a part; false if somebody stands there. */
function reserve(taken: Set<string>, [x, y]: Point, reach: number): boolean {
  const [column, row] = [Math.floor(x / CLEARANCE_METRES), Math.floor(y / CLEARANCE_METRES)];
  if (taken.has(`${column},${row}`) && reach === 0) return false;
  for (let i = -reach; i <= reach; i++) {
    for (let j = -reach; j <= reach; j++) taken.add(`${column + i},${row + j}`);
  }
  return true;
}

function within(a: Point, b: Point, metres: number): boolean {
  const [dx, dy] = [a[0] - b[0], a[1] - b[1]];
  return dx * dx + dy * dy < metres * metres;
}

/** Codes run from 000001 in each class, in order of placement. */
function describer(input: PartsInput, random: Random): (one: Placed, cell: Cell) => Part {
  const sequences = new Map<string, number>();
  const date = (from: number, years: number): string => {
    const [year, month, day] = [from + random.next() * years, 1 + random.next() * 12, 1 + random.next() * 28];
    return [year, month, day].map((value) => String(Math.floor(value)).padStart(2, '0')).join('-');
  };
  return (one, cell) => {
    const sequence = (sequences.get(one.class) ?? 0) + 1;
    sequences.set(one.class, sequence);
    const steward = stewardshipOf(one.class);
    const carrier = TELECOM_CLASSES.includes(one.class) ? random.pick(CARRIERS) : undefined;
    const owner = one.drain ?? carrier ?? steward.owner;
    const maintainer = one.drain ?? carrier ?? steward.maintainer;
    const authority = carrier ?? steward.authority;
    let state: PartState = 'intact';
    let roll = random.next();
    for (const [name, share] of STATES) {
      if (roll >= 0 && roll < share && !one.drain) state = name;
      roll -= share;
    }
    const initialDate = date(2012, 12);
    return {
      code: `620103${one.class.slice(1)}${String(sequence).padStart(6, '0')}`,
      class: one.class,
      cell: cell.code,
      ownerCode: owner,
      ownerName: input.unitName(owner),
      maintainerCode: maintainer,
      maintainerName: input.unitName(maintainer),
      authorityCode: authority,
      authorityName: input.unitName(authority),
      ...(one.drain === 'invest' ? { maintenanceUntil: '2030-12-31' } : {}),
      state,
      initialDate,
      changedDate: date(2025, 1),
      source: SOURCE,
      note: one.drain === 'invest' ? '本单位建设，养护期内' : '',
      at: one.at,
    };
  };
}
