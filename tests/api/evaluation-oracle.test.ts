import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Scope } from '#contract/access';
import { evaluate, evaluateFromLog } from '../../server/evaluation/service.ts';
import { foldLog } from '../../server/evaluation/fold-log.ts';
import { readLogs } from '../../server/evaluation/log-repository.ts';
import { toFacts, type FactRow } from '../../server/evaluation/repository.ts';
import { runSimulation } from '../../server/simulation/service.ts';
import { judge, readCase, type EventRow, type OracleCase } from '../evaluation/oracle.ts';
import { engines } from '../support/test-database.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';

const HISTORIES = 1_000;
const everybody: Scope = { kind: 'district', code: '' };
const months = ['2026-01', '2026-02', '2026-05', '2026-07', '2026-09', '2026-10'];
const spanOf: Record<string, [from: string, to: string]> = {
  '2026-Q1': ['2026-01-01', '2026-04-01'],
  '2026': ['2026-01-01', '2027-01-01'],
  ...Object.fromEntries(
    months.map((month) => [
      month,
      [`${month}-01`, `2026-${String(Number(month.slice(5)) + 1).padStart(2, '0')}-01`],
    ]),
  ),
};

describe.each(engines)('the evaluation against its oracle on %s', (engine) => {
  let server: TestServer;
  const cases: OracleCase[] = [];
  beforeAll(async () => {
    server = await startTestServer({ engine });
    await runSimulation(
      { ...server.context },
      { from: '2026-01-01', to: '2026-12-31', cases: HISTORIES, seed: 29, present: 2, sites: 400 },
    );
    const { rows } = await server.db.query<EventRow>(sql`
      select case_id, n, at, action, from_stage, to_stage, payload from case_events order by case_id, n`);
    const logs = new Map<string, EventRow[]>();
    for (const row of rows) logs.set(row.case_id, [...(logs.get(row.case_id) ?? []), row]);
    for (const events of logs.values()) {
      const one = readCase(events);
      if (one) cases.push(one);
    }
  }, 300_000);
  afterAll(() => server.close());

  it('makes of every log the facts that the steps wrote', async () => {
    const { rows } = await server.db.query<FactRow>(sql`select * from case_facts`);
    const written = new Map(rows.map((row) => [row.case_id, toFacts(row)]));
    expect(written.size).toBeGreaterThan(HISTORIES * 0.85);
    for await (const page of readLogs(server.db, server.clock.now()))
      for (const logged of page) expect(foldLog(logged)).toEqual(written.get(logged.caseId));
  });

  it.each(Object.keys(spanOf))('agrees in %s, in both modes, by SQL and from the log', async (period) => {
    const [first = '', last = ''] = spanOf[period] ?? [];
    const now = server.clock.now();
    const fromLog = await evaluateFromLog(server.context, { period, asOf: now });
    const kinds = {
      unit: (one: OracleCase) => one.unit ?? '',
      community: (one: OracleCase) => one.community,
      class: (one: OracleCase) => one.class,
      channel: (one: OracleCase) => one.channel,
    };
    for (const [by, of] of Object.entries(kinds) as [keyof typeof kinds, (one: OracleCase) => string][]) {
      const wanted = judge(cases, {
        from: Date.parse(`${first}T00:00:00+08:00`),
        to: Date.parse(`${last}T00:00:00+08:00`),
        asOf: now.getTime(),
        percent: 3,
        by: of,
      });
      const bySql = await evaluate(server.context, everybody, { period, by });
      for (const evaluation of [bySql, await fromLog.evaluate(by)]) {
        const found = evaluation.items
          .filter(({ gross }) => gross > 0)
          .map(({ subject, gross, due, solved, inTime, tolerant }) => [
            subject.code,
            { gross, due, solved, strict: inTime, tolerant: tolerant.inTime },
          ]);
        expect(Object.fromEntries(found), `${period} by ${by}`).toEqual(Object.fromEntries(wanted));
      }
      expect(wanted.size).toBeGreaterThan(0);
    }
  });
});
