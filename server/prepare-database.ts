import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sql from 'sql-template-tag';
import { countOldCases } from './cases/count-old-cases.ts';
import { parseHolidays } from './clock/holidays-csv.ts';
import { loadCalendar, rebuildWorkAxis, seedCalendar } from './clock/service.ts';
import { loadCrosswalk } from './codes/service.ts';
import type { Database } from './db/database.ts';
import { projectRoot } from './project-root.ts';
import { loadDictionary } from './sample/load-dictionary.ts';
import { loadSampleDistrict } from './sample/load-sample.ts';

/**
 * What every database needs before the first request: the working calendar, the dictionary, and the sample district if
 * asked for.
 */
export async function prepareDatabase(
  db: Database,
  sample: 'qilihe' | 'none',
  log: (line: string) => void,
): Promise<void> {
  const { rows } = await db.query<{ days: number }>(sql`select count(*) as days from work_axis`);
  if (!rows[0]?.days) {
    log('写入工作日历 / writing the working calendar');
    const holidays = parseHolidays(await readFile(join(projectRoot, 'data/calendar/holidays.csv'), 'utf8'));
    await db.transaction(async (tx) => {
      await seedCalendar(tx, holidays);
      await rebuildWorkAxis(tx, await loadCalendar(tx));
    });
  }
  await loadDictionary(db, log);
  if (sample === 'qilihe') await loadSampleDistrict(db, log);
  await loadCrosswalk(db);
  await countOldCases(db, log);
}
