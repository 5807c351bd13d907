import { BoxGeometry, CircleGeometry } from 'three';
import type { BufferGeometry } from 'three';
import { randomFor } from '../../district/random.ts';
import { PART_MODELS } from './part-models.ts';
import { Sculpt } from './sculpt.ts';

const BAGS = ['#17181b', '#1d1e22', '#e4e2dc', '#2c4f86', '#b9302a', '#202126'];
const FRUIT = ['#c8321f', '#e08a1d', '#e3c22c', '#6f9a33', '#7d2848'];

/** A three-wheeled cart with a striped awning, crates of fruit, a board and a scale; its counter looks along +y. */
export function vendorStallModel(variant: number): BufferGeometry {
  const random = randomFor(`stall ${variant}`);
  const model = new Sculpt();
  const stripe = ['#c3261d', '#1f6fb0', '#2c8a4a'][variant % 3] ?? '#c3261d';
  const frame = '#3c6e8f';
  model.box(2.1, 1.15, 0.12, frame, { at: [0, 0, 0.5] });
  model
    .box(2.1, 0.06, 0.28, frame, { at: [0, 0.56, 0.6] })
    .box(2.1, 0.06, 0.28, frame, { at: [0, -0.56, 0.6] });
  for (const [x, y] of [
    [-0.7, 0.6],
    [-0.7, -0.6],
    [1.35, 0],
  ] as const) {
    model.post(0.29, 0.1, '#17181a', { at: [x, y + 0.05, 0.29], turn: [Math.PI / 2, 0, 0] });
    model.post(0.18, 0.12, '#a0a4a8', { at: [x, y + 0.06, 0.29], turn: [Math.PI / 2, 0, 0] }, 0.18, 10);
  }
  model
    .box(0.7, 0.1, 0.1, frame, { at: [1.2, 0, 0.55] })
    .box(0.07, 0.7, 0.07, '#222', { at: [1.35, 0, 1.05] });
  model
    .box(0.07, 0.07, 0.5, frame, { at: [1.35, 0, 0.55] })
    .box(0.3, 0.3, 0.1, '#1b1b1c', { at: [0.95, 0, 0.78] });
  for (const [x, y] of [
    [-0.98, 0.5],
    [0.98, 0.5],
    [-0.98, -0.5],
    [0.98, -0.5],
  ] as const) {
    model.post(0.025, 1.75, '#b9bdc0', { at: [x, y, 0.6] });
  }
  const width = 2.7 / 9;
  for (let index = 0; index < 9; index++) {
    const colour = index % 2 === 0 ? stripe : '#f0ede4';
    const x = -1.35 + width * (index + 0.5);
    for (const side of [-1, 1]) {
      model.add(new BoxGeometry(width, 1.05, 0.03), colour, {
        at: [x, side * 0.5, 2.4],
        turn: [-side * 0.28, 0, 0],
      });
      model.box(width, 0.03, 0.2, colour, { at: [x, side * 1.0, 2.06] });
    }
  }
  for (let column = 0; column < 4; column++) {
    for (let row = 0; row < 2; row++) {
      const [x, y] = [-0.76 + column * 0.5, -0.26 + row * 0.52];
      const z = 0.72 + (1 - row) * 0.1;
      model.box(0.46, 0.46, 0.14, '#b58a52', { at: [x, y, z - 0.08] });
      const fruit = FRUIT[(column + row * 3 + variant) % FRUIT.length] ?? '#c8321f';
      for (let piece = 0; piece < 16; piece++) {
        const at = [
          x + random.between(-0.19, 0.19),
          y + random.between(-0.19, 0.19),
          z + random.between(0.06, 0.13),
        ] as const;
        model.ball(0.055, fruit, { at });
      }
    }
  }
  model
    .box(0.9, 0.03, 0.42, '#f4efd8', { at: [-0.35, 0.62, 0.42] })
    .box(0.8, 0.04, 0.1, '#b3201c', { at: [-0.35, 0.62, 0.62] });
  model.box(0.5, 0.04, 0.06, '#b3201c', { at: [-0.35, 0.62, 0.5] });
  for (const [x, y, colour] of [
    [-1.35, 0.35, '#b58a52'],
    [-1.4, -0.2, '#2e6f8e'],
    [-1.3, 0.35, '#b58a52'],
  ] as const) {
    model.box(0.5, 0.4, 0.3, colour, { at: [x, y, x === -1.3 ? 0.3 : 0] });
  }
  return model.build();
}

