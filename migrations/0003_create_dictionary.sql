-- Versioned dictionaries, units with their duties, and the parts. New tables only.
create table class_sets (
  standard text primary key,
  edition integer not null unique,
  active boolean not null
);
create unique index class_sets_one_active on class_sets (active) where active;

-- id: kind letter + digits in the active set (P01012), with the edition in front elsewhere (2013:P0107).
create table classes (
  id text primary key,
  edition integer not null references class_sets (edition),
  kind text not null check (kind in ('part', 'event')),
  major_code text not null,
  major_zh text not null,
  major_en text not null,
  minor_code text not null,
  name_zh text not null,
  name_en text not null,
  pinyin text not null,
  stance text not null check (stance in ('upright', 'flat')),
  unique (edition, kind, major_code, minor_code)
);

create table class_limits (
  id integer primary key,
  class_id text not null references classes (id),
  condition_zh text not null,
  condition_en text not null,
  place text check (place in ('carriageway', 'footway')),
  amount double precision not null check (amount > 0),
  unit text not null check (unit in ('minute', 'urgent_hour', 'urgent_day', 'hour', 'day', 'work_day')),
  closing_condition_zh text not null,
  closing_condition_en text not null,
  urgent boolean not null,
  special boolean not null,
  is_default boolean not null,
  basis text not null
);
create index class_limits_class_id on class_limits (class_id);

create table units (
  code text primary key,
  name_zh text not null,
  name_en text not null,
  kind text not null check (kind in ('bureau', 'subdistrict', 'company', 'other')),
  is_command boolean not null default false,
  phone text not null,
  leader text not null,
  acceptance_clerk text not null,
  subdistrict_code text references divisions (code),
  basis text not null check (basis in ('real', 'invented'))
);
create index units_subdistrict_code on units (subdistrict_code);

create table duties (
  id integer primary key,
  unit_code text not null references units (code),
  class_id text references classes (id),
  kind text not null check (kind in ('part', 'event')),
  mode text not null,
  area_code text references divisions (code),
  owner_condition text check (owner_condition in ('owner', 'maintainer', 'builder-in-maintenance')),
  place text check (place in ('carriageway', 'footway')),
  channel text,
  priority integer not null,
  role text not null check (role in ('lead', 'assist')),
  valid_from date not null,
  valid_to date,
  basis text not null,
  quote text not null
);
create index duties_class_id on duties (class_id);
create index duties_unit_code on duties (unit_code);
create index duties_area_code on duties (area_code);

create table parts (
  code text primary key check (code ~ '^([0-9]{16}|[0-9]{17})$'),
  class_id text not null references classes (id),
  cell_code text not null references cells (code),
  authority_code text not null,
  authority_name text not null,
  owner_code text,
  owner_name text,
  maintainer_code text,
  maintainer_name text,
  maintenance_until date,
  state text not null check (state in ('intact', 'damaged', 'missing', 'abandoned', 'removed')),
  initial_date date not null,
  changed_date date,
  source text,
  note text,
  geom geometry(point, 4326) not null
);
create index parts_class_id on parts (class_id);
create index parts_cell_code on parts (cell_code);
create index parts_geom on parts using gist (geom);
create index parts_geog on parts using gist ((geom::geography));
