import type { MediaClock } from './media-source.ts';

/**
 * A clock that always runs: it follows the given one, and where that stands still (a test's fixed instant) it runs on
 * with the wall, because pictures keep coming.
 */
export function createRunningClock(clock: { now(): Date }): MediaClock {
  let given = clock.now().getTime();
  let wall = Date.now();
  let media = given;
  return {
    nowMs() {
      const nowGiven = clock.now().getTime();
      const nowWall = Date.now();
      media += Math.max(nowGiven - given, nowWall - wall);
      given = nowGiven;
      wall = nowWall;
      return media;
    },
  };
}
