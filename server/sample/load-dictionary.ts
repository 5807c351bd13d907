import sql from 'sql-template-tag';
import type { Database } from '../db/database.ts';
import { claimSetting, renewVersions } from '../settings/service.ts';
import { readTable } from './read-sample.ts';
import * as repository from './repository.ts';
import { ClassRow, LimitRow } from './sample-rows.ts';

const SETTING = 'dictionary-data';

/**
 * Writes the classes of all editions and their limits, once: a deployment without the sample district names and
 * times its cases by the same standard. What an administrator changes later stays.
 */
export async function loadDictionary(db: Database, log: (line: string) => void): Promise<void> {
  const { rows } = await db.query<{ classes: boolean; limits: boolean }>(sql`
    select exists (select from classes) as classes, exists (select from class_limits) as limits`);
  const there = rows[0];
  if (there?.limits) return;
  const classes = await readTable('dictionary/classes.csv', ClassRow);
  const limits = await readTable('dictionary/class-limits.csv', LimitRow);
  log(`写入类别与时限 ${classes.length} / loading ${classes.length} classes and their limits`);
  await db.transaction(async (tx) => {
    if (!(await claimSetting(tx, SETTING, { classes: classes.length, limits: limits.length }))) return;
    if (!there?.classes) await repository.insertClasses(tx, classes);
    await repository.insertLimits(tx, limits);
    await renewVersions(tx, 'dictionary');
  });
}
