import type { Stance } from '#contract/dictionary';
import type { TableError } from '#contract/rules';
import { differences } from '../history/service.ts';
import { editable, initialsOf } from './edit-class.ts';
import type { RuleChange } from './keep-rule-changes.ts';
import type { RuleTable } from './put-table.ts';
import { compareTable, type Column, type Values } from './rule-table.ts';
import {
  insertClasses,
  listStoredClasses,
  lockClasses,
  updateClasses,
  type StoredClass,
} from './write-repository.ts';

const columns: readonly Column[] = [
  { name: 'id', kind: 'text' },
  { name: 'standard', kind: 'text' },
  { name: 'edition', kind: 'integer' },
  { name: 'kind', kind: ['part', 'event'] },
  { name: 'major_code', kind: 'text' },
  { name: 'major_zh', kind: 'text' },
  { name: 'major_en', kind: 'text' },
  { name: 'minor_code', kind: 'text' },
  { name: 'minor_zh', kind: 'text' },
  { name: 'minor_en', kind: 'text' },
  { name: 'stance', kind: ['flat', 'upright'] },
  { name: 'pinyin', kind: 'text', optional: true },
  { name: 'basis', kind: 'text', optional: true },
];

/** Codes are the standard's: they never change. */
const FIXED = ['standard', 'edition', 'kind', 'major_code', 'minor_code'];

function toValues(one: StoredClass): Values {
  return {
    id: one.id,
    standard: one.standard,
    edition: String(one.edition),
    kind: one.kind,
    major_code: one.majorCode,
    major_zh: one.majorName.zh,
    major_en: one.majorName.en,
    minor_code: one.minorCode,
    minor_zh: one.name.zh,
    minor_en: one.name.en,
    stance: one.stance,
    pinyin: one.pinyin,
    basis: one.basis,
  };
}

function toClass(values: Values): StoredClass {
  const name = { zh: values.minor_zh ?? '', en: values.minor_en ?? '' };
  return {
    id: values.id ?? '',
    standard: values.standard ?? '',
    edition: Number(values.edition),
    kind: values.kind ?? '',
    majorCode: values.major_code ?? '',
    majorName: { zh: values.major_zh ?? '', en: values.major_en ?? '' },
    minorCode: values.minor_code ?? '',
    name,
    stance: values.stance as Stance,
    pinyin: values.pinyin || initialsOf(name.zh),
    basis: values.basis || 'own',
  };
}

/** `classes.csv`: the columns of `data/dictionary/classes.csv`. A class that is missing stays: cases lie on it. */
export const classTable: RuleTable = {
  columns,
  async read(db) {
    return (await listStoredClasses(db)).map(toValues);
  },
  async plan(tx, { given }) {
    const known = await lockClasses(tx);
    const values = new Map(known.map((one) => [one.id, toValues(one)]));
    const { added, changed, unchanged, errors } = compareTable('id', columns, values, given);
    for (const { row, fields } of changed) {
      const field = fields.find((name) => FIXED.includes(name));
      if (field) errors.push({ line: row.line, field, reason: CANNOT_CHANGE });
    }
    const places = new Set(known.map(placeOf));
    for (const { line, values: row } of added) {
      const one = toClass(row);
      const wrong = checkNew(one, places);
      if (wrong) errors.push({ line, ...wrong });
      places.add(placeOf(one));
    }
    const edited = changed.map(({ row, before }) => toClass({ ...before, ...row.values }));
    const fresh = added.map(({ values: row }) => toClass(row));
    const byId = new Map(known.map((one) => [one.id, one]));
    return {
      unchanged,
      errors,
      changes: [
        ...changed.map(({ row, fields }) => ({
          line: row.line,
          action: 'change' as const,
          code: row.values.id ?? '',
          fields,
        })),
        ...added.map(({ line, values: { id = '' } }) => ({
          line,
          action: 'add' as const,
          code: id,
          fields: [],
        })),
      ],
      async apply() {
        await updateClasses(tx, edited);
        await insertClasses(tx, fresh);
        return [...edited.flatMap((one) => historyOf(byId.get(one.id), one)), ...setsOf(fresh, known)];
      },
    };
  },
};

const CANNOT_CHANGE = { zh: '标准代码不能修改', en: 'is the standard’s and cannot change' };

function placeOf({ edition, kind, majorCode, minorCode }: StoredClass): string {
  return [edition, kind, majorCode, minorCode].join(' ');
}

/** The id says what the other columns say: `P01012` in the newest set, `2013:P0107` elsewhere. */
function checkNew(one: StoredClass, places: ReadonlySet<string>): Omit<TableError, 'line'> | undefined {
  const short = `${one.kind === 'part' ? 'P' : 'E'}${one.majorCode}${one.minorCode}`;
  if (one.id !== short && one.id !== `${one.edition}:${short}`) {
    return {
      field: 'id',
      reason: {
        zh: `与代码不符，应为 ${short} 或 ${one.edition}:${short}`,
        en: `does not match the codes: ${short}`,
      },
    };
  }
  if (one.edition < 1900 || one.edition > 2999) {
    return { field: 'edition', reason: { zh: '不是年份', en: 'is no year' } };
  }
  return places.has(placeOf(one))
    ? { field: 'minor_code', reason: { zh: '该代码已有类别', en: 'stands for a class already' } }
    : undefined;
}

function historyOf(before: StoredClass | undefined, after: StoredClass): RuleChange[] {
  if (!before) return [];
  const all = (one: StoredClass) => ({ ...editable(one), majorName: one.majorName, basis: one.basis });
  const changed = differences(all(before), all(after));
  return changed ? [{ subject: 'class', code: after.id, action: 'edit', ...changed }] : [];
}

/** One entry for each set that gained classes. */
function setsOf(fresh: readonly StoredClass[], known: readonly StoredClass[]): RuleChange[] {
  const editions = [...new Set(fresh.map(({ edition }) => edition))];
  return editions.map((edition) => ({
    subject: 'class-set',
    code: String(edition),
    action: known.some((one) => one.edition === edition) ? 'edit' : 'add',
    after: { classes: fresh.filter((one) => one.edition === edition).map(({ id }) => id) },
  }));
}
