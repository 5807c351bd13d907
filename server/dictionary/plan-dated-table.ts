import type { TableError } from '#contract/rules';
import type { CalendarDay } from '../clock/calendar-day.ts';
import type { RuleChange } from './keep-rule-changes.ts';
import { isNever } from './rule-days.ts';
import { compareTable, type Column, type GivenRow, type Values } from './rule-table.ts';

/** A rule that holds from a day to a day and is followed by others rather than changed. */
export interface DatedRule {
  id: number;
  from: CalendarDay;
  to?: CalendarDay | undefined;
  replaces?: number | undefined;
}

export interface TableChange {
  line?: number;
  action: 'add' | 'change' | 'end';
  code: string;
  fields: string[];
}

export interface DatedPlan<Rule extends DatedRule> {
  added: Rule[];
  ends: { id: number; to: CalendarDay | null }[];
  /** What the history keeps of it. */
  history: RuleChange[];
  changes: TableChange[];
  unchanged: number;
  errors: TableError[];
  /** All rules as they would be. */
  after: Rule[];
  /** Lines of the rules that come from the table. */
  lines: Map<number, number>;
}

export interface DatedTable<Rule extends DatedRule> {
  subject: 'limit' | 'duty';
  columns: readonly Column[];
  known: readonly Rule[];
  given: readonly GivenRow[];
  toValues(rule: Rule): Values;
  toRule(values: Values, days: DatedRule): Rule;
  /** Columns whose change makes it another rule, which is to be added without a number. */
  fixed: readonly string[];
  /** The day from which the table holds, and the day it is. */
  on: CalendarDay;
  today: CalendarDay;
  /** Rules that are not in the table go on; else they end on the day. */
  keepMissing: boolean;
}

/**
 * What a table of dated rules changes from a day on. A row that differs makes a successor and ends its predecessor;
 * one where only the last day differs moves that day; a rule that is missing ends. What is over stays as it was.
 */
export function planDatedTable<Rule extends DatedRule>(table: DatedTable<Rule>): DatedPlan<Rule> {
  const { known, on } = table;
  const living = known.filter((rule) => !isNever(rule));
  const byId = new Map(living.map((rule) => [String(rule.id), rule]));
  const values = new Map(living.map((rule) => [String(rule.id), table.toValues(rule)]));
  const difference = compareTable('id', table.columns, values, withFormerDays(table.given, values));
  const plan: DatedPlan<Rule> = {
    added: [],
    ends: [],
    history: [],
    changes: [],
    unchanged: difference.unchanged,
    errors: difference.errors,
    after: [],
    lines: new Map(table.given.map(({ values: { id }, line }) => [Number(id), line])),
  };
  const taken = new Set(known.map(({ id }) => id));
  let last = Math.max(0, ...taken, ...table.given.map(({ values: { id } }) => Number(id ?? 0)));

  function end(rule: Rule, to: CalendarDay | null): void {
    plan.ends.push({ id: rule.id, to });
    plan.history.push({
      subject: table.subject,
      code: String(rule.id),
      action: 'retire',
      before: { to: rule.to ?? null },
      after: { to },
    });
  }
  function add(rule: Rule, line: number): void {
    plan.added.push(rule);
    plan.lines.set(rule.id, line);
    plan.history.push({ subject: table.subject, code: String(rule.id), action: 'add', after: rule });
  }

  for (const { row, fields } of difference.changed) {
    const rule = byId.get(row.values.id ?? '');
    if (!rule) continue;
    const problem = refuse(table, rule, row, fields);
    if (problem) {
      plan.errors.push({ line: row.line, ...problem });
      continue;
    }
    const code = String(rule.id);
    plan.changes.push({ line: row.line, action: 'change', code, fields });
    const to = row.values.to || undefined;
    if (fields.every((field) => field === 'to')) {
      end(rule, to ?? null);
      continue;
    }
    const asked = fields.includes('from') ? (row.values.from ?? on) : on;
    const from =
      [asked, rule.from > table.today && !fields.includes('from') ? rule.from : asked].sort().at(-1) ?? on;
    end(rule, from < rule.from ? rule.from : from);
    last += 1;
    add(
      table.toRule({ ...table.toValues(rule), ...row.values }, { id: last, from, to, replaces: rule.id }),
      row.line,
    );
  }
  for (const row of difference.added) {
    const wanted = Number(row.values.id || 0);
    const free = wanted > 0 && !taken.has(wanted);
    const id = free ? wanted : (last += 1);
    const from = row.values.from || on;
    const to = row.values.to || undefined;
    if (to !== undefined && to <= from) {
      plan.errors.push({ line: row.line, field: 'to', reason: ENDS_FIRST });
      continue;
    }
    plan.changes.push({ line: row.line, action: 'add', code: String(id), fields: [] });
    add(table.toRule(row.values, { id, from, to }), row.line);
  }
  for (const code of table.keepMissing ? [] : difference.missing) {
    const rule = byId.get(code);
    if (!rule || (rule.to !== undefined && rule.to <= on)) continue;
    plan.changes.push({ action: 'end', code, fields: [] });
    end(rule, on < rule.from ? rule.from : on);
  }
  const ends = new Map(plan.ends.map(({ id, to }) => [id, to]));
  plan.after = [
    ...known.map((rule) => (ends.has(rule.id) ? { ...rule, to: ends.get(rule.id) ?? undefined } : rule)),
    ...plan.added,
  ];
  return plan;
}

/** An empty first day of a rule that is known says nothing new. */
function withFormerDays(given: readonly GivenRow[], known: ReadonlyMap<string, Values>): GivenRow[] {
  return given.map((row) => {
    const before = known.get(row.values.id ?? '');
    return before && !row.values.from ? { ...row, values: { ...row.values, from: before.from ?? '' } } : row;
  });
}

const ENDS_FIRST = { zh: '终止日期应晚于生效日期', en: 'must be later than the first day' };

function refuse<Rule extends DatedRule>(
  { fixed, on, today }: DatedTable<Rule>,
  rule: Rule,
  { values }: GivenRow,
  fields: readonly string[],
): Omit<TableError, 'line'> | undefined {
  const other = fields.find((field) => fixed.includes(field));
  if (other) {
    return {
      field: other,
      reason: {
        zh: `编号 ${rule.id} 不能改此列；请留空编号作为新行`,
        en: `cannot change for number ${rule.id}; leave the number empty for a new row`,
      },
    };
  }
  if (rule.to !== undefined && rule.to <= on) {
    return { field: 'id', reason: { zh: `已于 ${rule.to} 终止`, en: `has ended on ${rule.to}` } };
  }
  if (fields.includes('from') && rule.from <= today) {
    return { field: 'from', reason: { zh: `已于 ${rule.from} 生效`, en: `has begun on ${rule.from}` } };
  }
  if (fields.includes('from') && (values.from ?? '') < today) {
    return { field: 'from', reason: { zh: '不能早于今天', en: 'cannot be before today' } };
  }
  if (
    values.to &&
    (values.to < today || values.to < rule.from || (fields.some((one) => one !== 'to') && values.to <= on))
  ) {
    return { field: 'to', reason: ENDS_FIRST };
  }
  return undefined;
}
