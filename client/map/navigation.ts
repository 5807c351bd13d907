import {
  BoundingSphere,
  Cartesian3,
  EasingFunction,
  HeadingPitchRange,
  Math as CesiumMath,
  Matrix4,
  PerspectiveFrustum,
  type Scene,
} from '@cesium/engine';
import type { LonLat } from '#contract/shared';
import { toEcef } from './earth.ts';
import { fitView, type Aim } from './fit-view.ts';
import type { View } from './layers/present-layer.ts';
import type { MapCamera } from './map-camera.ts';
import type { Bounds } from './overview.ts';

const FIELD_OF_VIEW = CesiumMath.toRadians(50);
const FLIGHT_SECONDS = 1.1;
const FLATTEST_PITCH = CesiumMath.toRadians(-14);
const NEAREST_METRES = 45;
/** How far the middle of the screen may leave the district, as a share of its size. */
const MARGIN = 0.15;
const KEY_STEP_PIXELS = 110;

/** Moves the camera: by hand within limits, by keys, by buttons, in short flights that any touch interrupts. */
export class Navigation {
  flying = false;
  /** Somebody has said where to look; before that the camera hangs somewhere over the earth. */
  placed = false;
  #bounds: Bounds | null = null;
  readonly #scene: Scene;
  readonly #view: () => View;
  readonly #stops: (() => void)[] = [];

  constructor(scene: Scene, view: () => View) {
    this.#scene = scene;
    this.#view = view;
    const { camera, screenSpaceCameraController: controller } = scene;
    if (camera.frustum instanceof PerspectiveFrustum) camera.frustum.fov = FIELD_OF_VIEW;
    camera.percentageChanged = 0.02;
    controller.enableLook = false;
    controller.minimumZoomDistance = NEAREST_METRES;
    controller.inertiaSpin = 0.7;
    controller.inertiaTranslate = 0.7;
    controller.inertiaZoom = 0.5;
    this.#stops.push(scene.preUpdate.addEventListener(() => this.#keepTilt()));
    this.#stops.push(camera.moveEnd.addEventListener(() => this.#keepInside()));
    for (const event of ['pointerdown', 'wheel', 'touchstart'] as const) {
      scene.canvas.addEventListener(event, this.interrupt, { passive: true });
      this.#stops.push(() => scene.canvas.removeEventListener(event, this.interrupt));
    }
    // Any key, too, wherever the focus is: who types is not waiting for a flight.
    window.addEventListener('keydown', this.interrupt);
    this.#stops.push(() => window.removeEventListener('keydown', this.interrupt));
  }

