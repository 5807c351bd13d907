import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sql from 'sql-template-tag';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CaseDetail, Timeline } from '#contract/cases';
import type { ClockState } from '#contract/clock';
import type { ClassEntry, LimitRow } from '#contract/dictionary';
import type { Job } from '#contract/jobs';
import type { Changes } from '#contract/realtime';
import type { Report } from '#contract/reports';
import type { ErrorBody } from '#contract/shared';
import type {
  Recalculation,
  WorkingTimeChange,
  WorkingTimeEdit,
  WorkingTimeResult,
  WorkingYear,
} from '#contract/working-time';
import { recalculateCases } from '../../server/cases/recalculate-cases.ts';
import { verifyCaseLog } from '../../server/cases/case-log.ts';
import { addWorkSeconds } from '../../server/clock/work-axis.ts';
import { openServer } from '../../server/open-server.ts';
import { markPending, resumeRecalculations } from '../../server/working-time/recalculation-job.ts';
import { doAct, expectStatus, fileVendor, uploadPhoto } from '../support/case-story.ts';
import { finishJob } from '../support/finish-job.ts';
import type { TestClient } from '../support/test-client.ts';
import { engines } from '../support/test-database.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';

const MINUTE = 60_000;
const at = (text: string) => new Date(`${text.replace(' ', 'T')}+08:00`);
const reason = '抗洪停工';

