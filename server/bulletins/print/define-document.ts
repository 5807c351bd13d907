import type {
  BulletinContent,
  BulletinState,
  Evaluation,
  EvaluationRow,
  Indicator,
} from '#contract/evaluation';
import type { Names } from '#contract/shared';
import { faint, ink, line, shade } from './colours.ts';
import { scoreBars, trendLine } from './charts.ts';
import { scoreMap, type Outline } from './score-map.ts';
import { kindOfPeriod, namePeriod, words, type Language, type Words } from './words.ts';

export interface PrintRequest {
  content: BulletinContent;
  state: BulletinState;
  sha256: string;
  district: Names;
  outlines: Outline[];
  language: Language;
  timeZone: string;
}

/** More lines than anybody reads on paper; the workbook has all. */
const MOST_CASES = 300;

/** What pdfmake lays out: A4, headings that stay with what follows, tables whose heads repeat. */
export function defineDocument(request: PrintRequest): object {
  const { content, language, district, sha256, state } = request;
  const say = words[language];
  const period = namePeriod(content.period, language);
  const title = say.title(district[language], period);
  const heading = headings(say);
  return {
    info: { title, subject: sha256 },
    pageSize: 'A4',
    pageMargins: [42, 52, 42, 48],
    defaultStyle: { font: 'Noto', fontSize: 9.5, lineHeight: 1.3, color: ink },
    styles: {
      title: { fontSize: 19, bold: true, alignment: 'center', margin: [0, 4, 0, 6] },
      under: { fontSize: 9, color: faint, alignment: 'center' },
      heading: { fontSize: 13, bold: true, margin: [0, 16, 0, 6] },
      body: { margin: [0, 0, 0, 4] },
      head: { bold: true, fillColor: shade, fontSize: 8.5 },
      cell: { fontSize: 8.5 },
      small: { fontSize: 7.5, color: faint },
    },
    header: (page: number) =>
      page === 1 ? '' : { text: title, style: 'small', alignment: 'right', margin: [42, 24, 42, 0] },
    footer: (page: number, count: number) => ({
      columns: [
        { text: sha256.slice(0, 16), style: 'small' },
        { text: say.page(page, count), style: 'small', alignment: 'right' },
      ],
      margin: [42, 14, 42, 0],
    }),
    pageBreakBefore: (node: { style?: unknown }, nodes: { getFollowingNodesOnPage(): unknown[] }) =>
      node.style === 'heading' && nodes.getFollowingNodesOnPage().length === 0,
    content: [
      { text: title, style: 'title' },
      {
        text: [
          say.kinds[kindOfPeriod(content.period)],
          say.states[state],
          ...(content.trial ? [say.trial] : []),
          say.asOf(sayInstant(content.asOf, request)),
        ].join(' · '),
        style: 'under',
      },
      { text: `${say.checksum} ${sha256}`, style: 'under', fontSize: 7 },
      ...sections.flatMap((section) => section(request, say, heading)),
      { text: say.sections.rules, style: 'heading' },
      {
        ol: say.rules({
          quota: percent(content.rules.repeatQuota),
          sample: content.rules.minimumSample,
          days: content.rules.contestDays,
        }),
        fontSize: 8.5,
      },
    ],
  };
}

type Heading = (text: string) => object;
type Section = (request: PrintRequest, say: Words, heading: Heading) => object[];

const sections: Section[] = [
  overview,
  unitSection,
  areaSection,
  aimsSection,
  indicatorSection,
  headSection,
  contestSection,
  caseSection,
];

/** Numbers the headings as they come, so that a section without anything to say leaves no hole. */
function headings(say: Words): (text: string) => object {
  let count = 0;
  return (text) => ({ text: `${say.ordinal(++count)}${text}`, style: 'heading' });
}

