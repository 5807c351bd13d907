CREATE SCHEMA public;

CREATE FUNCTION public.add_work_seconds(start timestamp with time zone, seconds bigint) RETURNS timestamp with time zone
    LANGUAGE plpgsql STABLE STRICT
    AS $$
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

CREATE FUNCTION public.work_position(instant timestamp with time zone) RETURNS numeric
    LANGUAGE plpgsql STABLE STRICT
    AS $$
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

CREATE FUNCTION public.work_seconds_between(a timestamp with time zone, b timestamp with time zone) RETURNS bigint
    LANGUAGE sql STABLE STRICT
    AS $$
  select trunc(work_position(b) - work_position(a))::bigint
$$;

CREATE TABLE public.api_keys (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    name text NOT NULL,
    key_sha256 text NOT NULL,
    prefix text NOT NULL,
    read_only boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by uuid NOT NULL,
    expires_at timestamp with time zone,
    last_used_at timestamp with time zone,
    revoked_at timestamp with time zone
);

CREATE TABLE public.attachments (
    id uuid NOT NULL,
    sha256 text NOT NULL,
    media_type text NOT NULL,
    size_bytes bigint NOT NULL,
    purpose text NOT NULL,
    created_by uuid,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT attachments_purpose_check CHECK ((purpose = ANY (ARRAY['still'::text, 'evidence'::text, 'photo'::text]))),
    CONSTRAINT attachments_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text))
);

CREATE TABLE public.audit (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    user_id uuid,
    username text,
    action text NOT NULL,
    subject text,
    details jsonb DEFAULT '{}'::jsonb NOT NULL,
    request_id text,
    remote_address text
);

ALTER TABLE public.audit ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.audit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.buildings (
    code text NOT NULL,
    name_zh text,
    kind text NOT NULL,
    height_metres double precision NOT NULL,
    geom public.geometry(Polygon,4326) NOT NULL,
    CONSTRAINT buildings_height_metres_check CHECK ((height_metres > (0)::double precision)),
    CONSTRAINT buildings_kind_check CHECK ((kind = ANY (ARRAY['residential'::text, 'commercial'::text, 'public'::text, 'industrial'::text])))
);

CREATE TABLE public.bulletins (
    id uuid NOT NULL,
    period text NOT NULL,
    state text NOT NULL,
    as_of timestamp with time zone NOT NULL,
    content_gzip bytea NOT NULL,
    content_sha256 text NOT NULL,
    trial boolean NOT NULL,
    contest_until timestamp with time zone,
    created_by uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    reviewed_by uuid,
    reviewed_at timestamp with time zone,
    published_by uuid,
    published_at timestamp with time zone,
    note text DEFAULT ''::text NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT bulletins_period_check CHECK ((period ~ '^[0-9]{4}(-(0[1-9]|1[0-2])|-Q[1-4])?$'::text)),
    CONSTRAINT bulletins_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'shared'::text, 'reviewed'::text, 'published'::text, 'withdrawn'::text])))
);

CREATE TABLE public.calendars (
    day date NOT NULL,
    works boolean NOT NULL,
    name text,
    source text NOT NULL,
    changed_at timestamp with time zone,
    changed_by text,
    CONSTRAINT calendars_source_check CHECK ((source <> ''::text))
);

CREATE TABLE public.camera_calibrations (
    camera_id text NOT NULL,
    version integer NOT NULL,
    input jsonb NOT NULL,
    model jsonb NOT NULL,
    quality jsonb NOT NULL,
    by_user uuid,
    at timestamp with time zone NOT NULL
);

CREATE TABLE public.cameras (
    id text NOT NULL,
    name_zh text NOT NULL,
    name_en text NOT NULL,
    source jsonb NOT NULL,
    width integer NOT NULL,
    height integer NOT NULL,
    community_code text NOT NULL,
    subdistrict_code text NOT NULL,
    range_metres double precision DEFAULT 120 NOT NULL,
    calibration_version integer DEFAULT 0 NOT NULL,
    model jsonb,
    calibration_quality jsonb,
    coverage public.geometry(Geometry,4326),
    sample boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    geom public.geometry(Point,4326) NOT NULL,
    CONSTRAINT cameras_height_check CHECK (((height >= 16) AND (height <= 16384))),
    CONSTRAINT cameras_range_metres_check CHECK ((range_metres > (0)::double precision)),
    CONSTRAINT cameras_width_check CHECK (((width >= 16) AND (width <= 16384)))
);

CREATE TABLE public.case_clocks (
    id uuid NOT NULL,
    case_id uuid NOT NULL,
    stage text NOT NULL,
    round integer NOT NULL,
    unit_code text,
    axis text NOT NULL,
    started_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    limit_seconds bigint,
    used_before_seconds bigint DEFAULT 0 NOT NULL,
    used_seconds bigint,
    due_at timestamp with time zone,
    warn_at timestamp with time zone,
    CONSTRAINT case_clocks_axis_check CHECK ((axis = ANY (ARRAY['natural'::text, 'working'::text]))),
    CONSTRAINT case_clocks_stage_check CHECK ((stage = ANY (ARRAY['filing'::text, 'dispatch'::text, 'handling'::text, 'supervision'::text, 'send-for-check'::text, 'check'::text, 'closing'::text])))
);

CREATE TABLE public.case_events (
    case_id uuid NOT NULL,
    n integer NOT NULL,
    at timestamp with time zone NOT NULL,
    actor_id uuid,
    actor_name text NOT NULL,
    action text NOT NULL,
    from_stage text,
    to_stage text NOT NULL,
    payload jsonb NOT NULL,
    prev_hash text NOT NULL,
    hash text NOT NULL
);

CREATE TABLE public.case_facts (
    case_id uuid NOT NULL,
    number text NOT NULL,
    class_id text NOT NULL,
    kind text NOT NULL,
    channel text NOT NULL,
    urgent boolean NOT NULL,
    special boolean NOT NULL,
    subdistrict_code text NOT NULL,
    community_code text NOT NULL,
    cell_code text NOT NULL,
    reporter_id uuid,
    received_at timestamp with time zone NOT NULL,
    filed_at timestamp with time zone NOT NULL,
    filed_in_time boolean NOT NULL,
    first_dispatched_at timestamp with time zone,
    dispatched_in_time boolean,
    dispatches integer DEFAULT 0 NOT NULL,
    unit_code text,
    unit_dispatches integer DEFAULT 0 NOT NULL,
    due_at timestamp with time zone,
    limit_seconds bigint,
    extension_seconds bigint DEFAULT 0 NOT NULL,
    used_seconds bigint,
    fed_back_at timestamp with time zone,
    checks integer DEFAULT 0 NOT NULL,
    checks_in_time integer DEFAULT 0 NOT NULL,
    failed_checks integer DEFAULT 0 NOT NULL,
    checker_id uuid,
    closed_at timestamp with time zone,
    closed_in_time boolean,
    voided_at timestamp with time zone,
    merged boolean DEFAULT false NOT NULL,
    postponed_at timestamp with time zone,
    extended_at timestamp with time zone,
    returned_at timestamp with time zone,
    repeated_at timestamp with time zone,
    ruling text,
    CONSTRAINT case_facts_ruling_check CHECK ((ruling = ANY (ARRAY['left-out'::text, 'in-time'::text])))
);

CREATE TABLE public.case_numbers (
    day text NOT NULL,
    last integer NOT NULL
);

