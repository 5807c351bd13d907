import type { NewUnit } from '#contract/units';
import type { TableError } from '#contract/rules';
import type { RuleChange } from '../dictionary/keep-rule-changes.ts';
import type { RuleTable } from '../dictionary/put-table.ts';
import { compareTable, type Column, type Values } from '../dictionary/rule-table.ts';
import { differences } from '../history/service.ts';
import { listAreas } from './duty-repository.ts';
import { listStoredUnits, lockUnits, saveUnits, type StoredUnit } from './repository.ts';

const columns: readonly Column[] = [
  { name: 'code', kind: 'text' },
  { name: 'name_zh', kind: 'text' },
  { name: 'name_en', kind: 'text' },
  { name: 'kind', kind: ['bureau', 'subdistrict', 'company', 'other'] },
  { name: 'is_command', kind: 'boolean' },
  { name: 'phone', kind: 'text', optional: true },
  { name: 'leader', kind: 'text', optional: true },
  { name: 'acceptance_clerk', kind: 'text', optional: true },
  { name: 'subdistrict', kind: 'text', optional: true },
  { name: 'basis', kind: ['real', 'invented'], optional: true },
  { name: 'closed_at', kind: 'day', optional: true },
];

function toValues(unit: StoredUnit): Values {
  return {
    code: unit.code,
    name_zh: unit.name.zh,
    name_en: unit.name.en,
    kind: unit.kind,
    is_command: String(unit.isCommand),
    phone: unit.phone,
    leader: unit.leader,
    acceptance_clerk: unit.acceptanceClerk,
    subdistrict: unit.subdistrictCode ?? '',
    basis: unit.basis,
    closed_at: unit.closedAt ?? '',
  };
}

function toUnit(values: Values): StoredUnit {
  return {
    code: values.code ?? '',
    name: { zh: values.name_zh ?? '', en: values.name_en ?? '' },
    kind: values.kind as NewUnit['kind'],
    isCommand: values.is_command === 'true',
    phone: values.phone ?? '',
    leader: values.leader ?? '',
    acceptanceClerk: values.acceptance_clerk ?? '',
    subdistrictCode: values.subdistrict || null,
    basis: values.basis === 'invented' ? 'invented' : 'real',
    closedAt: values.closed_at || null,
  };
}

/** `units.csv`: the columns of `data/units.csv` and the day of closing. A unit that is missing closes on the day. */
export const unitTable: RuleTable = {
  columns,
  async read(db, on, all) {
    const units = await listStoredUnits(db);
    return units.filter(({ closedAt }) => all || closedAt === null || closedAt > on).map(toValues);
  },
  async plan(tx, { given, on, today, keepMissing }) {
    const known = await lockUnits(tx);
    const byCode = new Map(known.map((unit) => [unit.code, unit]));
    const values = new Map(known.map((unit) => [unit.code, toValues(unit)]));
    const { added, changed, unchanged, missing, errors } = compareTable('code', columns, values, given);
    const areas = new Set((await listAreas(tx)).map(({ code }) => code));
    const written = [
      ...changed.map(({ row, before }) => ({ line: row.line, unit: toUnit({ ...before, ...row.values }) })),
      ...added.map(({ line, values: row }) => ({ line, unit: toUnit(row) })),
    ];
    for (const { line, unit } of written) {
      const wrong = check(unit, areas, today, byCode.get(unit.code));
      if (wrong) errors.push({ line, ...wrong });
    }
    const closing = keepMissing
      ? []
      : missing.flatMap((code) => {
          const unit = byCode.get(code);
          return unit && (unit.closedAt === null || unit.closedAt > on) ? [{ ...unit, closedAt: on }] : [];
        });
    const after = [...written.map(({ unit }) => unit), ...closing];
    return {
      unchanged,
      errors,
      changes: [
        ...changed.map(({ row, fields }) => ({
          line: row.line,
          action: 'change' as const,
          code: row.values.code ?? '',
          fields,
        })),
        ...added.map(({ line, values: { code = '' } }) => ({
          line,
          action: 'add' as const,
          code,
          fields: [],
        })),
        ...closing.map(({ code }) => ({ action: 'end' as const, code, fields: ['closed_at'] })),
      ],
      async apply() {
        await saveUnits(tx, after);
        return after.flatMap((unit) => historyOf(byCode.get(unit.code), unit));
      },
    };
  },
};

function check(
  unit: StoredUnit,
  areas: ReadonlySet<string>,
  today: string,
  before: StoredUnit | undefined,
): Omit<TableError, 'line'> | undefined {
  if (!before && !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(unit.code)) {
    return {
      field: 'code',
      reason: { zh: '只能用小写字母、数字和连字符', en: 'may hold small letters, digits and hyphens only' },
    };
  }
  if (unit.code.length > 40) return { field: 'code', reason: { zh: '超过 40 字', en: 'is longer than 40' } };
  if (unit.subdistrictCode !== null && !areas.has(unit.subdistrictCode)) {
    return { field: 'subdistrict', reason: { zh: '区划不存在', en: 'there is no such division' } };
  }
  if (unit.closedAt !== null && unit.closedAt !== before?.closedAt && unit.closedAt < today) {
    return { field: 'closed_at', reason: { zh: '不能早于今天', en: 'cannot be before today' } };
  }
  return undefined;
}

function historyOf(before: StoredUnit | undefined, after: StoredUnit): RuleChange[] {
  if (!before) return [{ subject: 'unit', code: after.code, action: 'add', after }];
  const changed = differences({ ...before }, { ...after });
  if (!changed) return [];
  const closes = changed.after.closedAt !== undefined && changed.after.closedAt !== null;
  return [{ subject: 'unit', code: after.code, action: closes ? 'retire' : 'edit', ...changed }];
}
