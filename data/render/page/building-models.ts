import {
  BufferAttribute,
  BufferGeometry,
  Group,
  Mesh,
  MeshLambertMaterial,
  ShapeGeometry,
  Shape,
} from 'three';
import type { Material } from 'three';
import { randomFor } from '../../district/random.ts';
import type { BuildingBlock, Spot } from '../scene-description.ts';
import { BAYS, SIGN_ROWS, STOREYS, facadeTexture, shopTexture, signSheet } from './facade-textures.ts';
import { Sculpt } from './sculpt.ts';

/** Detail that sticks out of the walls is built this near. */
const DETAIL_METRES = 190;
const STYLES = 4;
const SHOP_METRES = 3.9;

class QuadSheet {
  private readonly positions: number[] = [];
  private readonly uvs: number[] = [];

  /** An upright wall from a to b (outside on its right) between two heights. */
  wall(
    a: Spot,
    b: Spot,
    bottom: number,
    top: number,
    uv: readonly [u0: number, v0: number, u1: number, v1: number],
  ): void {
    const corners = [
      [...a, bottom, uv[0], uv[1]],
      [...b, bottom, uv[2], uv[1]],
      [...b, top, uv[2], uv[3]],
      [...a, top, uv[0], uv[3]],
    ];
    for (const index of [0, 1, 2, 0, 2, 3]) {
      const [x = 0, y = 0, z = 0, u = 0, v = 0] = corners[index] ?? [];
      this.positions.push(x, y, z);
      this.uvs.push(u, v);
    }
  }

  build(material: Material): Mesh {
    const geometry = new BufferGeometry();
    geometry.setAttribute('position', new BufferAttribute(new Float32Array(this.positions), 3));
    geometry.setAttribute('uv', new BufferAttribute(new Float32Array(this.uvs), 2));
    geometry.computeVertexNormals();
    return new Mesh(geometry, material);
  }
}

/** All buildings of a scene, one mesh per kind of facade. */
export function makeBuildings(buildings: readonly BuildingBlock[], solid: Material): Group {
  const group = new Group();
  const sheets = new Map<string, QuadSheet>();
  const sheetOf = (name: string): QuadSheet => {
    const sheet = sheets.get(name) ?? new QuadSheet();
    sheets.set(name, sheet);
    return sheet;
  };
  const extras = new Sculpt();
  const roofs: BufferGeometry[] = [];
  for (const building of buildings) {
    const random = randomFor(`building ${building.code}`);
    const style = Math.floor(random.between(0, STYLES));
    const ring = counterClockwise(building.ring);
    const near = Math.min(...ring.map(([x, y]) => Math.hypot(x, y))) < DETAIL_METRES;
    const shops = building.kind === 'commercial';
    const base = shops ? Math.min(SHOP_METRES, building.heightMetres * 0.5) : 0;
    ring.forEach((a, index) => {
      const b = ring[(index + 1) % ring.length] ?? a;
      const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
      const bays = Math.max(1, Math.round(length / (building.kind === 'industrial' ? 5 : 3.4)));
      const floors = Math.max(1, building.floors - (shops ? 1 : 0));
      const shift = Math.floor(random.between(0, 4)) / BAYS;
      sheetOf(`${building.kind}/${style}`).wall(a, b, base, building.heightMetres, [
        shift,
        0,
        shift + bays / BAYS,
        floors / STOREYS,
      ]);
      if (shops) {
        const count = Math.max(1, Math.round(length / 4.4));
        const start = Math.floor(random.between(0, 4)) / 4;
        sheetOf(`shop/${style % 3}`).wall(a, b, 0, base, [start, 0, start + count / 4, 1]);
        if (near) hangSigns(sheetOf('signs'), extras, a, b, count, random);
      } else if (near && building.kind === 'residential' && length > 14) {
        addBalconies(extras, a, b, building, bays);
      }
    });
    roofs.push(flatRoof(ring, building.heightMetres));
    if (near) addRoof(extras, ring, building.heightMetres, random.next());
  }
  for (const [name, sheet] of sheets) {
    const [kind = '', style = '0'] = name.split('/');
    const map =
      kind === 'shop'
        ? shopTexture(Number(style))
        : kind === 'signs'
          ? signSheet()
          : facadeTexture(kind, Number(style));
    group.add(sheet.build(new MeshLambertMaterial({ map })));
  }
  const roofSculpt = new Sculpt();
  for (const roof of roofs) roofSculpt.add(roof, '#8b857a');
  group.add(new Mesh(roofSculpt.build(), solid), new Mesh(extras.build(), solid));
  return group;
}

