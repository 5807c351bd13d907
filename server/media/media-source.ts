import type { LiveReason, TimeSource } from '#contract/media';
import type { AccessUnit, CodecConfig } from './h264.ts';

/** Real time in UTC milliseconds. It must advance with the wall: pictures cannot stand still with a frozen test clock. */
export interface MediaClock {
  nowMs(): number;
}

export interface SourceSink {
  onConfig(config: CodecConfig): void;
  onUnit(unit: AccessUnit): void;
  /** Called once, after which nothing more comes. Not called after `stop`. */
  onEnd(reason: LiveReason): void;
}

export interface RunningSource {
  stop(): void;
}

/** A way to get the pictures of one camera; `start` may be called again after the end. */
export interface MediaSource {
  timeSource: TimeSource;
  start(sink: SourceSink, options: { watched: boolean }): RunningSource;
}

/** Where a frame stands in a run of access units (decode order, key frame first): the units needed to decode it, it last. */
export function unitsThrough(units: readonly AccessUnit[], atMicros: number): AccessUnit[] | null {
  let target = -1;
  units.forEach((unit, index) => {
    if (unit.atMicros <= atMicros && unit.atMicros > (units[target]?.atMicros ?? -1)) target = index;
  });
  return target < 0 ? null : units.slice(0, target + 1);
}
