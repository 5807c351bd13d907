import type { CaseSummary } from '#contract/cases';
import { lightOfCase } from '../../features/cases/case-light.ts';
import { hasMark, type DeskSearch } from './desk-search.ts';

/** The cases that fit every filter given; text is looked for in number, class, unit and note. */
export function filterCases(cases: CaseSummary[], filters: DeskSearch, now: number): CaseSummary[] {
  const words = filters.q?.trim().toLowerCase();
  return cases.filter(
    (one) =>
      (!filters.stage || one.stage === filters.stage) &&
      (!filters.light || lightOfCase(one, now) === filters.light) &&
      (!filters.mark || hasMark(one, filters.mark)) &&
      (!filters.subdistrict || one.subdistrictCode === filters.subdistrict) &&
      (!filters.unit || one.unit?.code === filters.unit) &&
      (!words || textOf(one).includes(words)),
  );
}

function textOf({ number, className, unit, note, cell }: CaseSummary): string {
  return [number, className.zh, className.en, unit?.name.zh, unit?.name.en, note, cell.code]
    .join(' ')
    .toLowerCase();
}
