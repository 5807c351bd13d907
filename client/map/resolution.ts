const SLOW_MS = 40;
const FAST_MS = 17.5;
const PAUSE_MS = 200;
const FRAMES = 24;
const COARSEST = 0.6;

/** Software rendering, as in tests: `?softgl`, or a browser driven by a program; `?softgl=off` forbids it. */
export function isSoftGl(): boolean {
  const asked = new URLSearchParams(window.location.search).get('softgl');
  return asked === 'off' ? false : asked !== null || navigator.webdriver;
}

/** Two picture elements for each CSS pixel are enough. */
export function finestScale(): number {
  return isSoftGl() ? 0.5 : Math.min(1, 2 / (window.devicePixelRatio || 1));
}

/**
 * Makes the globe's picture coarser while frames are slow and finer again when they are fast. Only frames that follow
 * each other count: with rendering on request most gaps are rests.
 */
export class ResolutionGovernor {
  #scale = finestScale();
  #last = 0;
  #gaps: number[] = [];

  /** Told of every frame; the scale to use from now on, when it changed. */
  frameDrawn(now: number): number | null {
    const gap = now - this.#last;
    this.#last = now;
    if (gap > PAUSE_MS || isSoftGl()) return null;
    this.#gaps.push(gap);
    if (this.#gaps.length < FRAMES) return null;
    const middle = this.#gaps.sort((a, b) => a - b)[FRAMES / 2] ?? 0;
    this.#gaps = [];
    const scale = middle > SLOW_MS ? this.#scale * 0.8 : middle < FAST_MS ? this.#scale * 1.15 : this.#scale;
    const next = Math.min(finestScale(), Math.max(COARSEST * finestScale(), scale));
    if (next === this.#scale) return null;
    this.#scale = next;
    return next;
  }
}
