import type { Kind } from '#contract/dictionary';
import { planDatedTable, type DatedRule } from '../dictionary/plan-dated-table.ts';
import type { RuleTable } from '../dictionary/put-table.ts';
import { isNever } from '../dictionary/rule-days.ts';
import type { Column, Values } from '../dictionary/rule-table.ts';
import { listKinds } from '../dictionary/service.ts';
import * as duties from './duty-repository.ts';
import { OWN_BASIS } from './edit-duties.ts';
import { listStoredUnits } from './repository.ts';
import type { OwnerCondition } from './resolve-unit.ts';

const columns: readonly Column[] = [
  { name: 'id', kind: 'integer', optional: true },
  { name: 'unit_code', kind: 'text' },
  { name: 'kind', kind: ['part', 'event'] },
  { name: 'class', kind: 'text', optional: true },
  { name: 'mode', kind: 'text', optional: true },
  { name: 'area', kind: 'text', optional: true },
  { name: 'owner_condition', kind: ['owner', 'maintainer', 'builder-in-maintenance'], optional: true },
  { name: 'place', kind: ['carriageway', 'footway'], optional: true },
  { name: 'channel', kind: 'text', optional: true },
  { name: 'priority', kind: 'integer' },
  { name: 'role', kind: ['lead', 'assist'] },
  { name: 'from', kind: 'day', optional: true },
  { name: 'to', kind: 'day', optional: true },
  { name: 'basis', kind: 'text', optional: true },
  { name: 'quote', kind: 'text', optional: true },
];

function toValues(duty: duties.StoredDuty): Values {
  return {
    id: String(duty.id),
    unit_code: duty.unitCode,
    kind: duty.kind,
    class: duty.class ?? '',
    mode: duty.mode,
    area: duty.areaCode ?? '',
    owner_condition: duty.ownerCondition ?? '',
    place: duty.place ?? '',
    channel: duty.channel ?? '',
    priority: String(duty.priority),
    role: duty.role,
    from: duty.from,
    to: duty.to ?? '',
    basis: duty.basis,
    quote: duty.quote,
  };
}

function toDuty(values: Values, days: DatedRule): duties.StoredDuty {
  const some = <T extends string>(value: string | undefined) => (value ? (value as T) : undefined);
  return {
    ...days,
    unitCode: values.unit_code ?? '',
    kind: values.kind as Kind,
    class: some(values.class),
    mode: values.mode ?? '',
    areaCode: some(values.area),
    ownerCondition: some<OwnerCondition>(values.owner_condition),
    place: some<'carriageway' | 'footway'>(values.place),
    channel: some(values.channel),
    priority: Number(values.priority),
    role: values.role === 'assist' ? 'assist' : 'lead',
    basis: values.basis || OWN_BASIS,
    quote: values.quote ?? '',
  };
}

/** `duties.csv`: the columns of `data/duties.csv`. */
export const dutyTable: RuleTable = {
  columns,
  async read(db, on, all) {
    const stored = await duties.listStoredDuties(db);
    return stored
      .filter((duty) => !isNever(duty) && (all || duty.to === undefined || duty.to > on))
      .map(toValues);
  },
  async plan(tx, request) {
    const plan = planDatedTable({
      ...request,
      subject: 'duty',
      columns,
      known: await duties.lockDuties(tx),
      toValues,
      toRule: toDuty,
      fixed: [],
    });
    const units = new Map((await listStoredUnits(tx)).map((unit) => [unit.code, unit]));
    const kinds = await listKinds(tx);
    const areas = new Set((await duties.listAreas(tx)).map(({ code }) => code));
    for (const duty of plan.added) {
      const line = plan.lines.get(duty.id) ?? 0;
      const refuse = (field: string, zh: string, en: string) =>
        plan.errors.push({ line, field, reason: { zh, en } });
      const unit = units.get(duty.unitCode);
      if (!unit) refuse('unit_code', '责任单位不存在', 'there is no such unit');
      else if (unit.closedAt !== null && unit.closedAt <= duty.from)
        refuse('unit_code', `该单位自 ${unit.closedAt} 起停用`, `is closed since ${unit.closedAt}`);
      if (duty.class !== undefined && kinds.get(duty.class) !== duty.kind)
        refuse('class', '没有此类别或大类不符', 'there is no such class of the kind');
      if (duty.areaCode !== undefined && !areas.has(duty.areaCode))
        refuse('area', '区划不存在', 'there is no such division');
    }
    return {
      ...plan,
      async apply() {
        await duties.setDutyEnds(tx, plan.ends);
        await duties.insertDuties(tx, plan.added);
        return plan.history;
      },
    };
  },
};
