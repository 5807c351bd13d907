import type { Kind } from '#contract/dictionary';

/** What a contest that was upheld made of a case. */
export type Ruling = 'left-out' | 'in-time';

/**
 * What the evaluation knows of a case: a row of `case_facts`, and the same that its log says when it is read from the
 * beginning up to an instant. Nothing else is counted.
 */
export interface CaseFacts {
  caseId: string;
  number: string;
  classId: string;
  kind: Kind;
  channel: string;
  urgent: boolean;
  special: boolean;
  subdistrictCode: string;
  communityCode: string;
  cellCode: string;
  /** The account that made the first report. */
  reporterId: string | null;
  receivedAt: Date;
  filedAt: Date;
  filedInTime: boolean;
  firstDispatchedAt: Date | null;
  /** The dispatch clock that led to the first dispatch was kept. */
  dispatchedInTime: boolean | null;
  dispatches: number;
  /**
   * The unit that is charged (R7, SPEC section 5): the lead of the last handling clock, null when it returned the case
   * away or nobody had it yet.
   */
  unitCode: string | null;
  /** Dispatches to that unit; 3 and more count its whole process. */
  unitDispatches: number;
  /** Last effective handling deadline, approved extensions included. */
  dueAt: Date | null;
  limitSeconds: number | null;
  /** Of `limitSeconds`: added by approved extensions. */
  extensionSeconds: number;
  /** Accumulated handling time up to the last feedback; null while the unit is at it. */
  usedSeconds: number | null;
  fedBackAt: Date | null;
  checks: number;
  checksInTime: number;
  failedChecks: number;
  checkerId: string | null;
  closedAt: Date | null;
  /** The closing clock was kept. */
  closedInTime: boolean | null;
  voidedAt: Date | null;
  /** Void because it goes on in another case. */
  merged: boolean;
  postponedAt: Date | null;
  extendedAt: Date | null;
  returnedAt: Date | null;
  repeatedAt: Date | null;
  ruling: Ruling | null;
}
