import type { ClockAxis, Limit } from './limits.ts';

/** Stages that have a clock; supervision is a side task of handling, not a step of the whole case. */
export type ClockStage =
  'filing' | 'dispatch' | 'handling' | 'supervision' | 'send-for-check' | 'check' | 'closing';

/**
 * Limits of the centre's own stages in seconds (SPEC §3): 立案、派遣、督办、发核查、结案环节时间分别设定为半小时;
 * 核查环节时间为1小时. The filing clock runs from receipt, verification included. Handling has the limit of its
 * class and condition, and feedback is inside it (在规定的办理时间内).
 */
export const stageLimits = {
  filing: 1_800,
  dispatch: 1_800,
  supervision: 1_800,
  'send-for-check': 1_800,
  check: 3_600,
  closing: 1_800,
} as const satisfies Record<Exclude<ClockStage, 'handling'>, number>;

/** What decides the limit and the time of a case's clocks. */
export interface CaseTiming {
  /** Urgent by the list of SPEC §3: all clocks run in natural time. */
  urgent: boolean;
  /** Visible only at certain hours or weather: sending for check is untimed. */
  special: boolean;
  /** The handling limit, approved extensions included; null when handling is untimed. */
  handling: Limit | null;
}

/** The limit of a stage in seconds, or null when untimed: 特殊问题发核查时间不受限制 (SPEC §3). */
export function stageLimitSeconds(stage: ClockStage, timing: CaseTiming): number | null {
  if (stage === 'handling') return timing.handling?.seconds ?? null;
  if (stage === 'send-for-check' && timing.special) return null;
  return stageLimits[stage];
}

/**
 * R3 (SPEC §3): all clocks run in working time, except for urgent cases: natural time. A handling limit in natural
 * units makes only the handling natural. The half hours of the other stages are working time too.
 */
export function stageAxis(stage: ClockStage, { urgent, handling }: CaseTiming): ClockAxis {
  if (urgent) return 'natural';
  return stage === 'handling' ? (handling?.axis ?? 'working') : 'working';
}

/** Steps from receipt to closing whose limits add up to the whole case's. */
export const wholeCaseStages = [
  'filing',
  'dispatch',
  'handling',
  'send-for-check',
  'check',
  'closing',
] as const;

/** The limit of the whole case in seconds: the sum of its timed stages' limits (SPEC §3). */
export function wholeLimitSeconds(timing: CaseTiming): number {
  return wholeCaseStages.reduce((sum, stage) => sum + (stageLimitSeconds(stage, timing) ?? 0), 0);
}
