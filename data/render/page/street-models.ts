import {
  BufferAttribute,
  BufferGeometry,
  Group,
  Mesh,
  MeshLambertMaterial,
  PlaneGeometry,
  ShapeUtils,
  Vector2,
} from 'three';
import type { Material } from 'three';
import { mergeGeometries } from 'three/addons/utils/BufferGeometryUtils.js';
import { gap } from '../motion.ts';
import type { SceneDescription, Spot } from '../scene-description.ts';
import { drawAsphalt, drawPaving, drawTactile, drawTexture, drawYard } from './canvas-textures.ts';
import { Sculpt } from './sculpt.ts';

/**
 * The ground is one plane, as the cameras' geometry takes it to be: the footway is not raised, only its
 * kerbstone stands a few centimetres proud. Layers of paint are millimetres apart.
 */
export function makeStreets(scene: SceneDescription, solid: Material): Group {
  const group = new Group();
  const yard = new PlaneGeometry(1600, 1600);
  const uv = yard.getAttribute('uv');
  for (let index = 0; index < uv.count; index++) uv.setXY(index, uv.getX(index) * 100, uv.getY(index) * 100);
  group.add(
    new Mesh(
      yard.translate(0, 0, -0.02),
      new MeshLambertMaterial({ map: drawTexture('yard', 512, 512, drawYard) }),
    ),
  );
  const layers = [
    { kind: 'carriageway', metres: 7, texture: drawTexture('asphalt', 512, 512, drawAsphalt) },
    { kind: 'footway', metres: 4, texture: drawTexture('paving', 512, 512, drawPaving) },
  ] as const;
  for (const { kind, metres, texture } of layers) {
    const patches = scene.surfaces.filter((surface) => surface.kind === kind);
    if (patches.length === 0) continue;
    const meshes = patches.map(({ ring, headingDegrees }) => flat(ring, 0, headingDegrees, metres));
    group.add(new Mesh(mergeGeometries(meshes), new MeshLambertMaterial({ map: texture })));
  }
  const paints = { white: '#d8d8d2', yellow: '#d0a02c' } as const;
  for (const colour of ['white', 'yellow', 'tactile'] as const) {
    const flats = scene.markings.filter((marking) => marking.colour === colour);
    if (flats.length === 0) continue;
    const meshes = flats.map(({ ring }) => {
      const [a = [0, 0], , , d = [0, 0]] = ring;
      const heading = (Math.atan2(d[0] - a[0], d[1] - a[1]) * 180) / Math.PI;
      return flat(ring, 0.006, heading, 0.4);
    });
    const material =
      colour === 'tactile'
        ? new MeshLambertMaterial({ map: drawTexture('tactile', 64, 64, drawTactile) })
        : new MeshLambertMaterial({ color: paints[colour] });
    group.add(new Mesh(mergeGeometries(meshes), material));
  }
  group.add(new Mesh(kerbstones(scene.kerbs), solid));
  return group;
}

function flat(
  ring: readonly Spot[],
  z: number,
  headingDegrees: number,
  metresPerTexture: number,
): BufferGeometry {
  const triangles = ShapeUtils.triangulateShape(
    ring.map(([x, y]) => new Vector2(x, y)),
    [],
  );
  const [sin, cos] = [Math.sin((headingDegrees * Math.PI) / 180), Math.cos((headingDegrees * Math.PI) / 180)];
  const positions: number[] = [];
  const uvs: number[] = [];
  const normals: number[] = [];
  for (const triangle of triangles) {
    for (const index of triangle) {
      const [x, y] = ring[index] ?? [0, 0];
      positions.push(x, y, z);
      normals.push(0, 0, 1);
      uvs.push((x * cos - y * sin) / metresPerTexture, (x * sin + y * cos) / metresPerTexture);
    }
  }
  const area = ring.reduce((sum, [x, y], index) => {
    const [nx, ny] = ring[(index + 1) % ring.length] ?? [x, y];
    return sum + x * ny - nx * y;
  }, 0);
  if (area < 0) {
    flip(positions, 3);
    flip(uvs, 2);
  }
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(new Float32Array(positions), 3));
  geometry.setAttribute('normal', new BufferAttribute(new Float32Array(normals), 3));
  geometry.setAttribute('uv', new BufferAttribute(new Float32Array(uvs), 2));
  return geometry;
}

/** Turns every triangle over. */
function flip(values: number[], size: number): void {
  for (let start = 0; start < values.length; start += 3 * size) {
    for (let offset = 0; offset < size; offset++) {
      const [b, c] = [start + size + offset, start + 2 * size + offset];
      [values[b], values[c]] = [values[c] ?? 0, values[b] ?? 0];
    }
  }
}

function kerbstones(kerbs: readonly Spot[][]): BufferGeometry {
  const model = new Sculpt().box(0.01, 0.01, 0.01, '#aaa69c', { at: [0, 0, -1] });
  for (const [from, to] of kerbs) {
    if (!from || !to) continue;
    const length = gap(from, to);
    const turn = Math.atan2(to[1] - from[1], to[0] - from[0]);
    const stones = length < 8 && length > 0.3 ? 1 : Math.max(1, Math.round(length / 1.0));
    for (let stone = 0; stone < stones; stone++) {
      const share = (stone + 0.5) / stones;
      const at = [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share, -0.02] as const;
      model.box(
        length / stones - (stones > 1 ? 0.015 : 0),
        0.16,
        0.09,
        stone % 3 === 1 ? '#a39f95' : '#b1ada3',
        { at, turn: [0, 0, turn] },
      );
    }
  }
  return model.build();
}
