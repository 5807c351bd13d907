import sql, { raw } from 'sql-template-tag';
import type { RowError } from '#contract/imports';
import { sideTable, type Load } from './load.ts';
import { stagedColumns } from './prepared-rows.ts';
import { savePreview } from './repository.ts';

const ROWS = 1_000;

/** Keeps the first rows as GeoJSON for the map, and with them the first that were rejected beside the others. */
export async function keepPreview(load: Load, errors: readonly RowError[]): Promise<void> {
  const rows = sideTable(load, 'rows');
  const reasons = new Map(errors.map((error) => [error.line, error]));
  const rejected = [...reasons.keys()].slice(0, ROWS);
  const columns = raw(
    stagedColumns[load.layer]
      // An address may hold a password.
      .filter((name) => name !== 'source_url')
      .map((name) => `'${name}', s.${name}`)
      .join(', '),
  );
  const { rows: found } = await load.session.query<{
    line: number;
    properties: object;
    geometry: object;
  }>(sql`
    select s.line, jsonb_strip_nulls(jsonb_build_object(${columns})) as properties,
      st_asgeojson(s.geom, 7)::jsonb as geometry
    from (
      (select * from ${rows} order by line limit ${ROWS})
      union all
      (select * from ${rows} where line = any(${rejected}::integer[]))
    ) s`);
  const features = new Map(
    found.map(({ line, properties, geometry }) => {
      const error = reasons.get(line);
      const state = error
        ? { rejected: true, field: error.field, reason: error.reason, message: error.message }
        : { rejected: false };
      return [line, { type: 'Feature', id: line, properties: { ...properties, line, ...state }, geometry }];
    }),
  );
  const collection = { type: 'FeatureCollection', features: [...features.values()] };
  await savePreview(load.session, load.job.id, JSON.stringify(collection));
}