CREATE TABLE public.case_photos (
    case_id uuid NOT NULL,
    n integer NOT NULL,
    attachment_id uuid NOT NULL
);

CREATE TABLE public.case_requests (
    id uuid NOT NULL,
    case_id uuid NOT NULL,
    kind text NOT NULL,
    state text NOT NULL,
    unit_code text NOT NULL,
    n integer NOT NULL,
    reason text NOT NULL,
    reason_code text,
    seconds bigint,
    requested_by uuid NOT NULL,
    requested_at timestamp with time zone NOT NULL,
    arbiter_id uuid,
    decided_by uuid,
    decided_at timestamp with time zone,
    decision_note text,
    approved_seconds bigint,
    CONSTRAINT case_requests_approved_seconds_check CHECK ((approved_seconds > 0)),
    CONSTRAINT case_requests_decided CHECK (((state = ANY (ARRAY['approved'::text, 'refused'::text])) = (decided_by IS NOT NULL))),
    CONSTRAINT case_requests_kind_check CHECK ((kind = ANY (ARRAY['postponement'::text, 'extension'::text, 'return'::text]))),
    CONSTRAINT case_requests_seconds_check CHECK ((seconds > 0)),
    CONSTRAINT case_requests_state_check CHECK ((state = ANY (ARRAY['open'::text, 'approved'::text, 'refused'::text, 'lapsed'::text])))
);

CREATE TABLE public.cases (
    id uuid NOT NULL,
    number text NOT NULL,
    class_id text NOT NULL,
    limit_id integer NOT NULL,
    kind text NOT NULL,
    channel text NOT NULL,
    note text DEFAULT ''::text NOT NULL,
    accuracy_metres double precision NOT NULL,
    cell_code text NOT NULL,
    community_code text NOT NULL,
    subdistrict_code text NOT NULL,
    part_code text,
    place text,
    camera_id text,
    still_id uuid,
    stage text NOT NULL,
    unit_code text,
    assistant_codes text[] DEFAULT '{}'::text[] NOT NULL,
    resolution jsonb NOT NULL,
    urgent boolean NOT NULL,
    special boolean NOT NULL,
    dispatch_count integer DEFAULT 0 NOT NULL,
    second_notices integer DEFAULT 0 NOT NULL,
    report_count integer DEFAULT 1 NOT NULL,
    checker_id uuid,
    version integer DEFAULT 1 NOT NULL,
    received_at timestamp with time zone NOT NULL,
    filed_at timestamp with time zone NOT NULL,
    stage_since timestamp with time zone NOT NULL,
    due_at timestamp with time zone,
    warn_at timestamp with time zone,
    whole_due_at timestamp with time zone,
    whole_warn_at timestamp with time zone,
    supervision_due_at timestamp with time zone,
    supervision_warn_at timestamp with time zone,
    closed_at timestamp with time zone,
    updated_at timestamp with time zone NOT NULL,
    event_count integer DEFAULT 0 NOT NULL,
    head_hash text DEFAULT ''::text NOT NULL,
    geom public.geometry(Point,4326) NOT NULL,
    no_subject boolean DEFAULT false NOT NULL,
    merged_into uuid,
    postponed_at timestamp with time zone,
    extended_at timestamp with time zone,
    returned_at timestamp with time zone,
    repeated_at timestamp with time zone,
    extension_seconds bigint DEFAULT 0 NOT NULL,
    own_limit_seconds bigint,
    arbitrated boolean DEFAULT false NOT NULL,
    recalculated_at timestamp with time zone,
    CONSTRAINT cases_extension_seconds_check CHECK ((extension_seconds >= 0)),
    CONSTRAINT cases_kind_check CHECK ((kind = ANY (ARRAY['part'::text, 'event'::text]))),
    CONSTRAINT cases_own_limit_seconds_check CHECK ((own_limit_seconds > 0)),
    CONSTRAINT cases_stage_check CHECK ((stage = ANY (ARRAY['dispatch'::text, 'handling'::text, 'send-for-check'::text, 'check'::text, 'closing'::text, 'closed'::text, 'void'::text])))
);

CREATE TABLE public.cells (
    code text NOT NULL,
    community_code text NOT NULL,
    area_square_metres double precision NOT NULL,
    geom public.geometry(Polygon,4326) NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    retired_at timestamp with time zone,
    CONSTRAINT cells_area_square_metres_check CHECK ((area_square_metres > (0)::double precision)),
    CONSTRAINT cells_code_check CHECK ((code ~ '^[0-9]{15}$'::text))
);

CREATE TABLE public.class_limits (
    id integer NOT NULL,
    class_id text NOT NULL,
    condition_zh text NOT NULL,
    condition_en text NOT NULL,
    place text,
    amount double precision NOT NULL,
    unit text NOT NULL,
    closing_condition_zh text NOT NULL,
    closing_condition_en text NOT NULL,
    urgent boolean NOT NULL,
    special boolean NOT NULL,
    is_default boolean NOT NULL,
    basis text NOT NULL,
    valid_from date DEFAULT '2000-01-01'::date NOT NULL,
    valid_to date,
    replaces integer,
    CONSTRAINT class_limits_amount_check CHECK ((amount > (0)::double precision)),
    CONSTRAINT class_limits_days CHECK ((valid_to >= valid_from)),
    CONSTRAINT class_limits_place_check CHECK ((place = ANY (ARRAY['carriageway'::text, 'footway'::text]))),
    CONSTRAINT class_limits_unit_check CHECK ((unit = ANY (ARRAY['minute'::text, 'urgent_hour'::text, 'urgent_day'::text, 'hour'::text, 'day'::text, 'work_day'::text])))
);

CREATE TABLE public.class_sets (
    standard text NOT NULL,
    edition integer NOT NULL,
    active boolean NOT NULL
);

CREATE TABLE public.class_successors (
    id integer NOT NULL,
    from_id text NOT NULL,
    to_edition integer NOT NULL,
    to_id text,
    relation text NOT NULL,
    reviewed boolean NOT NULL,
    basis text NOT NULL,
    note text NOT NULL,
    CONSTRAINT class_successors_none_has_no_class CHECK (((to_id IS NULL) = (relation = 'none'::text))),
    CONSTRAINT class_successors_relation_check CHECK ((relation = ANY (ARRAY['same'::text, 'renamed'::text, 'wider'::text, 'narrower'::text, 'split'::text, 'none'::text])))
);

ALTER TABLE public.class_successors ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.class_successors_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.classes (
    id text NOT NULL,
    edition integer NOT NULL,
    kind text NOT NULL,
    major_code text NOT NULL,
    major_zh text NOT NULL,
    major_en text NOT NULL,
    minor_code text NOT NULL,
    name_zh text NOT NULL,
    name_en text NOT NULL,
    pinyin text NOT NULL,
    stance text NOT NULL,
    basis text DEFAULT 'standard'::text NOT NULL,
    CONSTRAINT classes_kind_check CHECK ((kind = ANY (ARRAY['part'::text, 'event'::text]))),
    CONSTRAINT classes_stance_check CHECK ((stance = ANY (ARRAY['upright'::text, 'flat'::text])))
);

CREATE TABLE public.contests (
    id uuid NOT NULL,
    case_id uuid NOT NULL,
    unit_code text NOT NULL,
    period text NOT NULL,
    state text NOT NULL,
    wants text NOT NULL,
    reason text NOT NULL,
    photos uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    filed_by uuid NOT NULL,
    filed_at timestamp with time zone NOT NULL,
    decided_by uuid,
    decided_at timestamp with time zone,
    decision_note text,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT contests_period_check CHECK ((period ~ '^[0-9]{4}-[0-9]{2}$'::text)),
    CONSTRAINT contests_state_check CHECK ((state = ANY (ARRAY['open'::text, 'upheld'::text, 'refused'::text]))),
    CONSTRAINT contests_wants_check CHECK ((wants = ANY (ARRAY['left-out'::text, 'in-time'::text])))
);

