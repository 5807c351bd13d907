import type {
  LimitRecalculation,
  StateCouncilImport,
  WorkingTimeChange,
  WorkingTimeEdit,
  WorkingTimeResult,
  WorkingYear,
} from '#contract/working-time';
import { dayOf } from '#clock/calendar-day';
import { joinAxisDays } from '#clock/work-axis';
import { defaultSeasons } from '#clock/working-calendar';
import { appendAudit } from '../access/audit.ts';
import type { SessionUser } from '../access/session-user.ts';
import {
  countGuessedDeadlines,
  previewRecalculation,
  type LimitToApply,
} from '../cases/recalculate-cases.ts';
import * as clocks from '../clock/service.ts';
import type { Context } from '../context.ts';
import type { Queryable } from '../db/database.ts';
import { listLimits } from '../dictionary/service.ts';
import { appError } from '../errors.ts';
import { appendOutbox, EVERYBODY } from '../realtime/outbox.ts';
import {
  applyEdit,
  calendarOf,
  differenceOf,
  toSeasonRow,
  type WorkingTimeMove,
  type WorkingTimeState,
} from './apply-edit.ts';
import { markPending, submitRecalculation } from './recalculation-job.ts';
import * as repository from './repository.ts';
import { listStateCouncilDays } from './state-council-days.ts';

/** Days may be entered from the first year with a notice to ten years ahead. */
const FIRST_YEAR = 2004;
const YEARS_AHEAD = 10;

/** Working time of a year, with what holds in general. */
export async function getWorkingYear(
  { db, config }: Pick<Context, 'db' | 'config'>,
  year: number,
): Promise<WorkingYear> {
  const { version } = await clocks.loadRules(db);
  const state = await readState(db);
  const { knownYears } = calendarOf(state, config.timeZone);
  return {
    year,
    known: knownYears.includes(year),
    days: [...state.days.values()]
      .filter(({ day }) => day.startsWith(`${year}-`))
      .map(({ day, works, name, source }) => ({ day, works, ...(name === null ? {} : { name }), source })),
    seasons: state.seasons.map(toSeasonRow),
    weeklyRest: [...state.weeklyRest],
    warning: { fractionOfLimit: state.warning.fractionOfLimit, seconds: state.warning.seconds },
    guessedDeadlines: await countGuessedDeadlines(db, { knownYears, timeZone: config.timeZone }),
    version,
  };
}

async function readState(db: Queryable): Promise<WorkingTimeState> {
  const rows = await clocks.listCalendarDays(db);
  const seasons = await clocks.listSeasons(db);
  const { weeklyRest, warning } = await clocks.loadRules(db);
  return {
    days: new Map(rows.map((row) => [row.day, row])),
    seasons: seasons.length === 0 ? defaultSeasons : seasons,
    weeklyRest,
    warning,
  };
}

/** The newest first. */
export async function listWorkingTimeChanges(
  db: Queryable,
  page: { after?: number | undefined; limit: number },
): Promise<{ items: WorkingTimeChange[]; next?: string }> {
  const rows = await repository.listChanges(db, { ...page, limit: page.limit + 1 });
  const items = rows.slice(0, page.limit);
  const last = items.at(-1);
  return { items, ...(rows.length > page.limit && last ? { next: String(last.id) } : {}) };
}

/**
 * Changes days, seasons, weekly rest and the warning rule at once; then all open clocks are computed anew, as a job.
 * @throws STALE_VERSION, and what `applyEdit` throws
 */
export async function editWorkingTime(
  context: Context,
  user: SessionUser,
  edit: WorkingTimeEdit,
): Promise<WorkingTimeResult> {
  const thisYear = Number(dayOf(context.clock.now().getTime(), context.config.timeZone).slice(0, 4));
  const how = { source: user.username, years: { first: FIRST_YEAR, last: thisYear + YEARS_AHEAD } };
  return changeTo(context, user, { ...edit, apply: (state) => applyEdit(state, edit, how) });
}

/**
 * Puts the State Council's days of the kept table in the place of that year's; days that somebody entered stay.
 * @throws NO_STATE_COUNCIL_DAYS, STALE_VERSION
 */
export async function importStateCouncilDays(
  context: Context,
  user: SessionUser,
  year: number,
  body: StateCouncilImport,
): Promise<WorkingTimeResult> {
  const listed = listStateCouncilDays(year);
  if (listed.length === 0) throw appError('NO_STATE_COUNCIL_DAYS', { year });
  const apply = (state: WorkingTimeState): WorkingTimeState => {
    const days = new Map(
      [...state.days].filter(
        ([day, { source }]) => !(day.startsWith(`${year}-`) && source === clocks.seededSource),
      ),
    );
    for (const { day, works, nameZh } of listed) {
      if (!days.has(day)) days.set(day, { day, works, name: nameZh, source: clocks.seededSource });
    }
    return { ...state, days };
  };
  return changeTo(context, user, { ...body, reason: `国务院 ${year} 年放假安排`, apply });
}

interface Change {
  expectedVersion: string;
  reason: string;
  dryRun?: boolean;
  apply: (state: WorkingTimeState) => WorkingTimeState;
}

const why = { zh: '工作时间变更', en: 'Working time changed' };

