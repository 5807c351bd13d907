import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import chineseDays from 'chinese-days';

const firstYear = 2004;
const lastYear = 2026;
const millisecondsPerDay = 86_400_000;

/**
 * Writes `holidays.csv`: every day whose working state the State Council fixed by notice, that is a rest day
 * (works = false) or a make-up day (works = true), with the name of the holiday it belongs to.
 *
 * chinese-days reads dates in the process time zone, so only date strings go in and none of its Date objects
 * come out. A listed day is told from an ordinary one by its name, `English,中文,days` against a weekday's name.
 */
function listHolidays(): string[] {
  const lines: string[] = [];
  for (let at = Date.UTC(firstYear, 0, 1); at < Date.UTC(lastYear + 1, 0, 1); at += millisecondsPerDay) {
    const day = new Date(at).toISOString().slice(0, 10);
    const detail = chineseDays.getDayDetail(day);
    const [, nameZh] = detail.name.split(',');
    if (nameZh === undefined) continue;
    lines.push(`${day},${detail.work},${nameZh}`);
  }
  return lines;
}

const lines = listHolidays();
const path = fileURLToPath(new URL('holidays.csv', import.meta.url));
writeFileSync(path, `date,works,name_zh\n${lines.join('\n')}\n`);
process.stdout.write(`${lines.length} days, ${firstYear} to ${lastYear}, written to ${path}\n`);
