import exceljs from 'exceljs';
import type { BulletinContent, Evaluation, JudgedCase } from '#contract/evaluation';
import { namePeriod, words, type Language } from './print/words.ts';

/**
 * The bulletin as a workbook: one sheet per kind of subject, the indicators, and every case due with how it counts
 * and why. Texts are typed as texts, so that none is ever a formula; rates are numbers in per cent.
 */
export async function writeWorkbook(content: BulletinContent, language: Language): Promise<Buffer> {
  const say = words[language];
  const workbook = new exceljs.Workbook();
  workbook.title = namePeriod(content.period, language);
  workbook.created = new Date(content.asOf);
  workbook.modified = new Date(content.asOf);
  const { sheet } = say;
  const evaluations: [string, Evaluation | undefined][] = [
    [sheet.units, content.units],
    [sheet.subdistricts, content.subdistricts],
    [sheet.communities, content.communities],
    [sheet.classes, content.classes],
    [sheet.channels, content.channels],
    [sheet.gridHeads, content.gridHeads],
    [sheet.courtyardHeads, content.courtyardHeads],
  ];
  for (const [title, evaluation] of evaluations) {
    if (evaluation) addEvaluation(workbook, title, evaluation, language);
  }
  addIndicators(workbook, content, language);
  addCases(workbook, content.cases, language);
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

function addSheet(workbook: exceljs.Workbook, title: string, columns: [header: string, width: number][]) {
  const sheet = workbook.addWorksheet(title, { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.columns = columns.map(([header, width]) => ({ header, width }));
  sheet.getRow(1).font = { bold: true };
  return sheet;
}

function addEvaluation(
  workbook: exceljs.Workbook,
  title: string,
  { items }: Evaluation,
  language: Language,
): void {
  const { column, sheet: labels } = words[language];
  const sheet = addSheet(workbook, title, [
    [column.rank, 8],
    [labels.code, 20],
    [labels.subject, 28],
    [labels.gross, 12],
    [column.due, 10],
    [column.solved, 10],
    [column.inTime, 10],
    [column.solvedRate, 12],
    [column.inTimeRate, 12],
    [column.score, 10],
    [`${column.tolerant} ${column.inTime}`, 14],
    [`${column.tolerant} ${column.score}`, 14],
    [labels.postponed, 10],
    [labels.extended, 10],
    [labels.returned, 10],
    [labels.repeated, 10],
    [labels.overdueOpen, 14],
  ]);
  for (const row of items) {
    sheet.addRow([
      row.rank,
      row.subject.code,
      row.subject.name[language],
      row.gross,
      row.due,
      row.solved,
      row.inTime,
      row.solvedRate,
      row.inTimeRate,
      row.score,
      row.tolerant.inTime,
      row.tolerant.score,
      row.postponed,
      row.extended,
      row.returned,
      row.repeated,
      row.overdueOpen,
    ]);
  }
  for (const index of [8, 9]) sheet.getColumn(index).numFmt = '0.0%';
  for (const index of [10, 12]) sheet.getColumn(index).numFmt = '0.00';
}

function addIndicators(
  workbook: exceljs.Workbook,
  { indicators }: BulletinContent,
  language: Language,
): void {
  const { column, sheet: labels } = words[language];
  const sheet = addSheet(workbook, labels.indicators, [
    [column.indicator, 28],
    [column.formula, 60],
    [column.value, 14],
  ]);
  for (const { name, formula, value, type, missing } of indicators) {
    const row = sheet.addRow([name[language], formula[language], value ?? missing?.[language] ?? null]);
    if (type === 'rate' && value !== null) row.getCell(3).numFmt = '0.0%';
  }
}

function addCases(workbook: exceljs.Workbook, cases: readonly JudgedCase[], language: Language): void {
  const { column, sheet: labels } = words[language];
  const sheet = addSheet(workbook, labels.cases, [
    [column.case, 24],
    [column.className, 24],
    [column.unit, 28],
    [labels.community, 20],
    [labels.dueAt, 22],
    [labels.closedAt, 22],
    [labels.limitHours, 12],
    [labels.usedHours, 12],
    [column.due, 8],
    [column.solved, 8],
    [column.inTime, 8],
    [column.tolerant, 8],
    [column.why, 80],
    [labels.rules, 24],
  ]);
  const yes = (holds: boolean) => (holds ? 1 : 0);
  for (const one of cases) {
    sheet.addRow([
      one.number,
      one.className[language],
      one.unit.name[language],
      one.communityName[language],
      one.dueAt,
      one.closedAt ?? null,
      hours(one.limitSeconds),
      one.usedSeconds === undefined ? null : hours(one.usedSeconds),
      yes(one.counts.due),
      yes(one.counts.solved),
      yes(one.counts.inTime),
      yes(one.counts.inTimeTolerant),
      one.why[language],
      one.rules.join('; '),
    ]);
  }
}

function hours(seconds: number): number {
  return Math.round((seconds / 3600) * 100) / 100;
}
