import type { BufferGeometry } from 'three';
import { Sculpt } from './sculpt.ts';

const PAINTS = ['#c9ccd0', '#20242b', '#e8e8e6', '#7b1d20', '#24406b', '#8d9298', '#3d4a44', '#b59a6a'];
const GLASS = '#1d2933';
const TYRE = '#16171a';

function paintOf(variant: number): string {
  return PAINTS[variant % PAINTS.length] ?? '#c9ccd0';
}

function wheels(model: Sculpt, track: number, front: number, rear: number, radius: number): void {
  for (const y of [front, rear]) {
    for (const side of [-1, 1]) {
      const placing = { at: [side * (track / 2), y, radius] as const, turn: [0, Math.PI / 2, 0] as const };
      const inset = {
        at: [side * (track / 2 + 0.1), y, radius] as const,
        turn: [0, Math.PI / 2, 0] as const,
      };
      model.post(radius, 0.2, TYRE, { ...placing, at: [side * (track / 2) - 0.1, y, radius] }, radius, 18);
      model.post(
        radius * 0.6,
        0.03,
        '#9aa0a6',
        { ...inset, at: [side * (track / 2 + 0.1) - 0.015, y, radius] },
        radius * 0.6,
        12,
      );
    }
  }
}

/** A saloon 4.6 m long. */
export function carModel(variant: number): BufferGeometry {
  const paint = paintOf(variant);
  const model = new Sculpt();
  const body = [
    [-2.28, 0.32],
    [-2.3, 0.72],
    [-2.18, 0.95],
    [-1.2, 1.0],
    [0.85, 0.98],
    [1.6, 0.9],
    [2.15, 0.76],
    [2.28, 0.55],
    [2.26, 0.3],
    [1.75, 0.24],
    [-1.8, 0.24],
  ] as const;
  model.profile(body, 1.8, paint);
  model.profile(
    [
      [-1.85, 0.95],
      [-1.2, 1.4],
      [-0.2, 1.44],
      [0.35, 1.38],
      [1.1, 0.95],
    ],
    1.56,
    GLASS,
  );
  model.profile(
    [
      [-1.22, 1.36],
      [-1.1, 1.46],
      [-0.2, 1.5],
      [0.3, 1.44],
      [0.42, 1.36],
    ],
    1.5,
    paint,
  );
  for (const side of [-1, 1]) {
    model.box(0.05, 0.09, 0.46, paint, { at: [side * 0.77, -0.35, 0.96] });
    model.box(0.18, 0.12, 0.12, paint, { at: [side * 0.98, 0.72, 0.98] });
    model.box(0.42, 0.06, 0.14, '#f2efe2', { at: [side * 0.62, 2.24, 0.6] });
    model.box(0.4, 0.06, 0.16, '#8f1414', { at: [side * 0.64, -2.28, 0.7] });
    model.box(0.02, 1.5, 0.02, '#2b2f33', { at: [side * 0.93, -0.4, 0.62] });
  }
  model.box(1.1, 0.05, 0.16, '#14161a', { at: [0, 2.27, 0.42] });
  model.box(0.44, 0.04, 0.14, '#1c50a8', { at: [0, 2.31, 0.36] });
  model.box(0.44, 0.04, 0.14, '#1c50a8', { at: [0, -2.33, 0.5] });
  wheels(model, 1.66, 1.38, -1.36, 0.32);
  return model.build();
}

/** A small delivery van 4.3 m long. */
export function vanModel(variant: number): BufferGeometry {
  const paint = variant % 3 === 0 ? '#aeb4b9' : variant % 3 === 1 ? '#dcdcd8' : '#4e6a86';
  const model = new Sculpt();
  model.profile(
    [
      [-2.1, 0.3],
      [-2.15, 1.2],
      [-2.05, 1.85],
      [1.1, 1.88],
      [1.55, 1.6],
      [1.95, 1.02],
      [2.1, 0.85],
      [2.12, 0.35],
      [1.7, 0.26],
      [-1.8, 0.26],
    ],
    1.7,
    paint,
  );
  model.profile(
    [
      [1.2, 1.78],
      [1.5, 1.58],
      [1.86, 1.08],
      [1.5, 1.04],
    ],
    1.56,
    GLASS,
    { at: [0, 0.06, 0.02] },
  );
  for (const side of [-1, 1]) {
    model.box(0.03, 0.85, 0.52, GLASS, { at: [side * 0.85, 0.75, 1.12] });
    model.box(0.03, 1.0, 0.52, GLASS, { at: [side * 0.85, -0.35, 1.12] });
    model.box(0.03, 0.8, 0.52, GLASS, { at: [side * 0.85, -1.4, 1.12] });
    model.box(0.3, 0.05, 0.2, '#f2efe2', { at: [side * 0.62, 2.08, 0.68] });
    model.box(0.14, 0.05, 0.4, '#8f1414', { at: [side * 0.72, -2.14, 0.85] });
  }
  model.box(1.3, 0.04, 0.5, GLASS, { at: [0, -2.15, 1.2] });
  model.box(0.44, 0.04, 0.14, '#1c50a8', { at: [0, -2.17, 0.6] });
  wheels(model, 1.54, 1.3, -1.35, 0.3);
  return model.build();
}