function counterClockwise(ring: readonly Spot[]): Spot[] {
  const area = ring.reduce((sum, [x, y], index) => {
    const [nx, ny] = ring[(index + 1) % ring.length] ?? [x, y];
    return sum + x * ny - nx * y;
  }, 0);
  return area > 0 ? [...ring] : ring.toReversed();
}

function flatRoof(ring: readonly Spot[], height: number): BufferGeometry {
  const shape = new Shape();
  ring.forEach(([x, y], index) => (index === 0 ? shape.moveTo(x, y) : shape.lineTo(x, y)));
  return new ShapeGeometry(shape).translate(0, 0, height - 0.05);
}

/** Parapets and a stair head. */
function addRoof(extras: Sculpt, ring: readonly Spot[], height: number, share: number): void {
  ring.forEach((a, index) => {
    const b = ring[(index + 1) % ring.length] ?? a;
    const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
    const turn = Math.atan2(b[1] - a[1], b[0] - a[0]);
    extras.box(length + 0.3, 0.35, 0.9, '#b9b2a5', {
      at: [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2, height - 0.2],
      turn: [0, 0, turn],
    });
  });
  const [a = [0, 0], b = [0, 0], c = [0, 0]] = ring;
  const middle = [(a[0] + c[0]) / 2, (a[1] + c[1]) / 2] as const;
  const turn = Math.atan2(b[1] - a[1], b[0] - a[0]);
  const aside = (share - 0.5) * 0.5;
  const at = [middle[0] + (b[0] - a[0]) * aside, middle[1] + (b[1] - a[1]) * aside, height] as const;
  extras.box(5, 4, 2.8, '#b0a898', { at, turn: [0, 0, turn] });
}

function hangSigns(
  signs: QuadSheet,
  extras: Sculpt,
  a: Spot,
  b: Spot,
  count: number,
  random: ReturnType<typeof randomFor>,
): void {
  const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
  const [ux, uy] = [(b[0] - a[0]) / length, (b[1] - a[1]) / length];
  const [nx, ny] = [uy, -ux];
  const turn = Math.atan2(uy, ux);
  for (let shop = 0; shop < count; shop++) {
    const from = (length * shop) / count + 0.15;
    const to = (length * (shop + 1)) / count - 0.15;
    const row = Math.floor(random.between(0, SIGN_ROWS));
    const out = 0.32;
    const spot = (along: number, off: number): Spot => [
      a[0] + ux * along + nx * off,
      a[1] + uy * along + ny * off,
    ];
    const [v0, v1] = [1 - (row + 1) / SIGN_ROWS, 1 - row / SIGN_ROWS];
    signs.wall(spot(from, out), spot(to, out), 3.0, 3.85, [0, v0, 1, v1]);
    const [mx, my] = spot((from + to) / 2, out / 2);
    extras.box(to - from, out - 0.02, 0.85, '#55585c', { at: [mx, my, 3.0], turn: [0, 0, turn] });
    if (random.chance(0.3)) {
      const [ax, ay] = spot((from + to) / 2, 0.9);
      const colour = random.pick(['#a5322b', '#2f6b52', '#3a5f8a', '#c9b98f']);
      extras.box(to - from - 0.3, 1.3, 0.05, colour, { at: [ax, ay, 2.72], turn: [-0.35, 0, turn] });
    }
    const [dx, dy] = spot((from + to) / 2, 0.25);
    extras.box(to - from - 0.6, 0.5, 0.12, '#9a958b', { at: [dx, dy, 0], turn: [0, 0, turn] });
  }
}

function addBalconies(extras: Sculpt, a: Spot, b: Spot, building: BuildingBlock, bays: number): void {
  const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
  const [ux, uy] = [(b[0] - a[0]) / length, (b[1] - a[1]) / length];
  const storey = building.heightMetres / building.floors;
  const turn = Math.atan2(uy, ux);
  for (let floor = 1; floor < building.floors; floor++) {
    for (let bay = 1; bay < bays; bay += 3) {
      const along = (length * (bay + 0.5)) / bays;
      const at = [
        a[0] + ux * along + uy * 0.55,
        a[1] + uy * along - ux * 0.55,
        floor * storey - 0.1,
      ] as const;
      extras.box(3.0, 1.1, 1.15, '#d5cdbd', { at, turn: [0, 0, turn] });
    }
  }
}
