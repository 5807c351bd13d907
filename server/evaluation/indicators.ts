import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { Type, type Static } from 'typebox';
import { Value } from 'typebox/value';
import type { Scope } from '#contract/access';
import type { EvaluationRow, Indicator, Indicators, Period, SubjectKind } from '#contract/evaluation';
import type { Names } from '#contract/shared';
import { projectRoot } from '../project-root.ts';
import * as repository from './indicator-repository.ts';
import { openPeriod, type Services } from './open-period.ts';
import { rateOf } from './score.ts';
import { evaluate } from './service.ts';

/** A row of data/indicators.csv. */
const IndicatorRow = Type.Object({
  id: Type.String({ minLength: 1 }),
  name_zh: Type.String({ minLength: 1 }),
  name_en: Type.String({ minLength: 1 }),
  formula_zh: Type.String({ minLength: 1 }),
  formula_en: Type.String({ minLength: 1 }),
  type: Type.Union([
    Type.Literal('count'),
    Type.Literal('rate'),
    Type.Literal('score'),
    Type.Literal('quota'),
  ]),
  source: Type.String(),
  missing_zh: Type.String(),
  missing_en: Type.String(),
});
type IndicatorRow = Static<typeof IndicatorRow>;

let table: Promise<IndicatorRow[]> | undefined;

async function readTable(): Promise<IndicatorRow[]> {
  const text = await readFile(join(projectRoot, 'data/indicators.csv'), 'utf8');
  return Value.Parse(Type.Array(IndicatorRow), parse(text, { columns: true }));
}

const NO_REPORTS: Names = {
  zh: '上报不归属于此类对象',
  en: 'reports do not belong to a subject of this kind',
};

/**
 * The indicators of data/indicators.csv for a period, each with the numbers put into its formula; what the data cannot
 * carry says why.
 */
export async function indicators(
  services: Services,
  scope: Scope,
  { period, by, subject }: { period: Period; by?: SubjectKind | undefined; subject?: string | undefined },
): Promise<Indicators> {
  const { db, config } = services;
  const opened = await openPeriod(services, period);
  const evaluation = await evaluate(services, scope, { period, by: by ?? 'district' });
  const found = evaluation.items.find((row) => row.subject.code === subject);
  const row = subject === undefined ? evaluation.total : (found ?? { ...evaluation.total, ...nothing });
  const narrowed = { scope, by, subject, timeZone: config.timeZone };
  const terms: Terms = {
    row,
    quotaShare: opened.rules.repeatQuota,
    filed: await repository.countFiled(db, opened.window, narrowed),
    handled: await repository.countHandled(db, opened.window, narrowed),
    reports: await repository.countReports(db, opened.window, narrowed),
  };
  table ??= readTable();
  return {
    period,
    ...(subject === undefined
      ? {}
      : { subject: found?.subject ?? { code: subject, name: { zh: subject, en: subject } } }),
    asOf: evaluation.asOf,
    items: (await table).map((one) => toIndicator(one, terms)),
  };
}

const nothing = {
  gross: 0,
  due: 0,
  solved: 0,
  inTime: 0,
  score: null,
  returned: 0,
  repeated: 0,
  extended: 0,
  postponed: 0,
};

interface Terms {
  row: EvaluationRow;
  quotaShare: number;
  filed: repository.FiledTerms;
  handled: repository.HandledTerms;
  reports: repository.ReportTerms | null;
}

type Term = [zh: string, en: string, value: number];

interface Computed {
  value: number | null;
  terms: Term[];
}

const count = (value: number): Computed => ({ value, terms: [] });
const share = (part: Term, whole: Term): Computed => ({
  value: rateOf(part[2], whole[2]),
  terms: [part, whole],
});

