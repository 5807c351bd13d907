-- Who may do what: accounts with one role and one scope, their sessions, the audit trail, and the answers kept for
-- repeated idempotency keys. New tables only: no lock on anything that exists.
create extension if not exists postgis;

create table users (
  id uuid primary key,
  username text not null unique check (username ~ '^[a-z0-9][a-z0-9._-]{0,63}$'),
  password_hash text not null,
  display_name_zh text not null,
  display_name_en text not null,
  role text not null check (role in ('administrator', 'intake-clerk', 'dispatcher', 'operator', 'supervisor',
    'evaluator', 'hotline', 'unit-clerk', 'collector', 'area-head', 'wall')),
  scope_kind text not null check (scope_kind in ('district', 'subdistrict', 'community', 'unit')),
  scope_code text not null,
  phone text,
  sample boolean not null default false,
  disabled_at timestamptz,
  created_at timestamptz not null default now()
);

-- Only the hash of a session's token is kept: a copied table opens no session.
create table sessions (
  token_sha256 text primary key,
  user_id uuid not null references users (id) on delete cascade,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index sessions_user_id on sessions (user_id);

create table audit (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  user_id uuid references users (id),
  username text,
  action text not null,
  subject text,
  details jsonb not null default '{}',
  request_id text,
  remote_address text
);
create index audit_at on audit (at);
create index audit_user_id on audit (user_id);

create table idempotency_keys (
  user_id uuid not null references users (id) on delete cascade,
  key text not null,
  request_sha256 text not null,
  status integer,
  response jsonb,
  created_at timestamptz not null,
  primary key (user_id, key)
);
