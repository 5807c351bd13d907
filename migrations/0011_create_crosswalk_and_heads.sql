-- What became of a class in another edition, who answers for which cells, and grids that are only planned. New tables
-- only; foreign keys take a short share-row-exclusive lock on classes, cells, divisions and jobs.
create table class_successors (
  id integer generated always as identity primary key,
  from_id text not null references classes (id),
  to_edition integer not null references class_sets (edition),
  -- Null: the class left the set without a successor.
  to_id text references classes (id),
  relation text not null check (relation in ('same', 'renamed', 'wider', 'narrower', 'split', 'none')),
  reviewed boolean not null,
  basis text not null,
  note text not null,
  unique nulls not distinct (from_id, to_edition, to_id),
  constraint class_successors_none_has_no_class check ((to_id is null) = (relation = 'none'))
);
create index class_successors_to_id on class_successors (to_id);
create index class_successors_to_edition on class_successors (to_edition);

create table heads (
  id uuid primary key,
  name_zh text not null,
  name_en text not null,
  role text not null check (role in ('grid-head', 'courtyard-head')),
  phone text,
  community_code text not null references divisions (code),
  valid_from date not null,
  valid_to date,
  basis text not null check (basis in ('real', 'invented')),
  version integer not null default 1,
  constraint heads_end_after_start check (valid_to > valid_from)
);
create index heads_community_code on heads (community_code);

-- The days somebody answers for a cell: from the first, up to the last and without it.
create table head_cells (
  head_id uuid not null references heads (id),
  cell_code text not null references cells (code),
  valid_from date not null,
  valid_to date,
  primary key (head_id, cell_code, valid_from),
  constraint head_cells_end_after_start check (valid_to > valid_from)
);
create index head_cells_cell_code on head_cells (cell_code);

create table grid_plan_cells (
  job_id uuid not null references jobs (id) on delete cascade,
  code text not null check (code ~ '^[0-9]{15}$'),
  community_code text not null,
  area_square_metres double precision not null check (area_square_metres > 0),
  geom geometry(polygon, 4326) not null,
  primary key (job_id, code)
);
create index grid_plan_cells_geom on grid_plan_cells using gist (geom);
