-- What changed in the register, by whom and from what to what; and work that outlasts a request. New tables, and
-- columns with constant defaults on parts, cells and units: a short exclusive lock on each, no rewrite.
create table register_changes (
  id bigint generated always as identity primary key,
  batch uuid not null,
  subject text not null check (subject in ('part', 'cell', 'division', 'unit', 'duty', 'class', 'limit', 'class-set',
    'head')),
  code text not null,
  at timestamptz not null,
  actor_id uuid references users (id),
  actor_name text not null,
  action text not null check (action in ('add', 'edit', 'move', 'change-state', 'retire', 'import', 'undo', 'photo')),
  reason text,
  before jsonb,
  after jsonb,
  undone_by uuid
);
create index register_changes_subject on register_changes (subject, code, id);
create index register_changes_batch on register_changes (batch);
create index register_changes_actor_id on register_changes (actor_id);

create table jobs (
  id uuid primary key,
  kind text not null check (kind in ('import', 'grid-plan', 'cell-check')),
  state text not null check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
  title_zh text not null,
  title_en text not null,
  created_by uuid not null references users (id),
  created_at timestamptz not null,
  started_at timestamptz,
  ended_at timestamptz,
  -- Which process works on it, and when that process last said so: silence for a while means it was killed.
  worker text,
  heartbeat_at timestamptz,
  cancel_requested boolean not null default false,
  input jsonb not null,
  progress jsonb,
  result jsonb,
  error jsonb
);
create index jobs_created_by on jobs (created_by);
create index jobs_created_at on jobs (created_at, id);
create index jobs_open on jobs (created_at) where state in ('queued', 'running');

alter table parts
  add column version integer not null default 1,
  add column changed_at timestamptz not null default '2026-01-01T00:00:00Z';
-- A cell that cases lie in is never deleted: it ends, and a new one takes its ground.
alter table cells
  add column version integer not null default 1,
  add column retired_at timestamptz;
alter table units add column closed_at date;

-- No foreign key to parts: a large import puts a new table in the place of the old one. Parts are never deleted.
create table part_photos (
  part_code text not null,
  attachment_id uuid not null references attachments (id),
  added_at timestamptz not null,
  added_by uuid references users (id),
  primary key (part_code, attachment_id)
);
create index part_photos_attachment_id on part_photos (attachment_id);
create index part_photos_added_by on part_photos (added_by);
