import type { Scene } from '@cesium/engine';
import { LabelBoxes } from './label-boxes.ts';
import type { Frame, Motion, View } from './layers/present-layer.ts';
import { Projector } from './projector.ts';

/** So long after its last step the camera rests. */
const REST_AFTER_MS = 180;

/**
 * The marks over the globe (names, cameras, cases, the framing) on a canvas of their own: always sharp, whatever the
 * globe's resolution, and redrawn without it when only a mark has changed. It follows every picture of the globe.
 */
export class Overlay {
  readonly canvas = document.createElement('canvas');
  readonly projector = new Projector();
  view: View = { centre: { lon: 0, lat: 0 }, rangeMetres: 1, metresPerPixel: 1 };
  readonly #scene: Scene;
  readonly #context: CanvasRenderingContext2D;
  readonly #boxes = new LabelBoxes();
  readonly #draw: (frame: Frame) => void;
  #request = 0;
  #animatedUntil = 0;
  #stopFollowing: () => void;

  #turn: number | null = null;
  #motion: Motion = 'rest';
  #restTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(scene: Scene, container: Element, draw: (frame: Frame) => void) {
    this.#scene = scene;
    this.#draw = draw;
    const context = this.canvas.getContext('2d');
    if (!context) throw new Error('no 2D canvas');
    this.#context = context;
    this.canvas.setAttribute('aria-hidden', 'true');
    container.append(this.canvas);
    this.#stopFollowing = scene.postRender.addEventListener(() => this.paint());
  }

  repaint = (): void => {
    this.#request ||= requestAnimationFrame(() => {
      this.#request = 0;
      this.paint();
    });
  };

  animateUntil = (until: number): void => {
    this.#animatedUntil = Math.max(this.#animatedUntil, until);
    this.repaint();
  };

  get animating(): boolean {
    return performance.now() < this.#animatedUntil;
  }

  paint(): void {
    const { projector, canvas } = this;
    projector.aim(this.#scene);
    this.#followMotion(projector.turn);
    this.#look();
    const ratio = Math.min(window.devicePixelRatio || 1, 2);
    const [width, height] = [Math.round(projector.width * ratio), Math.round(projector.height * ratio)];
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
    }
    const context = this.#context;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, projector.width, projector.height);
    this.#boxes.clear();
    this.#draw({
      context,
      projector,
      view: this.view,
      boxes: this.#boxes,
      motion: this.#motion,
      now: performance.now(),
    });
    if (this.animating) this.repaint();
  }

  get motion(): Motion {
    return this.#motion;
  }

  destroy(): void {
    cancelAnimationFrame(this.#request);
    clearTimeout(this.#restTimer);
    this.#stopFollowing();
    this.canvas.remove();
  }

  /** The first picture is one at rest, wherever the camera came from. */
  #followMotion(turn: number): void {
    const before = this.#turn;
    this.#turn = turn;
    if (before === null || before === turn) return;
    this.#motion = this.#motion === 'rest' ? 'start' : 'moving';
    clearTimeout(this.#restTimer);
    this.#restTimer = setTimeout(() => {
      this.#motion = 'rest';
      this.repaint();
    }, REST_AFTER_MS);
  }

  /** Reads where the camera looks; above the horizon the last answer stands. */
  #look(): void {
    const { projector } = this;
    const { camera } = this.#scene;
    const centre = projector.toGround({ x: projector.width / 2, y: projector.height / 2 });
    if (!centre) return;
    const rangeMetres = projector.projectLonLat(centre)?.depthMetres ?? this.view.rangeMetres;
    const { fov } = camera.frustum as { fov?: number };
    const longSide = Math.max(projector.width, projector.height);
    this.view = {
      centre,
      rangeMetres,
      metresPerPixel: (2 * rangeMetres * Math.tan((fov ?? 1) / 2)) / longSide,
    };
  }
}
