import { CylinderGeometry, RingGeometry, CircleGeometry } from 'three';
import type { BufferGeometry } from 'three';
import { randomFor } from '../../district/random.ts';
import { Sculpt } from './sculpt.ts';

const STEEL = '#6f757b';
const DARK = '#2c3035';

/** Small models of parts; each looks along +y, towards the carriageway. */
export const PART_MODELS: Record<string, (variant: number) => BufferGeometry> = {
  cover: (variant) => coverModel(variant % 2 === 0 ? '#55524d' : '#5e5c58', false),
  'storm-cover': () => coverModel('#4d4b48', true),
  grate: grateModel,
  'open-manhole': openManholeModel,
  lamp: lampModel,
  hydrant: hydrantModel,
  cabinet: cabinetModel,
  transformer: transformerModel,
  pole: poleModel,
  'camera-pole': () => poleModel(1),
  charger: chargerModel,
  locker: lockerModel,
  'bus-stop': busStopModel,
  sign: signModel,
  'name-plate': namePlateModel,
  signal: signalModel,
  railing: railingModel,
  bollard: () =>
    new Sculpt()
      .post(0.09, 0.75, '#8b8f93')
      .post(0.095, 0.1, '#d9b21c', { at: [0, 0, 0.6] })
      .build(),
  bin: binModel,
  'notice-board': noticeBoardModel,
  bench: benchModel,
  planter: planterModel,
  bicycles: bicyclesModel,
  billboard: billboardModel,
};

function coverModel(colour: string, slots: boolean): BufferGeometry {
  const model = new Sculpt();
  model.add(new CircleGeometry(0.42, 32), '#8d8a84', { at: [0, 0, 0.008] });
  model.add(new CircleGeometry(0.36, 32), '#26241f', { at: [0, 0, 0.011] });
  model.add(new CircleGeometry(0.34, 32), colour, { at: [0, 0, 0.014] });
  if (slots) {
    for (const [x, y] of [
      [-0.16, 0],
      [0.16, 0],
      [0, 0.18],
      [0, -0.18],
      [0, 0],
    ] as const) {
      model.box(0.18, 0.05, 0.004, '#1d1b18', { at: [x, y, 0.014] });
    }
  } else {
    model.add(new RingGeometry(0.22, 0.25, 24), '#3c3a36', { at: [0, 0, 0.017] });
    model.add(new CircleGeometry(0.06, 16), '#3c3a36', { at: [0, 0, 0.017] });
  }
  return model.build();
}

function grateModel(): BufferGeometry {
  const model = new Sculpt();
  model.box(0.82, 0.52, 0.008, '#8b8983').box(0.74, 0.44, 0.004, '#12110f', { at: [0, 0, 0.008] });
  for (let bar = 0; bar < 9; bar++) {
    model.box(0.035, 0.44, 0.008, '#5a5a58', { at: [-0.34 + bar * 0.085, 0, 0.01] });
  }
  return model.build();
}

/** The shaft is painted on the ground: dark, with a lit crescent on the side away from the sun. */
function openManholeModel(): BufferGeometry {
  const model = new Sculpt();
  model.add(new RingGeometry(0.39, 0.5, 40), '#a8a49b', { at: [0, 0, 0.012] });
  model.add(new CircleGeometry(0.4, 40), '#4a443c', { at: [0, 0, 0.011] });
  model.add(new CircleGeometry(0.365, 40), '#1d1a16', { at: [0, 0, 0.014] });
  model.add(new CircleGeometry(0.33, 40), '#0a0908', { at: [0, -0.035, 0.017] });
  return model.build();
}

function lampModel(): BufferGeometry {
  const grey = '#a9adb0';
  return new Sculpt()
    .post(0.16, 0.5, '#7d8286')
    .post(0.09, 9.5, grey, { at: [0, 0, 0.4] }, 0.05)
    .post(0.04, 2.4, grey, { at: [0, 0, 9.75], turn: [-Math.PI / 2 + 0.18, 0, 0] })
    .box(0.26, 0.8, 0.1, '#d8dadb', { at: [0, 2.55, 10.15], turn: [0.18, 0, 0] })
    .build();
}

