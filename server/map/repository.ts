import sql from 'sql-template-tag';
import type { Scope } from '#contract/access';
import type { MapView, NewMapView } from '#contract/map';
import { caseScope } from '../access/scope.ts';
import type { Queryable } from '../db/database.ts';

interface ViewRow {
  id: string;
  owner_id: string;
  name: string;
  shared: boolean;
  search: MapView['search'];
  updated_at: Date;
}

const viewColumns = sql`v.id, v.owner_id, v.name, v.shared, v.search, v.updated_at`;

function toView(row: ViewRow, userId: string): MapView {
  return {
    id: row.id,
    name: row.name,
    shared: row.shared,
    mine: row.owner_id === userId,
    search: row.search,
    updatedAt: row.updated_at.toISOString(),
  };
}

/** One's own and the shared ones, one's own first, by name. */
export async function listViews(db: Queryable, userId: string): Promise<MapView[]> {
  const { rows } = await db.query<ViewRow>(sql`
    select ${viewColumns}
    from map_views v
    where v.owner_id = ${userId} or v.shared
    order by v.owner_id <> ${userId}, v.name, v.id`);
  return rows.map((row) => toView(row, userId));
}

/** A view that the user may see, locked until the transaction ends. */
export async function lockView(tx: Queryable, id: string, userId: string): Promise<MapView | undefined> {
  const { rows } = await tx.query<ViewRow>(sql`
    select ${viewColumns}
    from map_views v
    where v.id = ${id}::uuid and (v.owner_id = ${userId} or v.shared)
    for update`);
  const row = rows[0];
  return row && toView(row, userId);
}

export async function countViews(db: Queryable, userId: string): Promise<number> {
  const { rows } = await db.query<{ n: number }>(sql`
    select count(*)::integer as n from map_views v where v.owner_id = ${userId}`);
  return rows[0]?.n ?? 0;
}

export async function insertView(
  tx: Queryable,
  view: NewMapView & { id: string; ownerId: string; at: Date },
): Promise<void> {
  await tx.query(sql`
    insert into map_views (id, owner_id, name, shared, search, created_at, updated_at)
    values (${view.id}::uuid, ${view.ownerId}::uuid, ${view.name}, ${view.shared},
      ${JSON.stringify(view.search)}::jsonb, ${view.at}::timestamptz, ${view.at}::timestamptz)`);
}

export async function updateView(tx: Queryable, view: NewMapView & { id: string; at: Date }): Promise<void> {
  await tx.query(sql`
    update map_views
    set name = ${view.name}, shared = ${view.shared}, search = ${JSON.stringify(view.search)}::jsonb,
      updated_at = ${view.at}::timestamptz
    where id = ${view.id}::uuid`);
}

export async function deleteView(tx: Queryable, id: string): Promise<void> {
  await tx.query(sql`delete from map_views v where v.id = ${id}::uuid`);
}

/** Per cell: open cases, and those over the time of their stage at `now`. */
export async function countOpenByCell(
  db: Queryable,
  scope: Scope,
  now: Date,
): Promise<{ code: string; open: number; overdue: number }[]> {
  const { rows } = await db.query<{ code: string; open: number; overdue: number }>(sql`
    select c.cell_code as code, count(*)::integer as open,
      (count(*) filter (where c.due_at < ${now}::timestamptz))::integer as overdue
    from cases c
    where c.closed_at is null and c.stage not in ('closed', 'void') and ${caseScope(scope, 'c')}
    group by c.cell_code`);
  return rows;
}
