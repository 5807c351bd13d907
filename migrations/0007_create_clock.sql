-- Working time (SPEC section 3): the editable calendar of days, and the axis computed from it, so that working time
-- between two instants is two look-ups. The axis is written by the server from the same code that the screens use;
-- the functions only read it, and refuse to answer outside it.
-- New tables and functions only: no lock on anything in use.
create table calendars (
  day date primary key,
  works boolean not null,
  name text,
  source text not null check (source <> '')
);

-- starts_at and ends_at are the day's midnights in the deployment's time zone, so the functions need no time zone.
-- cumulative_seconds: working seconds from the start of the axis to the start of the day.
-- spans: [[start, end], …] in seconds after starts_at, in order.
create table work_axis (
  day date primary key,
  starts_at timestamptz not null unique,
  ends_at timestamptz not null,
  cumulative_seconds bigint not null check (cumulative_seconds >= 0),
  spans jsonb not null check (jsonb_typeof(spans) = 'array'),
  constraint work_axis_day_has_length check (ends_at > starts_at)
);
create index work_axis_cumulative_seconds on work_axis (cumulative_seconds, day);

-- Working seconds from the start of the axis to an instant, to the microsecond.
create function work_position(instant timestamptz) returns numeric
language plpgsql
stable
strict
as $$
declare
  found_day work_axis;
  elapsed numeric;
begin
  select *
  into found_day
  from work_axis
  where starts_at <= instant
  order by starts_at desc
  limit 1;
  if not found or instant > found_day.ends_at then
    raise exception 'CLOCK_OUTSIDE_CALENDAR: % lies outside the work axis', instant
      using errcode = 'datetime_field_overflow';
  end if;
  elapsed := extract(epoch from instant - found_day.starts_at);
  return found_day.cumulative_seconds + (
    select coalesce(sum(greatest(0, least(elapsed, (span ->> 1)::numeric) - (span ->> 0)::numeric)), 0)
    from jsonb_array_elements(found_day.spans) as span
  );
end
$$;

-- Whole seconds of working time from a to b, cut towards zero; negative when b is before a.
create function work_seconds_between(a timestamptz, b timestamptz) returns bigint
language sql
stable
strict
as $$
  select trunc(work_position(b) - work_position(a))::bigint
$$;

-- The earliest instant that many seconds of working time separate from start; negative walks back, zero stays.
create function add_work_seconds(start timestamptz, seconds bigint) returns timestamptz
language plpgsql
stable
strict
as $$
declare
  target numeric := work_position(start) + seconds;
  found_day work_axis;
  worked numeric;
  span jsonb;
begin
  if seconds = 0 then
    return start;
  end if;
  if target = 0 then
    return (select min(starts_at) from work_axis);
  end if;
  select *
  into found_day
  from work_axis
  where cumulative_seconds < ceil(target)::bigint
  order by cumulative_seconds desc, day desc
  limit 1;
  worked := found_day.cumulative_seconds;
  for span in select jsonb_array_elements(found_day.spans) loop
    if worked + (span ->> 1)::numeric - (span ->> 0)::numeric >= target then
      return found_day.starts_at
        + ((span ->> 0)::numeric + target - worked)::double precision * interval '1 second';
    end if;
    worked := worked + (span ->> 1)::numeric - (span ->> 0)::numeric;
  end loop;
  raise exception 'CLOCK_OUTSIDE_CALENDAR: % working seconds from % lie outside the work axis', seconds, start
    using errcode = 'datetime_field_overflow';
end
$$;