function overview({ content, language }: PrintRequest, say: Words, heading: Heading): object[] {
  const { total } = content.units;
  const indent = language === 'zh' ? 19 : 0;
  const paragraph = (text: string) => ({ text, style: 'body', leadingIndent: indent });
  if (total.due === 0) return [heading(say.sections.overview), paragraph(say.nothingDue)];
  const ranked = content.units.items.filter(({ rank }) => rank !== null);
  const [best, last] = [ranked[0], ranked.at(-1)];
  return [
    heading(say.sections.overview),
    paragraph(
      say.overview({
        due: total.due,
        postponed: total.postponedWithinQuota,
        solved: total.solved,
        solvedRate: percent(total.solvedRate),
        inTime: total.inTime,
        inTimeRate: percent(total.inTimeRate),
        score: points(total.score),
        tolerantScore: points(total.tolerant.score),
      }),
    ),
    paragraph(
      [
        (total.solvedRate ?? 0) >= 0.85 ? say.targetMet : say.targetMissed,
        ...(best && last && best !== last
          ? [say.ranked(best.subject.name[language], last.subject.name[language])]
          : []),
      ].join(language === 'zh' ? '' : ' '),
    ),
  ];
}

function unitSection(request: PrintRequest, say: Words, heading: Heading): object[] {
  const { content, language } = request;
  const shown = content.units.items.filter(({ gross }) => gross > 0);
  const bars = shown
    .filter(({ score }) => score !== null)
    .map(({ subject, score }) => ({ label: subject.name[language], score }));
  return [
    heading(say.sections.units),
    scoreTable(shown, say.column.unit, request, say),
    ...(shown.some(({ unranked }) => unranked)
      ? [{ text: say.notRanked, style: 'small', margin: [0, 3, 0, 0] }]
      : []),
    ...(bars.length > 0 ? [{ svg: scoreBars(bars), margin: [0, 10, 0, 0] }] : []),
  ];
}

function areaSection(request: PrintRequest, say: Words, heading: Heading): object[] {
  const { content, outlines, language } = request;
  const scores = new Map(content.subdistricts.items.map(({ subject, score }) => [subject.code, score]));
  const map = scoreMap(outlines, scores, { language, noScore: say.noScore });
  return [
    {
      stack: [heading(say.sections.areas), ...(map === '' ? [] : [{ svg: map, alignment: 'center' }])],
      unbreakable: true,
      margin: [0, 0, 0, 8],
    },
    scoreTable(content.subdistricts.items, say.column.area, request, say),
  ];
}

function scoreTable(
  rows: readonly EvaluationRow[],
  subject: string,
  { language }: PrintRequest,
  say: Words,
): object {
  const { column } = say;
  const head = [
    column.rank,
    subject,
    column.due,
    column.solved,
    column.inTime,
    column.solvedRate,
    column.inTimeRate,
    column.score,
    column.tolerant,
    column.flags,
  ];
  return table(
    [28, '*', 36, 32, 32, 44, 52, 36, 36, 62],
    head,
    rows.map((row) => [
      right(row.rank === null ? say.dash : String(row.rank)),
      row.subject.name[language],
      right(row.due),
      right(row.solved),
      right(row.inTime),
      right(percent(row.solvedRate)),
      right(percent(row.inTimeRate)),
      { ...right(points(row.score)), bold: true },
      right(points(row.tolerant.score)),
      right(`${row.postponed} / ${row.extended} / ${row.returned} / ${row.repeated}`),
    ]),
  );
}

function aimsSection({ content, language }: PrintRequest, say: Words, heading: Heading): object[] {
  const { months, items } = content.aims;
  const charts = items.map(({ name, values, unit }) => ({
    stack: [
      { text: name[language], style: 'cell', bold: true },
      { svg: trendLine(months, values, (value) => (unit === 'rate' ? percent(value) : String(value))) },
    ],
    unbreakable: true,
    margin: [0, 0, 0, 8],
  }));
  const rows: object[] = [];
  for (let at = 0; at < charts.length; at += 3) {
    rows.push({ columns: [0, 1, 2].map((n) => charts[at + n] ?? ''), columnGap: 14 });
  }
  return [heading(say.sections.aims), ...rows];
}

