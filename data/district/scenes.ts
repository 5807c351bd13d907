import type { Building } from './buildings.ts';
import type { Division } from './divisions.ts';
import { toLocal } from './projection.ts';
import type { Point } from './projection.ts';
import { contains, signedArea } from './rings.ts';
import type { Road, StreetNetwork } from './streets.ts';
import type { Side } from './surfaces.ts';

/** Where a sample camera stands (mast on the footway, at the kerb) and the point of the ground it looks at. */
export interface CameraSpot {
  id: string;
  side: Side;
  /** Metres from the start of the side to the mast and to the point looked at. */
  mastAlong: number;
  lookAlong: number;
  mast: Point;
  look: Point;
  noteZh: string;
  noteEn: string;
  subdistrict: string;
}

/** Two storm-drain covers of the same kind two metres apart that belong to different units. */
export interface Drains {
  side: Side;
  first: Point;
  second: Point;
}

export interface Scenes {
  cameras: CameraSpot[];
  drains: Drains;
}

interface Wish {
  subdistrict: string;
  kind: 'midblock' | 'crossing';
  /** Longitude and latitude of the place wished for; the nearest fitting street is taken. */
  near: readonly [number, number];
  zh: string;
  en: string;
}

const WISHES: readonly Wish[] = [
  {
    subdistrict: '620103003',
    near: [103.7649, 36.0803],
    kind: 'midblock',
    zh: '宽人行道，有摊贩占道',
    en: 'wide footway with a vendor’s stall',
  },
  {
    subdistrict: '620103005',
    near: [103.7608, 36.0635],
    kind: 'midblock',
    zh: '两个相邻的雨水井盖',
    en: 'two storm drains side by side',
  },
  { subdistrict: '620103002', near: [103.7828, 36.0632], kind: 'crossing', zh: '路口', en: 'crossing' },
  { subdistrict: '620103004', near: [103.7518, 36.0763], kind: 'crossing', zh: '路口', en: 'crossing' },
  {
    subdistrict: '620103001',
    near: [103.7891, 36.0483],
    kind: 'midblock',
    zh: '沿街商铺',
    en: 'shops along the street',
  },
  { subdistrict: '620103008', near: [103.7365, 36.0712], kind: 'crossing', zh: '路口', en: 'crossing' },
  {
    subdistrict: '620103009',
    near: [103.7089, 36.0807],
    kind: 'midblock',
    zh: '沿街商铺',
    en: 'shops along the street',
  },
  { subdistrict: '620103006', near: [103.7588, 36.0549], kind: 'crossing', zh: '路口', en: 'crossing' },
];

/** Masts stand on the footway this far behind the kerb. */
const MAST_BEHIND_KERB = 0.7;
const LEAST_LENGTH = 170;
/** Corners of buildings within 110 m of the middle of the street: a street with something on both sides. */
const LEAST_BUILDINGS = 11;

/**
 * One camera per wish, on the nearest fitting main street of its subdistrict that no other camera is on.
 * The view runs along a straight piece of street of at least a hundred metres, so no building can stand in it.
 */
export function chooseScenes(
  sides: readonly Side[],
  divisions: readonly Division[],
  network: StreetNetwork,
  buildings: readonly Building[],
): Scenes {
  const used = new Set<string>();
  const cameras = WISHES.map((wish, index): CameraSpot => {
    const division = divisions.find((one) => one.code === wish.subdistrict);
    const home = division?.rings.toSorted((p, q) => signedArea(q) - signedArea(p))[0] ?? [];
    const wished = toLocal(wish.near[0], wish.near[1]);
    let best: Side | undefined;
    let nearest = Infinity;
    for (const side of sides) {
      const length = lengthOf(side);
      if (side.edge.road.class !== 'main' || length < LEAST_LENGTH || used.has(side.edge.road.code)) continue;
      if (![0.1, 0.5, 0.95].every((t) => contains(home, along(side, length * t, 0)))) continue;
      const middleOfSide = along(side, length / 2, 0);
      if (wish.kind === 'crossing' && !crossingRoad(network, side)) continue;
      if (countNear(buildings, middleOfSide) < LEAST_BUILDINGS) continue;
      const [mastAlong, lookAlong] = stretchOf(wish, length);
      const [x, y] = along(side, (mastAlong + lookAlong) / 2, kerbOf(side));
      const away = (x - wished[0]) ** 2 + (y - wished[1]) ** 2;
      if (away < nearest) [best, nearest] = [side, away];
    }
    if (!best) throw new Error(`no street for a camera in ${wish.subdistrict}`);
    used.add(best.edge.road.code);
    const length = lengthOf(best);
    const [mastAlong, lookAlong] = stretchOf(wish, length);
    const other = crossingRoad(network, best);
    const zh = wish.kind === 'crossing' && other ? `与${other.nameZh}${wish.zh}` : wish.zh;
    const en = wish.kind === 'crossing' && other ? `crossing with ${other.nameEn}` : wish.en;
    return {
      id: `camera-${index + 1}`,
      side: best,
      mastAlong,
      lookAlong,
      mast: along(best, mastAlong, kerbOf(best) + MAST_BEHIND_KERB),
      look: along(best, lookAlong, kerbOf(best) - (wish.kind === 'crossing' ? 7 : 1.5)),
      noteZh: `${best.edge.road.nameZh}${zh}`,
      noteEn: `${best.edge.road.nameEn}, ${en}`,
      subdistrict: wish.subdistrict,
    };
  });
  const camera = cameras[1];
  if (!camera) throw new Error('no camera for the drains');
  const beside = kerbOf(camera.side) - 1.6;
  return {
    cameras,
    drains: {
      side: camera.side,
      first: along(camera.side, camera.mastAlong + 20, beside),
      second: along(camera.side, camera.mastAlong + 22, beside),
    },
  };
}

/** Metres along a side to the mast and to the point looked at. */
function stretchOf({ kind }: Wish, length: number): readonly [number, number] {
  return kind === 'crossing' ? [length - 58, length - 14] : [48, 78];
}

/** The other main or secondary road at the end of a side. */
function crossingRoad(network: StreetNetwork, side: Side): Road | undefined {
  return network.edges.find(
    ({ from, to, road }) =>
      road !== side.edge.road && road.class !== 'lane' && (from === side.to || to === side.to),
  )?.road;
}

function countNear(buildings: readonly Building[], [x, y]: Point): number {
  return buildings.filter(({ ring: [corner = [0, 0]] }) => {
    const [dx, dy] = [corner[0] - x, corner[1] - y];
    return dx * dx + dy * dy < 110 * 110;
  }).length;
}

export function lengthOf(side: Side): number {
  const [dx, dy] = [side.to.at[0] - side.from.at[0], side.to.at[1] - side.from.at[1]];
  return Math.sqrt(dx * dx + dy * dy);
}

export function kerbOf(side: Side): number {
  return side.edge.road.carriagewayMetres / 2;
}

/** The point `metres` along a side and `left` of the middle of the road. */
export function along(side: Side, metres: number, left: number): Point {
  const [x, y] = side.direction;
  return [side.from.at[0] + x * metres - y * left, side.from.at[1] + y * metres + x * left];
}

/** The camera's ground view, roughly: within 75 m ahead and 5 m behind, on its own side of the street. */
export function isInView(camera: CameraSpot, side: Side, metres: number): boolean {
  return side === camera.side && metres > camera.mastAlong - 5 && metres < camera.mastAlong + 75;
}