/** A city bus 10.5 m long. */
export function busModel(variant: number): BufferGeometry {
  const paint = ['#2b6b4a', '#2d5f9a', '#b8482c'][variant % 3] ?? '#2b6b4a';
  const model = new Sculpt();
  model.profile(
    [
      [-5.2, 0.35],
      [-5.25, 2.7],
      [-5.05, 3.0],
      [4.9, 3.0],
      [5.2, 2.7],
      [5.28, 1.2],
      [5.25, 0.35],
    ],
    2.5,
    paint,
  );
  model.box(2.54, 10.2, 0.35, '#e5e7e4', { at: [0, 0, 0.85] });
  for (const side of [-1, 1]) {
    for (let pane = 0; pane < 6; pane++) {
      model.box(0.03, 1.4, 0.95, GLASS, { at: [side * 1.26, -4.2 + pane * 1.55, 1.45] });
    }
    model.box(0.35, 0.05, 0.2, '#f2efe2', { at: [side * 0.95, 5.27, 0.65] });
    model.box(0.2, 0.05, 0.5, '#8f1414', { at: [side * 1.05, -5.26, 0.9] });
    model.box(0.1, 0.2, 0.4, '#1a1a1a', { at: [side * 1.4, 5.1, 2.0] });
  }
  model.box(2.2, 0.05, 1.3, GLASS, { at: [0, 5.26, 1.25] });
  model.box(1.7, 0.06, 0.28, '#121212', { at: [0, 5.25, 2.6] });
  model.box(1.2, 0.07, 0.16, '#e28a1a', { at: [0, 5.255, 2.66] });
  model.box(2.0, 0.05, 0.8, GLASS, { at: [0, -5.26, 1.7] });
  model.box(1.8, 3, 0.25, '#d8dad8', { at: [0, -1, 3.02] });
  wheels(model, 2.26, 3.2, -2.6, 0.48);
  return model.build();
}

/** A delivery rider's electric bicycle, rider included. */
export function ebikeModel(variant: number): BufferGeometry {
  const coat = ['#e8b21a', '#2a5fb0', '#4a4f57', '#a83232'][variant % 4] ?? '#4a4f57';
  const model = new Sculpt();
  for (const y of [0.62, -0.55]) {
    model.post(0.27, 0.1, TYRE, { at: [-0.05, y, 0.27], turn: [0, Math.PI / 2, 0] });
  }
  model.box(0.3, 0.75, 0.12, '#33383d', { at: [0, -0.02, 0.3] });
  model.box(0.28, 0.7, 0.2, coat, { at: [0, -0.35, 0.55] });
  model.box(0.12, 0.12, 0.75, coat, { at: [0, 0.55, 0.35], turn: [0.25, 0, 0] });
  model.box(0.66, 0.05, 0.05, '#222', { at: [0, 0.42, 1.05] });
  model.box(0.5, 0.45, 0.45, variant % 2 === 0 ? '#e8b21a' : '#2a5fb0', { at: [0, -0.72, 0.78] });
  model.box(0.38, 0.26, 0.6, coat, { at: [0, -0.18, 0.78], turn: [-0.12, 0, 0] });
  model.ball(0.15, variant % 2 === 0 ? '#e8b21a' : '#f0f0ee', { at: [0, -0.08, 1.55] });
  for (const side of [-1, 1]) {
    model.box(0.15, 0.5, 0.16, '#23262e', { at: [side * 0.14, 0.08, 0.68] });
    model.box(0.13, 0.15, 0.45, '#23262e', { at: [side * 0.15, 0.3, 0.3] });
    model.box(0.1, 0.55, 0.1, coat, { at: [side * 0.26, 0.12, 1.12], turn: [-0.25, 0, 0] });
  }
  return model.build();
}
