import type { ActionField, AllowedAction, CaseAction, CaseDetail } from '#contract/cases';

type FieldName = ActionField['name'];

/** Steps that are taken at one press, although they may carry a word. */
const atOnce: ReadonlySet<CaseAction> = new Set(['send-for-check', 'close']);

/** Whether an action opens a form: dispatch only where the rules name nobody, or away from who has the case. */
export function needsForm({ action, fields }: Pick<AllowedAction, 'action' | 'fields'>): boolean {
  if (action === 'dispatch') return fields.some(({ name, need }) => name === 'unit' && need === 'required');
  return !atOnce.has(action) && fields.length > 0;
}

/** The field as the form stands: absent, to be filled, or free. */
export function needOf(
  fields: readonly ActionField[],
  name: FieldName,
  values: Readonly<Record<string, unknown>>,
): ActionField['need'] | undefined {
  const field = fields.find((one) => one.name === name);
  if (!field?.unless) return field?.need;
  const given = values[field.unless.field];
  return field.unless.values.some((value) => value === given) ? 'optional' : field.need;
}

/** The unit that the rules name; a proposal by territory names nobody. */
export function resolvedUnitOf({ candidates }: Pick<CaseDetail, 'candidates'>) {
  return candidates.find(
    ({ applies, role, rule }) => applies && role === 'lead' && rule !== 'territorial-proposal',
  )?.unit;
}
