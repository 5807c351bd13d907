-- Limits hold from a day on and until a day, and name the one they come after, so that a table of limits can change
-- while every case keeps the limit it was filed under. Duties get the check that limits have. Classes remember how
-- sure their row is. Columns with constant defaults: a short exclusive lock on each table, no rewrite; the checks and
-- the index read tables of a few thousand rows.
alter table class_limits
  add column valid_from date not null default '2000-01-01',
  add column valid_to date,
  add column replaces integer references class_limits (id),
  add constraint class_limits_days check (valid_to >= valid_from);
create index class_limits_replaces on class_limits (replaces);

alter table duties
  add column replaces integer references duties (id),
  add constraint duties_days check (valid_to >= valid_from);
create index duties_replaces on duties (replaces);

alter table classes add column basis text not null default 'standard';