  get headingDegrees(): number {
    return CesiumMath.toDegrees(this.#scene.camera.heading);
  }

  interrupt = (): void => {
    if (this.flying) this.#scene.camera.cancelFlight();
  };

  /** The district, which sets how far away one may go. */
  limitTo(bounds: Bounds): void {
    this.#bounds = bounds;
    const { rangeMetres } = this.#fit(bounds, -90);
    this.#scene.screenSpaceCameraController.maximumZoomDistance = rangeMetres * 1.5;
  }

  showBounds(bounds: Bounds, { tilted, fly }: { tilted: boolean; fly: boolean }): void {
    this.#go(this.#fit(bounds, tilted ? -52 : -89), 0, fly);
  }

  flyTo(target: LonLat, rangeMetres: number, fly = true): void {
    const pitchDegrees = Math.min(CesiumMath.toDegrees(this.#scene.camera.pitch), -35);
    this.#go({ target, rangeMetres, pitchDegrees }, this.#scene.camera.heading, fly);
  }

  /** Where the map looks now. */
  get camera(): MapCamera {
    const { target, rangeMetres, pitchDegrees } = this.#aim();
    const { lon, lat } = target;
    return { lon, lat, rangeMetres, headingDegrees: this.headingDegrees, pitchDegrees };
  }

  lookFrom({ lon, lat, rangeMetres, headingDegrees, pitchDegrees }: MapCamera, fly: boolean): void {
    const { maximumZoomDistance } = this.#scene.screenSpaceCameraController;
    const range = CesiumMath.clamp(rangeMetres, NEAREST_METRES, maximumZoomDistance);
    const pitch = CesiumMath.clamp(pitchDegrees, -89.9, CesiumMath.toDegrees(FLATTEST_PITCH));
    const aim = { target: this.#clamp({ lon, lat }), rangeMetres: range, pitchDegrees: pitch };
    this.#go(aim, CesiumMath.toRadians(headingDegrees), fly);
  }

  turnNorth(): void {
    this.#go(this.#aim(), 0, true);
  }

  toggleTilt(): void {
    const aim = this.#aim();
    this.#go({ ...aim, pitchDegrees: aim.pitchDegrees < -75 ? -45 : -89 }, this.#scene.camera.heading, true);
  }

  /** A factor below 1 comes nearer. */
  zoom(factor: number): void {
    const aim = this.#aim();
    const { maximumZoomDistance } = this.#scene.screenSpaceCameraController;
    const rangeMetres = CesiumMath.clamp(aim.rangeMetres * factor, NEAREST_METRES * 1.5, maximumZoomDistance);
    this.#go({ ...aim, rangeMetres }, this.#scene.camera.heading, true, 0.3);
  }

  /** Steps of the arrow keys: -1, 0 or 1 to the right and upwards on the screen. */
  step(right: number, up: number): void {
    const aim = this.#aim();
    const { heading } = this.#scene.camera;
    const metres = this.#view().metresPerPixel * KEY_STEP_PIXELS;
    const east = (right * Math.cos(heading) + up * Math.sin(heading)) * metres;
    const north = (up * Math.cos(heading) - right * Math.sin(heading)) * metres;
    const perDegree = 111_320;
    const target = {
      lon: aim.target.lon + east / (perDegree * Math.cos(CesiumMath.toRadians(aim.target.lat))),
      lat: aim.target.lat + north / perDegree,
    };
    this.#go({ ...aim, target: this.#clamp(target) }, heading, true, 0.2);
  }

  destroy(): void {
    for (const stop of this.#stops) stop();
  }

  #aim(): Aim {
    const { centre, rangeMetres } = this.#view();
    return { target: centre, rangeMetres, pitchDegrees: CesiumMath.toDegrees(this.#scene.camera.pitch) };
  }

  #fit(bounds: Bounds, pitchDegrees: number): Aim {
    const { clientWidth, clientHeight } = this.#scene.canvas;
    return fitView(bounds, pitchDegrees, {
      width: clientWidth || 1,
      height: clientHeight || 1,
      fovRadians: FIELD_OF_VIEW,
    });
  }

  #go(
    { target, rangeMetres, pitchDegrees }: Aim,
    heading: number,
    fly: boolean,
    seconds = FLIGHT_SECONDS,
  ): void {
    const { camera } = this.#scene;
    this.placed = true;
    camera.cancelFlight();
    const { x, y, z } = toEcef(target.lon, target.lat);
    const centre = new Cartesian3(x, y, z);
    const offset = new HeadingPitchRange(heading, CesiumMath.toRadians(pitchDegrees), rangeMetres);
    if (!fly || prefersStillness()) {
      camera.lookAt(centre, offset);
      camera.lookAtTransform(Matrix4.IDENTITY);
      this.#scene.requestRender();
      return;
    }
    this.flying = true;
    const ended = () => {
      this.flying = false;
      this.#scene.requestRender();
    };
    camera.flyToBoundingSphere(new BoundingSphere(centre, 0), {
      offset,
      duration: seconds,
      easingFunction: EasingFunction.QUADRATIC_IN_OUT,
      complete: ended,
      cancel: ended,
    });
    this.#scene.requestRender();
  }

  #keepTilt(): void {
    const { camera } = this.#scene;
    if (
      this.flying ||
      (camera.pitch <= FLATTEST_PITCH && Math.abs(CesiumMath.negativePiToPi(camera.roll)) < 0.01)
    )
      return;
    camera.setView({
      orientation: { heading: camera.heading, pitch: Math.min(camera.pitch, FLATTEST_PITCH), roll: 0 },
    });
  }

  #keepInside(): void {
    if (this.flying || !this.#bounds) return;
    const { centre, rangeMetres } = this.#view();
    const inside = this.#clamp(centre);
    if (inside.lon !== centre.lon || inside.lat !== centre.lat) this.flyTo(inside, rangeMetres);
  }

  #clamp({ lon, lat }: LonLat): LonLat {
    if (!this.#bounds) return { lon, lat };
    const [west, south, east, north] = this.#bounds;
    const [marginLon, marginLat] = [(east - west) * MARGIN, (north - south) * MARGIN];
    return {
      lon: CesiumMath.clamp(lon, west - marginLon, east + marginLon),
      lat: CesiumMath.clamp(lat, south - marginLat, north + marginLat),
    };
  }
}

function prefersStillness(): boolean {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches;
}
