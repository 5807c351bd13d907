import { overlap, type RuleDays } from './rule-days.ts';

export interface LimitKey extends RuleDays {
  id: number;
  class: string;
  condition: string;
  place?: string | undefined;
  isDefault: boolean;
}

export interface LimitConflict {
  limits: [number, number];
  /** Two limits of one condition, or two that are taken when nobody names one. */
  because: 'condition' | 'default';
}

/** Pairs of limits of one class and kind of place that hold on the same day and leave open which of them decides. */
export function findLimitConflicts(limits: readonly LimitKey[]): LimitConflict[] {
  const byPlace = new Map<string, LimitKey[]>();
  for (const limit of limits) {
    const key = `${limit.class} ${limit.place ?? ''}`;
    byPlace.set(key, [...(byPlace.get(key) ?? []), limit]);
  }
  const conflicts: LimitConflict[] = [];
  for (const group of byPlace.values()) {
    group.forEach((a, index) => {
      for (const b of group.slice(index + 1)) {
        if (!overlap(a, b)) continue;
        if (a.condition === b.condition) conflicts.push({ limits: [a.id, b.id], because: 'condition' });
        else if (a.isDefault && b.isDefault) conflicts.push({ limits: [a.id, b.id], because: 'default' });
      }
    });
  }
  return conflicts;
}
