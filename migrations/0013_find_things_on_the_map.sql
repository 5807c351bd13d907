-- Saved views of the map; and what finds things fast among a million parts or cases: parts by when they changed (what
-- is kept of them in memory asks for the latest), cases by the beginning or end of their number, handling clocks by
-- deadline (figures by cell). A new table and plain indexes: each build holds off writes to its table, not reads.
create table map_views (
  id uuid primary key,
  owner_id uuid not null references users (id),
  name text not null check (length(name) between 1 and 80),
  shared boolean not null,
  search jsonb not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index map_views_owner_id on map_views (owner_id);
create index map_views_shared on map_views (name) where shared;

create index parts_changed_at on parts (changed_at);
create index cases_number_prefix on cases (number text_pattern_ops);
create index cases_number_suffix on cases (reverse(number) text_pattern_ops);
create index case_clocks_handling_due on case_clocks (due_at) where stage = 'handling';