CREATE TABLE public.divisions (
    code text NOT NULL,
    parent_code text,
    level text NOT NULL,
    name_zh text NOT NULL,
    name_en text NOT NULL,
    edition integer NOT NULL,
    geom public.geometry(MultiPolygon,4326) NOT NULL,
    CONSTRAINT divisions_code_check CHECK ((code ~ '^([0-9]{6}|[0-9]{9}|[0-9]{12})$'::text)),
    CONSTRAINT divisions_level_check CHECK ((level = ANY (ARRAY['district'::text, 'subdistrict'::text, 'community'::text])))
);

CREATE TABLE public.duties (
    id integer NOT NULL,
    unit_code text NOT NULL,
    class_id text,
    kind text NOT NULL,
    mode text NOT NULL,
    area_code text,
    owner_condition text,
    place text,
    channel text,
    priority integer NOT NULL,
    role text NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    basis text NOT NULL,
    quote text NOT NULL,
    replaces integer,
    CONSTRAINT duties_days CHECK ((valid_to >= valid_from)),
    CONSTRAINT duties_kind_check CHECK ((kind = ANY (ARRAY['part'::text, 'event'::text]))),
    CONSTRAINT duties_owner_condition_check CHECK ((owner_condition = ANY (ARRAY['owner'::text, 'maintainer'::text, 'builder-in-maintenance'::text]))),
    CONSTRAINT duties_place_check CHECK ((place = ANY (ARRAY['carriageway'::text, 'footway'::text]))),
    CONSTRAINT duties_role_check CHECK ((role = ANY (ARRAY['lead'::text, 'assist'::text])))
);

CREATE TABLE public.feed (
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    kind text NOT NULL,
    subject_id text NOT NULL,
    patch jsonb NOT NULL,
    rooms_before text[] NOT NULL,
    rooms_after text[] NOT NULL
);

CREATE TABLE public.framings (
    id uuid NOT NULL,
    report_id uuid NOT NULL,
    camera_id text NOT NULL,
    calibration_version integer NOT NULL,
    at timestamp with time zone NOT NULL,
    box jsonb NOT NULL,
    still_id uuid,
    evidence_id uuid,
    ellipse jsonb NOT NULL,
    created_by uuid NOT NULL,
    footprint public.geometry(Polygon,4326) NOT NULL,
    ground public.geometry(Point,4326) NOT NULL
);

CREATE TABLE public.grid_plan_cells (
    job_id uuid NOT NULL,
    code text NOT NULL,
    community_code text NOT NULL,
    area_square_metres double precision NOT NULL,
    geom public.geometry(Polygon,4326) NOT NULL,
    CONSTRAINT grid_plan_cells_area_square_metres_check CHECK ((area_square_metres > (0)::double precision)),
    CONSTRAINT grid_plan_cells_code_check CHECK ((code ~ '^[0-9]{15}$'::text))
);

CREATE TABLE public.head_cells (
    head_id uuid NOT NULL,
    cell_code text NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    CONSTRAINT head_cells_end_after_start CHECK ((valid_to > valid_from))
);

CREATE TABLE public.heads (
    id uuid NOT NULL,
    name_zh text NOT NULL,
    name_en text NOT NULL,
    role text NOT NULL,
    phone text,
    community_code text NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    basis text NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT heads_basis_check CHECK ((basis = ANY (ARRAY['real'::text, 'invented'::text]))),
    CONSTRAINT heads_end_after_start CHECK ((valid_to > valid_from)),
    CONSTRAINT heads_role_check CHECK ((role = ANY (ARRAY['grid-head'::text, 'courtyard-head'::text])))
);

CREATE TABLE public.idempotency_keys (
    user_id uuid NOT NULL,
    key text NOT NULL,
    request_sha256 text NOT NULL,
    status integer,
    response jsonb,
    created_at timestamp with time zone NOT NULL
);

CREATE TABLE public.import_previews (
    job_id uuid NOT NULL,
    features text NOT NULL
);

CREATE TABLE public.import_profiles (
    id uuid NOT NULL,
    name text NOT NULL,
    layer text NOT NULL,
    mapping jsonb NOT NULL,
    datum text,
    updated_by uuid,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT import_profiles_layer_check CHECK ((layer = ANY (ARRAY['divisions'::text, 'cells'::text, 'parts'::text, 'buildings'::text, 'roads'::text, 'cameras'::text, 'cases'::text])))
);

CREATE TABLE public.import_uploads (
    id uuid NOT NULL,
    file_name text NOT NULL,
    sha256 text NOT NULL,
    size_bytes bigint NOT NULL,
    node text NOT NULL,
    created_by uuid,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT import_uploads_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text))
);

CREATE TABLE public.job_row_errors (
    job_id uuid NOT NULL,
    n integer NOT NULL,
    line integer NOT NULL,
    field text NOT NULL,
    reason text NOT NULL,
    message_zh text NOT NULL,
    message_en text NOT NULL,
    value text
);

CREATE TABLE public.jobs (
    id uuid NOT NULL,
    kind text NOT NULL,
    state text NOT NULL,
    title_zh text NOT NULL,
    title_en text NOT NULL,
    created_by uuid,
    created_at timestamp with time zone NOT NULL,
    started_at timestamp with time zone,
    ended_at timestamp with time zone,
    worker text,
    heartbeat_at timestamp with time zone,
    cancel_requested boolean DEFAULT false NOT NULL,
    input jsonb NOT NULL,
    progress jsonb,
    result jsonb,
    error jsonb,
    CONSTRAINT jobs_kind_check CHECK ((kind = ANY (ARRAY['import'::text, 'grid-plan'::text, 'cell-check'::text, 'recalculation'::text, 'simulation'::text]))),
    CONSTRAINT jobs_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'done'::text, 'failed'::text, 'cancelled'::text])))
);

CREATE TABLE public.map_views (
    id uuid NOT NULL,
    owner_id uuid NOT NULL,
    name text NOT NULL,
    shared boolean NOT NULL,
    search jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT map_views_name_check CHECK (((length(name) >= 1) AND (length(name) <= 80)))
);

CREATE TABLE public.migrations (
    id integer NOT NULL,
    name character varying(255) NOT NULL,
    run_on timestamp without time zone NOT NULL
);

CREATE SEQUENCE public.migrations_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.migrations_id_seq OWNED BY public.migrations.id;

CREATE TABLE public.outbox (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    kind text NOT NULL,
    subject_id text NOT NULL,
    patch jsonb NOT NULL,
    rooms_before text[] NOT NULL,
    rooms_after text[] NOT NULL
);

ALTER TABLE public.outbox ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.outbox_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.part_photos (
    part_code text NOT NULL,
    attachment_id uuid NOT NULL,
    added_at timestamp with time zone NOT NULL,
    added_by uuid
);

