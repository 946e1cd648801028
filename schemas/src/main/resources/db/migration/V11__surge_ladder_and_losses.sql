-- What binds a product step by step, who brings most of a material, what each loss would do, and the snapshot from which all of it was
-- computed, so that a figure can be computed again and asked "what if".
set role capacity_migrator;

create table store.surge_ladder (
    product_id text collate "C" not null,
    posture text collate "C" not null,
    evidence text collate "C" not null,
    as_of date not null,
    step integer not null,
    constraint_kind text collate "C" not null,
    node_id text collate "C" not null,
    node_name text not null,
    achievable_per_month double precision not null,
    supplied_per_month double precision not null,
    drawn_per_month double precision,
    unit text not null,
    generation integer not null,
    version bigint not null,
    watermark timestamptz not null,
    computed_at timestamptz not null default now(),
    final boolean not null,
    primary key (product_id, posture, evidence, as_of, step)
) with (fillfactor = 70);
create index surge_ladder_by_day on store.surge_ladder (as_of, posture, evidence);

alter table store.material_cover add column main_parent text collate "C";
alter table store.material_cover add column main_parent_share double precision;

-- Losses take longer to compute than readiness, so they follow it: their rows stand beside an older or newer computation of the date.
create table store.surge_loss (
    product_id text collate "C" not null,
    posture text collate "C" not null,
    loss_kind text collate "C" not null,
    loss_id text collate "C" not null,
    as_of date not null,
    readiness double precision,
    readiness_after double precision,
    achievable_per_month double precision,
    achievable_after double precision,
    units_short_after double precision,
    binding_constraint_after text collate "C",
    binding_id_after text collate "C",
    why_after text not null,
    generation integer not null,
    version bigint not null,
    watermark timestamptz not null,
    computed_at timestamptz not null default now(),
    final boolean not null,
    primary key (product_id, posture, loss_kind, loss_id, as_of)
) with (fillfactor = 70);
create index surge_loss_by_day on store.surge_loss (as_of, posture, loss_kind);

-- The stamp is that of the last trial that wrote all rows. Trials after it write only what changed, and how far they went.
create table store.surge_loss_computation (
    as_of date primary key,
    losses_tried integer not null,
    generation integer not null,
    version bigint not null,
    watermark timestamptz not null,
    computed_at timestamptz not null default now(),
    final boolean not null,
    tried_up_to timestamptz
) with (fillfactor = 70);

create table store.surge_snapshot (
    as_of date primary key,
    snapshot text not null,
    generation integer not null,
    version bigint not null,
    watermark timestamptz not null,
    computed_at timestamptz not null default now(),
    final boolean not null
) with (fillfactor = 70);

create view capacity.surge_ladder as
    select given.as_of, given.product_id, given.posture, given.evidence, given.step, given.constraint_kind as "constraint", given.node_id,
        given.node_name, given.achievable_per_month, given.supplied_per_month, given.drawn_per_month, given.unit,
        given.generation, given.version, given.watermark, given.computed_at, given.final
    from store.surge_ladder as given
    join store.surge_computation as whole on whole.as_of = given.as_of
        and (given.generation, given.version, given.watermark) >= (whole.generation, whole.version, whole.watermark);

create or replace view capacity.material_cover as
    select given.as_of, given.plant_id, given.material_id, given.posture, given.days_of_supply, given.single_source, given.on_hand, given.daily_draw,
        given.generation, given.version, given.watermark, given.computed_at, given.final, given.main_parent, given.main_parent_share
    from store.material_cover as given
    join store.surge_computation as whole on whole.as_of = given.as_of
        and (given.generation, given.version, given.watermark) >= (whole.generation, whole.version, whole.watermark);

create view capacity.surge_loss as
    select given.as_of, given.product_id, given.posture, given.loss_kind, given.loss_id, given.readiness, given.readiness_after,
        given.achievable_per_month, given.achievable_after, given.units_short_after, given.binding_constraint_after, given.binding_id_after,
        given.why_after, given.generation, given.version, given.watermark, given.computed_at, given.final
    from store.surge_loss as given
    join store.surge_loss_computation as whole on whole.as_of = given.as_of
        and (given.generation, given.version, given.watermark) >= (whole.generation, whole.version, whole.watermark);

create view capacity.surge_loss_computation as
    select as_of, losses_tried, generation, version, watermark, computed_at, final, coalesce(tried_up_to, watermark) as tried_up_to
    from store.surge_loss_computation;

create view capacity.surge_snapshot as
    select as_of, snapshot, generation, version, watermark, computed_at, final
    from store.surge_snapshot;
