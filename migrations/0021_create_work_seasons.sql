-- Working hours by season as editable data; empty means those of SPEC section 3. New table only.
create table work_seasons (
  -- MM-DD, both included; a season may run over New Year.
  from_month_day text primary key check (from_month_day ~ '^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$'),
  to_month_day text not null check (to_month_day ~ '^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$'),
  -- [[start, end), …] in minutes after midnight.
  spans jsonb not null check (jsonb_typeof(spans) = 'array')
);
alter table calendars add column changed_at timestamptz, add column changed_by text;
