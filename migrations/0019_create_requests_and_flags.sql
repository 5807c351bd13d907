-- Requests on cases that the centre decides, and the flags of SPEC section 4 with the instant at which each first
-- stood on the case. New columns have constant defaults (no table is rewritten); the foreign key to cases and users
-- takes a short share-row-exclusive lock. The new indexes of cases, reports and case_events (pages of the desks, and
-- where a collector was last) lock those tables against writes while they are built.
alter table cases
  add column no_subject boolean not null default false,
  add column merged_into uuid references cases (id),
  add column postponed_at timestamptz,
  add column extended_at timestamptz,
  add column returned_at timestamptz,
  add column repeated_at timestamptz,
  -- Seconds that approved extensions add to the handling limit of the unit that has the case.
  add column extension_seconds bigint not null default 0 check (extension_seconds >= 0),
  -- A dispatcher's own limit for an urgent case (紧急问题处置时间视情况而定); null: the class's.
  add column own_limit_seconds bigint check (own_limit_seconds > 0),
  -- An arbiter decided about a return: the unit may not return the case again.
  add column arbitrated boolean not null default false,
  -- When working time or a limit changed and this case's open clocks were computed anew.
  add column recalculated_at timestamptz;
create index cases_merged_into on cases (merged_into) where merged_into is not null;

create table case_requests (
  id uuid primary key,
  case_id uuid not null references cases (id),
  kind text not null check (kind in ('postponement', 'extension', 'return')),
  state text not null check (state in ('open', 'approved', 'refused', 'lapsed')),
  unit_code text not null references units (code),
  -- The entry of the case's log by which it was asked; its photos are that entry's.
  n integer not null,
  reason text not null,
  reason_code text,
  seconds bigint check (seconds > 0),
  requested_by uuid not null references users (id),
  requested_at timestamptz not null,
  arbiter_id uuid references users (id),
  decided_by uuid references users (id),
  decided_at timestamptz,
  decision_note text,
  approved_seconds bigint check (approved_seconds > 0),
  constraint case_requests_decided check ((state in ('approved', 'refused')) = (decided_by is not null))
);
create index case_requests_case_id on case_requests (case_id, requested_at);
create unique index case_requests_one_open on case_requests (case_id) where state = 'open';
create index case_requests_requested on case_requests (requested_at, id);
create index case_requests_open on case_requests (requested_at, id) where state = 'open';
create index case_requests_unit_code on case_requests (unit_code);
create index case_requests_requested_by on case_requests (requested_by);
create index case_requests_arbiter_id on case_requests (arbiter_id);
create index case_requests_decided_by on case_requests (decided_by);

-- Pages of open cases: by the deadline of the stage, also within one stage, of the whole case, and by receipt.
drop index cases_open_due;
create index cases_open_due on cases ((coalesce(due_at, 'infinity'::timestamptz)), id) where closed_at is null;
create index cases_open_stage_due on cases (stage, (coalesce(due_at, 'infinity'::timestamptz)), id)
  where closed_at is null;
create index cases_open_whole_due on cases ((coalesce(whole_due_at, 'infinity'::timestamptz)), id)
  where closed_at is null;
create index cases_open_received on cases (received_at, id) where closed_at is null;

-- Where a collector was last: the newest report, the newest check.
drop index reports_created_by;
create index reports_created_by on reports (created_by, received_at);
create index case_events_checks on case_events (actor_id, at) where action = 'check';
