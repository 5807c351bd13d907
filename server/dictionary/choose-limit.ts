import type { ClassLimit } from '#contract/dictionary';

/**
 * The limit that holds for a class when nobody says more than the kind of place: the default condition, in its row
 * for that place, else in its row for any place. The place alone never turns another condition on: a grate on a
 * carriageway is not for that a missing one. Undefined when the class has no limit at all.
 */
export function chooseLimit(
  limits: readonly ClassLimit[],
  place: string | undefined,
): ClassLimit | undefined {
  const marked = limits.filter((limit) => limit.isDefault);
  const base = marked[0] ?? limits.find((limit) => limit.place === undefined) ?? limits[0];
  if (!base) return undefined;
  const alike = limits.filter((limit) => limit.isDefault || limit.condition.zh === base.condition.zh);
  return (
    alike.find((limit) => place !== undefined && limit.place === place) ??
    alike.find((limit) => limit.place === undefined) ??
    base
  );
}
