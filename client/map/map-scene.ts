import {
  CesiumWidget,
  Color,
  JulianDate,
  ScreenSpaceEventHandler,
  ScreenSpaceEventType,
  type Cartesian2,
} from '@cesium/engine';
import type { LonLat } from '#contract/shared';
import { distanceMetres } from './earth.ts';
import { ImageryStack } from './imagery-stack.ts';
import type { Frame, MapHost, Pickable, View } from './layers/present-layer.ts';
import { Layers } from './layers/sync-layers.ts';
import { wantedLayers, type MapState } from './layers/wanted-layers.ts';
import { mapColours } from './map-style.ts';
import type { MapCamera } from './map-camera.ts';
import type { Drawn } from './map-tool.ts';
import { Sketch } from './measure/sketch.ts';
import { shadeMeshesBySun } from './mesh-primitive.ts';
import { Navigation } from './navigation.ts';
import { Overlay } from './overlay.ts';
import { toDrawing, type Overview } from './overview.ts';
import type { ScreenPoint } from './projector.ts';
import { finestScale, isSoftGl, ResolutionGovernor } from './resolution.ts';
import { TileClient } from './tiles/tile-client.ts';

export interface MapEvents {
  /** A click: the marks under it, the uppermost first, and where the ground is hit. */
  onClick: (marks: Pickable[], ground: LonLat | null, point: ScreenPoint) => void;
  /** The pointer rests or moves over the map: what is under it, and where; null when it leaves. */
  onHover: (hover: Hover | null) => void;
  onDrawn: (drawn: Drawn | undefined) => void;
  /** The camera came to rest. */
  onRest: (camera: MapCamera) => void;
  /** A source of somebody else does not answer, or does again. */
  onSource: (id: string, trouble: string | undefined) => void;
  /** The graphics context is gone; nothing can be drawn until it is back. */
  onLost: () => void;
  onRestored: () => void;
  /** Drawing failed; this scene will draw no more. */
  onFailed: (error: unknown) => void;
}

export interface Hover {
  mark: Pickable | null;
  ground: LonLat | null;
  point: ScreenPoint;
}

const VIEW_EVERY_MS = 160;
const REST_MS = 300;
const HOVER_EVERY_MS = 50;
const TILES_IN_MEMORY = 160;

/**
 * The globe with its layers, outside React. Draws only when something changed. Throws when the browser has no WebGL.
 */
export class MapScene {
  readonly widget: CesiumWidget;
  readonly tiles = new TileClient();
  readonly overlay: Overlay;
  readonly navigation: Navigation;
  readonly sketch: Sketch;
  readonly #layers: Layers;
  readonly #events: MapEvents;
  readonly #governor = new ResolutionGovernor();
  readonly #input: ScreenSpaceEventHandler;
  readonly #size: ResizeObserver;
  #overview: Overview | null = null;
  #toldView: View | null = null;
  #viewTimer: ReturnType<typeof setTimeout> | undefined;
  #restTimer: ReturnType<typeof setTimeout> | undefined;
  #hoverTimer: ReturnType<typeof setTimeout> | undefined;
  #restedAt = '';