CREATE TABLE public.parts (
    code text NOT NULL,
    class_id text NOT NULL,
    cell_code text NOT NULL,
    authority_code text NOT NULL,
    authority_name text NOT NULL,
    owner_code text,
    owner_name text,
    maintainer_code text,
    maintainer_name text,
    maintenance_until date,
    state text NOT NULL,
    initial_date date NOT NULL,
    changed_date date,
    source text,
    note text,
    geom public.geometry(Point,4326) NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    changed_at timestamp with time zone DEFAULT '2026-01-01 00:00:00+00'::timestamp with time zone NOT NULL,
    source_key text,
    CONSTRAINT parts_code_check CHECK (((length(code) = ANY (ARRAY[16, 17])) AND (code ~ '^[0-9]+$'::text))),
    CONSTRAINT parts_state_check CHECK ((state = ANY (ARRAY['intact'::text, 'damaged'::text, 'missing'::text, 'abandoned'::text, 'removed'::text])))
);

CREATE TABLE public.register_changes (
    id bigint NOT NULL,
    batch uuid NOT NULL,
    subject text NOT NULL,
    code text NOT NULL,
    at timestamp with time zone NOT NULL,
    actor_id uuid,
    actor_name text NOT NULL,
    action text NOT NULL,
    reason text,
    before jsonb,
    after jsonb,
    undone_by uuid,
    CONSTRAINT register_changes_action_check CHECK ((action = ANY (ARRAY['add'::text, 'edit'::text, 'move'::text, 'change-state'::text, 'retire'::text, 'import'::text, 'undo'::text, 'photo'::text]))),
    CONSTRAINT register_changes_subject_check CHECK ((subject = ANY (ARRAY['part'::text, 'cell'::text, 'division'::text, 'unit'::text, 'duty'::text, 'class'::text, 'limit'::text, 'class-set'::text, 'head'::text])))
);

ALTER TABLE public.register_changes ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.register_changes_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.reports (
    id uuid NOT NULL,
    channel text NOT NULL,
    source_key text,
    class_id text,
    limit_id integer,
    text text DEFAULT ''::text NOT NULL,
    reporter jsonb DEFAULT '{}'::jsonb NOT NULL,
    raw jsonb,
    state text NOT NULL,
    state_reason text,
    case_id uuid,
    accuracy_metres double precision,
    cell_code text,
    community_code text,
    subdistrict_code text,
    part_code text,
    created_by uuid,
    version integer DEFAULT 1 NOT NULL,
    received_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    warn_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    geom public.geometry(Point,4326),
    axis text DEFAULT 'working'::text NOT NULL,
    CONSTRAINT reports_axis_check CHECK ((axis = ANY (ARRAY['natural'::text, 'working'::text]))),
    CONSTRAINT reports_channel_check CHECK ((channel = ANY (ARRAY['video'::text, 'collector'::text, 'hotline'::text, 'public'::text, 'device'::text, 'api'::text]))),
    CONSTRAINT reports_state_check CHECK ((state = ANY (ARRAY['received'::text, 'filed'::text, 'rejected'::text, 'merged'::text])))
);

CREATE TABLE public.roads (
    code text NOT NULL,
    name_zh text NOT NULL,
    name_en text NOT NULL,
    class text NOT NULL,
    carriageway_metres double precision NOT NULL,
    footway_metres double precision NOT NULL,
    geom public.geometry(LineString,4326) NOT NULL,
    CONSTRAINT roads_class_check CHECK ((class = ANY (ARRAY['main'::text, 'secondary'::text, 'lane'::text])))
);

CREATE TABLE public.sessions (
    token_sha256 text NOT NULL,
    user_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL
);

CREATE TABLE public.settings (
    key text NOT NULL,
    value jsonb NOT NULL,
    CONSTRAINT settings_key_check CHECK ((key ~ '^[a-z0-9]+([:-][a-z0-9]+)*$'::text))
);

CREATE TABLE public.surfaces (
    id bigint NOT NULL,
    kind text NOT NULL,
    road_code text NOT NULL,
    geom public.geometry(Polygon,4326) NOT NULL,
    CONSTRAINT surfaces_kind_check CHECK ((kind = ANY (ARRAY['carriageway'::text, 'footway'::text])))
);

ALTER TABLE public.surfaces ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.surfaces_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.trial_periods (
    from_month text NOT NULL,
    to_month text NOT NULL,
    note text NOT NULL,
    CONSTRAINT trial_periods_end_after_start CHECK ((to_month >= from_month)),
    CONSTRAINT trial_periods_from_month_check CHECK ((from_month ~ '^[0-9]{4}-[0-9]{2}$'::text)),
    CONSTRAINT trial_periods_to_month_check CHECK ((to_month ~ '^[0-9]{4}-[0-9]{2}$'::text))
);

CREATE TABLE public.units (
    code text NOT NULL,
    name_zh text NOT NULL,
    name_en text NOT NULL,
    kind text NOT NULL,
    is_command boolean DEFAULT false NOT NULL,
    phone text NOT NULL,
    leader text NOT NULL,
    acceptance_clerk text NOT NULL,
    subdistrict_code text,
    basis text NOT NULL,
    closed_at date,
    CONSTRAINT units_basis_check CHECK ((basis = ANY (ARRAY['real'::text, 'invented'::text]))),
    CONSTRAINT units_kind_check CHECK ((kind = ANY (ARRAY['bureau'::text, 'subdistrict'::text, 'company'::text, 'other'::text])))
);

CREATE TABLE public.users (
    id uuid NOT NULL,
    username text NOT NULL,
    password_hash text NOT NULL,
    display_name_zh text NOT NULL,
    display_name_en text NOT NULL,
    role text NOT NULL,
    scope_kind text NOT NULL,
    scope_code text NOT NULL,
    phone text,
    sample boolean DEFAULT false NOT NULL,
    disabled_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT users_role_check CHECK ((role = ANY (ARRAY['administrator'::text, 'intake-clerk'::text, 'dispatcher'::text, 'operator'::text, 'supervisor'::text, 'evaluator'::text, 'hotline'::text, 'unit-clerk'::text, 'collector'::text, 'area-head'::text, 'wall'::text]))),
    CONSTRAINT users_scope_kind_check CHECK ((scope_kind = ANY (ARRAY['district'::text, 'subdistrict'::text, 'community'::text, 'unit'::text]))),
    CONSTRAINT users_username_check CHECK ((username ~ '^[a-z0-9][a-z0-9._-]{0,63}$'::text))
);

CREATE TABLE public.work_axis (
    day date NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    cumulative_seconds bigint NOT NULL,
    spans jsonb NOT NULL,
    CONSTRAINT work_axis_cumulative_seconds_check CHECK ((cumulative_seconds >= 0)),
    CONSTRAINT work_axis_day_has_length CHECK ((ends_at > starts_at)),
    CONSTRAINT work_axis_spans_check CHECK ((jsonb_typeof(spans) = 'array'::text))
);

CREATE TABLE public.work_seasons (
    from_month_day text NOT NULL,
    to_month_day text NOT NULL,
    spans jsonb NOT NULL,
    CONSTRAINT work_seasons_from_month_day_check CHECK ((from_month_day ~ '^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$'::text)),
    CONSTRAINT work_seasons_spans_check CHECK ((jsonb_typeof(spans) = 'array'::text)),
    CONSTRAINT work_seasons_to_month_day_check CHECK ((to_month_day ~ '^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$'::text))
);

CREATE TABLE public.working_time_changes (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    actor_id uuid,
    actor_name text NOT NULL,
    reason text NOT NULL,
    before jsonb NOT NULL,
    after jsonb NOT NULL,
    CONSTRAINT working_time_changes_reason_check CHECK ((reason <> ''::text))
);

