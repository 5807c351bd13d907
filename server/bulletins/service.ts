import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import canonicalize from 'canonicalize';
import { v7 as uuid } from 'uuid';
import type { Role } from '#contract/access';
import type {
  BulletinContent,
  BulletinState,
  BulletinStep,
  BulletinSummary,
  NewBulletin,
} from '#contract/evaluation';
import type { Names } from '#contract/shared';
import { appendAudit } from '../access/audit.ts';
import { answerOf, once } from '../access/idempotency.ts';
import { roomOfScope } from '../access/scope.ts';
import type { SessionUser } from '../access/session-user.ts';
import type { Context } from '../context.ts';
import type { Queryable } from '../db/database.ts';
import { appError } from '../errors.ts';
import { listContestsOfPeriod, monthsOf, spanOfMonth } from '../evaluation/service.ts';
import { appendOutbox, EVERYBODY } from '../realtime/outbox.ts';
import { countContent } from './count-content.ts';
import type { Outline } from './print/score-map.ts';
import { printPdf } from './print/print-pdf.ts';
import type { Language } from './print/words.ts';
import { readContent } from './read-content.ts';
import * as repository from './repository.ts';
import { writeWorkbook } from './write-workbook.ts';

const pack = promisify(gzip);

const DAY_MS = 86_400_000;

/** A year of a large district, over one state of the database. */
const COUNTING_MS = 60_000;

/** What a step starts from, where it leads, and who may take it. */
const steps = {
  share: { from: ['draft'], to: 'shared', roles: ['evaluator'] },
  renew: { from: ['draft', 'shared'], to: 'same', roles: ['evaluator'] },
  review: { from: ['shared'], to: 'reviewed', roles: ['supervisor'] },
  publish: { from: ['reviewed'], to: 'published', roles: ['evaluator', 'supervisor'] },
  withdraw: { from: ['draft', 'shared', 'reviewed', 'published'], to: 'withdrawn', roles: ['evaluator'] },
} as const satisfies Record<string, { from: BulletinState[]; to: BulletinState | 'same'; roles: Role[] }>;

export type Step = keyof typeof steps;
export const stepNames = Object.keys(steps) as [Step, ...Step[]];

const makers: readonly Role[] = ['administrator', 'evaluator', 'supervisor'];

/** A draft and a withdrawn one are the makers' business; the units see it from sharing on. */
function visibleStates(role: Role): BulletinState[] {
  return makers.includes(role)
    ? ['draft', 'shared', 'reviewed', 'published', 'withdrawn']
    : ['shared', 'reviewed', 'published'];
}

/** The newest first. `after`: the id of the last one seen. */
export async function listBulletins(
  { db }: Context,
  user: SessionUser,
  page: { period?: string | undefined; after?: string | undefined; limit: number },
): Promise<{ items: BulletinSummary[]; next?: string }> {
  const records = await repository.listBulletins(db, visibleStates(user.role), {
    ...page,
    limit: page.limit + 1,
  });
  const items = records.slice(0, page.limit);
  const last = items.at(-1);
  return { items: items.map(toSummary), ...(records.length > page.limit && last ? { next: last.id } : {}) };
}

function toSummary({ createdById: _hidden, ...summary }: repository.BulletinRecord): BulletinSummary {
  return summary;
}

/** @throws BULLETIN_NOT_FOUND, also for one that the caller may not see yet */
export async function getBulletin(
  { db }: Pick<Context, 'db'>,
  user: SessionUser,
  id: string,
): Promise<BulletinSummary> {
  return toSummary(await find(db, user, id));
}

async function find(db: Queryable, user: SessionUser, id: string): Promise<repository.BulletinRecord> {
  const record = await repository.findBulletin(db, id);
  if (!record || !visibleStates(user.role).includes(record.state)) throw appError('BULLETIN_NOT_FOUND');
  return record;
}

/**
 * A draft of a period that is over, counted from the log as it stands now.
 * @throws PERIOD_NOT_OVER, BULLETIN_PUBLISHED when the period has a published one
 */
export async function createBulletin(
  context: Context,
  user: SessionUser,
  { body, key }: { body: NewBulletin; key: string | undefined },
): Promise<BulletinSummary> {
  const { db, clock } = context;
  const now = clock.now();
  const claim = { userId: user.id, key, request: { path: 'bulletins', body }, at: now };
  const answered = await answerOf<BulletinSummary>(db, claim);
  if (answered) return answered;
  if (await repository.isPublished(db, body.period))
    throw appError('BULLETIN_PUBLISHED', { period: body.period });
  const counted = await count(context, body.period, now);
  const id = uuid();
  const summary = await db.transaction((tx) =>
    once(tx, claim, async () => {
      await repository.insertBulletin(tx, {
        id,
        period: body.period,
        counted,
        createdBy: user.id,
        at: now,
        note: body.note ?? '',
      });
      return tell(tx, user, id, 'create', now);
    }),
  );
  context.publish();
  return summary;
}

/** Counts the period up to an instant. @throws PERIOD_NOT_OVER */
async function count(context: Context, period: string, asOf: Date): Promise<repository.Counted> {
  const last = monthsOf(period).at(-1) ?? period;
  const { to } = spanOfMonth(last, context.config.timeZone);
  if (to > asOf) throw appError('PERIOD_NOT_OVER', { period, to: to.toISOString() });
  const content = await context.db.transaction(
    async (tx) => {
      await repository.readOneState(tx);
      return countContent(context, tx, period, asOf);
    },
    { heldMs: COUNTING_MS },
  );
  const json = canonicalize(content) ?? '';
  return {
    asOf,
    trial: content.trial,
    contestUntil: new Date(to.getTime() + content.rules.contestDays * DAY_MS),
    gzip: await pack(json),
    sha256: createHash('sha256').update(json).digest('hex'),
  };
}

