import sql from 'sql-template-tag';
import type { RowError } from '#contract/imports';
import { importCameras, isAcceptedUrl, type ImportedCamera } from '../cameras/import-cameras.ts';
import type { Queryable } from '../db/database.ts';
import { actorOfLoad, sideTable, type ImportCounts, type Load } from './load.ts';

interface CameraRow {
  line: number;
  id: string;
  name_zh: string | null;
  name_en: string | null;
  source_type: string | null;
  source_url: string | null;
  width: number | null;
  height: number | null;
  cell_code: string;
  lon: number;
  lat: number;
  known: boolean;
  calibrated: boolean;
  same_picture: boolean;
  same: boolean;
}

/** Cameras whose file says nothing of the picture: what most of them send. */
const DEFAULT_WIDTH = 1920;
const DEFAULT_HEIGHT = 1080;

/** The rows beside the cameras that are there. An id is the file's, its key without odd characters, or from its place. */
async function listRows(tx: Queryable, load: Load): Promise<CameraRow[]> {
  const { rows } = await tx.query<CameraRow>(sql`
    with given as (
      select s.*, coalesce(
        s.id,
        nullif(trim('-' from lower(regexp_replace(s.source_key, '[^A-Za-z0-9._-]+', '-', 'g'))), ''),
        'c' || left(md5(st_astext(s.geom, 7)), 12)
      ) as final_id
      from ${sideTable(load, 'rows')} s
    )
    select g.line, g.final_id as id, g.name_zh, g.name_en, g.source_type, g.source_url, g.width::integer,
      g.height::integer, g.cell_code, st_x(g.geom) as lon, st_y(g.geom) as lat, c.id is not null as known,
      coalesce(c.model is not null, false) as calibrated,
      coalesce(c.geom = g.geom and c.width = coalesce(g.width::integer, c.width)
        and c.height = coalesce(g.height::integer, c.height), true) as same_picture,
      coalesce(c.geom = g.geom and c.width = coalesce(g.width::integer, c.width)
        and c.height = coalesce(g.height::integer, c.height) and c.name_zh = coalesce(g.name_zh, c.name_zh)
        and c.name_en = coalesce(g.name_en, g.name_zh, c.name_en) and c.source ->> 'url' = g.source_url, false) as same
    from given g
    left join cameras c on c.id = g.final_id
    order by g.line`);
  return rows;
}

/** Addresses that may not be opened, and calibrated cameras whose place or picture would change under them. */
export async function checkCameras(load: Load): Promise<RowError[]> {
  const errors: RowError[] = [];
  for (const row of await listRows(load.session, load)) {
    if (row.source_type !== null && row.source_type !== 'rtsp') {
      errors.push(
        rowError(
          row.line,
          'source_type',
          'source-type',
          '只支持 rtsp 视频源',
          'only rtsp sources are imported',
        ),
      );
    } else if (row.source_url === null || !isAcceptedUrl(row.source_url)) {
      // The address may hold a password: it is not repeated.
      errors.push(
        rowError(
          row.line,
          'source_url',
          'source-refused',
          '视频源地址不被接受',
          'the video source address is not accepted',
        ),
      );
    } else if (row.calibrated && !row.same_picture) {
      errors.push(
        rowError(
          row.line,
          'geometry',
          'calibrated',
          '摄像机已标定，位置或画面尺寸不能由导入改变',
          'the camera is calibrated: an import does not change its place or picture',
        ),
      );
    }
  }
  return errors;
}

function rowError(line: number, field: string, reason: string, zh: string, en: string): RowError {
  return { line, field, reason, message: { zh, en } };
}

export async function planCameras(load: Load): Promise<ImportCounts> {
  const rows = await listRows(load.session, load);
  const added = rows.filter(({ known }) => !known).length;
  const unchanged = rows.filter(({ same }) => same).length;
  return { added, unchanged, updated: rows.length - added - unchanged };
}

export async function writeCameras(tx: Queryable, load: Load): Promise<void> {
  const rows = (await listRows(tx, load)).filter(({ same }) => !same);
  const cameras = rows.map((row): ImportedCamera => {
    const zh = row.name_zh ?? row.name_en ?? row.id;
    return {
      id: row.id,
      name: { zh, en: row.name_en ?? zh },
      url: row.source_url ?? '',
      width: row.width ?? DEFAULT_WIDTH,
      height: row.height ?? DEFAULT_HEIGHT,
      cellCode: row.cell_code,
      position: { lon: row.lon, lat: row.lat },
    };
  });
  if (cameras.length > 0) await importCameras(tx, cameras, { at: load.at, actor: actorOfLoad(load) });
}