/** Bags, cartons and scraps thrown on the footway, about 2.4 m wide. */
export function rubbishPileModel(variant: number): BufferGeometry {
  const random = randomFor(`rubbish ${variant}`);
  const model = new Sculpt();
  for (let bag = 0; bag < 13; bag++) {
    const angle = random.between(0, 6.283);
    const reach = Math.sqrt(random.next());
    const size = random.between(0.2, 0.36);
    const lift = bag < 9 ? 0 : 0.35;
    const at = [
      Math.cos(angle) * reach * (lift ? 0.4 : 1),
      Math.sin(angle) * reach * (lift ? 0.3 : 0.65),
      size * 0.75 + lift,
    ] as const;
    model.lump(size, BAGS[bag % BAGS.length] ?? '#17181b', { at }, random.next, 0.16);
    model.post(
      0.05,
      0.14,
      BAGS[bag % BAGS.length] ?? '#17181b',
      { at: [at[0], at[1], at[2] + size * 0.85] },
      0.09,
      7,
    );
  }
  for (let carton = 0; carton < 5; carton++) {
    const at = [random.between(-1.1, 1.1), random.between(-0.7, 0.7), 0] as const;
    const turn = [0, 0, random.between(0, 3)] as const;
    model.box(random.between(0.3, 0.6), random.between(0.25, 0.45), random.between(0.12, 0.35), '#a98254', {
      at,
      turn,
    });
  }
  for (let scrap = 0; scrap < 60; scrap++) {
    const angle = random.between(0, 6.283);
    const reach = random.between(0.5, 1.6);
    model.box(
      random.between(0.06, 0.2),
      random.between(0.04, 0.14),
      0.015,
      random.pick(['#e8e6df', '#c9b48a', '#6d8fb0', '#b9473a', '#3c3c3c', '#dcd9cf']),
      {
        at: [Math.cos(angle) * reach, Math.sin(angle) * reach * 0.7, 0.004],
        turn: [0, 0, random.between(0, 3)],
      },
    );
  }
  return model.build();
}

/** The bin of the parts, with bags on and around it. */
export function overflowingBinModel(variant: number): BufferGeometry {
  const random = randomFor(`bin ${variant}`);
  const model = new Sculpt();
  for (const [x, colour] of [
    [-0.3, '#2f6fb3'],
    [0.3, '#5d656c'],
  ] as const) {
    model.box(0.52, 0.48, 0.9, colour, { at: [x, 0, 0.05] });
    model.box(0.4, 0.02, 0.18, '#15171a', { at: [x, 0.245, 0.68] });
    model.box(0.16, 0.02, 0.16, '#e8eaea', { at: [x, 0.245, 0.36] });
  }
  for (let bag = 0; bag < 9; bag++) {
    const up = bag < 4;
    const size = random.between(0.15, up ? 0.24 : 0.28);
    const at = up
      ? ([random.between(-0.5, 0.5), random.between(-0.15, 0.2), 0.98 + size * 0.4] as const)
      : ([random.between(-1.0, 1.0), random.between(0.32, 0.75), size * 0.8] as const);
    model.lump(size, BAGS[(bag + variant) % BAGS.length] ?? '#17181b', { at }, random.next, 0.18);
  }
  for (let cup = 0; cup < 12; cup++) {
    model.post(0.04, 0.12, random.pick(['#f0efe9', '#c34a3a', '#d9b98a']), {
      at: [random.between(-1.2, 1.2), random.between(0.2, 1.0), 0.04],
      turn: [Math.PI / 2, 0, random.between(0, 3)],
    });
  }
  return model.build();
}

/** An open shaft; the cover that belongs on it lies beside, half a metre away. */
export function openManholeModel(): BufferGeometry {
  const shaft = PART_MODELS['open-manhole'];
  if (!shaft) throw new Error('no model of a shaft');
  return shaft(0);
}

/** The lifted lid, flat on the ground. */
export function lidModel(): BufferGeometry {
  return new Sculpt()
    .post(0.36, 0.05, '#4d4a46', {}, 0.36, 36)
    .add(new CircleGeometry(0.3, 32), '#5d5a55', { at: [0, 0, 0.052] })
    .box(0.5, 0.06, 0.01, '#39372f', { at: [0, 0, 0.052] })
    .box(0.06, 0.5, 0.01, '#39372f', { at: [0, 0, 0.052] })
    .build();
}