function hydrantModel(): BufferGeometry {
  const red = '#b3261e';
  return new Sculpt()
    .post(0.17, 0.06, '#7c1a15')
    .post(0.11, 0.62, red)
    .ball(0.13, red, { at: [0, 0, 0.64] })
    .post(0.05, 0.1, '#8d1f19', { at: [0, 0, 0.74] })
    .post(0.07, 0.42, red, { at: [-0.21, 0, 0.46], turn: [0, Math.PI / 2, 0] })
    .post(0.08, 0.2, '#c9c4b8', { at: [0, 0.2, 0.42], turn: [Math.PI / 2, 0, 0] })
    .build();
}

function cabinetModel(variant: number): BufferGeometry {
  const colour = ['#8f9c93', '#a3a7a4', '#7f8b8a'][variant % 3] ?? '#8f9c93';
  return new Sculpt()
    .box(1.15, 0.55, 0.15, '#8a8780')
    .box(1.05, 0.45, 1.3, colour, { at: [0, 0, 0.15] })
    .box(0.02, 0.47, 1.2, DARK, { at: [0, 0, 0.2] })
    .box(1.12, 0.52, 0.06, '#737d77', { at: [0, 0, 1.45] })
    .box(0.22, 0.02, 0.22, '#d9a51c', { at: [-0.25, 0.23, 1.05] })
    .build();
}

function transformerModel(): BufferGeometry {
  return new Sculpt()
    .box(2.5, 1.5, 0.3, '#8a8780')
    .box(2.3, 1.3, 1.8, '#5d7a62', { at: [0, 0, 0.3] })
    .box(2.5, 1.5, 0.1, '#4c6550', { at: [0, 0, 2.1] })
    .box(0.5, 0.03, 0.5, '#d9b21c', { at: [0.5, 0.66, 1.2] })
    .build();
}

function poleModel(variant: number): BufferGeometry {
  const model = new Sculpt().post(0.12, 6.2, '#9fa3a5', {}, 0.08);
  if (variant === 1) {
    model.box(0.08, 1.1, 0.08, STEEL, { at: [0, 0.5, 5.7] });
    model.box(0.16, 0.42, 0.16, '#e3e5e6', { at: [0, 1.0, 5.5] });
  }
  return model.box(0.35, 0.2, 0.5, '#c4c8ca', { at: [0, 0.2, 1.4] }).build();
}

function chargerModel(): BufferGeometry {
  return new Sculpt()
    .box(0.55, 0.4, 1.65, '#e6e8e9')
    .box(0.45, 0.02, 0.4, '#1d3c5c', { at: [0, 0.2, 1.1] })
    .box(0.55, 0.41, 0.12, '#2f9e62', { at: [0, 0, 1.5] })
    .build();
}

function lockerModel(): BufferGeometry {
  const model = new Sculpt()
    .box(3.2, 0.6, 2.1, '#d8c24a')
    .box(3.4, 0.9, 0.08, '#8b7a22', { at: [0, 0.1, 2.1] });
  for (let column = 0; column < 6; column++) {
    for (let row = 0; row < 5; row++) {
      model.box(0.46, 0.02, 0.34, '#e9e6d8', { at: [-1.32 + column * 0.53, 0.3, 0.15 + row * 0.38] });
    }
  }
  return model.build();
}

function busStopModel(): BufferGeometry {
  const model = new Sculpt();
  for (const x of [-2.2, 0, 2.2]) model.post(0.06, 2.5, STEEL, { at: [x, -0.4, 0] });
  return model
    .box(5.2, 1.6, 0.1, '#3d6b8c', { at: [0, 0, 2.5] })
    .box(2.0, 0.08, 1.5, '#e9edf0', { at: [-1.1, -0.4, 0.7] })
    .box(1.9, 0.09, 0.4, '#2b5d9e', { at: [-1.1, -0.4, 1.75] })
    .box(2.0, 0.08, 1.5, '#d9713a', { at: [1.1, -0.4, 0.7] })
    .box(3.4, 0.35, 0.06, '#b9bdc0', { at: [0, 0, 0.45] })
    .box(0.1, 0.3, 0.45, STEEL, { at: [-1.4, 0, 0] })
    .box(0.1, 0.3, 0.45, STEEL, { at: [1.4, 0, 0] })
    .build();
}

