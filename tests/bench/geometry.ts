import { pathToFileURL } from 'node:url';
import { calibrate } from '#geometry/calibrate';
import { projectBox, projectPoint } from '#geometry/project-to-ground';
import type { SimulationSetup } from '../support/geometry-figures.ts';
import {
  createRandom,
  measureRoundTrip,
  projectionsPerSecond,
  randomCamera,
  readRealCamera,
  simulateCalibrations,
} from '../support/geometry-figures.ts';

export interface GeometryRow {
  figure: string;
  measured: string;
  budget: string;
}

const SIMULATIONS: { name: string; setup: SimulationSetup }[] = [
  { name: '6 pairs, 1.5 px', setup: { cameras: 60, pairs: 6, pixelNoise: 1.5, mapNoiseMetres: 0, seed: 1 } },
  {
    name: '10 pairs, 1.5 px',
    setup: { cameras: 60, pairs: 10, pixelNoise: 1.5, mapNoiseMetres: 0, seed: 2 },
  },
  {
    name: '10 pairs, 1.5 px, map 0.1 m',
    setup: { cameras: 60, pairs: 10, pixelNoise: 1.5, mapNoiseMetres: 0.1, seed: 3 },
  },
  {
    name: '20 pairs, 3 px, map 0.3 m',
    setup: { cameras: 40, pairs: 20, pixelNoise: 3, mapNoiseMetres: 0.3, seed: 4 },
  },
  {
    name: '6 pairs, 1.5 px, mast known',
    setup: { cameras: 60, pairs: 6, pixelNoise: 1.5, mapNoiseMetres: 0, seed: 5, knownPosition: true },
  },
];

/** The figures of the camera geometry: real camera, simulated cameras, round trip, speed. */
export function geometrySummary(): GeometryRow[] {
  const rows: GeometryRow[] = [];
  const real = readRealCamera();
  if (real) {
    const started = performance.now();
    const { meanMetres, leaveOneOut } = calibrate({ pairs: real, width: 1920, height: 1080 });
    const milliseconds = performance.now() - started;
    rows.push(
      { figure: 'real camera, mean residual', measured: metres(meanMetres), budget: '≤ 0.35 m' },
      {
        figure: 'real camera, leave-one-out median',
        measured: metres(leaveOneOut.medianMetres),
        budget: '≤ 0.6 m',
      },
      { figure: 'real camera, leave-one-out worst', measured: metres(leaveOneOut.maxMetres), budget: '' },
      { figure: 'real camera, calibration', measured: `${milliseconds.toFixed(0)} ms`, budget: '' },
    );
  } else {
    rows.push({ figure: 'real camera', measured: 'not measured: its data are missing', budget: '≤ 0.35 m' });
  }
  for (const { name, setup } of SIMULATIONS) {
    const figures = simulateCalibrations(setup);
    const error = `median ${metres(figures.medianErrorMetres)}, 95 % ${metres(figures.p95ErrorMetres)}`;
    rows.push(
      { figure: `${name}: inside the 95 % ellipse`, measured: percent(figures.covered), budget: '90–99 %' },
      { figure: `${name}: error of left-out points`, measured: error, budget: '' },
    );
    if (figures.failures > 0) {
      rows.push({
        figure: `${name}: no camera found`,
        measured: `${figures.failures} of ${figures.cameras}`,
        budget: '',
      });
    }
  }
  const trip = measureRoundTrip(6, 5000);
  const model = randomCamera(createRandom(7));
  const box = { x: 0.4, y: 0.6, width: 0.1, height: 0.2 };
  const speeds = {
    projectPoint: projectionsPerSecond(model, (m) => projectPoint(m, { u: 0.5, v: 0.8 })),
    'projectBox upright': projectionsPerSecond(model, (m) => projectBox(m, box, 'upright')),
    'projectBox flat': projectionsPerSecond(model, (m) => projectBox(m, box, 'flat')),
  };
  rows.push(
    {
      figure: 'round trip, worst pixel',
      measured: `${trip.pixels.toExponential(1)} px`,
      budget: '≤ 1e-6 px',
    },
    { figure: 'round trip, worst place', measured: `${trip.metres.toExponential(1)} m`, budget: '≤ 1e-3 m' },
  );
  for (const [name, speed] of Object.entries(speeds)) {
    const measured = `${(1e6 / speed).toFixed(1)} µs, ${Math.round(speed).toLocaleString('en')} per second`;
    rows.push({ figure: name, measured, budget: '≤ 50 µs' });
  }
  return rows;
}

function metres(value: number): string {
  return `${value.toFixed(3)} m`;
}

function percent(value: number): string {
  return `${(value * 100).toFixed(1)} %`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.table(geometrySummary());
