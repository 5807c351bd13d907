import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  Aims,
  Evaluation,
  EvaluationRow,
  EvaluationRules,
  Figure,
  Forecast,
  Indicators,
  JudgedCase,
} from '#contract/evaluation';
import type { ErrorBody } from '#contract/shared';
import { doAct, expectStatus, fileVendor, uploadPhoto } from '../support/case-story.ts';
import type { TestClient } from '../support/test-client.ts';
import { engines } from '../support/test-database.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';

const HOUR_MS = 3_600_000;
const october = '2026-10';

describe.each(engines)('the evaluation on %s', (engine) => {
  let server: TestServer;
  const clients = new Map<string, TestClient>();
  const client = (name: string) => clients.get(name) as TestClient;
  beforeAll(async () => {
    server = await startTestServer({ engine });
    for (const name of [
      'operator',
      'clerk',
      'supervisor',
      'evaluator',
      'chief',
      'unit-enforcement',
      'unit-planning',
    ])
      clients.set(name, await server.signIn(name));
    // Three vendors, two hours of natural time each: one handled in an hour, one in three, one never.
    const [punctual, late] = [
      (await fileVendor(server, client('operator'))).case,
      (await fileVendor(server, client('operator'))).case,
    ];
    await fileVendor(server, client('operator'));
    server.clock.advance(HOUR_MS);
    await close(punctual);
    server.clock.advance(2 * HOUR_MS);
    await close(late);
  });
  afterAll(() => server.close());

  async function close(filed: { id: string; version: number }) {
    const unit = client('unit-enforcement');
    const fedBack = await doAct(unit, filed, 'feedback', { photos: [await uploadPhoto(unit)] });
    const sent = await doAct(client('clerk'), fedBack, 'send-for-check');
    const checked = await doAct(client('operator'), sent, 'check', { passed: true });
    return doAct(client('clerk'), checked, 'close');
  }

  const read = async <T>(who: string, path: string) => expectStatus(await client(who).get<T>(path), 200);
  const rowOf = ({ items }: Evaluation, code: string) =>
    items.find(({ subject }) => subject.code === code) as EvaluationRow;

  it('counts by unit in both modes, with rates, score and quota', async () => {
    const units = await read<Evaluation>('evaluator', `/evaluations/${october}?by=unit`);
    expect(units).toMatchObject({ period: october, by: 'unit', trial: false, minimumSample: 5 });
    expect(units.from).toBe('2026-09-30T16:00:00.000Z');
    expect(rowOf(units, 'enforcement')).toMatchObject({
      gross: 3,
      due: 3,
      solved: 2,
      inTime: 1,
      inTimeRate: 1 / 3,
      score: 40,
      rank: null,
      unranked: 'small-sample',
      overdueOpen: 1,
      quota: { repeat: 0, postponement: 0, extension: 0 },
      tolerant: { due: 3, solved: 2, inTime: 1, score: 40 },
    });
    expect(rowOf(units, 'planning')).toMatchObject({
      due: 0,
      inTimeRate: null,
      solvedRate: null,
      score: null,
    });
    expect(units.total).toMatchObject({ due: 3, solved: 2, inTime: 1 });
  });

  it('agrees between all views, and every figure is the length of its list', async () => {
    const figures: [Figure, (row: EvaluationRow) => number][] = [
      ['gross', (row) => row.gross],
      ['due', (row) => row.due],
      ['solved', (row) => row.solved],
      ['in-time', (row) => row.inTime],
      ['overdue-open', (row) => row.overdueOpen],
      ['late', (row) => row.solved - row.inTime],
      ['open', (row) => row.due - row.solved],
    ];
    for (const by of [
      'district',
      'unit',
      'subdistrict',
      'community',
      'cell',
      'channel',
      'class',
      'grid-head',
    ]) {
      const evaluation = await read<Evaluation>('evaluator', `/evaluations/${october}?by=${by}`);
      expect(evaluation.total).toMatchObject({ due: 3, solved: 2, inTime: 1 });
      expect(evaluation.items.reduce((sum, { due }) => sum + due, 0)).toBe(3);
      for (const row of evaluation.items.filter(({ gross }) => gross > 0)) {
        for (const [figure, of] of figures) {
          const path = `/evaluations/${october}/cases?by=${by}&subject=${row.subject.code}&figure=${figure}`;
          const { items } = await read<{ items: JudgedCase[] }>('evaluator', path);
          expect(items.length, `${by} ${figure}`).toBe(of(row));
        }
      }
    }
  });

  it('says of each case why it counts as it does', async () => {
    const path = `/evaluations/${october}/cases?by=unit&subject=enforcement&figure=gross`;
    const { items } = await read<{ items: JudgedCase[] }>('evaluator', path);
    expect(items.map(({ why }) => why.en)).toEqual(
      expect.arrayContaining([
        'closed in time; handled in 1 h of 2 h',
        'closed, not in time; closed 1 h after the limit of 2 h',
        'not closed; its limit ended on 16 Oct',
      ]),
    );
    expect(items.map(({ why }) => why.zh)).toContain('已结案，不计及时；处置用时超出时限 2 小时 达 1 小时');
    for (const { rules, unit } of items) {
      expect(rules[0]).toBe('R7');
      expect(unit.code).toBe('enforcement');
    }
  });

  it('pages through a list without losing or repeating a case', async () => {
    const seen: string[] = [];
    let after = '';
    do {
      const page = await read<{ items: JudgedCase[]; next?: string }>(
        'evaluator',
        `/evaluations/${october}/cases?figure=gross&limit=1${after}`,
      );
      seen.push(...page.items.map(({ caseId }) => caseId));
      after = page.next === undefined ? '' : `&after=${page.next}`;
    } while (after !== '');
    expect(new Set(seen).size).toBe(3);
    expect(seen).toHaveLength(3);
  });

  it('answers for an instant that is over from the log', async () => {
    const asOf = new Date(server.clock.now().getTime() - HOUR_MS / 2).toISOString();
    const then = await read<Evaluation>('evaluator', `/evaluations/${october}?by=unit&asOf=${asOf}`);
    // The second case was closed at this very hour, half an hour before it was still open.
    expect(rowOf(then, 'enforcement')).toMatchObject({ due: 3, solved: 1, inTime: 1 });
    expect(then.asOf).toBe(asOf);
  });

  it('shows a unit itself alone, and an area head their area', async () => {
    const own = await read<Evaluation>('unit-planning', `/evaluations/${october}?by=unit`);
    expect(own.items.map(({ subject }) => subject.code)).toEqual(['planning']);
    expect(own.total.due).toBe(0);
    const mine = await read<Evaluation>('unit-enforcement', `/evaluations/${october}?by=class`);
    expect(mine.total.due).toBe(3);
    const areas = await read<Evaluation>('evaluator', `/evaluations/${october}?by=subdistrict`);
    const other = areas.items.find(({ due }) => due === 0)?.subject.code ?? '';
    const head = await server.signIn(`subdistrict-${other}`);
    expect(expectStatus(await head.get<Evaluation>(`/evaluations/${october}?by=unit`), 200).total.due).toBe(
      0,
    );
  });

  it('carries indicators, aims and a forecast', async () => {
    const { items } = await read<Indicators>('evaluator', `/evaluations/${october}/indicators`);
    const value = (id: string) => items.find((one) => one.id === id)?.value;
    expect(items).toHaveLength(47);
    expect(value('in-time-rate')).toBeCloseTo(1 / 3);
    expect(value('filed')).toBe(3);
    expect(value('reports')).toBe(3);
    expect(items.find(({ id }) => id === 'accurate-filing-rate')?.missing?.en).toContain('nobody');
    const unit = await read<Indicators>(
      'evaluator',
      `/evaluations/${october}/indicators?by=unit&subject=enforcement`,
    );
    expect(unit.items.find(({ id }) => id === 'reports')).toMatchObject({ value: null });
    const seven = await read<Aims>('evaluator', '/evaluations/aims?from=2026-09&to=2026-11');
    expect(seven.items).toHaveLength(7);
    expect(seven.items.find(({ id }) => id === 'filings')?.values).toEqual([0, 3, null]);
    const { items: forecasts } = await read<Forecast>('evaluator', `/evaluations/${october}/forecast`);
    expect(forecasts[0]).toMatchObject({ subject: { code: 'enforcement' }, now: 40, atStake: 0 });
  });

  it('reports trial months apart, and keeps rules to who may change them', async () => {
    const evaluator = client('evaluator');
    expectStatus(
      await evaluator.post('/trial-periods', { fromMonth: '2026-10', toMonth: '2026-10', note: '试运行' }),
      201,
    );
    expect(await read<Evaluation>('evaluator', `/evaluations/${october}?by=unit`)).toMatchObject({
      trial: true,
      total: { due: 3 },
    });
    expect(await read<Evaluation>('evaluator', '/evaluations/2026?by=unit')).toMatchObject({
      trial: true,
      total: { due: 0 },
    });
    const overlap = { fromMonth: '2026-09', toMonth: '2026-11', note: '重叠' };
    expectStatus(await evaluator.post<ErrorBody>('/trial-periods', overlap), 400);
    expectStatus(await evaluator.call('DELETE', '/trial-periods/2026-10'), 204);
    expect((await read<Evaluation>('evaluator', '/evaluations/2026?by=unit')).total.due).toBe(3);
    const rules = await read<EvaluationRules>('chief', '/evaluation-rules');
    const changed = { ...rules, minimumSample: 3, reason: '样本太小' };
    expect((await client('chief').call('PUT', '/evaluation-rules', changed)).status).toBe(403);
    expectStatus(await evaluator.call('PUT', '/evaluation-rules', changed), 200);
    expect(rowOf(await read('evaluator', `/evaluations/${october}?by=unit`), 'enforcement').rank).toBe(1);
    expect((await evaluator.get('/evaluations/1066?by=unit')).status).toBe(400);
    expect((await evaluator.get('/evaluations/2026-13?by=unit')).status).toBe(400);
  });
});