function signModel(variant: number): BufferGeometry {
  const model = new Sculpt().post(0.05, 3.1, '#b8bcbf');
  const disc = (radius: number, colour: string, z: number, y: number): void => {
    model.add(new CylinderGeometry(radius, radius, 0.03, 28), colour, { at: [0, y, z] });
  };
  if (variant % 3 === 0) {
    disc(0.36, '#b3201c', 2.75, 0.06);
    disc(0.28, '#1d4fa0', 2.75, 0.08);
  } else if (variant % 3 === 1) {
    model.box(0.75, 0.04, 0.75, '#1d4fa0', { at: [0, 0.06, 2.35] });
    model.box(0.12, 0.05, 0.5, '#f2f2f2', { at: [0, 0.065, 2.45] });
  } else {
    disc(0.36, '#b3201c', 2.75, 0.06);
    disc(0.29, '#f4f4f2', 2.75, 0.08);
    model.box(0.3, 0.05, 0.08, '#16171a', { at: [0, 0.08, 2.71] });
  }
  return model.build();
}

function namePlateModel(): BufferGeometry {
  return new Sculpt()
    .post(0.05, 2.6, STEEL)
    .box(1.5, 0.06, 0.42, '#1f5b3c', { at: [0, 0, 2.2] })
    .box(1.42, 0.07, 0.1, '#f4f4f2', { at: [0, 0, 2.24] })
    .box(0.9, 0.07, 0.12, '#f4f4f2', { at: [0, 0, 2.42] })
    .build();
}

function signalModel(): BufferGeometry {
  const model = new Sculpt()
    .post(0.13, 6.4, '#8d9296', {}, 0.09)
    .post(0.07, 6.5, '#8d9296', { at: [0, 0, 6.1], turn: [-Math.PI / 2, 0, 0] })
    .box(0.36, 0.3, 1.0, '#1b1d20', { at: [0.3, 0, 2.4] });
  for (const y of [4.2, 6.2]) {
    model.box(0.3, 1.1, 0.4, '#16181a', { at: [0, y, 5.85] });
    for (const [offset, colour] of [
      [-0.34, '#4a1513'],
      [0, '#4a3a10'],
      [0.34, '#2fd07a'],
    ] as const) {
      for (const side of [-1, 1]) {
        model.post(0.13, 0.03, colour, {
          at: [side > 0 ? 0.15 : -0.18, y + offset, 6.05],
          turn: [0, Math.PI / 2, 0],
        });
      }
    }
  }
  return model.build();
}

function railingModel(): BufferGeometry {
  const model = new Sculpt();
  for (const z of [0.3, 0.95]) model.box(3, 0.05, 0.05, '#dfe3e6', { at: [0, 0, z] });
  for (let bar = 0; bar < 16; bar++)
    model.box(0.025, 0.025, 0.7, '#dfe3e6', { at: [-1.45 + bar * 0.193, 0, 0.3] });
  for (const x of [-1.5, 1.5]) model.post(0.05, 1.1, '#c8ccd0', { at: [x, 0, 0] });
  return model.build();
}

function binModel(): BufferGeometry {
  const model = new Sculpt();
  for (const [x, colour] of [
    [-0.3, '#2f6fb3'],
    [0.3, '#5d656c'],
  ] as const) {
    model.box(0.52, 0.48, 0.82, colour, { at: [x, 0, 0.12] });
    model.box(0.4, 0.02, 0.18, '#15171a', { at: [x, 0.245, 0.68] });
    model.box(0.16, 0.02, 0.16, '#e8eaea', { at: [x, 0.245, 0.38] });
  }
  model.box(1.26, 0.6, 0.08, '#8f9498', { at: [0, 0, 0.98] });
  for (const x of [-0.58, 0, 0.58]) model.box(0.05, 0.05, 1.0, '#8f9498', { at: [x, -0.2, 0] });
  return model.build();
}

