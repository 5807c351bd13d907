import { cornersOf, crossesRing, overlap, spanOf } from './footprints.ts';
import type { Footprint } from './footprints.ts';
import type { Point } from './projection.ts';
import { randomFor } from './random.ts';
import type { Random } from './random.ts';
import { contains, signedArea } from './rings.ts';
import type { Ring } from './rings.ts';
import type { Block, Side } from './surfaces.ts';

export type BuildingKind = 'residential' | 'commercial' | 'public' | 'industrial';

export interface Building {
  code: string;
  heightMetres: number;
  floors: number;
  nameZh?: string;
  kind: BuildingKind;
  ring: Point[];
}

interface Plot {
  ring: Ring;
  placed: Building[];
  footprints: Footprint[];
  random: Random;
}

type Layout = 'estate' | 'towers' | 'courtyards' | 'works' | 'school' | 'park';

const SETBACK_METRES = 4;
/** Square metres; a block larger than this is a hill. */
const LARGEST_PLOT = 220_000;
const LEAST_PLOT = 2500;
const SCHOOLS = ['小学', '中学', '幼儿园', '卫生服务中心', '文化站'];

/** Buildings block by block: shops along the larger streets, then the inside by the block's layout. */
export function makeBuildings(blocks: readonly Block[]): Building[] {
  const random = randomFor('buildings');
  const buildings: Building[] = [];
  for (const block of blocks) {
    const ring = insetBlock(block);
    const area = signedArea(ring);
    if (ring.length < 3 || area < LEAST_PLOT || area > LARGEST_PLOT) continue;
    const plot: Plot = { ring, placed: [], footprints: [], random };
    const layout = chooseLayout(block, random);
    if (layout !== 'park') {
      for (const side of block.sides) {
        if (side.edge.road.class !== 'lane' && layout !== 'works') lineStreet(plot, side);
      }
      fillPlot(plot, layout, longestDirection(block));
    }
    buildings.push(...plot.placed);
  }
  return buildings.map((building, index) => ({
    ...building,
    code: `B${String(index + 1).padStart(5, '0')}`,
  }));
}

function chooseLayout(block: Block, random: Random): Layout {
  const [x = 0, y = 0] = block.sides[0]?.from.at ?? [];
  const roll = random.next();
  if (roll < 0.09) return 'park';
  if (roll < 0.16) return 'school';
  if ((x < -3200 || y < 300) && roll < 0.34) return 'works';
  if (roll < 0.52) return 'towers';
  return roll < 0.68 ? 'courtyards' : 'estate';
}

/** The block without its footways and a setback; empty where it is too narrow for that. */
function insetBlock(block: Block): Point[] {
  const far = (side: Side): number =>
    side.edge.road.carriagewayMetres / 2 + side.edge.road.footwayMetres + SETBACK_METRES;
  const ring = block.sides.map((side, index): Point => {
    const before = block.sides[(index + block.sides.length - 1) % block.sides.length] ?? side;
    const [ux, uy] = before.direction;
    const [vx, vy] = side.direction;
    const [nx, ny] = side.from.at;
    const cross = ux * vy - uy * vx;
    if (Math.abs(cross) < 0.02) {
      const offset = Math.max(far(before), far(side));
      return [nx - uy * offset, ny + ux * offset];
    }
    const [px, py] = [nx - uy * far(before), ny + ux * far(before)];
    const [qx, qy] = [nx - vy * far(side), ny + vx * far(side)];
    const t = ((qx - px) * vy - (qy - py) * vx) / cross;
    return [px + ux * t, py + uy * t];
  });
  const folded = block.sides.some((side, index) => {
    const [a, b] = [ring[index], ring[(index + 1) % ring.length]];
    return !a || !b || (b[0] - a[0]) * side.direction[0] + (b[1] - a[1]) * side.direction[1] <= 0;
  });
  return folded ? [] : ring;
}

function longestDirection(block: Block): Point {
  let best: Point = [1, 0];
  let longest = 0;
  for (const { direction } of block.sides) {
    if (Math.abs(direction[0]) > longest) [longest, best] = [Math.abs(direction[0]), direction];
  }
  return best[0] < 0 ? [-best[0], -best[1]] : best;
}

