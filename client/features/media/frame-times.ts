/**
 * Where a step lands among sorted frame times: the index, negative when it lies before the first one known.
 * Stepping by time lands on the latest frame at or before the wanted time.
 */
export function stepTarget(
  times: readonly number[],
  shownMicros: number,
  by: { frames: number } | { micros: number },
): number {
  const last = times.length - 1;
  const shown = times.findLastIndex((time) => time <= shownMicros);
  if ('frames' in by) return Math.min(last, shown + by.frames);
  return times.findLastIndex((time) => time <= shownMicros + by.micros);
}