async function changeTo(context: Context, user: SessionUser, change: Change): Promise<WorkingTimeResult> {
  const { db, clock, axis } = context;
  if (change.dryRun) return preview(context, change);
  const at = clock.now();
  const actor = { id: user.id, username: user.username, name: user.name.zh };
  const done = await db.transaction(async (tx) => {
    const rules = await clocks.lockRules(tx);
    requireVersion(rules, change);
    const before = await readState(tx);
    const after = change.apply(before);
    const move = differenceOf(before, after);
    if (!move) return { version: rules.version };
    const version = await writeState(tx, { before, after, move, at, user });
    await rebuildAxis(tx, context);
    await repository.insertChange(tx, { at, actor, reason: change.reason, ...move });
    await appendAudit(tx, {
      at,
      userId: user.id,
      username: user.username,
      action: 'edit-working-time',
      subject: version,
      details: { reason: change.reason, ...move },
    });
    await appendOutbox(tx, {
      at,
      kind: 'clock',
      id: 'working-time',
      patch: {},
      roomsBefore: [],
      roomsAfter: [EVERYBODY],
    });
    const pending = await markPending(tx, { why, reason: change.reason, actor, since: at.toISOString() });
    return { version, pending };
  });
  if (!done.pending) return { dryRun: false, changed: false, version: done.version };
  await axis.reload();
  context.publish();
  const job = await submitRecalculation(context, done.pending);
  return { dryRun: false, changed: true, version: done.version, job };
}

async function preview(context: Context, change: Change): Promise<WorkingTimeResult> {
  const { db, config } = context;
  const rules = await clocks.loadRules(db);
  requireVersion(rules, change);
  const before = await readState(db);
  const after = change.apply(before);
  const { version } = rules;
  if (!differenceOf(before, after)) return { dryRun: true, changed: false, version };
  const calendar = calendarOf(after, config.timeZone);
  requireKnownYear(calendar);
  const candidate = joinAxisDays(clocks.axisDaysOf(calendar), calendar);
  const recalculation = await previewRecalculation(context, { why, axis: candidate });
  return { dryRun: true, changed: true, version, recalculation };
}

function requireVersion({ version }: clocks.WorkingTimeRules, { expectedVersion }: Change): void {
  if (version !== expectedVersion) throw appError('STALE_VERSION', { version });
}

/** A calendar none of whose years has holidays has no axis. */
function requireKnownYear({ knownYears }: { knownYears: readonly number[] }): void {
  if (knownYears.length === 0) throw appError('CALENDAR_DAY_REFUSED', { knownYears: 0 });
}

async function writeState(
  tx: Queryable,
  given: {
    before: WorkingTimeState;
    after: WorkingTimeState;
    move: WorkingTimeMove;
    at: Date;
    user: SessionUser;
  },
): Promise<string> {
  const { after, move, at, user } = given;
  const moved = move.after.days ?? [];
  const gone = moved.flatMap(({ day, works }) => (works === null ? [day] : []));
  const put = moved.flatMap(({ day }) => after.days.get(day) ?? []);
  if (gone.length > 0) await clocks.deleteCalendarDays(tx, gone);
  if (put.length > 0) await clocks.putCalendarDays(tx, put, { at, by: user.name.zh });
  if (move.after.seasons) await clocks.replaceSeasons(tx, after.seasons);
  return clocks.saveRules(tx, { weeklyRest: after.weeklyRest, warning: after.warning });
}

async function rebuildAxis(tx: Queryable, { config }: Context): Promise<void> {
  const calendar = await clocks.loadCalendar(tx, { timeZone: config.timeZone });
  requireKnownYear(calendar);
  await clocks.rebuildWorkAxis(tx, calendar);
}

/**
 * Gives open cases that were filed on the days of a limit, under one that it replaced, the new one: rules are asked as
 * of the case's day. @throws NOT_FOUND, LIMIT_REPLACES_NONE
 */
export async function applyLimit(
  context: Context,
  user: SessionUser,
  id: number,
  { reason, dryRun = false }: LimitRecalculation,
): Promise<WorkingTimeResult> {
  const { db, clock, axis } = context;
  const apply = await findLimitToApply(db, id);
  const whyLimit = {
    zh: `时限变更：${apply.limit.className.zh}`,
    en: `Limit changed: ${apply.limit.className.en}`,
  };
  const { version } = await clocks.loadRules(db);
  if (dryRun) {
    const recalculation = await previewRecalculation(context, { why: whyLimit, axis: axis.current(), apply });
    return { dryRun, changed: recalculation.casesMoved > 0, version, recalculation };
  }
  const at = clock.now();
  const actor = { id: user.id, username: user.username, name: user.name.zh };
  const input = await db.transaction(async (tx) => {
    await appendAudit(tx, {
      at,
      userId: user.id,
      username: user.username,
      action: 'apply-limit',
      subject: String(id),
      details: { reason, replaced: apply.replaced },
    });
    return markPending(tx, {
      why: whyLimit,
      reason,
      actor,
      since: at.toISOString(),
      apply: { limit: apply.limit, replaced: [...apply.replaced] },
    });
  });
  return { dryRun, changed: true, version, job: await submitRecalculation(context, input) };
}

async function findLimitToApply(db: Queryable, id: number): Promise<LimitToApply> {
  const find = async (wanted: number) => (await listLimits(db, { id: wanted, limit: 1 })).items[0];
  const limit = await find(id);
  if (!limit) throw appError('NOT_FOUND', { limit: id });
  const replaced: number[] = [];
  for (let earlier = limit.replaces; earlier !== undefined && !replaced.includes(earlier);) {
    replaced.push(earlier);
    earlier = (await find(earlier))?.replaces;
  }
  if (replaced.length === 0) throw appError('LIMIT_REPLACES_NONE', { limit: id });
  return { limit, replaced };
}
