import type { TimelineEvent } from '#contract/cases';

/** A clock as an event of the log tells of it (server/cases/clock-moves). */
export interface LoggedClock {
  stage: string;
  round: number;
  unit?: string;
  limitSeconds?: number;
  usedBeforeSeconds: number;
  dueAt?: string;
  endedAt?: string;
  usedSeconds?: number;
}

/** How a running clock came to another limit or deadline. */
export interface ClockChange {
  n: number;
  at: string;
  action: string;
  reason?: string;
  /** What was added, of an extension. */
  seconds?: number;
  before?: LoggedClock;
  after: LoggedClock;
}

/** Why a run of a clock began as it did, and what changed it while it ran. */
export interface ClockStory {
  /** The event that started it. */
  action?: string;
  rule?: HandlingRule;
  /** The how-manieth dispatch to this unit. */
  ordinal?: number;
  cause?: DispatchCause;
  changes: ClockChange[];
}

const handlingRules = ['restarts', 'accumulates', 'whole-process'] as const;
export type HandlingRule = (typeof handlingRules)[number];
const dispatchCauses = ['new', 'return', 'repeat'] as const;
export type DispatchCause = (typeof dispatchCauses)[number];

export function storyKey({ stage, round }: { stage: string; round: number }): string {
  return `${stage} ${round}`;
}

/** Reads from the log, per run of a clock, which rule set it and what moved it. */
export function tellClockStories(events: readonly TimelineEvent[]): Map<string, ClockStory> {
  const stories = new Map<string, ClockStory>();
  const last = new Map<string, LoggedClock>();
  for (const event of events) {
    const { payload } = event;
    for (const clock of movedIn(event, 'started')) {
      const isHandling = clock.stage === 'handling';
      const rule = isHandling ? handlingRules.find((one) => one === payload['rule']) : undefined;
      const cause = isHandling ? dispatchCauses.find((one) => one === payload['cause']) : undefined;
      stories.set(storyKey(clock), {
        action: event.action,
        ...(rule ? { rule } : {}),
        ...(isHandling && typeof payload['ordinal'] === 'number' ? { ordinal: payload['ordinal'] } : {}),
        ...(cause ? { cause } : {}),
        changes: [],
      });
      last.set(storyKey(clock), clock);
    }
    for (const clock of movedIn(event, 'changed')) {
      const key = storyKey(clock);
      const story = stories.get(key) ?? { changes: [] };
      const before = last.get(key);
      story.changes.push({
        n: event.n,
        at: event.at,
        action: event.action,
        ...(typeof payload['reason'] === 'string' ? { reason: payload['reason'] } : {}),
        ...(event.action === 'decide-request' && typeof payload['seconds'] === 'number'
          ? { seconds: payload['seconds'] }
          : {}),
        ...(before ? { before } : {}),
        after: clock,
      });
      stories.set(key, story);
      last.set(key, clock);
    }
  }
  return stories;
}

/** The clocks that an event started, stopped or changed. */
export function movedIn(
  { payload }: Pick<TimelineEvent, 'payload'>,
  how: 'started' | 'stopped' | 'changed',
): LoggedClock[] {
  const clocks = payload['clocks'];
  if (typeof clocks !== 'object' || clocks === null || !(how in clocks)) return [];
  const moved: unknown = (clocks as Record<string, unknown>)[how];
  return Array.isArray(moved) ? moved.filter(isLogged) : [];
}

function isLogged(value: unknown): value is LoggedClock {
  return (
    typeof value === 'object' &&
    value !== null &&
    'stage' in value &&
    typeof value.stage === 'string' &&
    'round' in value &&
    typeof value.round === 'number'
  );
}
