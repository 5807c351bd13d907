import { Cartesian2, Ellipsoid, Matrix4, type Camera, type Scene } from '@cesium/engine';
import type { Position } from 'geojson';
import type { LonLat } from '#contract/shared';
import { toEcef, type Ecef } from './earth.ts';

export interface ScreenPoint {
  x: number;
  y: number;
}

/** Points nearer to the camera's plane than this cannot be drawn. */
const NEAR_METRES = 1;

/**
 * Where things on the ground are on the screen, in CSS pixels from the canvas's top left, for the camera as it is
 * when `aim` is called.
 */
export class Projector {
  width = 1;
  height = 1;
  readonly #matrix = new Matrix4();
  /** Another number whenever anything may be elsewhere on the screen. */
  turn = 0;
  #m: number[] = [];
  #camera: Camera | null = null;

  aim({ camera, canvas }: Scene): void {
    const [width, height] = [canvas.clientWidth || 1, canvas.clientHeight || 1];
    const before = this.#m;
    const sameSize = width === this.width && height === this.height;
    this.width = width;
    this.height = height;
    Matrix4.multiply(camera.frustum.projectionMatrix, camera.viewMatrix, this.#matrix);
    this.#m = Matrix4.pack(this.#matrix, []);
    if (!sameSize || this.#m.some((value, at) => value !== before[at])) this.turn += 1;
    this.#camera = camera;
  }

  /** Null when behind the camera. `depthMetres` grows away from it. */
  project({ x, y, z }: Ecef): (ScreenPoint & { depthMetres: number }) | null {
    const m = this.#m;
    const w = (m[3] ?? 0) * x + (m[7] ?? 0) * y + (m[11] ?? 0) * z + (m[15] ?? 0);
    if (w < NEAR_METRES) return null;
    const clipX = (m[0] ?? 0) * x + (m[4] ?? 0) * y + (m[8] ?? 0) * z + (m[12] ?? 0);
    const clipY = (m[1] ?? 0) * x + (m[5] ?? 0) * y + (m[9] ?? 0) * z + (m[13] ?? 0);
    return {
      x: ((clipX / w + 1) / 2) * this.width,
      y: ((1 - clipY / w) / 2) * this.height,
      depthMetres: w,
    };
  }

  projectLonLat({ lon, lat }: LonLat, heightMetres = 0) {
    return this.project(toEcef(lon, lat, heightMetres));
  }

  isOnScreen({ x, y }: ScreenPoint, margin = 0): boolean {
    return x >= -margin && y >= -margin && x <= this.width + margin && y <= this.height + margin;
  }

  /** A ring on the ground, cut at the camera's plane; empty when all of it is behind. */
  projectRing(ring: readonly Position[], heightMetres = 0): ScreenPoint[] {
    const m = this.#m;
    const clip = ring.map(([lon = 0, lat = 0]) => {
      const { x, y, z } = toEcef(lon, lat, heightMetres);
      return [
        (m[0] ?? 0) * x + (m[4] ?? 0) * y + (m[8] ?? 0) * z + (m[12] ?? 0),
        (m[1] ?? 0) * x + (m[5] ?? 0) * y + (m[9] ?? 0) * z + (m[13] ?? 0),
        (m[3] ?? 0) * x + (m[7] ?? 0) * y + (m[11] ?? 0) * z + (m[15] ?? 0),
      ] as const;
    });
    const points: ScreenPoint[] = [];
    clip.forEach((a, at) => {
      const b = clip[(at + 1) % clip.length] ?? a;
      if (a[2] >= NEAR_METRES) points.push(this.#toScreen(a));
      if (a[2] >= NEAR_METRES !== b[2] >= NEAR_METRES) {
        const t = (NEAR_METRES - a[2]) / (b[2] - a[2]);
        points.push(this.#toScreen([a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1]), NEAR_METRES]));
      }
    });
    return points;
  }

  /** The ground below a pixel; null above the horizon. */
  toGround({ x, y }: ScreenPoint): LonLat | null {
    const hit = this.#camera?.pickEllipsoid(new Cartesian2(x, y), Ellipsoid.WGS84);
    if (!hit) return null;
    const { longitude, latitude } = Ellipsoid.WGS84.cartesianToCartographic(hit);
    return { lon: (longitude * 180) / Math.PI, lat: (latitude * 180) / Math.PI };
  }

  #toScreen([x, y, w]: readonly [number, number, number]): ScreenPoint {
    return { x: ((x / w + 1) / 2) * this.width, y: ((1 - y / w) / 2) * this.height };
  }
}
