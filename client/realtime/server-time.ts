/**
 * The server's time on a screen. It is anchored to `performance.now()`, which a wrong or changed browser clock does not
 * touch. Every message that carries the server's time arrives late by its travel time, so of the recent samples the
 * greatest offset is the truest.
 */
export interface ServerTime {
  /** A message with the server's time arrived just now. */
  note(serverNow: string): void;
  /** After a sleep or a new connection old samples mean nothing. */
  forget(): void;
  /** Milliseconds since the epoch by the server's clock; the browser's until the server has been heard. */
  now(): number;
}

const SAMPLES = 8;

export function createServerTime(): ServerTime {
  let offsets: number[] = [];
  let offset: number | null = null;
  return {
    note(serverNow) {
      const at = Date.parse(serverNow);
      if (!Number.isFinite(at)) return;
      offsets = [...offsets, at - performance.now()].slice(-SAMPLES);
      offset = Math.max(...offsets);
    },
    forget() {
      offsets = [];
    },
    now: () => (offset === null ? Date.now() : performance.now() + offset),
  };
}

/** Milliseconds until a clock that shows `at` has passed its next step; a little more, so that it is past for sure. */
export function untilNextStep(at: number, stepMs: number): number {
  return stepMs - (at % stepMs) + 5;
}

/** The one of this screen. */
const screen = createServerTime();
export const noteServerTime = screen.note;
export const forgetServerTime = screen.forget;
export const serverNow = screen.now;
