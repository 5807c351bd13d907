import { BufferAttribute, BufferGeometry, Color } from 'three';
import { mergeGeometries } from 'three/addons/utils/BufferGeometryUtils.js';
import { randomFor } from '../../district/random.ts';
import { Sculpt } from './sculpt.ts';

const LEAVES = ['#4c6f2c', '#5a7f33', '#3f6127', '#6b8c3c', '#557a37'];

/** A pagoda tree of the street, about 6.5 m tall: a trunk, some branches and a crown of single leaves. */
export function treeModel(variant: number): BufferGeometry {
  const random = randomFor(`tree ${variant}`);
  const model = new Sculpt();
  const bark = '#5d5145';
  model.box(1.3, 1.3, 0.015, '#6a5a47');
  model.post(0.13, 2.8, bark, {}, 0.09, 9);
  model.post(0.13, 1.0, '#e5e2d8', { at: [0, 0, 0.02] }, 0.125, 9);
  const clumps: { at: readonly [number, number, number]; radius: number }[] = [];
  for (let branch = 0; branch < 9; branch++) {
    const angle = (branch / 9) * 6.283 + random.between(-0.3, 0.3);
    const out = branch < 6 ? random.between(0.8, 1.5) : random.between(0.1, 0.6);
    const z = branch < 6 ? random.between(3.4, 4.8) : random.between(4.8, 5.8);
    clumps.push({ at: [Math.cos(angle) * out, Math.sin(angle) * out, z], radius: random.between(0.8, 1.15) });
    model.post(
      0.05,
      Math.hypot(out, z - 2.6),
      bark,
      { at: [0, 0, 2.6], turn: aim(Math.cos(angle) * out, Math.sin(angle) * out, z - 2.6) },
      0.02,
      5,
    );
  }
  const crown = leafCards(clumps, random);
  const wood = model.build();
  return mergeGeometries([wood, crown]);
}

/** Turn that brings the z axis onto a direction. */
function aim(x: number, y: number, z: number): readonly [number, number, number] {
  const length = Math.hypot(x, y, z);
  // Euler XYZ: z turned about y first gives (sin b, 0, cos b), then about x (sin b, -sin a cos b, cos a cos b)
  const tilt = Math.asin(x / length);
  return [Math.atan2(-y, z), tilt, 0];
}

interface Clump {
  at: readonly [number, number, number];
  radius: number;
}

/** Small quads spread over the shells of the clumps, with normals pointing outwards so that they shade softly. */
function leafCards(clumps: readonly Clump[], random: ReturnType<typeof randomFor>): BufferGeometry {
  const positions: number[] = [];
  const normals: number[] = [];
  const colours: number[] = [];
  for (const { at, radius } of clumps) {
    for (let leaf = 0; leaf < 210; leaf++) {
      const z = random.between(-0.75, 1);
      const angle = random.between(0, 6.283);
      const ring = Math.sqrt(1 - z * z);
      const out = [Math.cos(angle) * ring, Math.sin(angle) * ring, z] as const;
      const reach = radius * (0.55 + 0.45 * Math.cbrt(random.next()));
      const middle = out.map((value, axis) => (at[axis] ?? 0) + value * reach * (axis === 2 ? 0.75 : 1));
      const size = random.between(0.09, 0.17);
      const a = [random.between(-1, 1), random.between(-1, 1), random.between(-0.6, 0.6)];
      const b = [random.between(-1, 1), random.between(-1, 1), random.between(-0.6, 0.6)];
      const corner = (s: number, t: number): number[] =>
        middle.map((value, axis) => value + size * (s * (a[axis] ?? 0) + t * (b[axis] ?? 0)));
      const quad = [corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)];
      const colour = new Color(random.pick(LEAVES)).multiplyScalar(0.65 + 0.45 * (reach / radius));
      for (const index of [0, 1, 2, 0, 2, 3]) {
        positions.push(...(quad[index] ?? []));
        normals.push(out[0], out[1], Math.max(out[2], -0.2) + 0.5);
        colours.push(colour.r, colour.g, colour.b);
      }
    }
  }
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(new Float32Array(positions), 3));
  geometry.setAttribute('normal', new BufferAttribute(new Float32Array(normals), 3));
  geometry.setAttribute('color', new BufferAttribute(new Float32Array(colours), 3));
  geometry.normalizeNormals();
  return geometry;
}
