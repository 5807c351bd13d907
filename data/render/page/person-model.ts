import { Group, Mesh } from 'three';
import type { BufferGeometry, Material } from 'three';
import { Sculpt } from './sculpt.ts';

const TOPS = [
  '#8c2f39',
  '#2f4858',
  '#d9d4c7',
  '#5b6f4a',
  '#1f1f24',
  '#c97b3a',
  '#6a5d7b',
  '#e3e3e3',
  '#3b6ea5',
];
const TROUSERS = ['#23262e', '#3a4657', '#5a5248', '#1a1c20', '#6d7480'];
const SKIN = '#c79b7c';

export interface Person {
  group: Group;
  /** puts the legs where they are after so many metres */
  stride(metres: number): void;
}

/** A walking adult, 1.7 m tall. */
export function makePerson(variant: number, material: Material): Person {
  const top = TOPS[variant % TOPS.length] ?? '#2f4858';
  const trousers = TROUSERS[(variant * 3 + 1) % TROUSERS.length] ?? '#23262e';
  const group = new Group();
  const part = (geometry: BufferGeometry, x: number, z: number): Mesh => {
    const mesh = new Mesh(geometry, material);
    mesh.position.set(x, 0, z);
    group.add(mesh);
    return mesh;
  };
  part(torso(variant, top, trousers), 0, 0);
  const legs = [-1, 1].map((side) => part(leg(trousers), side * 0.1, 0.86));
  const arms = [-1, 1].map((side) => part(arm(top), side * 0.25, 1.38));
  const size = 0.94 + 0.03 * (variant % 5);
  group.scale.set(size, size, size);
  return {
    group,
    stride(metres) {
      const swing = Math.sin(metres * 4.3) * 0.5;
      legs.forEach((mesh, index) => (mesh.rotation.x = index === 0 ? swing : -swing));
      arms.forEach((mesh, index) => (mesh.rotation.x = (index === 0 ? -swing : swing) * 0.8));
    },
  };
}

function torso(variant: number, top: string, trousers: string): BufferGeometry {
  const model = new Sculpt()
    .post(0.17, 0.2, trousers, { at: [0, 0, 0.82] }, 0.18)
    .post(0.18, 0.46, top, { at: [0, 0, 0.98] }, 0.22)
    .ball(0.21, top, { at: [0, 0, 1.42] }, [1, 0.7, 0.4])
    .post(0.06, 0.12, SKIN, { at: [0, 0, 1.44] })
    .ball(0.115, SKIN, { at: [0, 0.01, 1.63] }, [0.9, 1, 1.1])
    .ball(0.125, variant % 4 === 3 ? '#8a8580' : '#17130f', { at: [0, -0.025, 1.665] }, [0.95, 1, 0.95]);
  if (variant % 3 === 0) model.box(0.26, 0.14, 0.36, '#3b3f46', { at: [0, -0.22, 1.02] });
  return model.build();
}

function leg(trousers: string): BufferGeometry {
  return new Sculpt()
    .post(0.06, 0.8, trousers, { at: [0, 0, -0.8] }, 0.09)
    .box(0.1, 0.26, 0.08, '#1b1b1d', { at: [0, 0.05, -0.86] })
    .build();
}

function arm(top: string): BufferGeometry {
  return new Sculpt()
    .post(0.045, 0.5, top, { at: [0, 0, -0.5] }, 0.06)
    .ball(0.05, SKIN, { at: [0, 0, -0.55] })
    .build();
}
