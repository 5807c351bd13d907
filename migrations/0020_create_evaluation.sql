-- What the evaluation counts (SPEC section 5): one narrow row per case, written in the transaction of every step, and
-- the same that the case's log says when it is read from its beginning. The server counts the cases that are there
-- when it starts. New tables only; foreign keys take a short share-row-exclusive lock on cases, units and users.
create table case_facts (
  case_id uuid primary key references cases (id),
  number text not null,
  class_id text not null,
  kind text not null,
  channel text not null,
  urgent boolean not null,
  special boolean not null,
  subdistrict_code text not null,
  community_code text not null,
  cell_code text not null,
  reporter_id uuid,
  received_at timestamptz not null,
  filed_at timestamptz not null,
  filed_in_time boolean not null,
  first_dispatched_at timestamptz,
  dispatched_in_time boolean,
  dispatches integer not null default 0,
  -- The unit that is charged (R7): the lead of the last handling clock, null when it returned the case away.
  unit_code text,
  unit_dispatches integer not null default 0,
  due_at timestamptz,
  limit_seconds bigint,
  -- Of limit_seconds: added by approved extensions.
  extension_seconds bigint not null default 0,
  -- Accumulated, up to the last feedback; null while the unit is at it.
  used_seconds bigint,
  fed_back_at timestamptz,
  checks integer not null default 0,
  checks_in_time integer not null default 0,
  failed_checks integer not null default 0,
  checker_id uuid,
  closed_at timestamptz,
  closed_in_time boolean,
  voided_at timestamptz,
  merged boolean not null default false,
  postponed_at timestamptz,
  extended_at timestamptz,
  returned_at timestamptz,
  repeated_at timestamptz,
  -- What a contest that was upheld made of it.
  ruling text check (ruling in ('left-out', 'in-time'))
);
create index case_facts_due on case_facts (due_at) where due_at is not null;
create index case_facts_unit_due on case_facts (unit_code, due_at);
create index case_facts_filed on case_facts (filed_at);
create index case_facts_closed on case_facts (closed_at);

create table contests (
  id uuid primary key,
  case_id uuid not null references cases (id),
  unit_code text not null references units (code),
  period text not null check (period ~ '^[0-9]{4}-[0-9]{2}$'),
  state text not null check (state in ('open', 'upheld', 'refused')),
  wants text not null check (wants in ('left-out', 'in-time')),
  reason text not null,
  photos uuid[] not null default '{}',
  filed_by uuid not null references users (id),
  filed_at timestamptz not null,
  decided_by uuid references users (id),
  decided_at timestamptz,
  decision_note text,
  version integer not null default 1
);
create unique index contests_one_open on contests (case_id) where state = 'open';
create index contests_case_id on contests (case_id);
create index contests_unit_code on contests (unit_code);
create index contests_filed_by on contests (filed_by);
create index contests_decided_by on contests (decided_by);
create index contests_filed_at on contests (filed_at, id);

create table trial_periods (
  from_month text primary key check (from_month ~ '^[0-9]{4}-[0-9]{2}$'),
  to_month text not null check (to_month ~ '^[0-9]{4}-[0-9]{2}$'),
  note text not null,
  constraint trial_periods_end_after_start check (to_month >= from_month)
);

create table bulletins (
  id uuid primary key,
  period text not null check (period ~ '^[0-9]{4}(-(0[1-9]|1[0-2])|-Q[1-4])?$'),
  state text not null check (state in ('draft', 'shared', 'reviewed', 'published', 'withdrawn')),
  -- The instant of the log up to which it counts.
  as_of timestamptz not null,
  -- Everything it says (`BulletinContent`) as RFC 8785 JSON, packed; the checksum is that of the JSON.
  content_gzip bytea not null,
  content_sha256 text not null,
  trial boolean not null,
  contest_until timestamptz,
  created_by uuid not null references users (id),
  created_at timestamptz not null,
  reviewed_by uuid references users (id),
  reviewed_at timestamptz,
  published_by uuid references users (id),
  published_at timestamptz,
  note text not null default '',
  version integer not null default 1
);
create unique index bulletins_one_published on bulletins (period) where state = 'published';
create index bulletins_created on bulletins (created_at, id);
create index bulletins_created_by on bulletins (created_by);
create index bulletins_reviewed_by on bulletins (reviewed_by);
create index bulletins_published_by on bulletins (published_by);
