-- Working hours by season as editable data (empty: those of SPEC section 3), what was changed in working time and why,
-- and two more kinds of jobs. New tables; the new check on jobs.kind takes an exclusive lock while it reads that short
-- table, the new columns of calendars are null everywhere and rewrite nothing.
create table work_seasons (
  -- MM-DD, both included; a season may run over New Year.
  from_month_day text primary key check (from_month_day ~ '^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$'),
  to_month_day text not null check (to_month_day ~ '^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$'),
  -- [[start, end), …] in minutes after midnight.
  spans jsonb not null check (jsonb_typeof(spans) = 'array')
);
alter table calendars add column changed_at timestamptz, add column changed_by text;

-- One row an edit; before and after hold only what differs.
create table working_time_changes (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  actor_id uuid references users (id),
  actor_name text not null,
  reason text not null check (reason <> ''),
  before jsonb not null,
  after jsonb not null
);
create index working_time_changes_actor_id on working_time_changes (actor_id);

alter table jobs drop constraint jobs_kind_check;
alter table jobs add constraint jobs_kind_check
  check (kind in ('import', 'grid-plan', 'cell-check', 'recalculation', 'simulation'));
