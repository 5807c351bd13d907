import sql, { empty, raw, type Sql } from 'sql-template-tag';
import type { Scope } from '#contract/access';
import type { PartFilter, PartState, Steward } from '#contract/parts';
import type { Queryable } from '../db/database.ts';
import { partConditions } from './part-conditions.ts';
import type { PartRecord } from './part-record.ts';
import { partScope } from './part-scope.ts';

interface RecordRow {
  code: string;
  class_id: string;
  cell_code: string;
  lon: number;
  lat: number;
  authority_code: string;
  authority_name: string;
  owner_code: string | null;
  owner_name: string | null;
  maintainer_code: string | null;
  maintainer_name: string | null;
  maintenance_until: string | null;
  state: PartState;
  initial_date: string;
  changed_date: string | null;
  source: string | null;
  note: string | null;
  version: number;
}

function toRecord(row: RecordRow): PartRecord {
  return {
    code: row.code,
    classId: row.class_id,
    cellCode: row.cell_code,
    position: { lon: row.lon, lat: row.lat },
    authority: { code: row.authority_code, name: row.authority_name },
    owner: stewardOf(row.owner_code, row.owner_name),
    maintainer: stewardOf(row.maintainer_code, row.maintainer_name),
    maintenanceUntil: row.maintenance_until,
    state: row.state,
    initialDate: row.initial_date,
    changedDate: row.changed_date,
    source: row.source,
    note: row.note,
    version: row.version,
  };
}

function stewardOf(code: string | null, name: string | null): Steward | null {
  return code === null ? null : { code, name: name ?? '' };
}

/** The parts of the scope with these codes, or of a filter, by code; nobody else changes them until the end. */
export async function lockParts(
  tx: Queryable,
  scope: Scope,
  which: { codes: readonly string[] } | { filter: PartFilter; limit: number },
): Promise<PartRecord[]> {
  const { rows } = await tx.query<RecordRow>(sql`
    select p.code, p.class_id, p.cell_code, st_x(p.geom) as lon, st_y(p.geom) as lat, p.authority_code,
      p.authority_name, p.owner_code, p.owner_name, p.maintainer_code, p.maintainer_name, p.maintenance_until::text,
      p.state, p.initial_date::text, p.changed_date::text, p.source, p.note, p.version
    from parts p
    where ${partScope(scope, 'p')}
      ${'codes' in which ? sql`and p.code = any(${which.codes}::text[])` : partConditions(which.filter)}
    order by p.code
    ${'codes' in which ? empty : sql`limit ${which.limit}`}
    for update of p`);
  return rows.map(toRecord);
}

/** Columns of a part as JSON gives them, with their types. */
const RECORD_COLUMNS =
  raw(`code text, class_id text, cell_code text, lon float8, lat float8, authority_code text,
  authority_name text, owner_code text, owner_name text, maintainer_code text, maintainer_name text,
  maintenance_until date, state text, initial_date date, changed_date date, source text, note text, version integer`);