ALTER TABLE public.working_time_changes ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.working_time_changes_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE ONLY public.migrations ALTER COLUMN id SET DEFAULT nextval('public.migrations_id_seq'::regclass);

ALTER TABLE ONLY public.api_keys
    ADD CONSTRAINT api_keys_key_sha256_key UNIQUE (key_sha256);

ALTER TABLE ONLY public.api_keys
    ADD CONSTRAINT api_keys_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.attachments
    ADD CONSTRAINT attachments_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audit
    ADD CONSTRAINT audit_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.buildings
    ADD CONSTRAINT buildings_pkey PRIMARY KEY (code);

ALTER TABLE ONLY public.bulletins
    ADD CONSTRAINT bulletins_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.calendars
    ADD CONSTRAINT calendars_pkey PRIMARY KEY (day);

ALTER TABLE ONLY public.camera_calibrations
    ADD CONSTRAINT camera_calibrations_pkey PRIMARY KEY (camera_id, version);

ALTER TABLE ONLY public.cameras
    ADD CONSTRAINT cameras_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.case_clocks
    ADD CONSTRAINT case_clocks_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.case_events
    ADD CONSTRAINT case_events_pkey PRIMARY KEY (case_id, n);

ALTER TABLE ONLY public.case_facts
    ADD CONSTRAINT case_facts_pkey PRIMARY KEY (case_id);

ALTER TABLE ONLY public.case_numbers
    ADD CONSTRAINT case_numbers_pkey PRIMARY KEY (day);

ALTER TABLE ONLY public.case_photos
    ADD CONSTRAINT case_photos_pkey PRIMARY KEY (case_id, n, attachment_id);

ALTER TABLE ONLY public.case_requests
    ADD CONSTRAINT case_requests_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases
    ADD CONSTRAINT cases_number_key UNIQUE (number);

ALTER TABLE ONLY public.cases
    ADD CONSTRAINT cases_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cells
    ADD CONSTRAINT cells_pkey PRIMARY KEY (code);

ALTER TABLE ONLY public.class_limits
    ADD CONSTRAINT class_limits_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.class_sets
    ADD CONSTRAINT class_sets_edition_key UNIQUE (edition);

ALTER TABLE ONLY public.class_sets
    ADD CONSTRAINT class_sets_pkey PRIMARY KEY (standard);

ALTER TABLE ONLY public.class_successors
    ADD CONSTRAINT class_successors_from_id_to_edition_to_id_key UNIQUE NULLS NOT DISTINCT (from_id, to_edition, to_id);

ALTER TABLE ONLY public.class_successors
    ADD CONSTRAINT class_successors_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.classes
    ADD CONSTRAINT classes_edition_kind_major_code_minor_code_key UNIQUE (edition, kind, major_code, minor_code);

ALTER TABLE ONLY public.classes
    ADD CONSTRAINT classes_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.contests
    ADD CONSTRAINT contests_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.divisions
    ADD CONSTRAINT divisions_pkey PRIMARY KEY (code);

ALTER TABLE ONLY public.duties
    ADD CONSTRAINT duties_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.feed
    ADD CONSTRAINT feed_pkey PRIMARY KEY (seq);

ALTER TABLE ONLY public.framings
    ADD CONSTRAINT framings_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.framings
    ADD CONSTRAINT framings_report_id_key UNIQUE (report_id);

ALTER TABLE ONLY public.grid_plan_cells
    ADD CONSTRAINT grid_plan_cells_pkey PRIMARY KEY (job_id, code);

ALTER TABLE ONLY public.head_cells
    ADD CONSTRAINT head_cells_pkey PRIMARY KEY (head_id, cell_code, valid_from);

ALTER TABLE ONLY public.heads
    ADD CONSTRAINT heads_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.idempotency_keys
    ADD CONSTRAINT idempotency_keys_pkey PRIMARY KEY (user_id, key);

ALTER TABLE ONLY public.import_previews
    ADD CONSTRAINT import_previews_pkey PRIMARY KEY (job_id);

ALTER TABLE ONLY public.import_profiles
    ADD CONSTRAINT import_profiles_name_key UNIQUE (name);

ALTER TABLE ONLY public.import_profiles
    ADD CONSTRAINT import_profiles_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.import_uploads
    ADD CONSTRAINT import_uploads_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.job_row_errors
    ADD CONSTRAINT job_row_errors_pkey PRIMARY KEY (job_id, n);

ALTER TABLE ONLY public.jobs
    ADD CONSTRAINT jobs_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.map_views
    ADD CONSTRAINT map_views_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.migrations
    ADD CONSTRAINT migrations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.part_photos
    ADD CONSTRAINT part_photos_pkey PRIMARY KEY (part_code, attachment_id);

ALTER TABLE ONLY public.parts
    ADD CONSTRAINT parts_pkey PRIMARY KEY (code);

ALTER TABLE ONLY public.register_changes
    ADD CONSTRAINT register_changes_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.reports
    ADD CONSTRAINT reports_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.reports
    ADD CONSTRAINT reports_source_key_key UNIQUE (source_key);

ALTER TABLE ONLY public.roads
    ADD CONSTRAINT roads_pkey PRIMARY KEY (code);

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (token_sha256);

ALTER TABLE ONLY public.settings
    ADD CONSTRAINT settings_pkey PRIMARY KEY (key);

ALTER TABLE ONLY public.surfaces
    ADD CONSTRAINT surfaces_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.trial_periods
    ADD CONSTRAINT trial_periods_pkey PRIMARY KEY (from_month);

ALTER TABLE ONLY public.units
    ADD CONSTRAINT units_pkey PRIMARY KEY (code);

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_username_key UNIQUE (username);

ALTER TABLE ONLY public.work_axis
    ADD CONSTRAINT work_axis_pkey PRIMARY KEY (day);

ALTER TABLE ONLY public.work_axis
    ADD CONSTRAINT work_axis_starts_at_key UNIQUE (starts_at);

ALTER TABLE ONLY public.work_seasons
    ADD CONSTRAINT work_seasons_pkey PRIMARY KEY (from_month_day);

ALTER TABLE ONLY public.working_time_changes
    ADD CONSTRAINT working_time_changes_pkey PRIMARY KEY (id);

CREATE INDEX api_keys_created_by ON public.api_keys USING btree (created_by);

CREATE INDEX api_keys_user_id ON public.api_keys USING btree (user_id);

CREATE INDEX attachments_created_by ON public.attachments USING btree (created_by);

CREATE INDEX attachments_sha256 ON public.attachments USING btree (sha256);

CREATE INDEX audit_at ON public.audit USING btree (at);

CREATE INDEX audit_user_id ON public.audit USING btree (user_id);

CREATE INDEX buildings_geom ON public.buildings USING gist (geom);

CREATE INDEX bulletins_created ON public.bulletins USING btree (created_at, id);

CREATE INDEX bulletins_created_by ON public.bulletins USING btree (created_by);

CREATE UNIQUE INDEX bulletins_one_published ON public.bulletins USING btree (period) WHERE (state = 'published'::text);

CREATE INDEX bulletins_published_by ON public.bulletins USING btree (published_by);

CREATE INDEX bulletins_reviewed_by ON public.bulletins USING btree (reviewed_by);

CREATE INDEX camera_calibrations_by_user ON public.camera_calibrations USING btree (by_user);

CREATE INDEX cameras_community_code ON public.cameras USING btree (community_code);

CREATE INDEX cameras_coverage ON public.cameras USING gist (coverage);

