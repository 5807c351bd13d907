-- The transactional outbox and the dense feed made from it (DESIGN section 4). New tables only.
-- outbox.id may have holes and may commit out of order; feed.seq has none, because one publisher gives the numbers
-- to committed rows only.
create table outbox (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  kind text not null,
  subject_id text not null,
  patch jsonb not null,
  rooms_before text[] not null,
  rooms_after text[] not null
);

create table feed (
  seq bigint primary key,
  at timestamptz not null,
  kind text not null,
  subject_id text not null,
  patch jsonb not null,
  rooms_before text[] not null,
  rooms_after text[] not null
);
