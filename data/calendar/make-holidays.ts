import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { listStateCouncilDays } from '../../server/working-time/state-council-days.ts';

const firstYear = 2004;
const lastYear = 2026;

/** Writes `holidays.csv`: the State Council's days of all years, rest days and make-up days, with their holiday. */
const lines: string[] = [];
for (let year = firstYear; year <= lastYear; year++) {
  for (const { day, works, nameZh } of listStateCouncilDays(year)) lines.push(`${day},${works},${nameZh}`);
}
const path = fileURLToPath(new URL('holidays.csv', import.meta.url));
writeFileSync(path, `date,works,name_zh\n${lines.join('\n')}\n`);
process.stdout.write(`${lines.length} days, ${firstYear} to ${lastYear}, written to ${path}\n`);
