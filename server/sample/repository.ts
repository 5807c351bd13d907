import sql from 'sql-template-tag';
import type { Static } from 'typebox';
import type { Role, Scope } from '#contract/access';
import type { Queryable } from '../db/database.ts';
import type { FeatureRow } from './read-sample.ts';
import type {
  BuildingProperties,
  CellProperties,
  ClassRow,
  DivisionProperties,
  DutyRow,
  LimitRow,
  PartProperties,
  RoadProperties,
  SurfaceProperties,
  UnitRow,
} from './sample-rows.ts';

/** One column of a batch as a parameter of `unnest`; absent values are null. */
function column<Row, Value>(
  rows: readonly Row[],
  valueOf: (row: Row) => Value,
): (NonNullable<Value> | null)[] {
  return rows.map((row) => valueOf(row) ?? null);
}

export async function insertDivisions(tx: Queryable, rows: readonly FeatureRow<typeof DivisionProperties>[]) {
  const codes = new Set(rows.map(({ code }) => code));
  await tx.query(sql`
    insert into divisions (code, parent_code, level, name_zh, name_en, edition, geom)
    select code, parent_code, level, name_zh, name_en, edition, st_multi(st_geomfromgeojson(geometry))
    from unnest(
      ${column(rows, (row) => row.code)}::text[],
      ${column(rows, (row) => (row.parentCode && codes.has(row.parentCode) ? row.parentCode : undefined))}::text[],
      ${column(rows, (row) => row.level)}::text[],
      ${column(rows, (row) => row.nameZh)}::text[],
      ${column(rows, (row) => row.nameEn ?? row.nameZh)}::text[],
      ${column(rows, (row) => row.edition)}::integer[],
      ${column(rows, (row) => row.geometry)}::text[]
    ) as row (code, parent_code, level, name_zh, name_en, edition, geometry)`);
}

export async function insertCells(tx: Queryable, rows: readonly FeatureRow<typeof CellProperties>[]) {
  await tx.query(sql`
    insert into cells (code, community_code, area_square_metres, geom)
    select code, community_code, area_square_metres, st_geomfromgeojson(geometry)
    from unnest(
      ${column(rows, (row) => row.code)}::text[],
      ${column(rows, (row) => row.community)}::text[],
      ${column(rows, (row) => row.areaSquareMetres)}::float8[],
      ${column(rows, (row) => row.geometry)}::text[]
    ) as row (code, community_code, area_square_metres, geometry)`);
}

export async function insertRoads(tx: Queryable, rows: readonly FeatureRow<typeof RoadProperties>[]) {
  await tx.query(sql`
    insert into roads (code, name_zh, name_en, class, carriageway_metres, footway_metres, geom)
    select code, name_zh, name_en, class, carriageway_metres, footway_metres, st_geomfromgeojson(geometry)
    from unnest(
      ${column(rows, (row) => row.code)}::text[],
      ${column(rows, (row) => row.nameZh)}::text[],
      ${column(rows, (row) => row.nameEn)}::text[],
      ${column(rows, (row) => row.class)}::text[],
      ${column(rows, (row) => row.carriagewayMetres)}::float8[],
      ${column(rows, (row) => row.footwayMetres)}::float8[],
      ${column(rows, (row) => row.geometry)}::text[]
    ) as row (code, name_zh, name_en, class, carriageway_metres, footway_metres, geometry)`);
}

export async function insertSurfaces(tx: Queryable, rows: readonly FeatureRow<typeof SurfaceProperties>[]) {
  await tx.query(sql`
    insert into surfaces (kind, road_code, geom)
    select kind, road_code, st_geomfromgeojson(geometry)
    from unnest(
      ${column(rows, (row) => row.kind)}::text[],
      ${column(rows, (row) => row.road)}::text[],
      ${column(rows, (row) => row.geometry)}::text[]
    ) as row (kind, road_code, geometry)`);
}

export async function insertBuildings(tx: Queryable, rows: readonly FeatureRow<typeof BuildingProperties>[]) {
  await tx.query(sql`
    insert into buildings (code, name_zh, kind, height_metres, geom)
    select code, name_zh, kind, height_metres, st_geomfromgeojson(geometry)
    from unnest(
      ${column(rows, (row) => row.code)}::text[],
      ${column(rows, (row) => row.nameZh)}::text[],
      ${column(rows, (row) => row.kind)}::text[],
      ${column(rows, (row) => row.heightMetres)}::float8[],
      ${column(rows, (row) => row.geometry)}::text[]
    ) as row (code, name_zh, kind, height_metres, geometry)`);
}