  constructor(container: HTMLElement, creditContainer: HTMLElement, events: MapEvents) {
    this.#events = events;
    try {
      this.widget = createWidget(container, creditContainer);
    } catch (error) {
      this.tiles.destroy();
      throw error;
    }
    const { scene, canvas } = this.widget;
    this.overlay = new Overlay(scene, container, (frame) => this.#drawMarks(frame));
    const host: MapHost = {
      scene,
      tiles: this.tiles,
      imagery: new ImageryStack(scene),
      tellSource: (id, trouble) => events.onSource(id, trouble),
      requestRender: () => scene.requestRender(),
      repaint: this.overlay.repaint,
      animateUntil: this.overlay.animateUntil,
    };
    this.#layers = new Layers(host);
    this.navigation = new Navigation(scene, () => this.overlay.view);
    this.#input = new ScreenSpaceEventHandler(canvas);
    this.#input.setInputAction(
      ({ position }: { position: Cartesian2 }) => this.#click(position),
      ScreenSpaceEventType.LEFT_CLICK,
    );
    this.#input.setInputAction(
      ({ endPosition }: { endPosition: Cartesian2 }) => this.#hover({ x: endPosition.x, y: endPosition.y }),
      ScreenSpaceEventType.MOUSE_MOVE,
    );
    this.sketch = new Sketch(this.overlay.repaint, events.onDrawn);
    canvas.addEventListener('pointerleave', this.#left);
    scene.postRender.addEventListener(() => {
      // Pictures of the ground become visible over several frames, which nothing else asks for.
      if (!scene.globe.tilesLoaded && this.tiles.pending === 0) scene.requestRender();
      const scale = this.#governor.frameDrawn(performance.now());
      if (scale !== null) this.widget.resolutionScale = scale;
    });
    scene.renderError.addEventListener((_scene: unknown, error: unknown) => events.onFailed(error));
    canvas.addEventListener('webglcontextlost', this.#lost);
    canvas.addEventListener('webglcontextrestored', events.onRestored);
    this.#size = new ResizeObserver(() => scene.requestRender());
    this.#size.observe(container);
  }

  get view(): View {
    return this.overlay.view;
  }

  get hasOverview(): boolean {
    return this.#overview !== null;
  }

  /** The layers are about to be told of a movement. */
  get viewPending(): boolean {
    return this.#viewTimer !== undefined;
  }

  /** Waits until the graphics card has drawn everything, by reading a pixel back. */
  finishDrawing(): void {
    const context = this.widget.canvas.getContext('webgl2');
    context?.readPixels(0, 0, 1, 1, context.RGBA, context.UNSIGNED_BYTE, new Uint8Array(4));
  }

  /** The marks under the pointer and where they are now, the uppermost last. */
  pickables(): Pickable[] {
    return this.#layers.inOrder().flatMap((layer) => layer.pickables?.() ?? []);
  }

  show(state: MapState): void {
    if (state.overview !== this.#overview) {
      this.#overview = state.overview;
      void this.tiles.ask('overview', toDrawing(state.overview));
      this.navigation.limitTo(state.overview.bounds);
    }
    this.#layers.sync(wantedLayers(state));
  }

  /** The sun of an instant on ground and houses; undefined: the even light of a plan. */
  showDaylight(at: Date | undefined): void {
    const { scene, clock } = this.widget;
    shadeMeshesBySun(at !== undefined);
    scene.globe.enableLighting = at !== undefined;
    if (at) clock.currentTime = JulianDate.fromDate(at);
    scene.requestRender();
  }

  destroy(): void {
    clearTimeout(this.#viewTimer);
    clearTimeout(this.#restTimer);
    clearTimeout(this.#hoverTimer);
    this.widget.canvas.removeEventListener('pointerleave', this.#left);
    this.#size.disconnect();
    this.widget.canvas.removeEventListener('webglcontextlost', this.#lost);
    this.widget.canvas.removeEventListener('webglcontextrestored', this.#events.onRestored);
    this.#input.destroy();
    this.navigation.destroy();
    this.#layers.destroy();
    this.overlay.destroy();
    this.tiles.destroy();
    this.widget.destroy();
  }

  readonly #lost = (event: Event): void => {
    event.preventDefault();
    this.widget.useDefaultRenderLoop = false;
    this.#events.onLost();
  };

  #drawMarks(frame: Frame): void {
    const layers = this.#layers.inOrderWithOpacity();
    for (const { layer } of layers.toReversed()) layer.layout?.(frame);
    for (const { layer, opacity } of layers) {
      frame.context.globalAlpha = opacity;
      layer.paint?.(frame);
    }
    frame.context.globalAlpha = 1;
    this.sketch.paint(frame);
    this.#tellView(frame.view);
    this.#tellRest();
  }

  /** Tells once where the camera came to rest. */
  #tellRest(): void {
    const { position, direction } = this.widget.camera;
    const at = `${position.toString()}${direction.toString()}`;
    if (!this.navigation.placed || at === this.#restedAt) return;
    this.#restedAt = at;
    clearTimeout(this.#restTimer);
    this.#restTimer = setTimeout(() => {
      if (!this.navigation.flying) this.#events.onRest(this.navigation.camera);
    }, REST_MS);
  }

  /** Tells the layers where the camera looks, not more often than they can use. */
  #tellView(view: View): void {
    const told = this.#toldView;
    if (this.#viewTimer || (told && !hasMoved(told, view))) return;
    this.#viewTimer = setTimeout(
      () => {
        this.#viewTimer = undefined;
        this.#toldView = this.view;
        for (const layer of this.#layers.inOrder()) layer.viewChanged?.(this.view);
      },
      told ? VIEW_EVERY_MS : 0,
    );
  }

  /** The marks under a point, the uppermost first. */
  marksAt(point: ScreenPoint): Pickable[] {
    return this.#layers
      .inOrder()
      .toReversed()
      .flatMap((layer) => layer.pickAt?.(point) ?? []);
  }

  /** The line of sight through a point: where it passes a height above the ground, and where it meets the ground. */
  sightThrough(point: ScreenPoint): { from: LonLat; heightMetres: number; to: LonLat } | null {
    const to = this.overlay.projector.toGround(point);
    if (!to) return null;
    const { longitude, latitude, height } = this.widget.camera.positionCartographic;
    const heightMetres = Math.min(TALLEST_METRES, height);
    const share = heightMetres / height;
    const eye = { lon: (longitude * 180) / Math.PI, lat: (latitude * 180) / Math.PI };
    const from = { lon: to.lon + (eye.lon - to.lon) * share, lat: to.lat + (eye.lat - to.lat) * share };
    return { from, heightMetres, to };
  }

  #click({ x, y }: ScreenPoint): void {
    const point = { x, y };
    const ground = this.overlay.projector.toGround(point);
    if (this.sketch.isDrawing) {
      if (ground) this.sketch.addPoint(ground, point);
      return;
    }
    this.#events.onClick(this.marksAt(point), ground, point);
  }

  /** Not more often than a hand can tell. */
  #hover(point: ScreenPoint): void {
    this.#hovered = point;
    this.#hoverTimer ??= setTimeout(() => {
      this.#hoverTimer = undefined;
      const at = this.#hovered;
      if (!at) return;
      const ground = this.overlay.projector.toGround(at);
      this.sketch.movePointer(ground);
      const mark = this.sketch.tool === 'none' ? (this.marksAt(at)[0] ?? null) : null;
      this.widget.canvas.style.cursor = this.sketch.tool === 'none' ? (mark ? 'pointer' : '') : 'crosshair';
      this.#events.onHover({ mark, ground, point: at });
    }, HOVER_EVERY_MS);
  }

