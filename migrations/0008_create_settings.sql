-- What the deployment remembers about itself: how far the sample is loaded, and the version of each map layer and
-- dictionary, from which answers that did not change are recognised. New table only.
create table settings (
  key text primary key check (key ~ '^[a-z0-9]+([:-][a-z0-9]+)*$'),
  value jsonb not null
);
