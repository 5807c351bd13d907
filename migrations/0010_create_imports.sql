-- Imports: uploaded files, mappings kept under a name, and what a job says of single rows. New tables.
-- A job works beside the register in a schema of its own, import_<id of the job>, dropped when the job ends or its
-- process dies; a large import of parts then puts its table in the place of the old one. That is impossible while
-- foreign keys point at the old table, so those of cases and reports go: parts are never deleted, and a case's part
-- is looked up in the transaction that files it. Exclusive locks on cases, reports, parts and jobs, for a moment each;
-- no rewrite.
alter table cases drop constraint cases_part_code_fkey;
alter table reports drop constraint reports_part_code_fkey;

-- The key of a part in the file it came from, for the next import of a file without codes of ours.
alter table parts add column source_key text;
create index parts_source_key on parts (source_key, class_id) where source_key is not null;

-- Null: started from the terminal.
alter table jobs alter column created_by drop not null;

create table import_uploads (
  id uuid primary key,
  file_name text not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  size_bytes bigint not null,
  -- Which node has the file in its data folder.
  node text not null,
  created_by uuid references users (id),
  created_at timestamptz not null
);
create index import_uploads_created_by on import_uploads (created_by);

create table import_profiles (
  id uuid primary key,
  name text not null unique,
  layer text not null check (layer in ('divisions', 'cells', 'parts', 'buildings', 'roads', 'cameras', 'cases')),
  mapping jsonb not null,
  datum text,
  updated_by uuid references users (id),
  updated_at timestamptz not null
);
create index import_profiles_updated_by on import_profiles (updated_by);

create table job_row_errors (
  job_id uuid not null references jobs (id) on delete cascade,
  n integer not null,
  line integer not null,
  field text not null,
  reason text not null,
  message_zh text not null,
  message_en text not null,
  value text,
  primary key (job_id, n)
);

-- The first rows of an import as GeoJSON, for the map.
create table import_previews (
  job_id uuid primary key references jobs (id) on delete cascade,
  features text not null
);
