-- Reports, framings, cases, their hash-chained log and their clocks. New tables only.
create table case_numbers (
  day text primary key,
  last integer not null
);

create table cases (
  id uuid primary key,
  number text not null unique,
  class_id text not null references classes (id),
  limit_id integer not null references class_limits (id),
  kind text not null check (kind in ('part', 'event')),
  channel text not null,
  note text not null default '',
  accuracy_metres double precision not null,
  cell_code text not null references cells (code),
  community_code text not null references divisions (code),
  subdistrict_code text not null references divisions (code),
  part_code text references parts (code),
  place text,
  camera_id text references cameras (id),
  still_id uuid references attachments (id),
  stage text not null check (stage in ('dispatch', 'handling', 'send-for-check', 'check', 'closing', 'closed', 'void')),
  unit_code text references units (code),
  assistant_codes text[] not null default '{}',
  resolution jsonb not null,
  urgent boolean not null,
  special boolean not null,
  dispatch_count integer not null default 0,
  second_notices integer not null default 0,
  report_count integer not null default 1,
  checker_id uuid references users (id),
  version integer not null default 1,
  received_at timestamptz not null,
  filed_at timestamptz not null,
  stage_since timestamptz not null,
  due_at timestamptz,
  warn_at timestamptz,
  whole_due_at timestamptz,
  whole_warn_at timestamptz,
  supervision_due_at timestamptz,
  supervision_warn_at timestamptz,
  closed_at timestamptz,
  updated_at timestamptz not null,
  event_count integer not null default 0,
  head_hash text not null default '',
  geom geometry(point, 4326) not null
);
create index cases_class_id on cases (class_id);
create index cases_limit_id on cases (limit_id);
create index cases_cell_code on cases (cell_code);
create index cases_community_code on cases (community_code);
create index cases_subdistrict_code on cases (subdistrict_code);
create index cases_part_code on cases (part_code);
create index cases_camera_id on cases (camera_id);
create index cases_still_id on cases (still_id);
create index cases_checker_id on cases (checker_id);
create index cases_unit_stage on cases (unit_code, stage);
create index cases_assistant_codes on cases using gin (assistant_codes);
create index cases_open_due on cases (due_at) where closed_at is null;
create index cases_received on cases (received_at, id);
create index cases_geom on cases using gist (geom);
create index cases_geog_open on cases using gist ((geom::geography)) where closed_at is null;

create table reports (
  id uuid primary key,
  channel text not null check (channel in ('video', 'collector', 'hotline', 'public', 'device', 'api')),
  source_key text unique,
  class_id text references classes (id),
  limit_id integer references class_limits (id),
  text text not null default '',
  reporter jsonb not null default '{}',
  raw jsonb,
  state text not null check (state in ('received', 'filed', 'rejected', 'merged')),
  state_reason text,
  case_id uuid references cases (id),
  accuracy_metres double precision,
  cell_code text references cells (code),
  community_code text references divisions (code),
  subdistrict_code text references divisions (code),
  part_code text references parts (code),
  created_by uuid references users (id),
  version integer not null default 1,
  received_at timestamptz not null,
  due_at timestamptz not null,
  warn_at timestamptz not null,
  decided_at timestamptz,
  geom geometry(point, 4326)
);
create index reports_case_id on reports (case_id);
create index reports_class_id on reports (class_id);
create index reports_limit_id on reports (limit_id);
create index reports_cell_code on reports (cell_code);
create index reports_community_code on reports (community_code);
create index reports_subdistrict_code on reports (subdistrict_code);
create index reports_part_code on reports (part_code);
create index reports_created_by on reports (created_by);
create index reports_received on reports (received_at, id);
create index reports_open on reports (due_at) where state = 'received';

create table framings (
  id uuid primary key,
  report_id uuid not null unique references reports (id),
  camera_id text not null references cameras (id),
  calibration_version integer not null,
  at timestamptz not null,
  box jsonb not null,
  still_id uuid references attachments (id),
  evidence_id uuid references attachments (id),
  ellipse jsonb not null,
  created_by uuid not null references users (id),
  footprint geometry(polygon, 4326) not null,
  ground geometry(point, 4326) not null
);
create index framings_camera_id on framings (camera_id);
create index framings_still_id on framings (still_id);
create index framings_evidence_id on framings (evidence_id);
create index framings_created_by on framings (created_by);

-- Append-only: hash = sha256(prev_hash || RFC 8785 JSON of the event).
create table case_events (
  case_id uuid not null references cases (id),
  n integer not null,
  at timestamptz not null,
  actor_id uuid references users (id),
  actor_name text not null,
  action text not null,
  from_stage text,
  to_stage text not null,
  payload jsonb not null,
  prev_hash text not null,
  hash text not null,
  primary key (case_id, n)
);
create index case_events_actor_id on case_events (actor_id);

create table case_clocks (
  id uuid primary key,
  case_id uuid not null references cases (id),
  stage text not null check (stage in ('filing', 'dispatch', 'handling', 'supervision', 'send-for-check', 'check',
    'closing')),
  round integer not null,
  unit_code text references units (code),
  axis text not null check (axis in ('natural', 'working')),
  started_at timestamptz not null,
  ended_at timestamptz,
  limit_seconds bigint,
  used_before_seconds bigint not null default 0,
  used_seconds bigint,
  due_at timestamptz,
  warn_at timestamptz
);
create index case_clocks_case_id on case_clocks (case_id, started_at);
create index case_clocks_unit_code on case_clocks (unit_code);

create table case_photos (
  case_id uuid not null references cases (id),
  n integer not null,
  attachment_id uuid not null references attachments (id),
  primary key (case_id, n, attachment_id)
);
create index case_photos_attachment_id on case_photos (attachment_id);