describe.each(engines)('working time on %s', (engine) => {
  let server: TestServer;
  let admin: TestClient;
  let operator: TestClient;

  beforeEach(async () => {
    // A Friday; the working day ends at 17:00, and Saturday works.
    server = await startTestServer({ engine, at: at('2026-10-16 14:00') });
    admin = await server.signIn('admin');
    operator = await server.signIn('operator');
  });
  afterEach(() => server.close());

  const year = async (which = 2026) =>
    expectStatus(await admin.get<WorkingYear>(`/working-time/${which}`), 200);
  const edit = async (change: Partial<WorkingTimeEdit>) => {
    const { version } = await year();
    const body = { expectedVersion: version, reason, ...change };
    return expectStatus(await admin.post<WorkingTimeResult>('/working-time/changes', body), 200);
  };
  const finish = (result: { job?: Job }) =>
    finishJob<Recalculation>(admin, { status: 202, body: result.job });
  const caseOf = async (id: string) => expectStatus(await admin.get<CaseDetail>(`/cases/${id}`), 200);

  /** In send-for-check since 16:45: half an hour of working time ends on Saturday at 08:45. */
  async function caseOverNight(): Promise<CaseDetail> {
    const filed = await fileVendor(server, operator);
    server.clock.set(at('2026-10-16 16:45'));
    const unit = await server.signIn('unit-enforcement');
    const photos = [await uploadPhoto(unit)];
    const fedBack = await doAct(unit, await caseOf(filed.case.id), 'feedback', { photos });
    expect(fedBack).toMatchObject({ stage: 'send-for-check', dueAt: at('2026-10-17 08:45').toISOString() });
    return fedBack;
  }

  it('tells a year, with what holds in general, to everybody who is signed in', async () => {
    const wall = await server.signIn('wall');
    const known = expectStatus(await wall.get<WorkingYear>('/working-time/2026'), 200);
    expect(known).toMatchObject({ year: 2026, known: true, weeklyRest: [0], guessedDeadlines: 0 });
    expect(known.warning).toEqual({ fractionOfLimit: 0.2, seconds: 600 });
    expect(known.seasons.map(({ from, to }) => [from, to])).toEqual([
      ['05-01', '09-30'],
      ['10-01', '04-30'],
    ]);
    expect(known.days).toContainEqual({
      day: '2026-10-10',
      works: true,
      name: '国庆节',
      source: 'state-council',
    });
    expect(await year(2027)).toMatchObject({ year: 2027, known: false, days: [] });
    expect((await server.anonymous().get('/working-time/2026')).status).toBe(401);
    expect((await admin.get('/working-time/20260')).status).toBe(400);
  });

  it('says what a change would move before anything is written', async () => {
    const open = await caseOverNight();
    const before = await year();
    const dry = await edit({ days: [{ day: '2026-10-17', works: false }], dryRun: true });
    expect(dry).toMatchObject({ dryRun: true, changed: true, version: before.version });
    expect(dry.job).toBeUndefined();
    expect(dry.recalculation?.moves).toContainEqual({
      caseId: open.id,
      number: open.number,
      stage: 'send-for-check',
      from: at('2026-10-17 08:45').toISOString(),
      to: at('2026-10-19 08:45').toISOString(),
    });
    expect(await year()).toEqual(before);
    expect(await caseOf(open.id)).toMatchObject({ version: open.version, dueAt: open.dueAt });
  });

  it('moves every open clock, tells every screen, and writes before and after into the log', async () => {
    const open = await caseOverNight();
    const report = expectStatus(
      await admin.post<Report>('/reports', { channel: 'hotline', text: '有人反映路灯不亮' }),
      201,
    );
    expect(report.dueAt).toBe(at('2026-10-17 08:45').toISOString());
    const unit = await server.signIn('unit-police');
    const socket = await unit.connect();
    const heard = new Promise<Changes>((resolve) => {
      socket.on('changes', (packet) => {
        if (packet.changes.some(({ kind }) => kind === 'clock')) resolve(packet);
      });
    });
    const result = await edit({ days: [{ day: '2026-10-17', works: false, name: '停工' }] });
    expect(result).toMatchObject({ dryRun: false, changed: true });
    const clock = expectStatus(await unit.get<ClockState>('/clock'), 200);
    expect(clock.spans.some(({ from }) => from.startsWith('2026-10-17'))).toBe(false);
    await heard;
    socket.close();

    const told = await finish(result);
    expect(told.casesMoved).toBeGreaterThanOrEqual(1);
    expect(told.reportsMoved).toBeGreaterThanOrEqual(1);
    const moved = await caseOf(open.id);
    expect(moved).toMatchObject({
      version: open.version + 1,
      dueAt: at('2026-10-19 08:45').toISOString(),
      warnAt: at('2026-10-19 08:35').toISOString(),
    });
    const { events } = expectStatus(await admin.get<Timeline>(`/cases/${open.id}/timeline`), 200);
    expect(events.at(-1)).toMatchObject({
      action: 'recalculate',
      payload: {
        reason,
        before: { dueAt: at('2026-10-17 08:45').toISOString() },
        clocks: { changed: [{ stage: 'send-for-check', dueAt: at('2026-10-19 08:45').toISOString() }] },
      },
    });
    expect(await verifyCaseLog(server.db, open.id)).toMatchObject({ ok: true });
    const { items } = expectStatus(await admin.get<{ items: Report[] }>('/reports?state=received'), 200);
    expect(items.find(({ id }) => id === report.id)).toMatchObject({
      dueAt: at('2026-10-19 08:45').toISOString(),
      version: 2,
    });
    const changes = expectStatus(
      await admin.get<{ items: WorkingTimeChange[] }>('/working-time/changes'),
      200,
    );
    expect(changes.items).toMatchObject([
      {
        reason,
        before: { days: [{ day: '2026-10-17', works: null }] },
        after: { days: [{ day: '2026-10-17', works: false, name: '停工' }] },
      },
    ]);

    const back = await finish(await edit({ days: [{ day: '2026-10-17', works: null }] }));
    expect(back.moves).toContainEqual(expect.objectContaining({ caseId: open.id, to: open.dueAt }));
    expect(await caseOf(open.id)).toMatchObject({ dueAt: open.dueAt, version: open.version + 2 });
  });

  it('lets the warning rule and the hours of a season reach clocks that run and clocks that start', async () => {
    const open = await caseOverNight();
    await finish(
      await edit({
        warning: { fractionOfLimit: 0.5, seconds: 1_500 },
        seasons: [
          { from: '05-01', to: '09-30', spans: [[480, 720]] },
          {
            from: '10-01',
            to: '04-30',
            spans: [
              [540, 690],
              [810, 1020],
            ],
          },
        ],
      }),
    );
    expect(await caseOf(open.id)).toMatchObject({
      dueAt: at('2026-10-17 09:15').toISOString(),
      warnAt: at('2026-10-16 16:50').toISOString(),
    });
    server.clock.set(at('2026-10-16 16:50'));
    const clerk = await server.signIn('clerk');
    const sent = await doAct(clerk, await caseOf(open.id), 'send-for-check');
    // An hour: half of it is more than 25 minutes.
    expect(sent).toMatchObject({
      stage: 'check',
      dueAt: at('2026-10-17 09:50').toISOString(),
      warnAt: at('2026-10-17 09:20').toISOString(),
    });
  });

  it('lets Saturday rest (R1)', async () => {
    const open = await caseOverNight();
    const dry = await edit({ weeklyRest: [0, 6], dryRun: true });
    expect(dry.recalculation?.moves).toContainEqual(
      expect.objectContaining({ caseId: open.id, to: at('2026-10-19 08:45').toISOString() }),
    );
  });

  it('does nothing when nothing changes, and refuses a stale edit', async () => {
    const { version } = await year();
    const same = { weeklyRest: [0], days: [{ day: '2026-10-01', works: false, name: '国庆节' }] };
    expect(await edit(same)).toEqual({ dryRun: false, changed: false, version });
    const stale = await admin.post<ErrorBody>('/working-time/changes', {
      expectedVersion: 'long ago',
      weeklyRest: [0, 6],
      reason,
    });
    expect(stale).toMatchObject({ status: 409, body: { code: 'STALE_VERSION', details: { version } } });
  });

  it.each<[string, number, object]>([
    ['CALENDAR_DAY_REFUSED', 422, { days: [{ day: '2099-01-01', works: false }] }],
    ['INVALID_INPUT', 400, { days: [{ day: '2027-02-29', works: false }] }],
    ['CALENDAR_DAY_REFUSED', 422, { seasons: [{ from: '02-30', to: '02-28', spans: [[0, 60]] }] }],
    ['SEASONS_DO_NOT_MEET', 422, { seasons: [{ from: '01-01', to: '12-30', spans: [[0, 60]] }] }],
    [
      'SEASONS_DO_NOT_MEET',
      422,
      {
        seasons: [
          { from: '01-01', to: '06-30', spans: [[0, 60]] },
          { from: '06-30', to: '12-31', spans: [[0, 60]] },
        ],
      },
    ],
    [
      'WORKING_HOURS_OVERLAP',
      422,
      {
        seasons: [
          {
            from: '01-01',
            to: '12-31',
            spans: [
              [480, 720],
              [700, 900],
            ],
          },
        ],
      },
    ],
    ['WORKING_HOURS_OVERLAP', 422, { seasons: [{ from: '01-01', to: '12-31', spans: [[480, 480]] }] }],
    ['INVALID_INPUT', 400, { seasons: [{ from: '01-01', to: '12-31', spans: [] }] }],
    ['WEEK_WITHOUT_WORK', 422, { weeklyRest: [0, 1, 2, 3, 4, 5, 6] }],
    ['INVALID_INPUT', 400, { warning: { fractionOfLimit: 2, seconds: 0 } }],
    ['INVALID_INPUT', 400, { hours: 8 }],
  ])('answers %s to what cannot hold', async (code, status, change) => {
    const before = await year();
    const answer = await admin.post<ErrorBody>('/working-time/changes', {
      expectedVersion: before.version,
      reason,
      ...change,
    });
    expect(answer).toMatchObject({ status, body: { code } });
    expect(await year()).toEqual(before);
  });

  it('is changed by the administrator alone', async () => {
    const { version } = await year();
    for (const name of ['dispatcher', 'supervisor', 'unit-enforcement', 'wall']) {
      const client = await server.signIn(name);
      const answers = [
        await client.post('/working-time/changes', { expectedVersion: version, reason, weeklyRest: [] }),
        await client.post('/working-time/2026/state-council', { expectedVersion: version }),
        await client.post('/limits/1/recalculation', { reason }),
      ];
      expect(answers.map(({ status }) => status)).toEqual([403, 403, 403]);
    }
  });

  it('puts the State Council’s days back, but not over a day that somebody entered', async () => {
    const first = await year();
    const removed = first.days
      .filter(({ day }) => day >= '2026-10-01')
      .map(({ day }) => ({ day, works: null }));
    const edited = await edit({ days: [...removed, { day: '2026-10-08', works: false, name: '补休' }] });
    expect((await year()).known).toBe(false);
    await finish(edited);
    const body = { expectedVersion: (await year()).version };
    await finish(
      expectStatus(await admin.post<WorkingTimeResult>('/working-time/2026/state-council', body), 200),
    );
    const again = await year();
    expect(again.known).toBe(true);
    expect(again.days.filter(({ day }) => day !== '2026-10-08')).toEqual(first.days);
    expect(again.days).toContainEqual({ day: '2026-10-08', works: false, name: '补休', source: 'admin' });
    const unknown = await admin.post<ErrorBody>('/working-time/2031/state-council', {
      expectedVersion: again.version,
    });
    expect(unknown).toMatchObject({ status: 422, body: { code: 'NO_STATE_COUNCIL_DAYS' } });
  });

  it('counts the deadlines that are guesses', async () => {
    await caseOverNight();
    expect((await year()).guessedDeadlines).toBe(0);
    await server.db.query(sql`update case_clocks set due_at = '2027-01-04T02:00:00Z' where ended_at is null`);
    expect((await year()).guessedDeadlines).toBeGreaterThanOrEqual(1);
  });

  it('looks again at a case whose step was computed before the change and committed after it', async () => {
    const open = await caseOverNight();
    await finish(await edit({ days: [{ day: '2026-10-17', works: false }] }));
    const { context } = server;
    const signal = new AbortController().signal;
    const running = recalculateCases(
      context,
      { why: { zh: '测', en: 'test' }, reason, actor: actorOf(await meOf(admin)), since: server.clock.now() },
      { report: () => undefined, signal },
      1_500,
    );
    await new Promise((resolve) => setTimeout(resolve, 700));
    const late = open.dueAt ?? '';
    await server.db.transaction(async (tx) => {
      await tx.query(sql`
        update case_clocks set due_at = ${late} where case_id = ${open.id} and ended_at is null`);
      await tx.query(sql`
        update cases set due_at = ${late}, updated_at = ${server.clock.now()}, version = version + 1
        where id = ${open.id}`);
    });
    expect((await running).moves).toContainEqual(expect.objectContaining({ caseId: open.id }));
    expect(await caseOf(open.id)).toMatchObject({ dueAt: at('2026-10-19 08:45').toISOString() });
  });

  it('takes up what a dead process left, once', async () => {
    const open = await caseOverNight();
    const { context } = server;
    const me = await meOf(admin);
    await server.db.query(sql`
      update cases set due_at = due_at + interval '1 hour', warn_at = warn_at + interval '1 hour'
      where id = ${open.id}`);
    await server.db.transaction((tx) =>
      markPending(tx, {
        why: { zh: '测', en: 'test' },
        reason,
        actor: { ...actorOf(me), username: 'admin' },
        since: server.clock.now().toISOString(),
      }),
    );
    await resumeRecalculations(context);
    await resumeRecalculations(context);
    const { items } = expectStatus(await admin.get<{ items: Job[] }>('/jobs?kind=recalculation'), 200);
    expect(items).toHaveLength(1);
    await finish({ job: items[0] });
    expect(await caseOf(open.id)).toMatchObject({ dueAt: open.dueAt });
    await resumeRecalculations(context);
    expect((await admin.get<{ items: Job[] }>('/jobs?kind=recalculation')).body.items).toHaveLength(1);
  });

  it('reaches another node', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gridwatch-node-'));
    const { context } = server;
    const other = await openServer({
      config: { ...context.config, dataDir: folder },
      db: server.db,
      clock: server.clock,
      log: context.log,
    });
    try {
      const start = at('2026-10-16 16:45');
      const due = () => addWorkSeconds(other.context.axis.current(), start, 1_800);
      expect(due()).toBe(at('2026-10-17 08:45').getTime());
      const { job } = await edit({ days: [{ day: '2026-10-17', works: false }] });
      await expect.poll(due, { timeout: 5_000 }).toBe(at('2026-10-19 08:45').getTime());
      await finish({ job });
    } finally {
      await other.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('gives open cases a limit that took the place of theirs, from its day on, when told to', async () => {
    const filed = await fileVendor(server, operator);
    const { items: classes } = expectStatus(await admin.get<{ items: ClassEntry[] }>('/classes'), 200);
    const limit = classes
      .find(({ id }) => id === filed.case.class)
      ?.limits.find(({ id }) => id === filed.case.condition.id);
    if (!limit) throw new Error('the case has no limit');
    const { id: replaces, limitSeconds: _, place, ...same } = limit;
    const longer = expectStatus(
      await admin.post<LimitRow>('/limits', {
        ...same,
        ...(place ? { place } : {}),
        class: filed.case.class,
        amount: limit.amount + 1,
        from: '2026-10-16',
        replaces,
        reason,
      }),
      201,
    );
    server.clock.advance(MINUTE);
    expect((await caseOf(filed.case.id)).dueAt).toBe(filed.case.dueAt);
    const path = `/limits/${longer.id}/recalculation`;
    const dry = expectStatus(await admin.post<WorkingTimeResult>(path, { reason, dryRun: true }), 200);
    expect(dry.recalculation?.moves).toContainEqual(expect.objectContaining({ caseId: filed.case.id }));
    await finish(expectStatus(await admin.post<WorkingTimeResult>(path, { reason }), 200));
    const moved = await caseOf(filed.case.id);
    const more = longer.limitSeconds - limit.limitSeconds;
    expect(more).toBeGreaterThan(0);
    expect(Date.parse(moved.dueAt ?? '')).toBe(Date.parse(filed.case.dueAt ?? '') + more * 1000);
    expect(moved.condition.id).toBe(longer.id);
    const none = await admin.post<ErrorBody>(`/limits/${replaces}/recalculation`, { reason });
    expect(none).toMatchObject({ status: 422, body: { code: 'LIMIT_REPLACES_NONE' } });
  });
});

interface Me {
  id: string;
  name: { zh: string };
}

async function meOf(client: TestClient): Promise<Me> {
  return expectStatus(await client.get<Me>('/me'), 200);
}

function actorOf({ id, name }: Me): { id: string; name: string } {
  return { id, name: name.zh };
}
