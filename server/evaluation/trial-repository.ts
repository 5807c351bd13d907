import sql from 'sql-template-tag';
import type { TrialPeriod } from '#contract/evaluation';
import type { Queryable } from '../db/database.ts';

export async function listTrialPeriods(db: Queryable): Promise<TrialPeriod[]> {
  const { rows } = await db.query<TrialPeriod>(sql`
    select from_month as "fromMonth", to_month as "toMonth", note
    from trial_periods
    order by from_month`);
  return rows;
}

export async function replaceTrialPeriods(tx: Queryable, periods: readonly TrialPeriod[]): Promise<void> {
  await tx.query(sql`delete from trial_periods`);
  await tx.query(sql`
    insert into trial_periods (from_month, to_month, note)
    select "fromMonth", "toMonth", note
    from jsonb_to_recordset(${JSON.stringify(periods)}::jsonb) as given ("fromMonth" text, "toMonth" text, note text)`);
}