CREATE INDEX cameras_geom ON public.cameras USING gist (geom);

CREATE INDEX cameras_subdistrict_code ON public.cameras USING btree (subdistrict_code);

CREATE INDEX case_clocks_case_id ON public.case_clocks USING btree (case_id, started_at);

CREATE INDEX case_clocks_handling_due ON public.case_clocks USING btree (due_at) WHERE (stage = 'handling'::text);

CREATE INDEX case_clocks_unit_code ON public.case_clocks USING btree (unit_code);

CREATE INDEX case_events_actor_id ON public.case_events USING btree (actor_id);

CREATE INDEX case_events_checks ON public.case_events USING btree (actor_id, at) WHERE (action = 'check'::text);

CREATE INDEX case_facts_closed ON public.case_facts USING btree (closed_at);

CREATE INDEX case_facts_due ON public.case_facts USING btree (due_at) WHERE (due_at IS NOT NULL);

CREATE INDEX case_facts_filed ON public.case_facts USING btree (filed_at);

CREATE INDEX case_facts_unit_due ON public.case_facts USING btree (unit_code, due_at);

CREATE INDEX case_photos_attachment_id ON public.case_photos USING btree (attachment_id);

CREATE INDEX case_requests_arbiter_id ON public.case_requests USING btree (arbiter_id);

CREATE INDEX case_requests_case_id ON public.case_requests USING btree (case_id, requested_at);

CREATE INDEX case_requests_decided_by ON public.case_requests USING btree (decided_by);

CREATE UNIQUE INDEX case_requests_one_open ON public.case_requests USING btree (case_id) WHERE (state = 'open'::text);

CREATE INDEX case_requests_open ON public.case_requests USING btree (requested_at, id) WHERE (state = 'open'::text);

CREATE INDEX case_requests_requested ON public.case_requests USING btree (requested_at, id);

CREATE INDEX case_requests_requested_by ON public.case_requests USING btree (requested_by);

CREATE INDEX case_requests_unit_code ON public.case_requests USING btree (unit_code);

CREATE INDEX cases_assistant_codes ON public.cases USING gin (assistant_codes);

CREATE INDEX cases_camera_id ON public.cases USING btree (camera_id);

CREATE INDEX cases_cell_code ON public.cases USING btree (cell_code);

CREATE INDEX cases_checker_id ON public.cases USING btree (checker_id);

CREATE INDEX cases_class_id ON public.cases USING btree (class_id);

CREATE INDEX cases_community_code ON public.cases USING btree (community_code);

CREATE INDEX cases_geog_open ON public.cases USING gist (((geom)::public.geography)) WHERE (closed_at IS NULL);

CREATE INDEX cases_geom ON public.cases USING gist (geom);

CREATE INDEX cases_limit_id ON public.cases USING btree (limit_id);

CREATE INDEX cases_merged_into ON public.cases USING btree (merged_into) WHERE (merged_into IS NOT NULL);

CREATE INDEX cases_number_prefix ON public.cases USING btree (number text_pattern_ops);

CREATE INDEX cases_number_suffix ON public.cases USING btree (reverse(number) text_pattern_ops);

CREATE INDEX cases_open_due ON public.cases USING btree (COALESCE(due_at, 'infinity'::timestamp with time zone), id) WHERE (closed_at IS NULL);

CREATE INDEX cases_open_no_subject ON public.cases USING btree (COALESCE(due_at, 'infinity'::timestamp with time zone), id) WHERE ((closed_at IS NULL) AND no_subject);

CREATE INDEX cases_open_received ON public.cases USING btree (received_at, id) WHERE (closed_at IS NULL);

CREATE INDEX cases_open_stage_due ON public.cases USING btree (stage, COALESCE(due_at, 'infinity'::timestamp with time zone), id) WHERE (closed_at IS NULL);

CREATE INDEX cases_open_whole_due ON public.cases USING btree (COALESCE(whole_due_at, 'infinity'::timestamp with time zone), id) WHERE (closed_at IS NULL);

CREATE INDEX cases_part_code ON public.cases USING btree (part_code);

CREATE INDEX cases_received ON public.cases USING btree (received_at, id);

CREATE INDEX cases_still_id ON public.cases USING btree (still_id);

CREATE INDEX cases_subdistrict_code ON public.cases USING btree (subdistrict_code);

CREATE INDEX cases_unit_stage ON public.cases USING btree (unit_code, stage);

CREATE INDEX cells_community_code ON public.cells USING btree (community_code);

CREATE INDEX cells_geom ON public.cells USING gist (geom);

CREATE INDEX class_limits_class_id ON public.class_limits USING btree (class_id);

CREATE INDEX class_limits_replaces ON public.class_limits USING btree (replaces);

CREATE UNIQUE INDEX class_sets_one_active ON public.class_sets USING btree (active) WHERE active;

CREATE INDEX class_successors_to_edition ON public.class_successors USING btree (to_edition);

CREATE INDEX class_successors_to_id ON public.class_successors USING btree (to_id);

CREATE INDEX contests_case_id ON public.contests USING btree (case_id);

CREATE INDEX contests_decided_by ON public.contests USING btree (decided_by);

CREATE INDEX contests_filed_at ON public.contests USING btree (filed_at, id);

CREATE INDEX contests_filed_by ON public.contests USING btree (filed_by);

CREATE UNIQUE INDEX contests_one_open ON public.contests USING btree (case_id) WHERE (state = 'open'::text);

CREATE INDEX contests_unit_code ON public.contests USING btree (unit_code);

CREATE INDEX divisions_geom ON public.divisions USING gist (geom);

CREATE INDEX divisions_parent_code ON public.divisions USING btree (parent_code);

CREATE INDEX duties_area_code ON public.duties USING btree (area_code);

CREATE INDEX duties_class_id ON public.duties USING btree (class_id);

CREATE INDEX duties_replaces ON public.duties USING btree (replaces);

CREATE INDEX duties_unit_code ON public.duties USING btree (unit_code);

CREATE INDEX framings_camera_id ON public.framings USING btree (camera_id);

CREATE INDEX framings_created_by ON public.framings USING btree (created_by);

CREATE INDEX framings_evidence_id ON public.framings USING btree (evidence_id);

CREATE INDEX framings_still_id ON public.framings USING btree (still_id);

CREATE INDEX grid_plan_cells_geom ON public.grid_plan_cells USING gist (geom);

CREATE INDEX head_cells_cell_code ON public.head_cells USING btree (cell_code);

CREATE INDEX heads_community_code ON public.heads USING btree (community_code);

CREATE INDEX import_profiles_updated_by ON public.import_profiles USING btree (updated_by);

CREATE INDEX import_uploads_created_by ON public.import_uploads USING btree (created_by);

CREATE INDEX jobs_created_at ON public.jobs USING btree (created_at, id);

CREATE INDEX jobs_created_by ON public.jobs USING btree (created_by);

CREATE INDEX jobs_open ON public.jobs USING btree (created_at) WHERE (state = ANY (ARRAY['queued'::text, 'running'::text]));

CREATE INDEX map_views_owner_id ON public.map_views USING btree (owner_id);

CREATE INDEX map_views_shared ON public.map_views USING btree (name) WHERE shared;

CREATE INDEX part_photos_added_by ON public.part_photos USING btree (added_by);

CREATE INDEX part_photos_attachment_id ON public.part_photos USING btree (attachment_id);

CREATE INDEX parts_cell_code ON public.parts USING btree (cell_code);

CREATE INDEX parts_changed_at ON public.parts USING btree (changed_at);