export async function insertClasses(tx: Queryable, rows: readonly Static<typeof ClassRow>[]) {
  const sets = new Map(rows.map((row) => [row.edition, row.standard]));
  const editions = [...sets.keys()];
  // Of the sets the newest is in force (SPEC section 6: 2026).
  await tx.query(sql`
    insert into class_sets (standard, edition, active)
    select standard, edition, edition = ${Math.max(...editions)}::integer
    from unnest(${[...sets.values()]}::text[], ${editions}::integer[]) as row (standard, edition)
    on conflict do nothing`);
  await tx.query(sql`
    insert into classes (id, edition, kind, major_code, major_zh, major_en, minor_code, name_zh, name_en, pinyin, stance,
      basis)
    select id, edition, kind, major_code, major_zh, major_en, minor_code, name_zh, name_en, pinyin, stance, basis
    from unnest(
      ${column(rows, (row) => row.id)}::text[],
      ${column(rows, (row) => row.edition)}::integer[],
      ${column(rows, (row) => row.kind)}::text[],
      ${column(rows, (row) => row.major_code)}::text[],
      ${column(rows, (row) => row.major_zh)}::text[],
      ${column(rows, (row) => row.major_en)}::text[],
      ${column(rows, (row) => row.minor_code)}::text[],
      ${column(rows, (row) => row.minor_zh)}::text[],
      ${column(rows, (row) => row.minor_en)}::text[],
      ${column(rows, (row) => row.pinyin)}::text[],
      ${column(rows, (row) => row.stance)}::text[],
      ${column(rows, (row) => row.basis)}::text[]
    ) as row (id, edition, kind, major_code, major_zh, major_en, minor_code, name_zh, name_en, pinyin, stance,
      basis)`);
}

export async function insertLimits(tx: Queryable, rows: readonly Static<typeof LimitRow>[]) {
  await tx.query(sql`
    insert into class_limits (id, class_id, condition_zh, condition_en, place, amount, unit, closing_condition_zh,
      closing_condition_en, urgent, special, is_default, basis)
    select id, class_id, condition_zh, condition_en, place, amount, unit, closing_condition_zh, closing_condition_en,
      urgent, special, is_default, basis
    from unnest(
      ${column(rows, (row) => row.id)}::integer[],
      ${column(rows, (row) => row.class)}::text[],
      ${column(rows, (row) => row.condition_zh)}::text[],
      ${column(rows, (row) => row.condition_en)}::text[],
      ${column(rows, (row) => row.place)}::text[],
      ${column(rows, (row) => row.amount)}::float8[],
      ${column(rows, (row) => row.unit)}::text[],
      ${column(rows, (row) => row.closing_condition_zh)}::text[],
      ${column(rows, (row) => row.closing_condition_en)}::text[],
      ${column(rows, (row) => row.urgent)}::boolean[],
      ${column(rows, (row) => row.special)}::boolean[],
      ${column(rows, (row) => row.is_default)}::boolean[],
      ${column(rows, (row) => row.basis)}::text[]
    ) as row (id, class_id, condition_zh, condition_en, place, amount, unit, closing_condition_zh,
      closing_condition_en, urgent, special, is_default, basis)`);
}

export async function insertUnits(tx: Queryable, rows: readonly Static<typeof UnitRow>[]) {
  await tx.query(sql`
    insert into units (code, name_zh, name_en, kind, is_command, phone, leader, acceptance_clerk, subdistrict_code, basis)
    select code, name_zh, name_en, kind, is_command, phone, leader, acceptance_clerk, subdistrict_code, basis
    from unnest(
      ${column(rows, (row) => row.code)}::text[],
      ${column(rows, (row) => row.name_zh)}::text[],
      ${column(rows, (row) => row.name_en)}::text[],
      ${column(rows, (row) => row.kind)}::text[],
      ${column(rows, (row) => row.is_command)}::boolean[],
      ${column(rows, (row) => row.phone)}::text[],
      ${column(rows, (row) => row.leader)}::text[],
      ${column(rows, (row) => row.acceptance_clerk)}::text[],
      ${column(rows, (row) => row.subdistrict)}::text[],
      ${column(rows, (row) => row.basis)}::text[]
    ) as row (code, name_zh, name_en, kind, is_command, phone, leader, acceptance_clerk, subdistrict_code, basis)`);
}

