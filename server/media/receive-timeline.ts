/** A camera's clock may drift from ours by this much before the estimate lags; 0.5 % also forgets a lasting delay in seconds. */
const relaxPerMs = 0.005;
const jumpMs = 2000;

/**
 * Gives each frame its receive time in whole UTC milliseconds, strictly growing. Frames come in bursts, their own
 * clock does not: the receive time is the stream's clock plus the smallest delay seen lately, never later than now.
 */
export function createReceiveTimeline(): (nowMs: number, streamMs: number) => number {
  let offset: number | undefined;
  let lastNow = 0;
  let last = -Infinity;
  return (nowMs, streamMs) => {
    const seen = nowMs - streamMs;
    if (offset === undefined || seen < offset || seen - offset > jumpMs) offset = seen;
    else offset += Math.min(seen - offset, Math.max(0, nowMs - lastNow) * relaxPerMs);
    lastNow = nowMs;
    last = Math.max(last + 1, Math.min(nowMs, Math.round(offset + streamMs)));
    return last;
  };
}
