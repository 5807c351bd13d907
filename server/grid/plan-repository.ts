import sql from 'sql-template-tag';
import type { Queryable } from '../db/database.ts';
import type { RegisterChange } from '#contract/history';

export interface CommunityOutline {
  code: string;
  /** GeoJSON text of a MultiPolygon */
  outline: string;
  valid: boolean;
}

/** Codes of a list that are divisions. */
export async function listKnownDivisions(db: Queryable, codes: readonly string[]): Promise<string[]> {
  const { rows } = await db.query<{ code: string }>(sql`
    select d.code from divisions d where d.code = any(${[...codes]}::text[])`);
  return rows.map(({ code }) => code);
}

/** The communities among divisions and below them, by code. */
export async function listCommunities(db: Queryable, divisions: readonly string[]): Promise<string[]> {
  const { rows } = await db.query<{ code: string }>(sql`
    with recursive tree as (
      select d.code, d.level
      from divisions d
      where d.code = any(${[...divisions]}::text[])
      union
      select d.code, d.level
      from tree
      join divisions d on d.parent_code = tree.code
    )
    select t.code from tree t where t.level = 'community' order by t.code`);
  return rows.map(({ code }) => code);
}

export async function findOutlines(db: Queryable, codes: readonly string[]): Promise<CommunityOutline[]> {
  const { rows } = await db.query<CommunityOutline>(sql`
    select d.code, st_asgeojson(d.geom, 7) as outline, st_isvalid(d.geom) as valid
    from divisions d
    where d.code = any(${[...codes]}::text[])
    order by d.code`);
  return rows;
}

export interface PlanCellRow {
  code: string;
  communityCode: string;
  squareMetres: number;
  /** GeoJSON text */
  outline: string;
}

export async function insertPlanCells(
  db: Queryable,
  jobId: string,
  cells: readonly PlanCellRow[],
): Promise<void> {
  await db.query(sql`
    insert into grid_plan_cells (job_id, code, community_code, area_square_metres, geom)
    select ${jobId}::uuid, r.code, r.community_code, r.square_metres, st_setsrid(st_geomfromgeojson(r.outline), 4326)
    from unnest(
      ${cells.map(({ code }) => code)}::text[],
      ${cells.map(({ communityCode }) => communityCode)}::text[],
      ${cells.map(({ squareMetres }) => squareMetres)}::float8[],
      ${cells.map(({ outline }) => outline)}::text[]
    ) as r (code, community_code, square_metres, outline)`);
}

export async function deletePlanCells(db: Queryable, jobId: string): Promise<void> {
  await db.query(sql`delete from grid_plan_cells where job_id = ${jobId}::uuid`);
}

/** Cells of plans that failed, or that nobody applied for a month. */
export async function deleteOldPlanCells(db: Queryable, endedBefore: Date): Promise<void> {
  await db.query(sql`
    delete from grid_plan_cells p
    using jobs j
    where j.id = p.job_id and (j.state in ('failed', 'cancelled') or j.ended_at < ${endedBefore})`);
}

/** A cell of the plan that is no valid polygon: a border that comes within a centimetre of itself. */
export async function findInvalidPlanCell(
  db: Queryable,
  jobId: string,
): Promise<{ code: string; reason: string; location: unknown } | undefined> {
  const { rows } = await db.query<{ code: string; reason: string; location: unknown }>(sql`
    select p.code, (st_isvaliddetail(p.geom)).reason as reason,
      st_asgeojson((st_isvaliddetail(p.geom)).location, 7)::jsonb as location
    from grid_plan_cells p
    where p.job_id = ${jobId}::uuid and not st_isvalid(p.geom)
    order by p.code
    limit 1`);
  return rows[0];
}

/** What applying the plan would end and move. */
export async function countAffected(
  db: Queryable,
  communities: readonly string[],
): Promise<{ replaced: number; openCases: number; parts: number }> {
  const codes = [...communities];
  const { rows } = await db.query<{ replaced: number; open_cases: number; parts: number }>(sql`
    select
      (select count(*) from cells c where c.community_code = any(${codes}::text[]) and c.retired_at is null) as replaced,
      (
        select count(*) from cases c where c.community_code = any(${codes}::text[]) and c.closed_at is null
      ) as open_cases,
      (
        select count(*)
        from parts p
        join cells c on c.code = p.cell_code
        where c.community_code = any(${codes}::text[])
      ) as parts`);
  const row = rows[0];
  return { replaced: row?.replaced ?? 0, openCases: row?.open_cases ?? 0, parts: row?.parts ?? 0 };
}

