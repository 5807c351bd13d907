import { v7 as uuid, validate } from 'uuid';
import type { Scope } from '#contract/access';
import type { Contest, ContestDecision, NewContest } from '#contract/evaluation';
import { answerOf, once } from '../access/idempotency.ts';
import type { SessionUser } from '../access/session-user.ts';
import { requireOwnPhotos } from '../attachments/service.ts';
import { openCase, saveSteps, stale, type OpenCase } from '../cases/service.ts';
import { roomsOfCase, workflowCaseOf } from '../cases/case-record.ts';
import { takeStep, type CaseFile } from '../cases/take-step.ts';
import { findTransition } from '../cases/workflow.ts';
import type { Context } from '../context.ts';
import type { Queryable } from '../db/database.ts';
import { appError } from '../errors.ts';
import { appendOutbox } from '../realtime/outbox.ts';
import * as repository from './contest-repository.ts';
import { monthOf, periodsCovering, spanOfMonth } from './period.ts';
import { evaluationRules } from './rules.ts';

const DAY_MS = 86_400_000;

const WHOLE_DISTRICT: Scope = { kind: 'district', code: '' };

/** More than any month has cases. */
const MOST_CONTESTS = 1_000_000;

/** The newest first, within the scope. */
export async function listContests(
  { db }: Pick<Context, 'db'>,
  user: SessionUser,
  filter: repository.ContestFilter,
): Promise<{ items: Contest[]; more: boolean }> {
  const rows = await repository.listContests(db, user.scope, { ...filter, limit: filter.limit + 1 });
  return { items: rows.slice(0, filter.limit).map(repository.toContest), more: rows.length > filter.limit };
}

/** Every contest of the cases of some months, the newest first month by month. */
export async function listContestsOfPeriod(db: Queryable, months: readonly string[]): Promise<Contest[]> {
  const contests: Contest[] = [];
  for (const period of months) {
    const rows = await repository.listContests(db, WHOLE_DISTRICT, { period, limit: MOST_CONTESTS });
    contests.push(...rows.map(repository.toContest));
  }
  return contests;
}

/**
 * A unit contests how a case counts that it is charged with, with evidence, until some days after the end of the month
 * (SPEC section 5). It stands in the case's log.
 * @throws CASE_NOT_FOUND outside the scope; NOT_ALLOWED for anybody but the unit that is charged; CONTEST_NOT_COUNTED
 *   for a case that counts nowhere yet; CONTEST_WINDOW_OVER; PERIOD_FROZEN; CONTEST_EXISTS; ATTACHMENT_NOT_FOUND
 */
export async function fileContest(
  context: Context,
  user: SessionUser,
  body: NewContest,
  key: string | undefined,
): Promise<Contest> {
  const { db } = context;
  const now = context.clock.now();
  const claim = { userId: user.id, key, request: { path: 'contests', body }, at: now };
  const answered = await answerOf<Contest>(db, claim);
  if (answered) return answered;

  const opened = await openCase(db, user.scope, body.caseId);
  const { period, unitCode } = await requireContestable(context, opened, now);
  const photos = [...new Set(body.photos)];
  await requireOwnPhotos(db, user.id, photos);
  const id = uuid();
  const file = step(context, user, opened, 'contest', {
    now,
    photos,
    payload: { contest: id, wants: body.wants, period, reason: body.reason },
  });
  const contest = await db.transaction((tx) =>
    once(tx, claim, async () => {
      const { wants, reason } = body;
      await repository.insertContest(tx, {
        id,
        caseId: body.caseId,
        period,
        wants,
        reason,
        photos,
        unitCode,
        filedBy: user.id,
        filedAt: now,
      });
      return save(tx, user, opened, file, { id, now });
    }),
  );
  context.publish();
  return contest;
}

/**
 * A supervisor decides; when it is upheld the case is left out, or counted as in time, from this instant on.
 * @throws NOT_FOUND, STALE_VERSION with the contest as it is, CONTEST_DECIDED, PERIOD_FROZEN, ACTION_NOT_ALLOWED
 */
