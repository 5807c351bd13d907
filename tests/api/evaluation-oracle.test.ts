import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Scope } from '#contract/access';
import type { Figure } from '#contract/evaluation';
import { evaluate, evaluateFromLog, listJudgedCases } from '../../server/evaluation/service.ts';
import { foldLog } from '../../server/evaluation/fold-log.ts';
import { readLogs } from '../../server/evaluation/log-repository.ts';
import { toFacts, type FactRow } from '../../server/evaluation/repository.ts';
import { runSimulation } from '../../server/simulation/service.ts';
import { judge, readCase, type EventRow, type OracleCase } from '../evaluation/oracle.ts';
import { engines } from '../support/test-database.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';

/** The embedded engine has one connection and no COPY: as many as it writes in a minute on two busy cores. */
const histories = { postgresql: 10_000, embedded: 2_000 };
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

describe.each(engines.map((engine) => [histories[engine], engine] as const))(
  '%i histories, against an oracle, on %s',
  (count, engine) => {
    let server: TestServer;
    const cases: OracleCase[] = [];
    beforeAll(async () => {
      server = await startTestServer({ engine });
      await runSimulation(
        { ...server.context },
        { from: '2026-01-01', to: '2026-12-31', cases: count, seed: 29, present: 2, sites: 400 },
      );
      const { rows } = await server.db.query<EventRow>(sql`
      select case_id, n, at, action, from_stage, to_stage, payload from case_events order by case_id, n`);
      const logs = new Map<string, EventRow[]>();
      for (const row of rows) {
        const log = logs.get(row.case_id);
        if (log) log.push(row);
        else logs.set(row.case_id, [row]);
      }
      for (const events of logs.values()) {
        const one = readCase(events);
        if (one) cases.push(one);
      }
    }, 300_000);
    afterAll(() => server.close());

    it('makes of every log the facts that the steps wrote', async () => {
      const { rows } = await server.db.query<FactRow>(sql`select * from case_facts`);
      const written = new Map(rows.map((row) => [row.case_id, toFacts(row)]));
      expect(written.size).toBeGreaterThan(count * 0.85);
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

    it.each(['unit', 'grid-head', 'courtyard-head', 'collector', 'subdistrict'] as const)(
      'opens every figure by %s into exactly its cases',
      async (by) => {
        const { items } = await evaluate(server.context, everybody, { period: '2026-05', by });
        const judged = items.filter(({ gross }) => gross > 0).slice(0, 12);
        expect(judged.length).toBeGreaterThan(0);
        for (const row of judged) {
          const figures: Record<Figure, number> = {
            gross: row.gross,
            due: row.due,
            solved: row.solved,
            'in-time': row.inTime,
            late: row.solved - row.inTime,
            open: row.due - row.solved,
            'overdue-open': row.overdueOpen,
            postponed: row.postponed,
            extended: row.extended,
            returned: row.returned,
            repeated: row.repeated,
          };
          const opened: Record<string, number> = {};
          for (const figure of Object.keys(figures) as Figure[]) {
            const { items: behind } = await listJudgedCases(server.context, everybody, {
              period: '2026-05',
              by,
              subject: row.subject.code,
              figure,
              mode: 'strict',
              limit: 100_000,
            });
            opened[figure] = behind.length;
          }
          expect(opened, row.subject.code).toEqual(figures);
        }
      },
    );
  },
);
