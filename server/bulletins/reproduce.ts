import type {
  BulletinContent,
  Evaluation,
  EvaluationRow,
  JudgedCase,
  Reproduction,
} from '#contract/evaluation';
import { listBrokenLogs } from '../cases/verify-logs.ts';
import type { Context } from '../context.ts';
import { appError } from '../errors.ts';
import { evaluateFromLog } from '../evaluation/service.ts';
import { listDifferences } from './differences.ts';
import * as repository from './repository.ts';
import { readContent } from './read-content.ts';

const MOST_DIFFERENCES = 200;

/**
 * Recomputes a bulletin from the logs of the cases alone, up to its instant and by its rules, and says what differs.
 * Names and sentences are of today's registers and words, so only figures and verdicts are compared. The log is only
 * worth as much as its hash chain, which is walked too.
 * @throws BULLETIN_NOT_FOUND
 */
export async function reproduceBulletin(
  services: Pick<Context, 'db' | 'config' | 'clock'>,
  id: string,
): Promise<Reproduction> {
  const { db } = services;
  const record = await repository.findBulletin(db, id);
  if (!record) throw appError('BULLETIN_NOT_FOUND');
  const content = JSON.parse(await readContent(db, id)) as BulletinContent;
  const log = await evaluateFromLog(services, {
    period: content.period,
    asOf: new Date(content.asOf),
    rules: content.rules,
  });
  const recomputed = {
    units: figuresOf(await log.evaluate('unit')),
    subdistricts: figuresOf(await log.evaluate('subdistrict')),
    communities: figuresOf(await log.evaluate('community')),
    classes: figuresOf(await log.evaluate('class')),
    channels: figuresOf(await log.evaluate('channel')),
    cases: verdictsOf(await log.listCases('strict')),
  };
  const published = {
    units: figuresOf(content.units),
    subdistricts: figuresOf(content.subdistricts),
    communities: figuresOf(content.communities),
    classes: figuresOf(content.classes),
    channels: figuresOf(content.channels),
    cases: verdictsOf(content.cases),
  };
  const differences = listDifferences(published, recomputed, MOST_DIFFERENCES);
  const { broken } = await listBrokenLogs(db);
  return {
    identical: differences.length === 0,
    casesRead: log.casesRead,
    eventsRead: log.eventsRead,
    differences,
    brokenLogs: broken.map(({ caseId }) => caseId),
  };
}

/** Every figure of a table by subject; subjects without any case are left out, registers may have changed them. */
function figuresOf({ items, total }: Evaluation): Record<string, object> {
  const rows = [...items.filter(({ gross }) => gross > 0), { ...total, subject: { code: 'total' } }];
  return Object.fromEntries(rows.map((row) => [row.subject.code, numbersOf(row)]));
}

function numbersOf({
  subject: _subject,
  extra: _extra,
  ...numbers
}: Omit<EvaluationRow, 'subject'> & { subject: { code: string } }): object {
  return numbers;
}

function verdictsOf(cases: readonly JudgedCase[]): Record<string, object> {
  return Object.fromEntries(
    cases.map(({ caseId, unit, dueAt, closedAt, limitSeconds, usedSeconds, counts, rules }) => [
      caseId,
      { unit: unit.code, dueAt, closedAt, limitSeconds, usedSeconds, counts, rules },
    ]),
  );
}