/** How each is computed, by its id; null: needs reports where there are none. */
const formulas: Record<string, (terms: Terms) => Computed | null> = {
  'in-time-rate': ({ row }) => share(['及时解决数', 'in time', row.inTime], due(row)),
  'solved-rate': ({ row }) => share(['解决数', 'solved', row.solved], due(row)),
  score: ({ row }) => ({
    value: row.score,
    terms: [['及时解决数', 'in time', row.inTime], ['解决数', 'solved', row.solved], due(row)],
  }),
  'repeat-quota': ({ row, quotaShare }) => ({
    value: Math.floor((row.gross * Math.round(quotaShare * 10_000)) / 10_000),
    terms: [
      ['应处置数', 'gross cases due', row.gross],
      ['配额比例', 'share', quotaShare],
    ],
  }),
  reports: ({ reports }) => reports && count(reports.reports),
  'valid-reports': ({ reports }) => reports && count(reports.validReports),
  'public-reports': ({ reports }) => reports && count(reports.publicReports),
  accepted: ({ reports }) => reports && count(reports.accepted),
  filed: ({ filed }) => count(filed.filed),
  cancelled: ({ filed }) => count(filed.cancelled),
  'should-dispatch': ({ filed }) => count(filed.shouldDispatch),
  dispatched: ({ filed }) => count(filed.dispatched),
  'accurately-dispatched': ({ filed }) => count(filed.accuratelyDispatched),
  'should-handle': ({ handled }) => count(handled.shouldHandle),
  handled: ({ handled }) => count(handled.handled),
  'handled-in-time': ({ handled }) => count(handled.handledInTime),
  'handled-late': ({ handled }) => count(handled.handledLate),
  'overdue-unhandled': ({ handled }) => count(handled.overdueUnhandled),
  'should-verify': ({ reports }) => reports && count(reports.reports),
  verified: ({ reports }) => reports && count(reports.accepted),
  'should-check': ({ filed }) => count(filed.shouldCheck),
  checked: ({ filed }) => count(filed.checked),
  'should-close': ({ row }) => count(row.due),
  closed: ({ row }) => count(row.solved),
  'closed-in-time': ({ handled }) => count(handled.closedInTime),
  reworked: ({ row }) => count(row.repeated),
  returned: ({ row }) => count(row.returned),
  'valid-report-rate': ({ reports }) =>
    reports &&
    share(['有效上报数', 'valid reports', reports.validReports], ['上报数', 'reports', reports.reports]),
  'filing-in-time-rate': ({ filed }) =>
    share(['按时立案数', 'filed in time', filed.filedInTime], ['立案数', 'filed', filed.filed]),
  'accurate-dispatch-rate': ({ filed }) =>
    share(['准确派遣数', 'accurately dispatched', filed.accuratelyDispatched], shouldDispatch(filed)),
  'dispatch-in-time-rate': ({ filed }) =>
    share(['按时派遣数', 'dispatched in time', filed.dispatchedInTime], shouldDispatch(filed)),
  'handling-rate': ({ handled }) => share(['处置数', 'handled', handled.handled], shouldHandle(handled)),
  'handling-in-time-rate': ({ handled }) =>
    share(['按期处置数', 'handled on time', handled.handledInTime], shouldHandle(handled)),
  'verification-in-time-rate': ({ reports }) =>
    reports &&
    share(
      ['按时核实数', 'verified in time', reports.verifiedInTime],
      ['应核实数', 'to verify', reports.reports],
    ),
  'check-in-time-rate': ({ filed }) =>
    share(['按时核查次数', 'checks in time', filed.checksInTime], ['核查次数', 'checks', filed.checks]),
  'closing-rate': ({ row }) => share(['结案数', 'closed', row.solved], due(row)),
  'closing-in-time-rate': ({ row, handled }) =>
    share(closedInTime(handled), ['应结案数', 'to close', row.gross]),
  'closing-in-time-rate-net': ({ row, handled }) => share(closedInTime(handled), due(row)),
  'urgent-closing-rate': ({ handled }) =>
    share(
      ['紧急问题结案数', 'urgent, closed', handled.urgentClosed],
      ['紧急问题应结案数', 'urgent, due', handled.urgentDue],
    ),
  'late-closing-rate': ({ row, handled }) =>
    share(['超期结案数', 'closed late', handled.closedLate], ['应结案数', 'to close', row.gross]),
  'rework-rate': ({ row }) =>
    share(['返工数', 'reworked', row.repeated], ['应结案数', 'to close', row.gross]),
  'overdue-pending-rate': ({ handled }) =>
    share(['超期待处置数', 'overdue, not handled', handled.overdueUnhandled], shouldHandle(handled)),
  'extension-rate': ({ row, handled }) => share(['延期数', 'extended', row.extended], shouldHandle(handled)),
  'score-yuncheng': (terms) => {
    const [inTime, late, extension, rework] = [
      'closing-in-time-rate',
      'late-closing-rate',
      'extension-rate',
      'rework-rate',
    ].map((id) => formulas[id]?.(terms)?.value ?? null);
    if (inTime == null || late == null || extension == null || rework == null)
      return { value: null, terms: [] };
    return {
      value: round((inTime * 100 + late * 40) * 0.8 + (1 - extension) * 10 + (1 - rework) * 10),
      terms: [
        ['按期结案率', 'closing in time', inTime],
        ['超期结案率', 'late closing', late],
        ['延期率', 'extension rate', extension],
        ['返工率', 'rework rate', rework],
      ],
    };
  },
  'score-jinniu': (terms) => {
    const [handling, inTime, rework, pending, extension] = [
      'handling-rate',
      'handling-in-time-rate',
      'rework-rate',
      'overdue-pending-rate',
      'extension-rate',
    ].map((id) => formulas[id]?.(terms)?.value ?? null);
    if (handling == null || inTime == null || rework == null || pending == null || extension == null)
      return { value: null, terms: [] };
    return {
      value: round(
        handling * 30 + inTime * 20 + (1 - rework) * 20 + (1 - pending) * 20 + (1 - extension) * 10,
      ),
      terms: [
        ['处置率', 'handling rate', handling],
        ['按期处置率', 'handling in time', inTime],
        ['返工率', 'rework rate', rework],
        ['超期待处置率', 'overdue pending', pending],
        ['延期率', 'extension rate', extension],
      ],
    };
  },
};

const due = (row: EvaluationRow): Term => ['应解决数', 'due', row.due];
const shouldDispatch = (filed: repository.FiledTerms): Term => [
  '应派遣数',
  'to dispatch',
  filed.shouldDispatch,
];
const shouldHandle = (handled: repository.HandledTerms): Term => [
  '应处置数',
  'to handle',
  handled.shouldHandle,
];
const closedInTime = (handled: repository.HandledTerms): Term => [
  '按期结案数',
  'closed on time',
  handled.closedInTime,
];
const round = (score: number) => Math.round(score * 100) / 100;

function toIndicator(row: IndicatorRow, terms: Terms): Indicator {
  const computed = formulas[row.id]?.(terms) ?? null;
  const missing =
    row.missing_zh !== ''
      ? { zh: row.missing_zh, en: row.missing_en }
      : computed === null
        ? NO_REPORTS
        : undefined;
  return {
    id: row.id,
    name: { zh: row.name_zh, en: row.name_en },
    formula: { zh: row.formula_zh, en: row.formula_en },
    type: row.type,
    value: computed?.value ?? null,
    terms: (computed?.terms ?? []).map(([zh, en, value]) => ({ name: { zh, en }, value })),
    ...(missing ? { missing } : {}),
    source: row.source,
  };
}