/** A page of a plan's cells as GeoJSON features, ready as text. */
export async function listPlanFeatures(
  db: Queryable,
  jobId: string,
  { after, limit }: { after: string; limit: number },
): Promise<{ code: string; feature: string }[]> {
  const { rows } = await db.query<{ code: string; feature: string }>(sql`
    select p.code, '{"type":"Feature","id":"' || p.code || '","properties":{"code":"' || p.code
      || '","communityCode":"' || p.community_code || '","areaSquareMetres":' || round(p.area_square_metres)
      || '},"geometry":' || st_asgeojson(p.geom, 7) || '}' as feature
    from grid_plan_cells p
    where p.job_id = ${jobId}::uuid and p.code > ${after}
    order by p.code
    limit ${limit}`);
  return rows;
}

export async function listPlannedCommunities(db: Queryable, jobId: string): Promise<string[]> {
  const { rows } = await db.query<{ code: string }>(sql`
    select distinct p.community_code as code
    from grid_plan_cells p
    where p.job_id = ${jobId}::uuid
    order by p.community_code`);
  return rows.map(({ code }) => code);
}

export interface ReplacedCell {
  code: string;
  area_square_metres: number;
  outline: Record<string, unknown>;
  new_area: number | null;
}

/** Cells in force that the plan changes or ends, locked until the transaction ends. Equal ones are left alone. */
export async function lockReplacedCells(
  tx: Queryable,
  jobId: string,
  communities: readonly string[],
): Promise<ReplacedCell[]> {
  const { rows } = await tx.query<ReplacedCell>(sql`
    select c.code, c.area_square_metres, st_asgeojson(c.geom, 7)::jsonb as outline, p.area_square_metres as new_area
    from cells c
    left join grid_plan_cells p on p.job_id = ${jobId}::uuid and p.code = c.code
    where c.community_code = any(${[...communities]}::text[]) and c.retired_at is null
      and (p.code is null or not st_orderingequals(p.geom, c.geom))
    order by c.code
    for update of c`);
  return rows;
}

/** Puts the plan's cells in force: a code that was there gets new ground, the others of those communities end. */
export async function replaceCells(
  tx: Queryable,
  jobId: string,
  { communities, at }: { communities: readonly string[]; at: Date },
): Promise<{ written: number; retired: number }> {
  const written = await tx.query(sql`
    insert into cells (code, community_code, area_square_metres, geom)
    select p.code, p.community_code, p.area_square_metres, p.geom
    from grid_plan_cells p
    where p.job_id = ${jobId}::uuid
    on conflict (code) do update
    set community_code = excluded.community_code, area_square_metres = excluded.area_square_metres,
      geom = excluded.geom, version = cells.version + 1, retired_at = null
    where cells.retired_at is not null or not st_orderingequals(cells.geom, excluded.geom)`);
  const retired = await tx.query(sql`
    update cells c
    set retired_at = ${at}, version = c.version + 1
    where c.community_code = any(${[...communities]}::text[]) and c.retired_at is null
      and not exists (select 1 from grid_plan_cells p where p.job_id = ${jobId}::uuid and p.code = c.code)`);
  return { written: written.rowCount, retired: retired.rowCount };
}

/** Notes on the job that its plan is in force. False when it was already. */
export async function claimApplication(tx: Queryable, jobId: string): Promise<boolean> {
  const { rowCount } = await tx.query(sql`
    update jobs
    set result = jsonb_set(result, '{applied}', 'true')
    where id = ${jobId}::uuid and result->>'applied' = 'false'`);
  return rowCount === 1;
}

/** How a change of a cell's ground is kept. */
export function changeOf(cell: ReplacedCell): {
  action: RegisterChange['action'];
  before: Record<string, unknown>;
  after: Record<string, unknown>;
} {
  const before = { areaSquareMetres: cell.area_square_metres, geometry: cell.outline };
  return cell.new_area === null
    ? { action: 'retire', before, after: { retired: true } }
    : { action: 'edit', before, after: { areaSquareMetres: cell.new_area } };
}