CREATE INDEX parts_class_code ON public.parts USING btree (class_id, code);

CREATE INDEX parts_geom ON public.parts USING gist (geom);

CREATE INDEX parts_maintainer_code ON public.parts USING btree (maintainer_code, code) WHERE (maintainer_code IS NOT NULL);

CREATE INDEX parts_owner_code ON public.parts USING btree (owner_code, code) WHERE (owner_code IS NOT NULL);

CREATE INDEX parts_source_key ON public.parts USING btree (source_key, class_id) WHERE (source_key IS NOT NULL);

CREATE INDEX parts_state ON public.parts USING btree (state, code) WHERE (state <> 'intact'::text);

CREATE INDEX register_changes_actor_id ON public.register_changes USING btree (actor_id);

CREATE INDEX register_changes_batch ON public.register_changes USING btree (batch);

CREATE INDEX register_changes_subject ON public.register_changes USING btree (subject, code, id);

CREATE INDEX reports_case_id ON public.reports USING btree (case_id);

CREATE INDEX reports_cell_code ON public.reports USING btree (cell_code);

CREATE INDEX reports_class_id ON public.reports USING btree (class_id);

CREATE INDEX reports_community_code ON public.reports USING btree (community_code);

CREATE INDEX reports_created_by ON public.reports USING btree (created_by, received_at);

CREATE INDEX reports_limit_id ON public.reports USING btree (limit_id);

CREATE INDEX reports_open ON public.reports USING btree (due_at) WHERE (state = 'received'::text);

CREATE INDEX reports_part_code ON public.reports USING btree (part_code);

CREATE INDEX reports_received ON public.reports USING btree (received_at, id);

CREATE INDEX reports_subdistrict_code ON public.reports USING btree (subdistrict_code);

CREATE INDEX roads_geom ON public.roads USING gist (geom);

CREATE INDEX sessions_user_id ON public.sessions USING btree (user_id);

CREATE INDEX surfaces_geom ON public.surfaces USING gist (geom);

CREATE INDEX surfaces_road_code ON public.surfaces USING btree (road_code);

CREATE INDEX units_subdistrict_code ON public.units USING btree (subdistrict_code);

CREATE INDEX work_axis_cumulative_seconds ON public.work_axis USING btree (cumulative_seconds, day);

CREATE INDEX working_time_changes_actor_id ON public.working_time_changes USING btree (actor_id);

ALTER TABLE ONLY public.api_keys
    ADD CONSTRAINT api_keys_created_by_fkey FOREIGN KEY (created_by) REFERENCES public.users(id);

ALTER TABLE ONLY public.api_keys
    ADD CONSTRAINT api_keys_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.attachments
    ADD CONSTRAINT attachments_created_by_fkey FOREIGN KEY (created_by) REFERENCES public.users(id);

ALTER TABLE ONLY public.audit
    ADD CONSTRAINT audit_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);

ALTER TABLE ONLY public.bulletins
    ADD CONSTRAINT bulletins_created_by_fkey FOREIGN KEY (created_by) REFERENCES public.users(id);

ALTER TABLE ONLY public.bulletins
    ADD CONSTRAINT bulletins_published_by_fkey FOREIGN KEY (published_by) REFERENCES public.users(id);

ALTER TABLE ONLY public.bulletins
    ADD CONSTRAINT bulletins_reviewed_by_fkey FOREIGN KEY (reviewed_by) REFERENCES public.users(id);

ALTER TABLE ONLY public.camera_calibrations
    ADD CONSTRAINT camera_calibrations_by_user_fkey FOREIGN KEY (by_user) REFERENCES public.users(id);