function recordSet(parts: readonly PartRecord[]): Sql {
  const rows = parts.map((part) => ({
    code: part.code,
    class_id: part.classId,
    cell_code: part.cellCode,
    lon: part.position.lon,
    lat: part.position.lat,
    authority_code: part.authority.code,
    authority_name: part.authority.name,
    owner_code: part.owner?.code ?? null,
    owner_name: part.owner?.name ?? null,
    maintainer_code: part.maintainer?.code ?? null,
    maintainer_name: part.maintainer?.name ?? null,
    maintenance_until: part.maintenanceUntil,
    state: part.state,
    initial_date: part.initialDate,
    changed_date: part.changedDate,
    source: part.source,
    note: part.note,
    version: part.version,
  }));
  return sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(${RECORD_COLUMNS})`;
}

/** One statement for any number of parts. The geometry is written only where the position differs. */
export async function updateParts(tx: Queryable, parts: readonly PartRecord[], at: Date): Promise<void> {
  if (parts.length === 0) return;
  await tx.query(sql`
    update parts p
    set cell_code = r.cell_code, authority_code = r.authority_code, authority_name = r.authority_name,
      owner_code = r.owner_code, owner_name = r.owner_name, maintainer_code = r.maintainer_code,
      maintainer_name = r.maintainer_name, maintenance_until = r.maintenance_until, state = r.state,
      changed_date = r.changed_date, source = r.source, note = r.note, version = r.version, changed_at = ${at},
      geom = case when st_x(p.geom) = r.lon and st_y(p.geom) = r.lat then p.geom
        else st_setsrid(st_makepoint(r.lon, r.lat), 4326) end
    from ${recordSet(parts)}
    where p.code = r.code`);
}

/** False when there is a part with that code already. */
export async function insertPart(tx: Queryable, part: PartRecord, at: Date): Promise<boolean> {
  const { rowCount } = await tx.query(sql`
    insert into parts (code, class_id, cell_code, authority_code, authority_name, owner_code, owner_name,
      maintainer_code, maintainer_name, maintenance_until, state, initial_date, changed_date, source, note, version,
      changed_at, geom)
    select r.code, r.class_id, r.cell_code, r.authority_code, r.authority_name, r.owner_code, r.owner_name,
      r.maintainer_code, r.maintainer_name, r.maintenance_until, r.state, r.initial_date, r.changed_date, r.source,
      r.note, r.version, ${at}, st_setsrid(st_makepoint(r.lon, r.lat), 4326)
    from ${recordSet([part])}
    on conflict (code) do nothing`);
  return rowCount === 1;
}

/** The highest sequence given so far below a district and class, 0 for none; others who ask wait for the end. */
export async function lockLastSequence(tx: Queryable, prefix: string): Promise<number> {
  await tx.query(sql`select pg_advisory_xact_lock(hashtext('parts'), hashtext(${prefix}))`);
  const { rows } = await tx.query<{ last: string | null }>(sql`
    select max(code) as last
    from parts
    where code > ${prefix} and code <= ${`${prefix}999999`} and length(code) = ${prefix.length + 6}`);
  return Number(rows[0]?.last?.slice(prefix.length) ?? 0);
}

/** The lowest sequence below a district and class that nothing has, when the highest is taken. */
export async function findFreeSequence(tx: Queryable, prefix: string): Promise<number | undefined> {
  const { rows } = await tx.query<{ free: number | null }>(sql`
    select min(n)::integer as free
    from (
      select row_number() over (order by code) as n, right(code, 6)::integer as sequence
      from parts
      where code > ${prefix} and code <= ${`${prefix}999999`} and length(code) = ${prefix.length + 6}
        and not code like '%000000'
    ) used
    where n <> sequence`);
  return rows[0]?.free ?? undefined;
}

export async function hasClass(tx: Queryable, classId: string): Promise<boolean> {
  const { rowCount } = await tx.query(sql`select 1 from classes where id = ${classId}`);
  return rowCount > 0;
}

/** The authority most parts of a class have. */
export async function findUsualAuthority(tx: Queryable, classId: string): Promise<Steward | undefined> {
  const { rows } = await tx.query<Steward>(sql`
    select authority_code as code, authority_name as name
    from (select authority_code, authority_name from parts where class_id = ${classId} limit 1000) sample
    group by authority_code, authority_name
    order by count(*) desc, authority_code
    limit 1`);
  return rows[0];
}

/** False when the part had the photo already. */
export async function insertPhoto(
  tx: Queryable,
  photo: { partCode: string; attachmentId: string; at: Date; by: string | null },
): Promise<boolean> {
  const { rowCount } = await tx.query(sql`
    insert into part_photos (part_code, attachment_id, added_at, added_by)
    values (${photo.partCode}, ${photo.attachmentId}::uuid, ${photo.at}, ${photo.by}::uuid)
    on conflict (part_code, attachment_id) do nothing`);
  return rowCount === 1;
}

/** False when the part has no such photo. */
export async function deletePhoto(tx: Queryable, partCode: string, attachmentId: string): Promise<boolean> {
  const { rowCount } = await tx.query(sql`
    delete from part_photos where part_code = ${partCode} and attachment_id = ${attachmentId}::uuid`);
  return rowCount === 1;
}

export async function countPhotos(tx: Queryable, partCode: string): Promise<number> {
  const { rows } = await tx.query<{ n: number }>(sql`
    select count(*)::integer as n from part_photos where part_code = ${partCode}`);
  return rows[0]?.n ?? 0;
}