/**
 * Takes a bulletin one step on. Review counts up to that moment, so that what contests changed is in it, and is done
 * by somebody else than the author; from then on the content is frozen.
 * @throws BULLETIN_NOT_FOUND, NOT_ALLOWED, STALE_VERSION, BULLETIN_STEP_REFUSED with the state it is in,
 *   BULLETIN_CONTESTS_OPEN, BULLETIN_OWN_REVIEW, BULLETIN_PUBLISHED
 */
export async function stepBulletin(
  context: Context,
  user: SessionUser,
  request: { id: string; step: Step; body: BulletinStep; key: string | undefined },
): Promise<BulletinSummary> {
  const { db, clock } = context;
  const { id, step, body, key } = request;
  const now = clock.now();
  const claim = { userId: user.id, key, request: { path: `bulletins/${id}/${step}`, body }, at: now };
  const answered = await answerOf<BulletinSummary>(db, claim);
  if (answered) return answered;
  const before = await find(db, user, id);
  await permit(context, user, before, step, body);
  const counted =
    step === 'review' || step === 'renew' ? await count(context, before.period, now) : undefined;
  const { to } = steps[step];
  const summary = await db.transaction((tx) =>
    once(tx, claim, async () => {
      const moved =
        (!counted || (await repository.replaceContent(tx, id, before.version, counted))) &&
        (await repository.moveBulletin(tx, id, before.version, {
          state: to === 'same' ? before.state : to,
          by: user.id,
          at: now,
          note: body.note,
        }));
      if (!moved) throw appError('STALE_VERSION', { bulletin: toSummary(await find(tx, user, id)) });
      return tell(tx, user, id, step, now);
    }),
  );
  context.publish();
  return summary;
}

async function permit(
  { db }: Context,
  user: SessionUser,
  before: repository.BulletinRecord,
  step: Step,
  body: BulletinStep,
): Promise<void> {
  const { from, roles } = steps[step];
  if (user.role !== 'administrator' && !roles.some((role) => role === user.role)) {
    throw appError('NOT_ALLOWED', { roles });
  }
  if (before.version !== body.expectedVersion) {
    throw appError('STALE_VERSION', { bulletin: toSummary(before) });
  }
  if (!from.some((state) => state === before.state)) {
    throw appError('BULLETIN_STEP_REFUSED', { state: before.state, from });
  }
  if (step === 'review') {
    if (before.createdById === user.id) throw appError('BULLETIN_OWN_REVIEW');
    const contests = await listContestsOfPeriod(db, monthsOf(before.period));
    const open = contests.filter(({ state }) => state === 'open').map(({ id }) => id);
    if (open.length > 0) throw appError('BULLETIN_CONTESTS_OPEN', { contests: open });
  }
  if (step === 'publish' && (await repository.isPublished(db, before.period))) {
    throw appError('BULLETIN_PUBLISHED', { period: before.period });
  }
}

/** Audit and feed, inside the transaction: whoever may see the bulletin hears of it. */
async function tell(
  tx: Queryable,
  user: SessionUser,
  id: string,
  step: string,
  now: Date,
): Promise<BulletinSummary> {
  const record = await repository.findBulletin(tx, id);
  if (!record) throw appError('BULLETIN_NOT_FOUND');
  const summary = toSummary(record);
  await appendAudit(tx, {
    at: now,
    userId: user.id,
    username: user.username,
    action: `bulletin-${step}`,
    subject: id,
    details: { period: record.period, state: record.state, sha256: record.sha256 },
  });
  await appendOutbox(tx, {
    at: now,
    kind: 'bulletin',
    id,
    patch: summary,
    roomsBefore: [],
    roomsAfter: [visibleStates('unit-clerk').includes(record.state) ? EVERYBODY : roomOfScope(user.scope)],
  });
  return summary;
}

/** What it says, as it was counted; its text is what the checksum is of. @throws BULLETIN_NOT_FOUND */
export async function getContentText(context: Context, user: SessionUser, id: string): Promise<string> {
  await find(context.db, user, id);
  return readContent(context.db, id);
}

/** A file for people, with its name. @throws BULLETIN_NOT_FOUND */
export async function makeDocument(
  context: Context,
  user: SessionUser,
  { id, format, language }: { id: string; format: 'pdf' | 'xlsx'; language: Language },
): Promise<{ bytes: Buffer; bulletin: BulletinSummary }> {
  const record = await find(context.db, user, id);
  const content = JSON.parse(await readContent(context.db, id)) as BulletinContent;
  if (format === 'xlsx')
    return { bytes: await writeWorkbook(content, language), bulletin: toSummary(record) };
  const divisions = await repository.listOutlines(context.db);
  const named = ({ zh, en }: { zh: string; en: string }): Names => ({ zh, en });
  const district = divisions.find(({ level }) => level === 'district');
  const outlines = divisions
    .filter(({ level }) => level === 'subdistrict')
    .map((one): Outline => ({ code: one.code, name: named(one), rings: ringsOf(one.outline) }));
  const bytes = await printPdf({
    content,
    state: record.state,
    sha256: record.sha256,
    district: district ? named(district) : { zh: '', en: '' },
    outlines,
    language,
    timeZone: context.config.timeZone,
  });
  return { bytes, bulletin: toSummary(record) };
}

type Ring = [lon: number, lat: number][];

function ringsOf(geojson: string): Ring[] {
  const { type, coordinates } = JSON.parse(geojson) as
    { type: 'Polygon'; coordinates: Ring[] } | { type: 'MultiPolygon'; coordinates: Ring[][] };
  return type === 'Polygon' ? coordinates : coordinates.flat();
}
