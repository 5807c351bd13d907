import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import type { Scope } from '#contract/access';
import type { Queryable } from '../db/database.ts';
import type { FeatureLayer, Property } from './feature-layers.ts';

export type Value = string | number | boolean | null;

/** One row of a layer. */
export interface Feature {
  key: string;
  /** GeoJSON text, seven decimals. */
  geometry: string | null;
  /** In the order of the layer's properties. */
  values: Value[];
}

/** 1e-7 degree, about a centimetre: the precision positions are stored in. */
const DECIMALS = 7;

export interface Page {
  scope: Scope;
  /** `and …` */
  conditions: Sql;
  after?: string | undefined;
  limit: number;
}

/** The next features of a layer in the order of their keys. */
export async function listFeatures(db: Queryable, layer: FeatureLayer, page: Page): Promise<Feature[]> {
  const { key } = layer;
  const { rows } = await db.query<Row>(sql`
    select ${columnsOf(layer)}
    from ${layer.from}
    where ${layer.visible(page.scope)}
      ${page.after === undefined ? empty : sql`and ${key.value} > ${page.after}${key.cast}`}
      ${page.conditions}
    order by ${key.value}
    limit ${page.limit}`);
  return rows.map((row) => toFeature(layer, row));
}

export async function findFeature(
  db: Queryable,
  layer: FeatureLayer,
  scope: Scope,
  id: string,
): Promise<Feature | undefined> {
  const { rows } = await db.query<Row>(sql`
    select ${columnsOf(layer)}
    from ${layer.from}
    where ${layer.visible(scope)} and ${layer.key.value} = ${id}${layer.key.cast}`);
  const row = rows[0];
  return row && toFeature(layer, row);
}

/** How many there are, counted no farther than `most` + 1. */
export async function countFeatures(
  db: Queryable,
  layer: FeatureLayer,
  { scope, conditions, most }: { scope: Scope; conditions: Sql; most: number },
): Promise<number> {
  const { rows } = await db.query<{ n: number }>(sql`
    select count(*)::integer as n
    from (select from ${layer.from} where ${layer.visible(scope)} ${conditions} limit ${most + 1}) some_of_them`);
  return rows[0]?.n ?? 0;
}

/** Where and when the features of a layer are; absent: nowhere, never. */
export async function findExtent(db: Queryable, layer: FeatureLayer, scope: Scope) {
  const box = layer.geometry ? sql`st_extent(${layer.geometry.value})` : sql`null::box2d`;
  const { rows } = await db.query<{
    west: number | null;
    south: number;
    east: number;
    north: number;
    since: Date | null;
  }>(sql`
    select st_xmin(e.box) as west, st_ymin(e.box) as south, st_xmax(e.box) as east, st_ymax(e.box) as north, e.since
    from (
      select ${box} as box, ${layer.time ? sql`min(${layer.time.start})` : sql`null::timestamptz`} as since
      from ${layer.from}
      where ${layer.visible(scope)}
    ) e`);
  const [row] = rows;
  return {
    ...(row && row.west !== null ? { bbox: [row.west, row.south, row.east, row.north] } : {}),
    ...(row?.since ? { since: row.since } : {}),
  };
}

type Row = { key: string; geometry: string | null } & Record<string, Value | Date>;

function columnsOf({ key, geometry, properties }: FeatureLayer): Sql {
  const values = properties.map((one, n) => sql`${valueOf(one)} as ${raw(`c${n}`)}`);
  const outline = geometry ? sql`st_asgeojson(${geometry.value}, ${DECIMALS}::integer)` : sql`null::text`;
  return join([sql`${key.value}::text as key`, sql`${outline} as geometry`, ...values], ', ');
}

/** A day as text: the driver would make an instant of it. */
function valueOf({ type, value }: Property): Sql {
  return type === 'date' ? sql`${value}::text` : value;
}

function toFeature({ properties }: FeatureLayer, row: Row): Feature {
  return {
    key: row.key,
    geometry: row.geometry,
    values: properties.map((_, n) => {
      const value = row[`c${n}`] ?? null;
      return value instanceof Date ? value.toISOString() : value;
    }),
  };
}