export async function decideContest(
  context: Context,
  user: SessionUser,
  { id, body, key }: { id: string; body: ContestDecision; key: string | undefined },
): Promise<Contest> {
  const { db } = context;
  const now = context.clock.now();
  const claim = { userId: user.id, key, request: { path: `contests/${id}/decide`, body }, at: now };
  const answered = await answerOf<Contest>(db, claim);
  if (answered) return answered;

  const row = validate(id) ? await repository.findContest(db, user.scope, id) : undefined;
  if (!row) throw appError('NOT_FOUND', { contest: id });
  if (row.state !== 'open') throw appError('CONTEST_DECIDED', { contest: repository.toContest(row) });
  if (row.version !== body.expectedVersion)
    throw appError('STALE_VERSION', { contest: repository.toContest(row) });
  await requireUnfrozen(db, row.period);
  const opened = await openCase(db, user.scope, row.case_id);
  const { upheld, note } = body;
  const file = step(context, user, opened, 'rule-on-contest', {
    now,
    payload: { contest: id, upheld, ...(upheld ? { ruling: row.wants } : {}), period: row.period, note },
  });
  const contest = await db.transaction((tx) =>
    once(tx, claim, async () => {
      const done = await repository.decideContest(tx, {
        id,
        expectedVersion: body.expectedVersion,
        upheld,
        by: user.id,
        at: now,
        note,
      });
      if (!done) throw appError('CONTEST_DECIDED', { contest: id });
      return save(tx, user, opened, file, { id, now });
    }),
  );
  context.publish();
  return contest;
}

/** The month that counts the case, and the unit that is charged with it, if it may be contested now. */
async function requireContestable(
  { db, config }: Context,
  { before: { record } }: OpenCase,
  now: Date,
): Promise<{ period: string; unitCode: string }> {
  const counted = await repository.findCounted(db, record.id);
  const { dueAt = null, unitCode = null } = counted ?? {};
  if (dueAt === null || unitCode === null || counted?.voidedAt || dueAt >= now) {
    throw appError('CONTEST_NOT_COUNTED', { caseId: record.id, ...(dueAt ? { dueAt } : {}) });
  }
  const period = monthOf(dueAt, config.timeZone);
  const { contestDays } = await evaluationRules(db);
  const until = new Date(spanOfMonth(period, config.timeZone).to.getTime() + contestDays * DAY_MS);
  if (now >= until) throw appError('CONTEST_WINDOW_OVER', { period, until: until.toISOString() });
  await requireUnfrozen(db, period);
  const earlier = (await repository.listContestsOf(db, [record.id])).get(record.id);
  if (earlier) throw appError('CONTEST_EXISTS', { contest: earlier });
  return { period, unitCode };
}

async function requireUnfrozen(db: Queryable, month: string): Promise<void> {
  const bulletin = await repository.findPublished(db, periodsCovering(month));
  if (bulletin) throw appError('PERIOD_FROZEN', { period: bulletin.period, bulletin: bulletin.id });
}

function step(
  { axis }: Context,
  user: SessionUser,
  { file, before: { record } }: OpenCase,
  action: 'contest' | 'rule-on-contest',
  given: { now: Date; photos?: string[]; payload: Record<string, unknown> },
): CaseFile {
  const transition = findTransition(workflowCaseOf(record, given.now), user, action);
  if ('refused' in transition) {
    const code = transition.refused === 'stage' ? 'ACTION_NOT_ALLOWED' : 'NOT_ALLOWED';
    throw appError(code, { stage: record.stage, because: transition.refused, allowed: [] });
  }
  return takeStep(file, {
    transition,
    now: given.now,
    axis: axis.current(),
    actor: { id: user.id, name: user.name.zh },
    ...(given.photos ? { photos: given.photos } : {}),
    payload: { by: { username: user.username, role: user.role }, ...given.payload },
  });
}

/** The case with its log and facts, and the contest told to who sees the case. */
async function save(
  tx: Queryable,
  user: SessionUser,
  opened: OpenCase,
  file: CaseFile,
  { id, now }: { id: string; now: Date },
): Promise<Contest> {
  const record = await saveSteps(tx, opened.before, file, now);
  if (!record) throw await stale(tx, user, opened.before.record.id, now);
  const row = await repository.findContest(tx, { kind: 'district', code: '' }, id);
  if (!row) throw appError('NOT_FOUND', { contest: id });
  const contest = repository.toContest(row);
  const rooms = [...new Set([...roomsOfCase(record), `unit:${contest.unit.code}`])];
  await appendOutbox(tx, {
    at: now,
    kind: 'contest',
    id,
    patch: contest,
    roomsBefore: [],
    roomsAfter: rooms,
  });
  return contest;
}
