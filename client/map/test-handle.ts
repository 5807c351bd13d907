import type { LonLat } from '#contract/shared';
import type { Pickable } from './layers/present-layer.ts';
import type { MapScene } from './map-scene.ts';

/**
 * `window.__gridwatchMap`: how a program in the page (tests, benches, screenshots) waits for the map and finds things
 * on it. It shows what a person sees and can change nothing.
 */
export interface MapTestHandle {
  /** The district has been drawn once, sharp. */
  readonly ready: boolean;
  /** Resolves when the camera rests, every tile is there and nothing is left to draw. */
  idle: () => Promise<void>;
  /** The marks on the screen: kind, id and where to click, in CSS pixels of the page. */
  pickables: () => Pick<Pickable, 'kind' | 'id' | 'x' | 'y'>[];
  /** Where a position is in CSS pixels of the page; null when it is behind the camera. */
  screenPositionOf: (position: LonLat) => { x: number; y: number } | null;
  /** How many pictures of the globe have been drawn. */
  readonly frames: number;
  /** Draws so many pictures of the globe, one after the other, and answers with the milliseconds of each. */
  timeFrames: (count: number) => number[];
}

declare global {
  interface Window {
    __gridwatchMap?: MapTestHandle;
  }
}

const STILL_FRAMES = 3;

/** Puts the handle on the window; returns how to take it away. */
export function exposeTestHandle(map: MapScene): () => void {
  const { scene } = map.widget;
  let frames = 0;
  let ready = false;
  const isStill = () =>
    scene.globe.tilesLoaded && map.tiles.pending === 0 && !map.navigation.flying && map.hasOverview;
  const isAtRest = () => isStill() && !map.viewPending && map.overlay.motion === 'rest';
  const stop = scene.postRender.addEventListener(() => {
    frames += 1;
    ready ||= isStill();
  });
  const toPage = ({ x, y }: { x: number; y: number }) => {
    const { left, top } = scene.canvas.getBoundingClientRect();
    return { x: x + left, y: y + top };
  };
  const handle: MapTestHandle = {
    get ready() {
      return ready;
    },
    get frames() {
      return frames;
    },
    async idle() {
      let still = 0;
      let seen = frames;
      while (still < STILL_FRAMES) {
        await new Promise((resolve) => requestAnimationFrame(resolve));
        still = isAtRest() && frames === seen ? still + 1 : 0;
        seen = frames;
      }
      ready = true;
    },
    pickables: () => map.pickables().map(({ kind, id, x, y }) => ({ kind, id, ...toPage({ x, y }) })),
    screenPositionOf(position) {
      const at = map.overlay.projector.projectLonLat(position);
      return at && toPage(at);
    },
    timeFrames(count) {
      const times: number[] = [];
      for (let n = 0; n < count; n += 1) {
        const from = performance.now();
        scene.requestRender();
        scene.render(map.widget.clock.currentTime);
        map.finishDrawing();
        times.push(performance.now() - from);
      }
      return times;
    },
  };
  window.__gridwatchMap = handle;
  return () => {
    stop();
    if (window.__gridwatchMap === handle) delete window.__gridwatchMap;
  };
}
