-- How far each product can be made at the rate required of it, what limits each line, how long materials last, and which supplier can
-- stop whom. Everything is computed together, from one snapshot, for a UTC date; the newest date is computed again and again.
set role capacity_migrator;

-- What is not computed any more (a requirement was taken back, a line is gone) must not stay, though the writer may not delete. An
-- entry here is written after all rows of a computation and says that whatever holds of the date carries its stamp or a newer one: the
-- views leave out rows that are older, and dates without an entry. So a date appears as a whole; while it is computed again, rows of
-- two computations stand side by side, but none is missing.
create table store.surge_computation (
    as_of date primary key,
    generation integer not null,
    version bigint not null,
    watermark timestamptz not null,
    computed_at timestamptz not null default now(),
    final boolean not null
) with (fillfactor = 70);

create table store.surge_readiness (
    product_id text collate "C" not null,
    posture text collate "C" not null,
    evidence text collate "C" not null,
    as_of date not null,
    required_per_month double precision not null,
    achievable_per_month double precision,
    readiness double precision,
    readiness_low double precision,
    readiness_high double precision,
    binding_constraint text collate "C",
    binding_id text collate "C",
    next_constraint text collate "C",
    next_id text collate "C",
    next_achievable_per_month double precision,
    time_to_surge_days integer,
    sustained_days integer,
    units_short double precision,
    lost_parent text collate "C",
    why text not null,
    generation integer not null,
    version bigint not null,
    watermark timestamptz not null,
    computed_at timestamptz not null default now(),
    final boolean not null,
    -- What it is about first, then time: a panel asks for the newest row of a product, or for its rows over a range.
    primary key (product_id, posture, evidence, as_of)
) with (fillfactor = 70);
create index surge_readiness_by_day on store.surge_readiness (as_of, posture, evidence);

create table store.surge_constraint (
    line_id text collate "C" not null,
    posture text collate "C" not null,
    constraint_kind text collate "C" not null,
    as_of date not null,
    units_per_month double precision,
    generation integer not null,
    version bigint not null,
    watermark timestamptz not null,
    computed_at timestamptz not null default now(),
    final boolean not null,
    primary key (line_id, posture, constraint_kind, as_of)
) with (fillfactor = 70);
create index surge_constraint_by_day on store.surge_constraint (as_of, posture);

create table store.material_cover (
    material_id text collate "C" not null,
    plant_id text collate "C" not null,
    posture text collate "C" not null,
    as_of date not null,
    on_hand double precision not null,
    daily_draw double precision,
    days_of_supply double precision,
    single_source boolean,
    generation integer not null,
    version bigint not null,
    watermark timestamptz not null,
    computed_at timestamptz not null default now(),
    final boolean not null,
    primary key (material_id, plant_id, posture, as_of)
) with (fillfactor = 70);
create index material_cover_by_day on store.material_cover (as_of, posture, plant_id);

create table store.supplier_criticality (
    supplier_parent text collate "C" not null,
    product_id text collate "C" not null,
    posture text collate "C" not null,
    as_of date not null,
    readiness_without double precision not null,
    criticality double precision not null,
    generation integer not null,
    version bigint not null,
    watermark timestamptz not null,
    computed_at timestamptz not null default now(),
    final boolean not null,
    primary key (supplier_parent, product_id, posture, as_of)
) with (fillfactor = 70);
create index supplier_criticality_by_day on store.supplier_criticality (as_of, posture, product_id);

create view capacity.surge_readiness as
    select given.as_of, given.product_id, given.posture, given.evidence, given.required_per_month, given.achievable_per_month, given.readiness,
        given.readiness_low, given.readiness_high, given.binding_constraint, given.binding_id, given.next_constraint, given.next_id,
        given.next_achievable_per_month, given.time_to_surge_days, given.sustained_days, given.units_short, given.lost_parent, given.why,
        given.generation, given.version, given.watermark, given.computed_at, given.final
    from store.surge_readiness as given
    join store.surge_computation as whole on whole.as_of = given.as_of
        and (given.generation, given.version, given.watermark) >= (whole.generation, whole.version, whole.watermark);

create view capacity.surge_constraint as
    select given.as_of, given.line_id, given.posture, given.constraint_kind as "constraint", given.units_per_month,
        given.generation, given.version, given.watermark, given.computed_at, given.final
    from store.surge_constraint as given
    join store.surge_computation as whole on whole.as_of = given.as_of
        and (given.generation, given.version, given.watermark) >= (whole.generation, whole.version, whole.watermark);

create view capacity.material_cover as
    select given.as_of, given.plant_id, given.material_id, given.posture, given.days_of_supply, given.single_source, given.on_hand, given.daily_draw,
        given.generation, given.version, given.watermark, given.computed_at, given.final
    from store.material_cover as given
    join store.surge_computation as whole on whole.as_of = given.as_of
        and (given.generation, given.version, given.watermark) >= (whole.generation, whole.version, whole.watermark);

create view capacity.supplier_criticality as
    select given.as_of, given.supplier_parent, given.product_id, given.posture, given.readiness_without, given.criticality,
        given.generation, given.version, given.watermark, given.computed_at, given.final
    from store.supplier_criticality as given
    join store.surge_computation as whole on whole.as_of = given.as_of
        and (given.generation, given.version, given.watermark) >= (whole.generation, whole.version, whole.watermark);

create view capacity.surge_computation as
    select as_of, generation, version, watermark, computed_at, final
    from store.surge_computation;