export async function insertDuties(tx: Queryable, rows: readonly Static<typeof DutyRow>[]) {
  await tx.query(sql`
    insert into duties (id, unit_code, class_id, kind, mode, area_code, owner_condition, place, channel, priority, role,
      valid_from, valid_to, basis, quote)
    select id, unit_code, class_id, kind, mode, area_code, owner_condition, place, channel, priority, role, valid_from,
      valid_to, basis, quote
    from unnest(
      ${column(rows, (row) => row.id)}::integer[],
      ${column(rows, (row) => row.unit_code)}::text[],
      ${column(rows, (row) => row.class)}::text[],
      ${column(rows, (row) => row.kind)}::text[],
      ${column(rows, (row) => row.mode ?? '')}::text[],
      ${column(rows, (row) => row.area)}::text[],
      ${column(rows, (row) => row.owner_condition)}::text[],
      ${column(rows, (row) => row.place)}::text[],
      ${column(rows, (row) => row.channel)}::text[],
      ${column(rows, (row) => row.priority)}::integer[],
      ${column(rows, (row) => row.role)}::text[],
      ${column(rows, (row) => row.from)}::date[],
      ${column(rows, (row) => row.to)}::date[],
      ${column(rows, (row) => row.basis)}::text[],
      ${column(rows, (row) => row.quote ?? '')}::text[]
    ) as row (id, unit_code, class_id, kind, mode, area_code, owner_condition, place, channel, priority, role,
      valid_from, valid_to, basis, quote)`);
}

export async function insertParts(tx: Queryable, rows: readonly FeatureRow<typeof PartProperties>[]) {
  await tx.query(sql`
    insert into parts (code, class_id, cell_code, authority_code, authority_name, owner_code, owner_name,
      maintainer_code, maintainer_name, maintenance_until, state, initial_date, changed_date, source, note, geom)
    select code, class_id, cell_code, authority_code, authority_name, owner_code, owner_name, maintainer_code,
      maintainer_name, maintenance_until, state, initial_date, changed_date, source, note,
      st_geomfromgeojson(geometry)
    from unnest(
      ${column(rows, (row) => row.code)}::text[],
      ${column(rows, (row) => row.class)}::text[],
      ${column(rows, (row) => row.cell)}::text[],
      ${column(rows, (row) => row.authorityCode)}::text[],
      ${column(rows, (row) => row.authorityName)}::text[],
      ${column(rows, (row) => row.ownerCode)}::text[],
      ${column(rows, (row) => row.ownerName)}::text[],
      ${column(rows, (row) => row.maintainerCode)}::text[],
      ${column(rows, (row) => row.maintainerName)}::text[],
      ${column(rows, (row) => row.maintenanceUntil)}::date[],
      ${column(rows, (row) => row.state)}::text[],
      ${column(rows, (row) => row.initialDate)}::date[],
      ${column(rows, (row) => row.changedDate)}::date[],
      ${column(rows, (row) => row.source)}::text[],
      ${column(rows, (row) => row.note || undefined)}::text[],
      ${column(rows, (row) => row.geometry)}::text[]
    ) as row (code, class_id, cell_code, authority_code, authority_name, owner_code, owner_name, maintainer_code,
      maintainer_name, maintenance_until, state, initial_date, changed_date, source, note, geometry)`);
}

export interface SampleUser {
  id: string;
  username: string;
  nameZh: string;
  nameEn: string;
  role: Role;
  scope: Scope;
}

/** `created_at` rises by a millisecond from one to the next, so that lists keep the order given. */
export async function insertSampleUsers(tx: Queryable, users: readonly SampleUser[], passwordHash: string) {
  await tx.query(sql`
    insert into users (id, username, password_hash, display_name_zh, display_name_en, role, scope_kind, scope_code,
      sample, created_at)
    select id, username, ${passwordHash}::text, name_zh, name_en, role, scope_kind, scope_code, true,
      now() + place * interval '1 millisecond'
    from unnest(
      ${column(users, (user) => user.id)}::uuid[],
      ${column(users, (user) => user.username)}::text[],
      ${column(users, (user) => user.nameZh)}::text[],
      ${column(users, (user) => user.nameEn)}::text[],
      ${column(users, (user) => user.role)}::text[],
      ${column(users, (user) => user.scope.kind)}::text[],
      ${column(users, (user) => user.scope.code)}::text[]
    ) with ordinality as row (id, username, name_zh, name_en, role, scope_kind, scope_code, place)`);
}

export async function listSampleUsers(
  db: Queryable,
): Promise<{ username: string; role: Role; scope: Scope }[]> {
  const { rows } = await db.query<{
    username: string;
    role: Role;
    scope_kind: Scope['kind'];
    scope_code: string;
  }>(sql`
    select username, role, scope_kind, scope_code from users where sample order by created_at, username`);
  return rows.map(({ username, role, scope_kind: kind, scope_code: code }) => ({
    username,
    role,
    scope: { kind, code },
  }));
}

export async function savePasswordHashes(
  tx: Queryable,
  hashes: readonly { username: string; hash: string }[],
): Promise<void> {
  await tx.query(sql`
    update users u
    set password_hash = row.hash
    from unnest(
      ${column(hashes, (one) => one.username)}::text[],
      ${column(hashes, (one) => one.hash)}::text[]
    ) as row (username, hash)
    where u.username = row.username and u.sample`);
}
