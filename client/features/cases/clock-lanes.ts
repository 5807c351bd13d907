import type { CaseSummary, TimelineClock } from '#contract/cases';

export interface ClockLane {
  key: string;
  stage: string;
  unitCode?: string;
  runs: TimelineClock[];
}

/** The runs of a case's clocks by stage and unit, in order of first start. */
export function laneClocks(clocks: readonly TimelineClock[]): ClockLane[] {
  const lanes = new Map<string, ClockLane>();
  for (const clock of clocks) {
    const key = `${clock.stage} ${clock.unitCode ?? ''}`;
    const lane = lanes.get(key) ?? {
      key,
      stage: clock.stage,
      ...(clock.unitCode === undefined ? {} : { unitCode: clock.unitCode }),
      runs: [],
    };
    lane.runs.push(clock);
    lanes.set(key, lane);
  }
  return [...lanes.values()];
}

/** From receipt to the last thing drawn: the end, or now and every deadline still ahead. */
export function extentOf(
  one: Pick<CaseSummary, 'receivedAt' | 'closedAt' | 'whole'>,
  clocks: readonly TimelineClock[],
  now: number,
): { from: number; to: number } {
  const starts = clocks.map(({ startedAt }) => Date.parse(startedAt));
  const ends = clocks.flatMap(({ endedAt }) => (endedAt ? [Date.parse(endedAt)] : []));
  const ahead = one.closedAt
    ? []
    : [now, one.whole.dueAt, ...clocks.filter(({ endedAt }) => !endedAt).map(({ dueAt }) => dueAt)].map(
        (at) => (typeof at === 'string' ? Date.parse(at) : (at ?? Number.NEGATIVE_INFINITY)),
      );
  const from = Math.min(Date.parse(one.receivedAt), ...starts);
  const to = Math.max(from, one.closedAt ? Date.parse(one.closedAt) : from, ...ends, ...ahead);
  // Room for the mark at the very end.
  return { from, to: to + (to - from) * 0.02 };
}
