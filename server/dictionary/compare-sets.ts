/** What of one set becomes what in another: where the crosswalk leaves one class, of the same kind. */
export interface Counterparts {
  /** Class of the set to be replaced → the one class it is in the other. */
  only: ReadonlyMap<string, string>;
  /** Classes that several classes of the other set may stand for. */
  open: ReadonlySet<string>;
}

/** Of a rule that hangs on a class: where it goes, or why it goes nowhere. */
export type Carried<Rule> =
  { rule: Rule; to: string } | { rule: Rule; to?: undefined; because: 'none' | 'open' | 'own' | 'merged' };

/**
 * Decides for each rule whether it goes over to the other set. A class that has rules of its own keeps them; of several
 * classes that became one, the first brings its rules.
 * @param rules in the order of preference
 * @param own classes of the other set that have rules in force
 */
export function carryOver<Rule extends { class: string }>(
  rules: readonly Rule[],
  { only, open }: Counterparts,
  own: ReadonlySet<string>,
): Carried<Rule>[] {
  const bringer = new Map<string, string>();
  return rules.map((rule): Carried<Rule> => {
    const to = only.get(rule.class);
    if (to === undefined) return { rule, because: open.has(rule.class) ? 'open' : 'none' };
    if (own.has(to)) return { rule, because: 'own' };
    const first = bringer.get(to) ?? rule.class;
    bringer.set(to, first);
    return first === rule.class ? { rule, to } : { rule, because: 'merged' };
  });
}

/** How many rules go over, and how many do not, by reason. */
export function countCarried(carried: readonly Carried<unknown>[]) {
  const count = (because: string) =>
    carried.filter((one) => one.to === undefined && one.because === because).length;
  return {
    carried: carried.filter((one) => one.to !== undefined).length,
    own: count('own'),
    open: count('open') + count('merged'),
    none: count('none'),
  };
}
