import type { ClassEntry, ClassLimit } from '#contract/dictionary';

/** The condition taken unless another is chosen: of this kind of place, the one marked default, else the first. */
export function defaultLimit({ limits }: ClassEntry, place: string | undefined): ClassLimit | undefined {
  const here = limits.filter((limit) => limit.place === place);
  const general = limits.filter((limit) => limit.place === undefined);
  return (
    (place === undefined ? undefined : (here.find(({ isDefault }) => isDefault) ?? here[0])) ??
    general.find(({ isDefault }) => isDefault) ??
    limits.find(({ isDefault }) => isDefault) ??
    limits[0]
  );
}