/** Shops and offices with their backs to the block, along one side. */
function lineStreet(plot: Plot, side: Side): void {
  const { random } = plot;
  const [ux, uy] = side.direction;
  const main = side.edge.road.class === 'main';
  const offset = side.edge.road.carriagewayMetres / 2 + side.edge.road.footwayMetres + SETBACK_METRES;
  const length = Math.sqrt((side.to.at[0] - side.from.at[0]) ** 2 + (side.to.at[1] - side.from.at[1]) ** 2);
  for (let along = 22; along < length - 22;) {
    const width = random.between(26, main ? 58 : 44);
    const depth = random.between(12, main ? 20 : 15);
    const middle = along + width / 2;
    const out = offset + 0.4 + depth / 2;
    const tower = main && random.chance(0.22);
    const floors = tower ? Math.floor(random.between(14, 25)) : Math.floor(random.between(2, main ? 9 : 7));
    place(plot, 'commercial', floors, 3.5, {
      centre: [side.from.at[0] + ux * middle - uy * out, side.from.at[1] + uy * middle + ux * out],
      axis: side.direction,
      half: [width / 2, depth / 2],
    });
    along += width + random.between(5, 14);
  }
}

function fillPlot(plot: Plot, layout: Layout, axis: Point): void {
  const { random } = plot;
  const normal: Point = [-axis[1], axis[0]];
  const along = spanOf(plot.ring, axis);
  const across = spanOf(plot.ring, normal);
  const sizes = {
    estate: { length: [50, 74], depth: [13, 15], gapAlong: 13, gapAcross: 25, floors: [6, 9] },
    towers: { length: [26, 36], depth: [18, 22], gapAlong: 36, gapAcross: 42, floors: [16, 30] },
    courtyards: { length: [24, 44], depth: [10, 13], gapAlong: 9, gapAcross: 18, floors: [2, 5] },
    works: { length: [50, 78], depth: [22, 34], gapAlong: 16, gapAcross: 18, floors: [1, 3] },
    school: { length: [44, 58], depth: [15, 18], gapAlong: 40, gapAcross: 50, floors: [3, 6] },
    park: { length: [0, 0], depth: [0, 0], gapAlong: 1, gapAcross: 1, floors: [1, 1] },
  }[layout];
  const [minLength = 0, maxLength = 0] = sizes.length;
  const [minDepth = 0, maxDepth = 0] = sizes.depth;
  const [minFloors = 1, maxFloors = 1] = sizes.floors;
  const kind = layout === 'works' ? 'industrial' : layout === 'school' ? 'public' : 'residential';
  const floors = Math.floor(random.between(minFloors, maxFloors));
  for (let row = across[0] + 1; row < across[1];) {
    const depth = random.between(minDepth, maxDepth);
    for (let at = along[0] + 1 + random.between(0, 6); at < along[1];) {
      const length = random.between(minLength, maxLength);
      const [s, t] = [at + length / 2, row + depth / 2];
      const levels = Math.max(2, floors + Math.floor(random.between(-1, 2)));
      const fits = place(plot, kind, levels, kind === 'industrial' ? 4.5 : 3, {
        centre: [axis[0] * s + normal[0] * t, axis[1] * s + normal[1] * t],
        axis,
        half: [length / 2, depth / 2],
      });
      if (fits) nameBuilding(plot, kind, random);
      at += fits ? length + sizes.gapAlong : 7;
    }
    row += depth + sizes.gapAcross;
  }
}

function nameBuilding(plot: Plot, kind: BuildingKind, random: Random): void {
  const building = plot.placed[plot.placed.length - 1];
  if (kind !== 'public' || !building || plot.placed.some((other) => other.nameZh)) return;
  const ordinal = '一二三四五六七八九十'.charAt(Math.floor(random.next() * 10));
  building.nameZh = `示例第${ordinal}${random.pick(SCHOOLS)}`;
}

/** Builds if the footprint stays inside the plot and five metres clear of the others. */
function place(
  plot: Plot,
  kind: BuildingKind,
  floors: number,
  storey: number,
  footprint: Footprint,
): boolean {
  const ring = cornersOf(footprint, 0);
  if (!ring.every((corner) => contains(plot.ring, corner)) || crossesRing(ring, plot.ring)) return false;
  if (plot.footprints.some((other) => overlap(footprint, other, 2.5))) return false;
  plot.footprints.push(footprint);
  const heightMetres = Math.round(Math.min(90, Math.max(6, floors * storey + 0.6)) * 10) / 10;
  plot.placed.push({ code: '', heightMetres, floors, kind, ring });
  return true;
}
