import sql from 'sql-template-tag';
import { sideTable, type Load, type SideTable } from './load.ts';

export async function countRows(load: Load): Promise<number> {
  const { rows } = await load.session.query<{ count: number }>(sql`
    select count(*)::integer as count from ${sideTable(load, 'rows')}`);
  return rows[0]?.count ?? 0;
}

export async function hasSideTable(load: Load, name: SideTable): Promise<boolean> {
  const { rows } = await load.session.query<{ there: boolean }>(sql`
    select to_regclass(${sideTable(load, name).sql}) is not null as there`);
  return rows[0]?.there ?? false;
}
