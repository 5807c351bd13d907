import chineseDays from 'chinese-days';
import type { Holiday } from '#clock/holidays-csv';

const millisecondsPerDay = 86_400_000;

/**
 * The days of a year whose working state the State Council fixed by notice, as the kept package has them; empty for a
 * year it does not know yet.
 *
 * chinese-days reads dates in the process time zone, so only date strings go in and none of its Date objects come out.
 * A listed day is told from an ordinary one by its name, `English,中文,days` against a weekday's name.
 */
export function listStateCouncilDays(year: number): Holiday[] {
  const days: Holiday[] = [];
  for (let at = Date.UTC(year, 0, 1); at < Date.UTC(year + 1, 0, 1); at += millisecondsPerDay) {
    const day = new Date(at).toISOString().slice(0, 10);
    const { name, work } = chineseDays.getDayDetail(day);
    const [, nameZh] = name.split(',');
    if (nameZh !== undefined) days.push({ day, works: work, nameZh });
  }
  return days;
}
