import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Evaluation } from '#contract/evaluation';
import type { Job } from '#contract/jobs';
import type { SimulationResult } from '#contract/simulation';
import { listBrokenLogs } from '../../server/cases/verify-logs.ts';
import { AppError } from '../../server/errors.ts';
import { runSimulation, type SimulationWanted } from '../../server/simulation/service.ts';
import { endJob } from '../support/finish-job.ts';
import type { TestClient } from '../support/test-client.ts';
import { engines } from '../support/test-database.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';

/** Three weeks of a small district. */
const SMALL: SimulationWanted = {
  from: '2026-09-20',
  to: '2026-12-31',
  cases: 240,
  seed: 11,
  present: 1,
  sites: 60,
};

describe.each(engines)('a simulated year on %s', (engine) => {
  let server: TestServer;
  let admin: TestClient;
  let result: SimulationResult;

  beforeAll(async () => {
    server = await startTestServer({ engine });
    admin = await server.signIn('admin');
    const submitted = await admin.post<Job>('/simulations', { cases: 400, year: 2026, seed: 3 });
    const job = await endJob(admin, submitted);
    expect(job).toMatchObject({ state: 'done', kind: 'simulation', progress: { unit: 'cases' } });
    result = job.result as SimulationResult;
  });
  afterAll(() => server.close());

  const one = async <Row>(query: ReturnType<typeof sql>) => (await server.db.query<Row>(query)).rows[0];

  test('writes about as many cases as asked, whole: logs hold, clocks and facts agree with them', async () => {
    expect(result.cases).toBeGreaterThan(340);
    const { checked, broken } = await listBrokenLogs(server.db);
    expect(broken).toEqual([]);
    expect(checked).toBe(result.cases);
    // Of every open case exactly one stage clock runs, of a finished one none.
    const clocks = await one<{ wrong: number; facts: number; numbered: number }>(sql`
      select
        (select count(*) from cases c
          where (select count(*) from case_clocks k
            where k.case_id = c.id and k.ended_at is null and k.stage <> 'supervision')
            <> (case when c.closed_at is null then 1 else 0 end)) as wrong,
        (select count(*) from case_facts) as facts,
        (select count(*) from case_numbers n
          where n.last = (select count(*) from cases c where split_part(c.number, '-', 2) = n.day)) as numbered`);
    expect(clocks).toMatchObject({ wrong: 0, facts: result.cases });
    const days = await one<{ n: number }>(sql`select count(*) as n from case_numbers`);
    expect(clocks?.numbered).toBe(days?.n);
  });

  test('knows all channels, flags, requests, merged and voided cases', async () => {
    const found = await one<Record<string, number>>(sql`
      select count(distinct channel) as channels, count(distinct unit_code) as units,
        count(*) filter (where returned_at is not null) as returned,
        count(*) filter (where repeated_at is not null) as repeated,
        count(*) filter (where extended_at is not null) as extended,
        count(*) filter (where postponed_at is not null) as postponed,
        count(*) filter (where urgent) as urgent, count(*) filter (where special) as special,
        count(*) filter (where report_count > 1) as shared,
        (select count(*) from case_requests where state = 'open') as asked,
        (select count(*) from case_clocks where stage = 'supervision') as urged,
        (select count(*) from framings) as framed,
        (select count(*) from reports where state = 'rejected') as rejected
      from cases`);
    expect(found?.channels).toBe(6);
    for (const [name, count] of Object.entries(found ?? {})) {
      expect(count, name).toBeGreaterThan(0);
    }
  });

  test('leaves open cases in every stage and every light', async () => {
    for (const stage of ['dispatch', 'handling', 'send-for-check', 'check', 'closing']) {
      for (const light of ['green', 'yellow', 'red']) {
        const { body } = await admin.get<{ items: unknown[] }>(
          `/cases?stage=${stage}&light=${light}&limit=5`,
        );
        expect(body.items.length, `${stage} ${light}`).toBeGreaterThan(0);
      }
    }
    for (const kind of ['postponement', 'extension', 'return']) {
      const { body } = await admin.get<{ items: unknown[] }>(`/case-requests?state=open&kind=${kind}`);
      expect(body.items.length, kind).toBeGreaterThan(0);
    }
  });

  test('gives months that can be evaluated', async () => {
    const { status, body } = await admin.get<Evaluation>('/evaluations/2026-09?by=unit');
    expect(status).toBe(200);
    expect(body.total.gross).toBeGreaterThan(10);
    expect(body.total.score).toBeGreaterThan(55);
    expect(body.total.score).toBeLessThanOrEqual(100);
  });

  test('goes on numbering after it', async () => {
    const clerk = await server.signIn('clerk');
    const [site] = (
      await server.db.query<{ lon: number; lat: number }>(sql`
        select st_x(geom) as lon, st_y(geom) as lat from cases where kind = 'event' limit 1`)
    ).rows;
    const report = await clerk.post<{ report: { id: string; version: number } }>('/reports', {
      channel: 'hotline',
      class: 'E09001',
      position: site,
    });
    const before = await one<{ last: number }>(sql`
      select coalesce(max(last), 0) as last from case_numbers where day = '20261016'`);
    const { id, version } = report.body.report ?? (report.body as never);
    const filed = await clerk.post<{ case: { number: string } }>(`/reports/${id}/accept`, {
      expectedVersion: version,
    });
    expect(filed.body.case.number).toBe(
      `620103-20261016-${String((before?.last ?? 0) + 1).padStart(5, '0')}`,
    );
  });

  test('is written once for a seed, and only by the administrator, and for years that have begun', async () => {
    const again = await admin.post<Job>('/simulations', { cases: 400, year: 2026, seed: 3 });
    const job = await endJob(admin, again);
    expect(job).toMatchObject({ state: 'failed', error: { code: 'SIMULATION_DONE' } });
    const future = await admin.post('/simulations', { cases: 10, year: 2027 });
    expect(future).toMatchObject({ status: 422, body: { code: 'SIMULATION_YEAR' } });
    const clerk = await server.signIn('dispatcher');
    expect((await clerk.post('/simulations', { cases: 10, year: 2026 })).status).toBe(403);
  });

  test('cut off leaves whole cases and goes on where it was, to the same end', async () => {
    const counted = async () =>
      one<{ cases: number; reports: number }>(sql`
        select (select count(*) from cases) as cases, (select count(*) from reports) as reports`);
    const before = await counted();
    const stop = new AbortController();
    const cut = runSimulation(server.context, SMALL, {
      signal: stop.signal,
      report: (done) => {
        if (done > 60) stop.abort(new Error('killed'));
      },
    });
    // PostgreSQL writes so many in one transaction that it may be over before it is cut off.
    await cut.catch((error: unknown) => expect(error).toMatchObject({ message: 'killed' }));
    expect((await listBrokenLogs(server.db)).broken).toEqual([]);
    const partly = await counted();
    const whole = await runSimulation(server.context, SMALL).catch((error: unknown) => {
      expect(error).toBeInstanceOf(AppError);
      return undefined;
    });
    const after = await counted();
    if (whole) expect((after?.cases ?? 0) - (before?.cases ?? 0)).toBe(whole.cases);
    expect(after?.cases).toBeGreaterThanOrEqual(partly?.cases ?? 0);
    expect((await listBrokenLogs(server.db)).broken).toEqual([]);
  });
});
