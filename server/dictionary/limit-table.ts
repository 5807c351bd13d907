import type { LimitUnit } from '../clock/limits.ts';
import { findLimitConflicts } from './limit-overlaps.ts';
import { isWholeSeconds, keyOf, OWN_BASIS } from './edit-limits.ts';
import { planDatedTable, type DatedPlan, type DatedRule } from './plan-dated-table.ts';
import type { RuleTable } from './put-table.ts';
import { isNever } from './rule-days.ts';
import type { Column, Values } from './rule-table.ts';
import {
  insertLimits,
  listStoredClasses,
  listStoredLimits,
  lockLimits,
  setLimitEnds,
  type StoredLimit,
} from './write-repository.ts';

const UNITS = ['minute', 'urgent_hour', 'urgent_day', 'hour', 'day', 'work_day'] as const;

const columns: readonly Column[] = [
  { name: 'id', kind: 'integer', optional: true },
  { name: 'class', kind: 'text' },
  { name: 'condition_zh', kind: 'text' },
  { name: 'condition_en', kind: 'text' },
  { name: 'place', kind: ['carriageway', 'footway'], optional: true },
  { name: 'amount', kind: 'number' },
  { name: 'unit', kind: UNITS },
  { name: 'closing_condition_zh', kind: 'text', optional: true },
  { name: 'closing_condition_en', kind: 'text', optional: true },
  { name: 'urgent', kind: 'boolean' },
  { name: 'special', kind: 'boolean' },
  { name: 'is_default', kind: 'boolean' },
  // That of the class, repeated: it is changed there.
  { name: 'stance', kind: ['flat', 'upright'], optional: true },
  { name: 'basis', kind: 'text', optional: true },
  { name: 'from', kind: 'day', optional: true },
  { name: 'to', kind: 'day', optional: true },
];

function toValues(limit: StoredLimit): Values {
  return {
    id: String(limit.id),
    class: limit.class,
    condition_zh: limit.condition.zh,
    condition_en: limit.condition.en,
    place: limit.place ?? '',
    amount: String(limit.amount),
    unit: limit.unit,
    closing_condition_zh: limit.closingCondition.zh,
    closing_condition_en: limit.closingCondition.en,
    urgent: String(limit.urgent),
    special: String(limit.special),
    is_default: String(limit.isDefault),
    basis: limit.basis,
    from: limit.from,
    to: limit.to ?? '',
  };
}

function toLimit(values: Values, days: DatedRule): StoredLimit {
  const place = values.place === 'carriageway' || values.place === 'footway' ? values.place : undefined;
  return {
    ...days,
    class: values.class ?? '',
    condition: { zh: values.condition_zh ?? '', en: values.condition_en ?? '' },
    ...(place ? { place } : {}),
    amount: Number(values.amount),
    unit: values.unit as LimitUnit,
    closingCondition: { zh: values.closing_condition_zh ?? '', en: values.closing_condition_en ?? '' },
    urgent: values.urgent === 'true',
    special: values.special === 'true',
    isDefault: values.is_default === 'true',
    basis: values.basis || OWN_BASIS,
  };
}

/** `limits.csv`: the columns of `data/dictionary/class-limits.csv` and the days. */
export const limitTable: RuleTable = {
  columns,
  async read(db, on, all) {
    const stances = new Map((await listStoredClasses(db)).map(({ id, stance }) => [id, stance]));
    const limits = await listStoredLimits(db);
    return limits
      .filter((limit) => !isNever(limit) && (all || limit.to === undefined || limit.to > on))
      .map((limit) => ({ ...toValues(limit), stance: stances.get(limit.class) ?? '' }));
  },
  async plan(tx, request) {
    const known = await lockLimits(tx);
    const compared = columns.filter(({ name }) => name !== 'stance');
    const plan = planDatedTable({
      ...request,
      subject: 'limit',
      columns: compared,
      known,
      toValues,
      toRule: toLimit,
      fixed: ['class'],
    });
    const classes = new Map((await listStoredClasses(tx)).map((one) => [one.id, one]));
    checkFields(plan, (id) => classes.has(id));
    for (const { line, values } of request.given) {
      const entry = classes.get(values.class ?? '');
      if (entry && values.stance && values.stance !== entry.stance) {
        plan.errors.push({
          line,
          field: 'stance',
          reason: { zh: '请在类别表中修改', en: 'is changed in the table of classes' },
        });
      }
    }
    checkConflicts(plan);
    return {
      ...plan,
      async apply() {
        await setLimitEnds(tx, plan.ends);
        await insertLimits(tx, plan.added);
        return plan.history;
      },
    };
  },
};

function checkFields(plan: DatedPlan<StoredLimit>, isClass: (id: string) => boolean): void {
  for (const limit of plan.added) {
    const line = plan.lines.get(limit.id) ?? 0;
    if (!isClass(limit.class)) {
      plan.errors.push({ line, field: 'class', reason: { zh: '类别不存在', en: 'there is no such class' } });
    }
    if (!(limit.amount > 0) || !isWholeSeconds(limit)) {
      plan.errors.push({
        line,
        field: 'amount',
        reason: { zh: '不是有效的时限', en: 'is no limit that makes whole seconds' },
      });
    }
  }
}

function checkConflicts(plan: DatedPlan<StoredLimit>): void {
  for (const { limits, because } of findLimitConflicts(plan.after.map(keyOf))) {
    const line = Math.max(...limits.map((id) => plan.lines.get(id) ?? 0));
    plan.errors.push({
      line,
      field: because === 'default' ? 'is_default' : 'condition_zh',
      reason:
        because === 'default'
          ? {
              zh: `同一地点同时有两个默认条件（${limits.join('、')}）`,
              en: `two defaults at one place (${limits.join(', ')})`,
            }
          : {
              zh: `同一条件同时有两个时限（${limits.join('、')}）`,
              en: `two limits of one condition (${limits.join(', ')})`,
            },
    });
  }
}