ALTER TABLE ONLY public.camera_calibrations
    ADD CONSTRAINT camera_calibrations_camera_id_fkey FOREIGN KEY (camera_id) REFERENCES public.cameras(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.cameras
    ADD CONSTRAINT cameras_community_code_fkey FOREIGN KEY (community_code) REFERENCES public.divisions(code);

ALTER TABLE ONLY public.cameras
    ADD CONSTRAINT cameras_subdistrict_code_fkey FOREIGN KEY (subdistrict_code) REFERENCES public.divisions(code);

ALTER TABLE ONLY public.case_clocks
    ADD CONSTRAINT case_clocks_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.cases(id);

ALTER TABLE ONLY public.case_clocks
    ADD CONSTRAINT case_clocks_unit_code_fkey FOREIGN KEY (unit_code) REFERENCES public.units(code);

ALTER TABLE ONLY public.case_events
    ADD CONSTRAINT case_events_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES public.users(id);

ALTER TABLE ONLY public.case_events
    ADD CONSTRAINT case_events_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.cases(id);

ALTER TABLE ONLY public.case_facts
    ADD CONSTRAINT case_facts_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.cases(id);

ALTER TABLE ONLY public.case_photos
    ADD CONSTRAINT case_photos_attachment_id_fkey FOREIGN KEY (attachment_id) REFERENCES public.attachments(id);

ALTER TABLE ONLY public.case_photos
    ADD CONSTRAINT case_photos_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.cases(id);

ALTER TABLE ONLY public.case_requests
    ADD CONSTRAINT case_requests_arbiter_id_fkey FOREIGN KEY (arbiter_id) REFERENCES public.users(id);

ALTER TABLE ONLY public.case_requests
    ADD CONSTRAINT case_requests_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.cases(id);

ALTER TABLE ONLY public.case_requests
    ADD CONSTRAINT case_requests_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES public.users(id);

ALTER TABLE ONLY public.case_requests
    ADD CONSTRAINT case_requests_requested_by_fkey FOREIGN KEY (requested_by) REFERENCES public.users(id);

ALTER TABLE ONLY public.case_requests
    ADD CONSTRAINT case_requests_unit_code_fkey FOREIGN KEY (unit_code) REFERENCES public.units(code);

ALTER TABLE ONLY public.cases
    ADD CONSTRAINT cases_camera_id_fkey FOREIGN KEY (camera_id) REFERENCES public.cameras(id);

ALTER TABLE ONLY public.cases
    ADD CONSTRAINT cases_cell_code_fkey FOREIGN KEY (cell_code) REFERENCES public.cells(code);

ALTER TABLE ONLY public.cases
    ADD CONSTRAINT cases_checker_id_fkey FOREIGN KEY (checker_id) REFERENCES public.users(id);

ALTER TABLE ONLY public.cases
    ADD CONSTRAINT cases_class_id_fkey FOREIGN KEY (class_id) REFERENCES public.classes(id);

ALTER TABLE ONLY public.cases
    ADD CONSTRAINT cases_community_code_fkey FOREIGN KEY (community_code) REFERENCES public.divisions(code);

ALTER TABLE ONLY public.cases
    ADD CONSTRAINT cases_limit_id_fkey FOREIGN KEY (limit_id) REFERENCES public.class_limits(id);

ALTER TABLE ONLY public.cases
    ADD CONSTRAINT cases_merged_into_fkey FOREIGN KEY (merged_into) REFERENCES public.cases(id);

ALTER TABLE ONLY public.cases
    ADD CONSTRAINT cases_still_id_fkey FOREIGN KEY (still_id) REFERENCES public.attachments(id);

ALTER TABLE ONLY public.cases
    ADD CONSTRAINT cases_subdistrict_code_fkey FOREIGN KEY (subdistrict_code) REFERENCES public.divisions(code);

ALTER TABLE ONLY public.cases
    ADD CONSTRAINT cases_unit_code_fkey FOREIGN KEY (unit_code) REFERENCES public.units(code);

ALTER TABLE ONLY public.cells
    ADD CONSTRAINT cells_community_code_fkey FOREIGN KEY (community_code) REFERENCES public.divisions(code);

ALTER TABLE ONLY public.class_limits
    ADD CONSTRAINT class_limits_class_id_fkey FOREIGN KEY (class_id) REFERENCES public.classes(id);

ALTER TABLE ONLY public.class_limits
    ADD CONSTRAINT class_limits_replaces_fkey FOREIGN KEY (replaces) REFERENCES public.class_limits(id);

ALTER TABLE ONLY public.class_successors
    ADD CONSTRAINT class_successors_from_id_fkey FOREIGN KEY (from_id) REFERENCES public.classes(id);

ALTER TABLE ONLY public.class_successors
    ADD CONSTRAINT class_successors_to_edition_fkey FOREIGN KEY (to_edition) REFERENCES public.class_sets(edition);

ALTER TABLE ONLY public.class_successors
    ADD CONSTRAINT class_successors_to_id_fkey FOREIGN KEY (to_id) REFERENCES public.classes(id);

ALTER TABLE ONLY public.classes
    ADD CONSTRAINT classes_edition_fkey FOREIGN KEY (edition) REFERENCES public.class_sets(edition);

ALTER TABLE ONLY public.contests
    ADD CONSTRAINT contests_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.cases(id);

ALTER TABLE ONLY public.contests
    ADD CONSTRAINT contests_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES public.users(id);

ALTER TABLE ONLY public.contests
    ADD CONSTRAINT contests_filed_by_fkey FOREIGN KEY (filed_by) REFERENCES public.users(id);

ALTER TABLE ONLY public.contests
    ADD CONSTRAINT contests_unit_code_fkey FOREIGN KEY (unit_code) REFERENCES public.units(code);

ALTER TABLE ONLY public.divisions
    ADD CONSTRAINT divisions_parent_code_fkey FOREIGN KEY (parent_code) REFERENCES public.divisions(code);

ALTER TABLE ONLY public.duties
    ADD CONSTRAINT duties_area_code_fkey FOREIGN KEY (area_code) REFERENCES public.divisions(code);

ALTER TABLE ONLY public.duties
    ADD CONSTRAINT duties_class_id_fkey FOREIGN KEY (class_id) REFERENCES public.classes(id);

ALTER TABLE ONLY public.duties
    ADD CONSTRAINT duties_replaces_fkey FOREIGN KEY (replaces) REFERENCES public.duties(id);

ALTER TABLE ONLY public.duties
    ADD CONSTRAINT duties_unit_code_fkey FOREIGN KEY (unit_code) REFERENCES public.units(code);

ALTER TABLE ONLY public.framings
    ADD CONSTRAINT framings_camera_id_fkey FOREIGN KEY (camera_id) REFERENCES public.cameras(id);

ALTER TABLE ONLY public.framings
    ADD CONSTRAINT framings_created_by_fkey FOREIGN KEY (created_by) REFERENCES public.users(id);

ALTER TABLE ONLY public.framings
    ADD CONSTRAINT framings_evidence_id_fkey FOREIGN KEY (evidence_id) REFERENCES public.attachments(id);

ALTER TABLE ONLY public.framings
    ADD CONSTRAINT framings_report_id_fkey FOREIGN KEY (report_id) REFERENCES public.reports(id);

ALTER TABLE ONLY public.framings
    ADD CONSTRAINT framings_still_id_fkey FOREIGN KEY (still_id) REFERENCES public.attachments(id);

ALTER TABLE ONLY public.grid_plan_cells
    ADD CONSTRAINT grid_plan_cells_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.jobs(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.head_cells
    ADD CONSTRAINT head_cells_cell_code_fkey FOREIGN KEY (cell_code) REFERENCES public.cells(code);

ALTER TABLE ONLY public.head_cells
    ADD CONSTRAINT head_cells_head_id_fkey FOREIGN KEY (head_id) REFERENCES public.heads(id);

ALTER TABLE ONLY public.heads
    ADD CONSTRAINT heads_community_code_fkey FOREIGN KEY (community_code) REFERENCES public.divisions(code);

ALTER TABLE ONLY public.idempotency_keys
    ADD CONSTRAINT idempotency_keys_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.import_previews
    ADD CONSTRAINT import_previews_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.jobs(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.import_profiles
    ADD CONSTRAINT import_profiles_updated_by_fkey FOREIGN KEY (updated_by) REFERENCES public.users(id);

ALTER TABLE ONLY public.import_uploads
    ADD CONSTRAINT import_uploads_created_by_fkey FOREIGN KEY (created_by) REFERENCES public.users(id);

ALTER TABLE ONLY public.job_row_errors
    ADD CONSTRAINT job_row_errors_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.jobs(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.jobs
    ADD CONSTRAINT jobs_created_by_fkey FOREIGN KEY (created_by) REFERENCES public.users(id);

ALTER TABLE ONLY public.map_views
    ADD CONSTRAINT map_views_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES public.users(id);

ALTER TABLE ONLY public.part_photos
    ADD CONSTRAINT part_photos_added_by_fkey FOREIGN KEY (added_by) REFERENCES public.users(id);

ALTER TABLE ONLY public.part_photos
    ADD CONSTRAINT part_photos_attachment_id_fkey FOREIGN KEY (attachment_id) REFERENCES public.attachments(id);

ALTER TABLE ONLY public.parts
    ADD CONSTRAINT parts_cell_code_fkey FOREIGN KEY (cell_code) REFERENCES public.cells(code);

ALTER TABLE ONLY public.parts
    ADD CONSTRAINT parts_class_id_fkey FOREIGN KEY (class_id) REFERENCES public.classes(id);

ALTER TABLE ONLY public.register_changes
    ADD CONSTRAINT register_changes_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES public.users(id);

ALTER TABLE ONLY public.reports
    ADD CONSTRAINT reports_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.cases(id);

ALTER TABLE ONLY public.reports
    ADD CONSTRAINT reports_cell_code_fkey FOREIGN KEY (cell_code) REFERENCES public.cells(code);

ALTER TABLE ONLY public.reports
    ADD CONSTRAINT reports_class_id_fkey FOREIGN KEY (class_id) REFERENCES public.classes(id);

ALTER TABLE ONLY public.reports
    ADD CONSTRAINT reports_community_code_fkey FOREIGN KEY (community_code) REFERENCES public.divisions(code);

ALTER TABLE ONLY public.reports
    ADD CONSTRAINT reports_created_by_fkey FOREIGN KEY (created_by) REFERENCES public.users(id);

ALTER TABLE ONLY public.reports
    ADD CONSTRAINT reports_limit_id_fkey FOREIGN KEY (limit_id) REFERENCES public.class_limits(id);

ALTER TABLE ONLY public.reports
    ADD CONSTRAINT reports_subdistrict_code_fkey FOREIGN KEY (subdistrict_code) REFERENCES public.divisions(code);

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.surfaces
    ADD CONSTRAINT surfaces_road_code_fkey FOREIGN KEY (road_code) REFERENCES public.roads(code);

ALTER TABLE ONLY public.units
    ADD CONSTRAINT units_subdistrict_code_fkey FOREIGN KEY (subdistrict_code) REFERENCES public.divisions(code);

ALTER TABLE ONLY public.working_time_changes
    ADD CONSTRAINT working_time_changes_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES public.users(id);
