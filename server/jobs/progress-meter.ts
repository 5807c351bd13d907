import type { JobProgress } from '#contract/jobs';
import type { WorkProgress } from './registry.ts';

/** Makes rate and time left out of how far the work said it was; each stage has a rate of its own. */
export interface ProgressMeter {
  report(progress: WorkProgress): void;
  /** As it stands; undefined before the first report. */
  current(): JobProgress | undefined;
}

/** @param now milliseconds of a clock that only goes forward */
export function createProgressMeter(now: () => number = () => performance.now()): ProgressMeter {
  let latest: WorkProgress | undefined;
  let stageBegan = 0;
  let doneThen = 0;
  return {
    report(progress) {
      if (latest?.stage.en !== progress.stage.en) {
        stageBegan = now();
        doneThen = progress.done;
      }
      latest = progress;
    },
    current() {
      if (!latest) return undefined;
      const seconds = (now() - stageBegan) / 1000;
      const perSecond = seconds > 0 ? (latest.done - doneThen) / seconds : 0;
      const { total } = latest;
      return {
        ...latest,
        perSecond: Math.round(perSecond * 10) / 10,
        ...(total === undefined || perSecond <= 0
          ? {}
          : { secondsLeft: Math.max(0, Math.round((total - latest.done) / perSecond)) }),
      };
    },
  };
}
