import type { CaseCounts, CaseDetail, Timeline, TimelineClock } from '#contract/cases';
import { dayOf, instantOf } from '#clock/calendar-day';
import { lightAt } from '#clock/deadline';
import { elapsedSeconds } from '#clock/stage-clock';
import type { WorkAxis } from '#clock/work-axis';
import type { SessionUser } from '../access/session-user.ts';
import type { Context } from '../context.ts';
import type { CaseClock } from './case-clocks.ts';
import { toCaseDetail, type CaseRecord } from './case-record.ts';
import { countCases } from './count-repository.ts';
import type { CheckerCandidate } from '#contract/workflow';
import { listEvents } from './log-repository.ts';
import { readCase } from './open-case.ts';
import { listCheckers } from './people-repository.ts';
import * as repository from './repository.ts';
import { listClocks } from './write-repository.ts';

export { actOnCase } from './act-on-case.ts';
export { caseConditions, type CaseFilter } from './repository.ts';
export { roomsOfArea, toCaseDetail, toCaseSummary, type FullCase } from './case-record.ts';
export { keepingClock } from './clock-errors.ts';
export { openCase, openForReports, stale, type OpenCase } from './open-case.ts';
export { stepOf } from './report-steps.ts';
export { saveNewCase, saveSteps } from './save-case.ts';
export type { CaseFile } from './take-step.ts';
export { findUnits } from './write-repository.ts';

const SIMILAR_METRES = 30;
const SIMILAR_MS = 24 * 3600 * 1000;

/** Cases within the scope, the soonest due first unless another order is asked for. `more`: there is a next page. */
export async function listCases(
  { db, clock }: Context,
  user: SessionUser,
  filter: repository.CaseFilter,
  page: { after?: repository.CaseCursor | undefined; order?: repository.CaseOrder; limit: number },
): Promise<{ records: CaseRecord[]; more: boolean }> {
  const records = await repository.listCases(db, user.scope, filter, {
    now: clock.now(),
    after: page.after,
    order: page.order,
    limit: page.limit + 1,
  });
  return { records: records.slice(0, page.limit), more: records.length > page.limit };
}

/** Open cases of a class within 30 m, received in the last 24 h: perhaps the same thing. */
export function findSimilarCases(
  { db }: Context,
  user: SessionUser,
  given: { classId: string; position: CaseRecord['position']; now: Date },
) {
  const receivedSince = new Date(given.now.getTime() - SIMILAR_MS);
  return repository.listSimilarCases(db, user.scope, { ...given, metres: SIMILAR_METRES, receivedSince });
}

/** @throws CASE_NOT_FOUND, also outside the scope */
export async function getCase({ db, clock }: Context, user: SessionUser, id: string): Promise<CaseDetail> {
  return toCaseDetail(await readCase(db, user.scope, id), user, clock.now());
}

/** Collectors who may check a case, in the order in which the nearest is chosen. @throws CASE_NOT_FOUND */
export async function getCheckers(
  { db }: Context,
  user: SessionUser,
  id: string,
): Promise<CheckerCandidate[]> {
  return listCheckers(db, await readCase(db, user.scope, id));
}

/** The log of a case and its clocks as they stand. @throws CASE_NOT_FOUND, also outside the scope */
export async function getTimeline(
  { db, clock, axis }: Context,
  user: SessionUser,
  id: string,
): Promise<Timeline> {
  await readCase(db, user.scope, id);
  const now = clock.now();
  const events = await listEvents(db, id);
  const clocks = await listClocks(db, id);
  return {
    events: events.map((event) => ({
      n: event.n,
      at: event.at.toISOString(),
      actor: event.actorName,
      action: event.action,
      ...(event.fromStage === null ? {} : { fromStage: event.fromStage }),
      toStage: event.toStage,
      payload: event.payload,
      hash: event.hash,
    })),
    clocks: clocks.map((one) => toTimelineClock(one, now, axis.current())),
  };
}

function toTimelineClock(clock: CaseClock, now: Date, axis: WorkAxis): TimelineClock {
  const toText = (epochMs: number) => new Date(epochMs).toISOString();
  return {
    stage: clock.stage,
    round: clock.round,
    ...(clock.unit === null ? {} : { unitCode: clock.unit }),
    axis: clock.axis,
    startedAt: toText(clock.startedAt),
    ...(clock.endedAt === null ? {} : { endedAt: toText(clock.endedAt) }),
    ...(clock.limitSeconds === null ? {} : { limitSeconds: clock.limitSeconds }),
    usedBeforeSeconds: clock.usedBeforeSeconds,
    usedSeconds: clock.usedSeconds ?? clock.usedBeforeSeconds + elapsedSeconds(clock, now, axis),
    ...(clock.dueAt === null ? {} : { dueAt: toText(clock.dueAt) }),
    ...(clock.warnAt === null ? {} : { warnAt: toText(clock.warnAt) }),
    light: lightAt(clock, now),
  };
}

/** What the counters say: open cases by light, stage, subdistrict and unit; filed and closed since local midnight. */
export function getCounts({ db, clock, config }: Context, user: SessionUser): Promise<CaseCounts> {
  const now = clock.now();
  const midnight = new Date(instantOf(dayOf(now.getTime(), config.timeZone), 0, config.timeZone));
  return countCases(db, user.scope, { now, midnight });
}
