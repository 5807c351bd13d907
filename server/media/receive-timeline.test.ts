import { describe, expect, it } from 'vitest';
import { createReceiveTimeline } from './receive-timeline.ts';

describe('the receive time of frames', () => {
  it('evens out bursts and never runs ahead of the wall clock', () => {
    const stamp = createReceiveTimeline();
    const late = [0, 3, 35, 1, 0, 28, 2, 0];
    const times = late.map((delay, n) => ({
      now: 1000 + n * 40 + delay,
      at: stamp(1000 + n * 40 + delay, n * 40),
    }));
    times.forEach(({ now, at }, n) => {
      expect(at).toBeLessThanOrEqual(now);
      expect(Math.abs(at - (1000 + n * 40))).toBeLessThanOrEqual(2);
    });
  });

  it('grows by at least a millisecond even when the camera sends its past at once', () => {
    const stamp = createReceiveTimeline();
    let last = 0;
    for (let n = 0; n < 50; n++) {
      const at = stamp(5000 + Math.floor(n / 10), n * 40);
      expect(at).toBeGreaterThan(last);
      last = at;
    }
  });

  it('starts anew when the clock of the stream jumps', () => {
    const stamp = createReceiveTimeline();
    stamp(1000, 0);
    expect(stamp(1040, 9_000_000)).toBeLessThanOrEqual(1040);
    expect(stamp(90_000, 9_000_040)).toBe(90_000);
  });
});
