import { v7 as uuid } from 'uuid';
import type { Scope } from '#contract/access';
import type { Part, PartEdit, PartRetirement, StateChange, StateChanged } from '#contract/parts';
import type { LonLat } from '#contract/shared';
import { dayOf } from '#clock/calendar-day';
import { appendAudit } from '../access/audit.ts';
import { answerOf, once } from '../access/idempotency.ts';
import type { SessionUser } from '../access/session-user.ts';
import type { Context } from '../context.ts';
import type { Queryable } from '../db/database.ts';
import { appError } from '../errors.ts';
import { findCellAt } from '../grid/find-cell-at.ts';
import { roundPosition } from '../grid/round-position.ts';
import { actorOf } from '../history/service.ts';
import { givenFields, type PartChange, type PartRecord } from './part-record.ts';
import { changed, isUnchanged, saveChanges, type How } from './save-changes.ts';
import { getPart } from './service.ts';
import { lockParts } from './write-repository.ts';

export type EditContext = Pick<Context, 'db' | 'clock' | 'config' | 'publish'>;

/** The most parts that are changed at once: one transaction holds them all. */
const MOST_AT_ONCE = 10_000;

/** Who does what when, and under which idempotency key. */
export interface Call {
  user: SessionUser;
  key: string | undefined;
  request: unknown;
  requestId: string;
}

/** Runs a write once per idempotency key, in one transaction, and wakes the publisher. */
export async function write<T>(
  { db, clock, config, publish }: EditContext,
  { user, key, request }: Call,
  work: (tx: Queryable, how: Omit<How, 'reason'>) => Promise<T>,
): Promise<T> {
  const at = clock.now();
  const claim = { userId: user.id, key, request, at };
  const answered = await answerOf<T>(db, claim);
  if (answered !== undefined) return answered;
  const answer = await db.transaction((tx) =>
    once(tx, claim, () =>
      work(tx, { batch: uuid(), at, day: dayOf(at.getTime(), config.timeZone), actor: actorOf(user) }),
    ),
  );
  publish();
  return answer;
}

/** @throws NOT_FOUND, outside the scope too; STALE_VERSION with the part as it is now */
async function lockPart(
  tx: Queryable,
  scope: Scope,
  code: string,
  expectedVersion: number,
): Promise<PartRecord> {
  const [part] = await lockParts(tx, scope, { codes: [code] });
  if (!part) throw appError('NOT_FOUND', { part: code });
  if (part.version !== expectedVersion) {
    throw appError('STALE_VERSION', { part: await getPart(tx, scope, code) });
  }
  return part;
}

/** Where a part stands, and the cell it is in. @throws POSITION_OUTSIDE_DISTRICT, of one's own area too */
export async function placePart(
  tx: Queryable,
  scope: Scope,
  given: LonLat,
): Promise<Pick<PartRecord, 'position' | 'cellCode'>> {
  const position = roundPosition(given);
  const cell = await findCellAt(tx, position);
  if (scope.kind !== 'unit' && !cell.code.startsWith(scope.code)) {
    throw appError('POSITION_OUTSIDE_DISTRICT', { position, area: scope.code });
  }
  return { position, cellCode: cell.code };
}

/**
 * Changes a part; what the edit does not name stays. An edit that changes nothing writes nothing.
 * @throws NOT_FOUND, STALE_VERSION, POSITION_OUTSIDE_DISTRICT
 */
export function editPart(context: EditContext, call: Call, code: string, edit: PartEdit): Promise<Part> {
  const { scope } = call.user;
  return write(context, call, async (tx, how) => {
    const { expectedVersion, reason, position, ...given } = edit;
    const before = await lockPart(tx, scope, code, expectedVersion);
    const place = position === undefined ? {} : await placePart(tx, scope, position);
    const change = changed(before, { ...givenFields(given), ...place }, how.day);
    if (!isUnchanged(change)) {
      await saveChanges(tx, [change], { ...how, reason }, actionOf);
      const details = { batch: how.batch, reason };
      await auditChange(tx, call, how.at, { action: 'edit-part', subject: code, details });
    }
    return getPart(tx, scope, code);
  });
}

/** What an edit is called: a state or a place that changed says more than "edit". */
function actionOf({ before, after }: PartChange) {
  if (before && before.state !== after.state) return after.state === 'removed' ? 'retire' : 'change-state';
  const moved = before?.position.lon !== after.position.lon || before.position.lat !== after.position.lat;
  return moved ? 'move' : 'edit';
}

/** Takes a part out of the street; it stays in the register as removed. @throws NOT_FOUND, STALE_VERSION */
export function retirePart(
  context: EditContext,
  call: Call,
  code: string,
  { expectedVersion, reason }: PartRetirement,
): Promise<Part> {
  return editPart(context, call, code, { expectedVersion, reason, state: 'removed' });
}

/**
 * Gives many parts one state: all or none. Those that have it already are counted as unchanged.
 * @throws INVALID_INPUT unless there are codes or a filter; NOT_FOUND naming the codes that are not there;
 *   TOO_MANY_PARTS
 */
export function changeStates(context: EditContext, call: Call, given: StateChange): Promise<StateChanged> {
  const { state, reason, codes, filter } = given;
  if ((codes === undefined) === (filter === undefined)) {
    throw appError('INVALID_INPUT', {
      problems: [{ path: '', message: 'must have either codes or filter' }],
    });
  }
  const { scope } = call.user;
  return write(context, call, async (tx, how) => {
    const parts = codes
      ? await lockParts(tx, scope, { codes })
      : await lockParts(tx, scope, { filter: filter ?? {}, limit: MOST_AT_ONCE + 1 });
    if (parts.length > MOST_AT_ONCE) throw appError('TOO_MANY_PARTS', { most: MOST_AT_ONCE });
    if (codes) requireAll(codes, parts);
    const changes = parts
      .filter((part) => part.state !== state)
      .map((part) => changed(part, { state }, how.day));
    await saveChanges(tx, changes, { ...how, reason }, actionOf);
    if (changes.length > 0) {
      const details = { state, reason, parts: changes.length };
      await auditChange(tx, call, how.at, { action: 'change-part-states', subject: how.batch, details });
    }
    return { batch: how.batch, changed: changes.length, unchanged: parts.length - changes.length };
  });
}

function requireAll(codes: readonly string[], parts: readonly PartRecord[]) {
  const found = new Set(parts.map(({ code }) => code));
  const missing = [...new Set(codes)].filter((code) => !found.has(code));
  if (missing.length > 0)
    throw appError('NOT_FOUND', { parts: missing.slice(0, 100), count: missing.length });
}

/** That it was done and from where; who changed what from what to what is in the history. */
export function auditChange(
  tx: Queryable,
  { user, requestId }: Call,
  at: Date,
  { action, subject, details }: { action: string; subject: string; details: Record<string, unknown> },
): Promise<void> {
  return appendAudit(tx, {
    at,
    userId: user.id,
    username: user.username,
    action,
    subject,
    details,
    requestId,
  });
}
