import {
  BoxGeometry,
  BufferAttribute,
  Color,
  ConeGeometry,
  CylinderGeometry,
  Euler,
  ExtrudeGeometry,
  IcosahedronGeometry,
  Matrix4,
  Quaternion,
  Shape,
  SphereGeometry,
  Vector3,
} from 'three';
import type { BufferGeometry } from 'three';
import { mergeGeometries } from 'three/addons/utils/BufferGeometryUtils.js';

export type Triple = readonly [x: number, y: number, z: number];

interface Placing {
  /** metres: x to the right, y ahead, z up; of the middle of the shape's bottom */
  at?: Triple;
  /** radians around x, y, z */
  turn?: Triple;
}

/**
 * Builds one geometry out of coloured solids, so that a whole lamp or car is one draw call with one material.
 * Models look along +y and stand on z = 0.
 */
export class Sculpt {
  private readonly solids: BufferGeometry[] = [];

  add(geometry: BufferGeometry, colour: string, { at = [0, 0, 0], turn = [0, 0, 0] }: Placing = {}): this {
    const solid = geometry.index ? geometry.toNonIndexed() : geometry.clone();
    for (const name of Object.keys(solid.attributes)) {
      if (name !== 'position' && name !== 'normal') solid.deleteAttribute(name);
    }
    const rotation = new Quaternion().setFromEuler(new Euler(...turn));
    solid.applyMatrix4(new Matrix4().compose(new Vector3(...at), rotation, new Vector3(1, 1, 1)));
    const { r, g, b } = new Color(colour);
    const count = solid.getAttribute('position').count;
    const colours = new Float32Array(count * 3);
    for (let index = 0; index < count; index++) colours.set([r, g, b], index * 3);
    solid.setAttribute('color', new BufferAttribute(colours, 3));
    this.solids.push(solid);
    return this;
  }

  box(width: number, depth: number, height: number, colour: string, placing?: Placing): this {
    return this.add(new BoxGeometry(width, depth, height).translate(0, 0, height / 2), colour, placing);
  }

  /** An upright round post; `top` is the radius above. */
  post(radius: number, height: number, colour: string, placing?: Placing, top = radius, sides = 14): this {
    const solid = new CylinderGeometry(top, radius, height, sides).rotateX(Math.PI / 2);
    return this.add(solid.translate(0, 0, height / 2), colour, placing);
  }

  cone(radius: number, height: number, colour: string, placing?: Placing): this {
    return this.add(
      new ConeGeometry(radius, height, 16).rotateX(Math.PI / 2).translate(0, 0, height / 2),
      colour,
      placing,
    );
  }

  ball(radius: number, colour: string, placing?: Placing, flatten: Triple = [1, 1, 1]): this {
    return this.add(new SphereGeometry(radius, 14, 10).scale(...flatten), colour, placing);
  }

  /** A ball with dents: rubbish bags, bushes, heads of cabbage. */
  lump(radius: number, colour: string, placing: Placing, random: () => number, roughness = 0.22): this {
    const solid = new IcosahedronGeometry(radius, 2);
    const position = solid.getAttribute('position');
    const dents = new Map<string, number>();
    for (let index = 0; index < position.count; index++) {
      const key = [position.getX(index), position.getY(index), position.getZ(index)]
        .map((v) => v.toFixed(3))
        .join();
      const factor = dents.get(key) ?? 1 + (random() - 0.5) * 2 * roughness;
      dents.set(key, factor);
      position.setXYZ(
        index,
        position.getX(index) * factor,
        position.getY(index) * factor,
        position.getZ(index) * factor,
      );
    }
    solid.computeVertexNormals();
    return this.add(solid, colour, placing);
  }

  /** A side view (y ahead, z up) given a width across x. */
  profile(
    outline: readonly (readonly [y: number, z: number])[],
    width: number,
    colour: string,
    placing?: Placing,
  ): this {
    const shape = new Shape();
    outline.forEach(([y, z], index) => (index === 0 ? shape.moveTo(y, z) : shape.lineTo(y, z)));
    const bevel = 0.04;
    const solid = new ExtrudeGeometry(shape, {
      depth: width - 2 * bevel,
      bevelEnabled: true,
      bevelSize: bevel,
      bevelThickness: bevel,
      bevelSegments: 2,
      curveSegments: 4,
    });
    // the shape lies in (y, z) and grows along x
    solid.translate(0, 0, -width / 2 + bevel);
    solid.applyMatrix4(
      new Matrix4().makeBasis(new Vector3(0, 1, 0), new Vector3(0, 0, 1), new Vector3(1, 0, 0)),
    );
    return this.add(solid, colour, placing);
  }

  build(): BufferGeometry {
    const merged = mergeGeometries(this.solids);
    merged.computeBoundingSphere();
    return merged;
  }
}
