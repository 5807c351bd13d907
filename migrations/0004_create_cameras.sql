-- Cameras with their versioned calibration, and the files (stills, evidence, photos) kept by content. New tables only.
create table cameras (
  id text primary key,
  name_zh text not null,
  name_en text not null,
  source jsonb not null,
  width integer not null check (width between 16 and 16384),
  height integer not null check (height between 16 and 16384),
  community_code text not null references divisions (code),
  subdistrict_code text not null references divisions (code),
  range_metres double precision not null default 120 check (range_metres > 0),
  calibration_version integer not null default 0,
  model jsonb,
  calibration_quality jsonb,
  coverage geometry(geometry, 4326),
  sample boolean not null default false,
  created_at timestamptz not null default now(),
  geom geometry(point, 4326) not null
);
create index cameras_geom on cameras using gist (geom);
create index cameras_coverage on cameras using gist (coverage);
create index cameras_community_code on cameras (community_code);
create index cameras_subdistrict_code on cameras (subdistrict_code);

create table camera_calibrations (
  camera_id text not null references cameras (id) on delete cascade,
  version integer not null,
  input jsonb not null,
  model jsonb not null,
  quality jsonb not null,
  by_user uuid references users (id),
  at timestamptz not null,
  primary key (camera_id, version)
);
create index camera_calibrations_by_user on camera_calibrations (by_user);

-- The bytes lie in the data folder under their sha256; a row is a use of them.
create table attachments (
  id uuid primary key,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  media_type text not null,
  size_bytes bigint not null,
  purpose text not null check (purpose in ('still', 'evidence', 'photo')),
  created_by uuid references users (id),
  created_at timestamptz not null
);
create index attachments_created_by on attachments (created_by);
create index attachments_sha256 on attachments (sha256);