function indicatorSection({ content, language }: PrintRequest, say: Words, heading: Heading): object[] {
  return [
    heading(say.sections.indicators),
    table(
      [130, '*', 60],
      [say.column.indicator, say.column.formula, say.column.value],
      content.indicators
        .filter(({ value }) => value !== null)
        .map((indicator) => [
          indicator.name[language],
          `${indicator.formula[language]}${sayTerms(indicator, language)}`,
          right(sayValue(indicator)),
        ]),
    ),
  ];
}

function sayTerms({ terms }: Indicator, language: Language): string {
  if (terms.length === 0) return '';
  const list = terms
    .map(({ name, value }) => `${name[language]} ${value}`)
    .join(language === 'zh' ? '，' : ', ');
  return language === 'zh' ? `（${list}）` : ` (${list})`;
}

function sayValue({ value, type }: Indicator): string {
  if (value === null) return '—';
  if (type === 'rate') return percent(value);
  return type === 'score' ? points(value) : String(value);
}

function headSection(request: PrintRequest, say: Words, heading: Heading): object[] {
  const graded = [request.content.gridHeads, request.content.courtyardHeads].filter(
    (one): one is Evaluation => one !== undefined,
  );
  const rows = graded.flatMap(({ items }) => items).filter(({ gross }) => gross > 0);
  return rows.length === 0
    ? []
    : [heading(say.sections.heads), scoreTable(rows, say.column.head, request, say)];
}

function contestSection({ content, language }: PrintRequest, say: Words, heading: Heading): object[] {
  if (content.contests.length === 0) {
    return [heading(say.sections.contests), { text: say.noContests, style: 'body' }];
  }
  return [
    heading(say.sections.contests),
    table(
      [104, 90, 60, '*'],
      [say.column.case, say.column.unit, say.column.request, say.column.decision],
      content.contests.map((contest) => [
        contest.caseNumber,
        contest.unit.name[language],
        say.contest.wants[contest.wants],
        [say.contest.states[contest.state], contest.decisionNote ?? ''].filter(Boolean).join('：'),
      ]),
    ),
  ];
}

function caseSection({ content, language }: PrintRequest, say: Words, heading: Heading): object[] {
  const late = content.cases.filter(({ counts }) => counts.due && !counts.inTime);
  if (late.length === 0) return [heading(say.sections.cases), { text: say.noCases, style: 'body' }];
  return [
    heading(say.sections.cases),
    table(
      [104, 82, 82, '*'],
      [say.column.case, say.column.className, say.column.unit, say.column.why],
      late
        .slice(0, MOST_CASES)
        .map((one) => [one.number, one.className[language], one.unit.name[language], one.why[language]]),
    ),
    ...(late.length > MOST_CASES
      ? [{ text: say.moreCases(late.length - MOST_CASES), style: 'small', margin: [0, 4, 0, 0] }]
      : []),
  ];
}

type Cell = string | object;

function table(widths: (number | string)[], head: string[], rows: Cell[][]): object {
  return {
    table: {
      headerRows: 1,
      widths,
      dontBreakRows: true,
      body: [
        head.map((text, index) => ({
          text,
          style: 'head',
          alignment: isFigure(rows, index) ? 'right' : 'left',
        })),
        ...rows.map((cells) =>
          cells.map((cell) => (typeof cell === 'string' ? { text: cell, style: 'cell' } : cell)),
        ),
      ],
    },
    layout: {
      hLineWidth: () => 0.5,
      vLineWidth: () => 0,
      hLineColor: () => line,
      paddingTop: () => 2.5,
      paddingBottom: () => 1.5,
      paddingLeft: () => 3,
      paddingRight: () => 3,
    },
  };
}

/** A column of figures has its heading over them. */
function isFigure(rows: Cell[][], index: number): boolean {
  const cell = rows[0]?.[index];
  return typeof cell === 'object' && 'alignment' in cell;
}

function right(value: string | number): object {
  return { text: String(value), style: 'cell', alignment: 'right', noWrap: true };
}

function percent(rate: number | null): string {
  return rate === null ? '—' : `${(rate * 100).toFixed(1)}%`;
}

function points(score: number | null): string {
  return score === null ? '—' : score.toFixed(2);
}

function sayInstant(at: string, { language, timeZone }: PrintRequest): string {
  return new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone,
  }).format(new Date(at));
}
