import { Group, Mesh, PlaneGeometry, ShaderMaterial } from 'three';
import type { BufferGeometry, Material, Object3D } from 'three';
import { standAt } from '../motion.ts';
import type { Mover, Prop } from '../scene-description.ts';
import {
  lidModel,
  openManholeModel,
  overflowingBinModel,
  rubbishPileModel,
  vendorStallModel,
} from './incident-models.ts';
import { PART_MODELS } from './part-models.ts';
import { makePerson } from './person-model.ts';
import { treeModel } from './tree-model.ts';
import { busModel, carModel, ebikeModel, vanModel } from './vehicle-models.ts';

const MODELS: Record<string, (variant: number) => BufferGeometry> = {
  ...PART_MODELS,
  tree: (variant) => treeModel(variant % 4),
  car: (variant) => carModel(variant % 8),
  van: (variant) => vanModel(variant % 3),
  bus: (variant) => busModel(variant % 3),
  ebike: (variant) => ebikeModel(variant % 4),
  'vendor-stall': vendorStallModel,
  'rubbish-pile': rubbishPileModel,
  'overflowing-bin': overflowingBinModel,
  'open-manhole': openManholeModel,
};
const VARIANTS: Record<string, number> = { tree: 4, car: 8, van: 3, bus: 3, ebike: 4 };
/** width and length of the dark patch under a vehicle */
const PATCHES: Record<string, readonly [number, number]> = {
  car: [2.1, 4.9],
  van: [2.0, 4.6],
  bus: [2.9, 11],
  ebike: [0.6, 1.8],
};

const geometries = new Map<string, BufferGeometry>();

function geometryOf(model: string, variant: number): BufferGeometry {
  const make = MODELS[model];
  if (!make) throw new Error(`no model ${model}`);
  const kept = variant % (VARIANTS[model] ?? 7);
  const key = `${model}/${kept}`;
  const geometry = geometries.get(key) ?? make(kept);
  geometries.set(key, geometry);
  return geometry;
}

export interface StillActor {
  prop: Prop;
  object: Object3D;
}

export function makeStillActor(prop: Prop, material: Material): StillActor {
  const object =
    prop.model === 'person'
      ? makePerson(prop.variant, material).group
      : new Mesh(geometryOf(prop.model, prop.variant), material);
  place(object, prop.at, prop.headingDegrees);
  if (prop.model !== 'open-manhole') return { prop, object };
  // the lid beside it is part of the scene, not of the hole
  const lid = new Mesh(lidModel(), material);
  lid.position.set(0.95, 0.35, 0);
  lid.userData['apart'] = true;
  object.add(lid);
  return { prop, object };
}

export interface MovingActor {
  mover: Mover;
  object: Object3D;
  moveTo(seconds: number): void;
}

export function makeMovingActor(mover: Mover, material: Material, durationSeconds: number): MovingActor {
  const group = new Group();
  let stride: ((metres: number) => void) | undefined;
  if (mover.model === 'person') {
    const person = makePerson(mover.variant, material);
    group.add(person.group);
    stride = person.stride;
  } else {
    group.add(new Mesh(geometryOf(mover.model, mover.variant), material));
    group.add(makePatch(PATCHES[mover.model] ?? [1, 1]));
  }
  return {
    mover,
    object: group,
    moveTo(seconds) {
      const stand = standAt(mover, seconds, durationSeconds);
      place(group, stand.at, stand.headingDegrees);
      stride?.(wholeStrides(mover, stand.travelledMetres));
    },
  };
}

/** Metres scaled so that a clip holds a whole number of steps. */
function wholeStrides(mover: Mover, metres: number): number {
  const stride = (2 * Math.PI) / 4.3;
  const steps = Math.max(1, Math.round(mover.advanceMetres / stride));
  return (metres * steps * stride) / mover.advanceMetres;
}

function place(object: Object3D, [x, y]: readonly [number, number], headingDegrees: number): void {
  object.position.set(x, y, 0);
  object.rotation.z = (-headingDegrees * Math.PI) / 180;
  object.updateMatrixWorld(true);
}

/** Where no light comes under a vehicle. */
function makePatch([width, length]: readonly [number, number]): Mesh {
  const patch = new Mesh(
    new PlaneGeometry(width, length).translate(0, 0, 0.025),
    new ShaderMaterial({
      transparent: true,
      depthWrite: false,
      polygonOffset: true,
      polygonOffsetFactor: -4,
      polygonOffsetUnits: -8,
      vertexShader: `varying vec2 place;
        void main() { place = uv * 2.0 - 1.0; gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0); }`,
      fragmentShader: `varying vec2 place;
        void main() {
          vec2 edge = smoothstep(vec2(1.0), vec2(0.72, 0.86), abs(place));
          gl_FragColor = vec4(0.0, 0.0, 0.0, 0.72 * edge.x * edge.y);
        }`,
    }),
  );
  patch.userData['apart'] = true;
  return patch;
}
