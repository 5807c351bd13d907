import { createHash } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import type { Scope } from '#contract/access';
import type { CellFigures, MapView, NewMapView } from '#contract/map';
import { appendAudit } from '../access/audit.ts';
import type { SessionUser } from '../access/session-user.ts';
import type { Clock } from '../clock/system-clock.ts';
import type { Database, Queryable } from '../db/database.ts';
import { appError } from '../errors.ts';
import { scoreCells } from '../evaluation/service.ts';
import * as repository from './repository.ts';

interface Services {
  db: Database;
  clock: Clock;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const SCORE_DAYS = 30;
const TIME_ZONE = 'Asia/Shanghai';

/** Figures younger than this are given again without asking the database: every screen asks for them. */
const FRESH_MS = 3_000;

export interface TaggedFigures {
  figures: CellFigures;
  /** of the figures without `asOf`, quotes included */
  etag: string;
}

const held = new WeakMap<Database, Map<string, { at: number; answer: Promise<TaggedFigures> }>>();

/**
 * One row per cell that has cases, cut to the scope; at most 3 s old.
 *
 * - `open`: cases neither closed nor void. `overdue`: of those, the deadline of the current stage is past.
 * - `score`: the evaluation's, over the last 30 × 24 h before `asOf`, of the cases that lie in the cell now, in the mode
 *   of the deployment. Null where nothing was due.
 */
export function listCellFigures({ db, clock }: Services, scope: Scope): Promise<TaggedFigures> {
  const known = held.get(db) ?? new Map<string, { at: number; answer: Promise<TaggedFigures> }>();
  held.set(db, known);
  const key = `${scope.kind}:${scope.code}`;
  const now = clock.now();
  const last = known.get(key);
  if (last && now.getTime() >= last.at && now.getTime() - last.at < FRESH_MS) return last.answer;
  const answer = countFigures(db, scope, now);
  known.set(key, { at: now.getTime(), answer });
  answer.catch(() => known.delete(key));
  return answer;
}

async function countFigures(db: Database, scope: Scope, now: Date): Promise<TaggedFigures> {
  const from = new Date(now.getTime() - SCORE_DAYS * DAY_MS);
  const live = new Map((await repository.countOpenByCell(db, scope, now)).map((row) => [row.code, row]));
  const scores = await scoreCells(db, scope, { from, now, timeZone: TIME_ZONE });
  const codes = [...new Set([...live.keys(), ...scores.keys()])].sort();
  const columns = {
    codes,
    open: codes.map((code) => live.get(code)?.open ?? 0),
    overdue: codes.map((code) => live.get(code)?.overdue ?? 0),
    score: codes.map((code) => scores.get(code) ?? null),
  };
  const etag = `"${createHash('sha256').update(JSON.stringify(columns)).digest('base64url').slice(0, 22)}"`;
  return { figures: { ...columns, asOf: now.toISOString() }, etag };
}

const VIEWS_PER_USER = 200;

export function listViews(db: Queryable, user: SessionUser): Promise<MapView[]> {
  return repository.listViews(db, user.id);
}

/** @throws NOT_ALLOWED to share, TOO_MANY_VIEWS */
export async function addView(
  { db, clock }: Services,
  user: SessionUser,
  given: NewMapView,
): Promise<MapView> {
  checkSharing(user, given.shared);
  const id = uuid();
  const at = clock.now();
  await db.transaction(async (tx) => {
    if ((await repository.countViews(tx, user.id)) >= VIEWS_PER_USER)
      throw appError('TOO_MANY_VIEWS', { most: VIEWS_PER_USER });
    await repository.insertView(tx, { ...given, id, ownerId: user.id, at });
    if (given.shared) await auditSharing(tx, user, 'share-map-view', id, at);
  });
  return { ...given, id, mine: true, updatedAt: at.toISOString() };
}

/** One's own, or as an administrator a shared one. @throws NOT_FOUND, NOT_ALLOWED */
export async function replaceView(
  { db, clock }: Services,
  user: SessionUser,
  id: string,
  given: NewMapView,
): Promise<MapView> {
  const at = clock.now();
  return db.transaction(async (tx) => {
    const before = await lockChangeable(tx, user, id);
    if (given.shared !== before.shared) checkSharing(user, true);
    await repository.updateView(tx, { ...given, id, at });
    if (given.shared || before.shared) await auditSharing(tx, user, 'change-shared-map-view', id, at);
    return { ...given, id, mine: before.mine, updatedAt: at.toISOString() };
  });
}

/** One's own, or as an administrator a shared one. @throws NOT_FOUND, NOT_ALLOWED */
export async function removeView({ db, clock }: Services, user: SessionUser, id: string): Promise<void> {
  await db.transaction(async (tx) => {
    const before = await lockChangeable(tx, user, id);
    await repository.deleteView(tx, id);
    if (before.shared) await auditSharing(tx, user, 'remove-shared-map-view', id, clock.now());
  });
}

async function lockChangeable(tx: Queryable, user: SessionUser, id: string): Promise<MapView> {
  const view = await repository.lockView(tx, id, user.id);
  if (!view) throw appError('NOT_FOUND', { view: id });
  if (!view.mine && user.role !== 'administrator') throw appError('NOT_ALLOWED', { view: id });
  return view;
}

/** A shared view is on everybody's screen: supervisors and administrators decide what is. @throws NOT_ALLOWED */
function checkSharing(user: SessionUser, shared: boolean): void {
  if (shared && user.role !== 'administrator' && user.role !== 'supervisor')
    throw appError('NOT_ALLOWED', { roles: ['administrator', 'supervisor'] });
}

function auditSharing(tx: Queryable, user: SessionUser, action: string, subject: string, at: Date) {
  return appendAudit(tx, { at, userId: user.id, username: user.username, action, subject });
}
