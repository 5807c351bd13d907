/**
 * The server's time on this screen. It is anchored to `performance.now()`, which a wrong or changed browser clock
 * does not touch. Every message that carries the server's time arrives late by its travel time, so of the recent
 * samples the greatest offset is the truest.
 */
const SAMPLES = 8;
let offsets: number[] = [];
let offset: number | null = null;

/** A message with the server's time arrived just now. */
export function noteServerTime(serverNow: string): void {
  const at = Date.parse(serverNow);
  if (!Number.isFinite(at)) return;
  offsets = [...offsets, at - performance.now()].slice(-SAMPLES);
  offset = Math.max(...offsets);
}

/** After a sleep or a new connection old samples mean nothing. */
export function forgetServerTime(): void {
  offsets = [];
}

/** Milliseconds since the epoch by the server's clock; the browser's until the server has been heard. */
export function serverNow(): number {
  return offset === null ? Date.now() : performance.now() + offset;
}