  #hovered: ScreenPoint | null = null;

  readonly #left = (): void => {
    this.#hovered = null;
    this.sketch.movePointer(null);
    this.#events.onHover(null);
  };
}

/** No house of a city's register is taller. */
const TALLEST_METRES = 700;

function hasMoved(a: View, b: View): boolean {
  return (
    Math.abs(a.rangeMetres / b.rangeMetres - 1) > 0.03 ||
    distanceMetres(a.centre, b.centre) > Math.min(120, b.rangeMetres * 0.08)
  );
}

function createWidget(container: HTMLElement, creditContainer: HTMLElement): CesiumWidget {
  const widget = new CesiumWidget(container, {
    baseLayer: false,
    skyBox: false,
    skyAtmosphere: false,
    scene3DOnly: true,
    requestRenderMode: true,
    maximumRenderTimeChange: Infinity,
    msaaSamples: isSoftGl() ? 1 : 4,
    useBrowserRecommendedResolution: false,
    blurActiveElementOnCanvasFocus: false,
    showRenderLoopErrors: false,
    creditContainer,
    contextOptions: { webgl: { alpha: false, powerPreference: 'high-performance' } },
  });
  widget.resolutionScale = finestScale();
  const { scene } = widget;
  const { globe } = scene;
  scene.backgroundColor = Color.fromCssColorString(mapColours.outside);
  scene.fog.enabled = false;
  scene.highDynamicRange = false;
  scene.postProcessStages.fxaa.enabled = false;
  if (scene.sun) scene.sun.show = false;
  if (scene.moon) scene.moon.show = false;
  globe.baseColor = Color.fromCssColorString(mapColours.outside);
  globe.showGroundAtmosphere = false;
  globe.enableLighting = false;
  globe.depthTestAgainstTerrain = false;
  globe.tileCacheSize = TILES_IN_MEMORY;
  // The levels between the whole earth and the district are not painted on the way: the first picture is the sharp one.
  globe.preloadAncestors = false;
  globe.loadingDescendantLimit = 400;
  globe.maximumScreenSpaceError = isSoftGl() ? 2 : 1.5;
  return widget;
}
