import { describe, expect, it } from 'vitest';
import type { CaseEvent } from '../../server/cases/case-log.ts';
import { explainVerdict } from '../../server/evaluation/explain-verdict.ts';
import { foldLog } from '../../server/evaluation/fold-log.ts';
import { judgeCases, type Verdict } from '../../server/evaluation/judge-cases.ts';
import { judge, readCase, type EventRow, type OracleFigures } from '../evaluation/oracle.ts';
import { plain, toEvents, workedCases, type Counts, type WorkedCase } from '../evaluation/worked-cases.ts';

const worked = 'b-worked';

/** The logs of the case and of those beside it, as they stood at the instant. */
function scene({ log, beside, asOf }: WorkedCase): EventRow[][] {
  const others = [...(beside?.flagged ?? []), ...Array.from({ length: beside?.plain ?? 0 }, () => plain)];
  return [[worked, log] as const, ...others.map((one, n) => [`a-${n}`, one] as const)].map(([id, rows]) =>
    toEvents(id, rows).filter(({ at }) => asOf === undefined || at <= new Date(asOf)),
  );
}

function windowOf({ period = '2026-10', asOf = '2026-11-10T00:00:00+08:00' }: WorkedCase) {
  const end = period === '2026-10' ? '2026-11' : '2026-12';
  return {
    from: new Date(`${period}-01T00:00:00+08:00`),
    to: new Date(`${end}-01T00:00:00+08:00`),
    asOf: new Date(asOf),
  };
}

function byOracle(one: WorkedCase): { strict: Counts; tolerant: Counts } {
  const cases = scene(one).flatMap((events) => readCase(events) ?? []);
  const { from, to, asOf } = windowOf(one);
  const given = { from: from.getTime(), to: to.getTime(), asOf: asOf.getTime(), percent: 3 };
  const figures = judge(cases, { ...given, by: ({ id }) => id }).get(worked);
  return { strict: countsOf(figures, 'strict'), tolerant: countsOf(figures, 'tolerant') };
}

function countsOf(figures: OracleFigures | undefined, mode: 'strict' | 'tolerant'): Counts {
  if (!figures) return 'nowhere';
  if (figures.due === 0) return 'taken out';
  if (figures.solved === 0) return 'open';
  return figures[mode] === 1 ? 'in time' : 'late';
}

/** A row of `case_events` as the server reads it. */
const toLogged = ({ at, action, from_stage, to_stage, payload }: EventRow) =>
  ({ at, actorId: null, action, fromStage: from_stage, toStage: to_stage, payload }) as Omit<
    CaseEvent,
    'actorName'
  >;

function factsOf(one: WorkedCase) {
  return scene(one).flatMap((events) => {
    const [{ case_id: caseId } = { case_id: '' }] = events;
    return foldLog({ caseId, number: caseId, events: events.map(toLogged) }) ?? [];
  });
}

function byServer(one: WorkedCase): Verdict | undefined {
  const { from, to, asOf } = windowOf(one);
  const rules = { repeatQuota: 0.03, postponementQuota: 0.03, extensionQuota: 0.03 };
  const verdicts = judgeCases(factsOf(one), { spans: [{ from, to }], asOf, rules });
  return verdicts.find(({ facts }) => facts.caseId === worked);
}

function countsByServer(verdict: Verdict | undefined, mode: 'strict' | 'tolerant'): Counts {
  if (!verdict) return 'nowhere';
  if (!verdict.due) return 'taken out';
  if (!verdict.solved) return 'open';
  return verdict.inTime[mode] ? 'in time' : 'late';
}

describe(`${workedCases.length} cases worked by hand`, () => {
  it.each(workedCases.map((one) => [one.rule, one.title, one] as const))('%s: %s', (_rule, _title, one) => {
    const { strict, tolerant } = one;
    expect(byOracle(one), 'by the oracle').toEqual({ strict, tolerant });

    const verdict = byServer(one);
    expect(
      { strict: countsByServer(verdict, 'strict'), tolerant: countsByServer(verdict, 'tolerant') },
      'by the server',
    ).toEqual({ strict, tolerant });

    const [facts] = factsOf(one);
    expect(facts).toMatchObject({ unitCode: one.unit, usedSeconds: one.usedSeconds });
    expect(readCase(toEvents(worked, one.log))).toMatchObject({ unit: one.unit, used: one.usedSeconds });

    if (one.says !== undefined && verdict) {
      const rules = ['strict' as const, 'tolerant' as const].flatMap(
        (mode) => explainVerdict(verdict, mode, 'Asia/Shanghai').rules,
      );
      expect(rules).toContain(one.says);
    }
  });

  it('says why the extension after the quota was used up does not count', () => {
    const one = workedCases.find(({ title }) => title.includes('used the quota up'));
    const verdict = one && byServer(one);
    if (!verdict) throw new Error('the case is not judged');
    expect(explainVerdict(verdict, 'tolerant', 'Asia/Shanghai').why.en).toBe(
      'closed, not in time; closed 30 min after the limit of 2 h; extension not recognised: quota of 1 used up on 12 Oct',
    );
  });
});
