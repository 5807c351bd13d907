import {
  BackSide,
  BufferAttribute,
  BufferGeometry,
  Color,
  Group,
  Mesh,
  MeshBasicMaterial,
  ShaderMaterial,
  SphereGeometry,
} from 'three';
import type { Vector3 } from 'three';
import { randomFor } from '../../district/random.ts';

export const HAZE = new Color('#c3ccd2');

/** A daylight sky and the loess hills around the valley, seen through haze. */
export function makeEnvironment(sun: Vector3): Group {
  const group = new Group();
  const sky = new Mesh(
    new SphereGeometry(4000, 32, 24),
    new ShaderMaterial({
      side: BackSide,
      depthWrite: false,
      uniforms: { sun: { value: sun }, haze: { value: HAZE } },
      vertexShader: `varying vec3 away;
        void main() { away = normalize(position); gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0); }`,
      fragmentShader: `varying vec3 away; uniform vec3 sun; uniform vec3 haze;
        void main() {
          vec3 d = normalize(away);
          vec3 zenith = vec3(0.16, 0.34, 0.68);
          vec3 colour = mix(haze * 1.15, zenith, pow(clamp(d.z, 0.0, 1.0), 0.55));
          colour += vec3(1.0, 0.9, 0.7) * 0.35 * pow(max(dot(d, sun), 0.0), 12.0);
          gl_FragColor = vec4(colour, 1.0);
        }`,
    }),
  );
  sky.frustumCulled = false;
  sky.renderOrder = -10;
  group.add(sky);
  [
    { radius: 2900, height: 330, colour: '#a9b3ba' },
    { radius: 1900, height: 170, colour: '#9fa69f' },
  ].forEach(({ radius, height, colour }, layer) => {
    const hills = new Mesh(
      hillStrip(radius, height, layer),
      new MeshBasicMaterial({ color: colour, fog: false }),
    );
    hills.frustumCulled = false;
    group.add(hills);
  });
  return group;
}

function hillStrip(radius: number, height: number, layer: number): BufferGeometry {
  const random = randomFor(`hills ${layer}`);
  const waves = Array.from({ length: 7 }, (_, index) => ({
    count: 3 + index * 4 + Math.floor(random.between(0, 3)),
    phase: random.between(0, 6.283),
    size: 1 / (1 + index * 0.9),
  }));
  const steps = 360;
  const corner = (step: number, top: boolean): number[] => {
    const angle = (step / steps) * Math.PI * 2;
    const swell = waves.reduce(
      (sum, { count, phase, size }) => sum + Math.sin(angle * count + phase) * size,
      0,
    );
    return [Math.cos(angle) * radius, Math.sin(angle) * radius, top ? height * (0.55 + 0.18 * swell) : -20];
  };
  const positions: number[] = [];
  for (let step = 0; step < steps; step++) {
    const quad = [corner(step, false), corner(step + 1, false), corner(step + 1, true), corner(step, true)];
    for (const index of [0, 2, 1, 0, 3, 2]) positions.push(...(quad[index] ?? []));
  }
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(new Float32Array(positions), 3));
  return geometry;
}