function noticeBoardModel(): BufferGeometry {
  const model = new Sculpt();
  for (const x of [-1.2, 1.2]) model.post(0.06, 2.3, STEEL, { at: [x, 0, 0] });
  return model
    .box(2.4, 0.12, 1.3, '#d5d9dc', { at: [0, 0, 0.85] })
    .box(2.2, 0.14, 0.3, '#b3261e', { at: [0, 0, 1.78] })
    .box(0.9, 0.14, 0.75, '#f6f1e2', { at: [-0.55, 0, 0.95] })
    .box(0.9, 0.14, 0.75, '#e5eef5', { at: [0.55, 0, 0.95] })
    .box(2.8, 0.5, 0.08, '#5d656c', { at: [0, 0, 2.3] })
    .build();
}

function benchModel(): BufferGeometry {
  const random = randomFor('bench');
  const model = new Sculpt();
  for (let slat = 0; slat < 4; slat++) {
    model.box(1.6, 0.1, 0.04, random.chance(0.5) ? '#8a5a33' : '#7c5230', {
      at: [0, -0.18 + slat * 0.12, 0.43],
    });
  }
  for (const x of [-0.65, 0.65]) model.box(0.06, 0.45, 0.43, DARK, { at: [x, 0, 0] });
  return model.build();
}

function planterModel(variant: number): BufferGeometry {
  const random = randomFor(`planter ${variant}`);
  const model = new Sculpt()
    .box(1.6, 0.7, 0.5, '#9c9488')
    .box(1.45, 0.55, 0.04, '#4a3a2a', { at: [0, 0, 0.5] });
  for (let bush = 0; bush < 14; bush++) {
    const at = [random.between(-0.65, 0.65), random.between(-0.2, 0.2), random.between(0.55, 0.75)] as const;
    const colour = random.pick(['#4f7a35', '#5d8a3c', '#3f6a30', '#c24d6a', '#d98a3a', '#d9c94a']);
    model.lump(random.between(0.1, 0.2), colour, { at }, random.next, 0.25);
  }
  return model.build();
}

/** A rack of parked bicycles, side by side. */
function bicyclesModel(variant: number): BufferGeometry {
  const random = randomFor(`bicycles ${variant}`);
  const model = new Sculpt();
  for (let bike = 0; bike < 7; bike++) {
    const x = -1.8 + bike * 0.6 + random.between(-0.06, 0.06);
    const colour = random.pick(['#2f9bd0', '#e6c229', '#2f9bd0', '#e6c229', '#3c3f44']);
    for (const y of [-0.5, 0.5])
      model.post(0.31, 0.045, '#1c1d20', { at: [x, y, 0.31], turn: [0, Math.PI / 2, 0.1] });
    for (const y of [-0.5, 0.5])
      model.post(0.26, 0.05, '#77746d', { at: [x, y, 0.31], turn: [0, Math.PI / 2, 0.1] });
    model.box(0.05, 1.0, 0.06, colour, { at: [x, 0, 0.5], turn: [0.15, 0, 0] });
    model.box(0.05, 0.06, 0.5, colour, { at: [x, -0.25, 0.4] });
    model.box(0.05, 0.06, 0.62, colour, { at: [x, 0.42, 0.35] });
    model.box(0.14, 0.26, 0.07, '#1a1b1d', { at: [x, -0.25, 0.9] });
    model.box(0.52, 0.05, 0.04, '#2a2b2e', { at: [x, 0.4, 0.98] });
    model.box(0.28, 0.26, 0.2, '#8a8d90', { at: [x, 0.6, 0.68] });
  }
  return model.build();
}

function billboardModel(): BufferGeometry {
  return new Sculpt()
    .box(0.5, 0.3, 0.5, STEEL)
    .box(1.4, 0.28, 2.1, '#3a3f45', { at: [0, 0, 0.5] })
    .box(1.25, 0.3, 1.9, '#3d86b8', { at: [0, 0, 0.6] })
    .box(1.25, 0.31, 0.6, '#f0d24a', { at: [0, 0, 1.4] })
    .build();
}
