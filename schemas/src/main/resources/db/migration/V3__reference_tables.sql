-- Reference data as known: one row a version. "valid_from" is -infinity for a version without a start; of several revisions
-- of one "valid_from" the highest is kept. Column names are those of the events; lists are kept as JSON.
set role capacity_migrator;

create table store.plant (
    plant_id text collate "C" not null,
    valid_from timestamptz not null,
    revision bigint not null,
    received_at timestamptz not null,
    computed_at timestamptz not null default now(),
    name text not null,
    nation text collate "C" not null,
    parent_entity text not null,
    latitude double precision not null,
    longitude double precision not null,
    time_zone text not null,
    day_starts_at time,
    manager_email text,
    manager_webhook text,
    primary key (plant_id, valid_from)
);

create table store.line (
    line_id text collate "C" not null,
    valid_from timestamptz not null,
    revision bigint not null,
    received_at timestamptz not null,
    computed_at timestamptz not null default now(),
    plant_id text collate "C" not null,
    product_id text collate "C" not null,
    ideal_cycle_seconds double precision not null,
    cycles jsonb not null,
    heartbeat_seconds integer not null,
    calendar text not null,
    declared_units_per_hour double precision not null,
    hours_per_week_peacetime double precision not null,
    hours_per_week_crisis double precision not null,
    hours_per_week_conflict double precision not null,
    available_from timestamptz,
    primary key (line_id, valid_from)
);

create table store.product (
    product_id text collate "C" not null,
    valid_from timestamptz not null,
    revision bigint not null,
    received_at timestamptz not null,
    computed_at timestamptz not null default now(),
    name text not null,
    capability_area text collate "C" not null,
    interchangeability_group text collate "C",
    bill_of_materials jsonb not null,
    primary key (product_id, valid_from)
);

create table store.material (
    material_id text collate "C" not null,
    valid_from timestamptz not null,
    revision bigint not null,
    received_at timestamptz not null,
    computed_at timestamptz not null default now(),
    name text not null,
    unit text not null,
    lead_time_days integer not null,
    primary key (material_id, valid_from)
);

create table store.supplier (
    supplier_id text collate "C" not null,
    valid_from timestamptz not null,
    revision bigint not null,
    received_at timestamptz not null,
    computed_at timestamptz not null default now(),
    parent_entity text not null,
    nation text collate "C" not null,
    allied boolean not null,
    supplies jsonb not null,
    primary key (supplier_id, valid_from)
);

create table store.surge_requirement (
    product_id text collate "C" not null,
    posture text collate "C" not null,
    valid_from timestamptz not null,
    revision bigint not null,
    received_at timestamptz not null,
    computed_at timestamptz not null default now(),
    units_per_month double precision not null,
    reach_within_days integer,
    sustain_days integer,
    primary key (product_id, posture, valid_from)
);

create table store.shift_plan (
    plan_id text collate "C" not null,
    valid_from timestamptz not null,
    revision bigint not null,
    received_at timestamptz not null,
    computed_at timestamptz not null default now(),
    line_id text collate "C" not null,
    "start" timestamptz not null,
    "end" timestamptz not null,
    breaks jsonb not null,
    cancelled boolean not null,
    primary key (plan_id, valid_from)
);
create index shift_plan_by_line on store.shift_plan (line_id, "start");

create table store.alert_rule (
    rule_id text collate "C" not null,
    valid_from timestamptz not null,
    revision bigint not null,
    received_at timestamptz not null,
    computed_at timestamptz not null default now(),
    subject_kind text not null,
    measure text not null,
    raise double precision not null,
    clear double precision not null,
    on_delay_seconds integer not null,
    off_delay_seconds integer not null,
    severity text not null,
    min_completeness double precision not null,
    runbook text,
    enabled boolean not null,
    primary key (rule_id, valid_from)
);

-- What was refused, where it came from and why. In files the partition is 0 and the offset the line number.
create table store.rejected_event (
    topic text collate "C" not null,
    record_partition integer not null,
    record_offset bigint not null,
    reason_code text not null,
    reason text not null,
    event_time timestamptz,
    received_at timestamptz,
    payload text not null,
    computed_at timestamptz not null default now(),
    primary key (topic, record_partition, record_offset)
);
create index rejected_event_by_time on store.rejected_event (received_at);
