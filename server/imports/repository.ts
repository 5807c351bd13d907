import sql from 'sql-template-tag';
import type { ImportLayer, ImportMapping, ImportProfile } from '#contract/imports';
import type { Queryable } from '../db/database.ts';
import { packCells, type PackedCells } from './packed-cells.ts';
import type { ImportFacts } from './prepared-rows.ts';

export interface Upload {
  id: string;
  fileName: string;
  sha256: string;
  sizeBytes: number;
  node: string;
}

export async function insertUpload(
  tx: Queryable,
  upload: Upload & { createdBy: string | null; at: Date },
): Promise<void> {
  await tx.query(sql`
    insert into import_uploads (id, file_name, sha256, size_bytes, node, created_by, created_at)
    values (${upload.id}, ${upload.fileName}, ${upload.sha256}, ${upload.sizeBytes}, ${upload.node},
      ${upload.createdBy}, ${upload.at})`);
}

export async function findUpload(db: Queryable, id: string): Promise<Upload | undefined> {
  const { rows } = await db.query<Upload>(sql`
    select id, file_name as "fileName", sha256, size_bytes as "sizeBytes", node from import_uploads where id = ${id}`);
  return rows[0];
}

/** Forgets uploads of a node that no job waits for: those older than an instant, and some by id. Returns which. */
export async function deleteUploads(
  db: Queryable,
  { node, before, ids }: { node: string; before: Date; ids: readonly string[] },
): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(sql`
    delete from import_uploads
    where node = ${node} and (created_at < ${before} or id = any(${ids}::uuid[]))
      and not exists (
        select from jobs j
        where j.state in ('queued', 'running') and j.input #>> '{given,uploadId}' = import_uploads.id::text
      )
    returning id`);
  return rows.map(({ id }) => id);
}

export async function listUploadIds(db: Queryable, node: string): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(sql`select id from import_uploads where node = ${node}`);
  return rows.map(({ id }) => id);
}

/** Uploads that some jobs worked on. */
export async function listUploadsOfJobs(db: Queryable, jobIds: readonly string[]): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(sql`
    select distinct input #>> '{given,uploadId}' as id
    from jobs
    where id = any(${jobIds}::uuid[]) and kind = 'import'`);
  return rows.map(({ id }) => id);
}

interface ProfileRow {
  id: string;
  name: string;
  layer: ImportLayer;
  mapping: ImportMapping;
  datum: string | null;
  updated_at: Date;
}

const profileColumns = sql`id, name, layer, mapping, datum, updated_at`;

function toProfile({ datum, updated_at: updatedAt, ...row }: ProfileRow): ImportProfile {
  return { ...row, ...(datum === null ? {} : { datum }), updatedAt: updatedAt.toISOString() };
}

export async function listProfiles(db: Queryable): Promise<ImportProfile[]> {
  const { rows } = await db.query<ProfileRow>(
    sql`select ${profileColumns} from import_profiles order by layer, name`,
  );
  return rows.map(toProfile);
}

export async function findProfile(db: Queryable, idOrName: string): Promise<ImportProfile | undefined> {
  const { rows } = await db.query<ProfileRow>(sql`
    select ${profileColumns} from import_profiles where id::text = ${idOrName} or name = ${idOrName}`);
  return rows[0] && toProfile(rows[0]);
}

/** Undefined when another profile has the name. */
export async function saveProfile(
  tx: Queryable,
  profile: Omit<ImportProfile, 'updatedAt'> & { at: Date; by: string },
): Promise<ImportProfile | undefined> {
  const { id, name, layer, mapping, datum, at, by } = profile;
  const { rows } = await tx.query<ProfileRow>(sql`
    insert into import_profiles (id, name, layer, mapping, datum, updated_by, updated_at)
    select ${id}::uuid, ${name}::text, ${layer}::text, ${JSON.stringify(mapping)}::jsonb, ${datum ?? null}::text,
      ${by}::uuid, ${at}::timestamptz
    where not exists (select from import_profiles where name = ${name} and id <> ${id}::uuid)
    on conflict (id) do update
    set name = excluded.name, layer = excluded.layer, mapping = excluded.mapping, datum = excluded.datum,
      updated_by = excluded.updated_by, updated_at = excluded.updated_at
    returning ${profileColumns}`);
  return rows[0] && toProfile(rows[0]);
}

export async function deleteProfile(tx: Queryable, id: string): Promise<boolean> {
  const { rowCount } = await tx.query(sql`delete from import_profiles where id = ${id}`);
  return rowCount === 1;
}

export async function savePreview(db: Queryable, jobId: string, features: string): Promise<void> {
  await db.query(sql`
    insert into import_previews (job_id, features)
    values (${jobId}, ${features})
    on conflict (job_id) do update set features = excluded.features`);
}

/** GeoJSON text. */
export async function findPreview(db: Queryable, jobId: string): Promise<string | undefined> {
  const { rows } = await db.query<{ features: string }>(sql`
    select features from import_previews where job_id = ${jobId}`);
  return rows[0]?.features;
}

/** What reading a file must know of the register, all editions of the dictionary included, without translations. */
export async function readFacts(db: Queryable, today: string): Promise<ImportFacts> {
  const classes = await db.query<{
    id: string;
    edition: number;
    kind: 'part' | 'event';
    nameZh: string;
    nameEn: string;
  }>(sql`
    select k.id, k.edition, k.kind, k.name_zh as "nameZh", k.name_en as "nameEn"
    from classes k
    order by k.id`);
  const units = await db.query<{ code: string; nameZh: string; nameEn: string }>(sql`
    select code, name_zh as "nameZh", name_en as "nameEn" from units order by code`);
  const district = await db.query<{
    code: string;
    west: number;
    south: number;
    east: number;
    north: number;
  }>(sql`
    select min(code) as code, st_xmin(st_extent(geom)) as west, st_ymin(st_extent(geom)) as south,
      st_xmax(st_extent(geom)) as east, st_ymax(st_extent(geom)) as north
    from divisions
    where level = 'district'
    having count(*) > 0`);
  const [found] = district.rows;
  return {
    classes: classes.rows,
    units: units.rows,
    ...(found
      ? {
          districtCode: found.code,
          districtBounds: [found.west, found.south, found.east, found.north] satisfies [
            number,
            number,
            number,
            number,
          ],
        }
      : {}),
    today,
  };
}

const CELL_PAGE = 5_000;

/** The cells in use with their outlines. */
export async function listCellOutlines(db: Queryable): Promise<PackedCells> {
  const outlines: { code: string; outline: Buffer }[] = [];
  for (let after = ''; ;) {
    const { rows } = await db.query<{ code: string; outline: Buffer }>(sql`
      select code, st_asbinary(geom, 'NDR') as outline
      from cells
      where retired_at is null and code > ${after}
      order by code
      limit ${CELL_PAGE}`);
    for (const row of rows) outlines.push(row);
    const last = rows.at(-1);
    if (!last || rows.length < CELL_PAGE) return packCells(outlines);
    after = last.code;
  }
}

export async function countParts(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ count: number }>(sql`select count(*)::integer as count from parts`);
  return rows[0]?.count ?? 0;
}

/** Every room somebody may sit in, to be told that a layer should be asked for again. */
export async function listAreaRooms(tx: Queryable): Promise<string[]> {
  const { rows } = await tx.query<{ room: string }>(sql`
    select level || ':' || code as room from divisions
    union all
    select 'unit:' || code from units`);
  return rows.map(({ room }) => room);
}
