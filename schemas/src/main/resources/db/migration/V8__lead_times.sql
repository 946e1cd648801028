-- How long orders take, how much of them came on time, what waits, and where each order stands. A percentile of many groups cannot
-- be taken from theirs, so every group has rows of its own.
set role capacity_migrator;

create table store.lead_time (
    group_kind text collate "C" not null,
    group_id text collate "C" not null,
    cohort text collate "C" not null,
    basis text collate "C" not null,
    as_of date not null,
    p50_days double precision,
    p80_days double precision,
    p90_days double precision,
    orders_total bigint not null,
    orders_completed bigint not null,
    orders_open bigint not null,
    orders_cancelled bigint not null,
    at_risk bigint not null,
    p80_at_risk bigint,
    p90_at_risk bigint,
    cancelled_share double precision,
    completed_only_mean_days double precision,
    generation integer not null,
    version bigint not null,
    watermark timestamptz not null,
    computed_at timestamptz not null default now(),
    final boolean not null,
    -- The group first, then time: a panel asks for some groups over a range.
    primary key (group_kind, group_id, cohort, basis, as_of)
) with (fillfactor = 70);
create index lead_time_by_day on store.lead_time (as_of, group_kind);

-- A curve is one row, because it is replaced as a whole: a shorter one leaves nothing of a longer one behind, and a writer that
-- may not delete needs not to. Element n is day n - 1.
create table store.lead_time_curve (
    group_kind text collate "C" not null,
    group_id text collate "C" not null,
    cohort text collate "C" not null,
    basis text collate "C" not null,
    as_of date not null,
    survival double precision[] not null,
    at_risk bigint[] not null,
    cancelled_share double precision[] not null,
    generation integer not null,
    version bigint not null,
    watermark timestamptz not null,
    computed_at timestamptz not null default now(),
    final boolean not null,
    primary key (group_kind, group_id, cohort, basis)
);

create table store.order_backlog (
    group_kind text collate "C" not null,
    group_id text collate "C" not null,
    as_of date not null,
    open_orders bigint not null,
    backlog_units bigint not null,
    overdue_orders bigint not null,
    overdue_units bigint not null,
    accepted_units bigint not null,
    rate_weeks double precision not null,
    generation integer not null,
    version bigint not null,
    watermark timestamptz not null,
    computed_at timestamptz not null default now(),
    final boolean not null,
    primary key (group_kind, group_id, as_of)
) with (fillfactor = 70);
create index order_backlog_by_day on store.order_backlog (as_of, group_kind);

create table store.on_time_week (
    group_kind text collate "C" not null,
    group_id text collate "C" not null,
    iso_week text collate "C" not null,
    lines_due bigint not null,
    lines_on_time_in_full bigint not null,
    units_due bigint not null,
    units_on_time bigint not null,
    generation integer not null,
    version bigint not null,
    watermark timestamptz not null,
    computed_at timestamptz not null default now(),
    final boolean not null,
    primary key (group_kind, group_id, iso_week)
) with (fillfactor = 70);
create index on_time_week_by_week on store.on_time_week (iso_week, group_kind);

create table store.order_status (
    order_id text collate "C" primary key,
    product_id text collate "C" not null,
    plant_id text collate "C" not null,
    buyer_nation text collate "C" not null,
    framework_id text collate "C",
    priority integer,
    state text collate "C" not null,
    ordered_units bigint not null,
    dispatched_units bigint not null,
    accepted_units bigint not null,
    rejected_units bigint not null,
    queue_units bigint,
    confirmed_at timestamptz not null,
    baseline_promised_at timestamptz not null,
    promised_at timestamptz not null,
    first_accepted_at timestamptz,
    completed_at timestamptz,
    cancelled_at timestamptz,
    forecast_p50_at timestamptz,
    forecast_p80_at timestamptz,
    slip_days double precision,
    stalled boolean not null,
    flags text not null,
    generation integer not null,
    version bigint not null,
    watermark timestamptz not null,
    computed_at timestamptz not null default now(),
    final boolean not null
) with (fillfactor = 70);
-- Pages list open orders, which are few beside all that ever were: of a plant, of a product, or the oldest promises of all.
create index order_status_open_by_plant on store.order_status (plant_id, product_id, confirmed_at) where state = 'OPEN';
create index order_status_open_by_product on store.order_status (product_id, confirmed_at) where state = 'OPEN';
create index order_status_open_by_promise on store.order_status (baseline_promised_at) where state = 'OPEN';

-- Weeks of work in what is ordered, at the rate of the last weeks; null if nothing was accepted in them. Sums of units of several
-- groups may be given.
create function capacity.cover_weeks(
    backlog_units double precision, accepted_units double precision, rate_weeks double precision) returns double precision
    language sql immutable parallel safe
    return backlog_units / nullif(accepted_units / nullif(rate_weeks, 0), 0);

-- Share of order lines, or of their units, that came on time; null if none was due.
create function capacity.on_time_ratio(on_time double precision, due double precision) returns double precision
    language sql immutable parallel safe
    return on_time / nullif(due, 0);

create view capacity.lead_time as
    select as_of, group_kind, group_id, cohort, basis, p50_days, p80_days, p90_days, orders_total, orders_completed, orders_open,
        orders_cancelled, at_risk, p80_at_risk, p90_at_risk, cancelled_share, completed_only_mean_days,
        generation, version, watermark, computed_at, final
    from store.lead_time;

create view capacity.lead_time_curve as
    select curve.group_kind, curve.group_id, curve.cohort, curve.basis, (point.number - 1)::integer as day, curve.as_of,
        nullif(point.survival, 'NaN') as survival, point.at_risk, nullif(point.cancelled_share, 'NaN') as cancelled_share,
        curve.generation, curve.version, curve.watermark, curve.computed_at, curve.final
    from store.lead_time_curve as curve
    cross join lateral unnest(curve.survival, curve.at_risk, curve.cancelled_share) with ordinality
        as point (survival, at_risk, cancelled_share, number);

create view capacity.order_backlog as
    select as_of, group_kind, group_id, open_orders, backlog_units, overdue_orders, overdue_units, accepted_units, rate_weeks,
        capacity.cover_weeks(backlog_units, accepted_units, rate_weeks) as cover_weeks,
        generation, version, watermark, computed_at, final
    from store.order_backlog;

create view capacity.on_time_week as
    select iso_week, group_kind, group_id, lines_due, lines_on_time_in_full, units_due, units_on_time,
        capacity.on_time_ratio(lines_on_time_in_full, lines_due) as on_time_in_full_ratio,
        capacity.on_time_ratio(units_on_time, units_due) as units_on_time_ratio,
        generation, version, watermark, computed_at, final
    from store.on_time_week
    where (lines_due | lines_on_time_in_full | units_due | units_on_time) <> 0;

-- An order is not written again because time goes by, but it becomes overdue: what the watermark of all orders has reached decides,
-- and the end of the production day of the first promise, by the clock that the plant had at that promise (the first one that is
-- known if it had none yet).
create view capacity.order_status as
    select status.order_id, status.product_id, status.plant_id, status.buyer_nation, status.framework_id, status.priority, status.state,
        status.ordered_units, status.dispatched_units, status.accepted_units, status.rejected_units,
        case when status.state = 'OPEN' then greatest(status.ordered_units - status.accepted_units, 0) else 0 end as backlog_units,
        status.queue_units, status.confirmed_at, status.baseline_promised_at, status.promised_at, status.first_accepted_at,
        status.completed_at, status.cancelled_at, status.forecast_p50_at, status.forecast_p80_at, status.slip_days,
        status.state = 'OPEN'
            -- Spares most orders the clock of their plant: the day of a promise never ends before the promise.
            and reached.instant > status.baseline_promised_at
            and reached.instant >= coalesce(
                (
                    select (capacity.production_day(status.baseline_promised_at, plant.time_zone, coalesce(plant.day_starts_at, '00:00'))
                            + 1 + coalesce(plant.day_starts_at, '00:00')) at time zone plant.time_zone
                    from store.plant
                    where plant.plant_id = status.plant_id
                    order by plant.valid_from > status.baseline_promised_at,
                        case when plant.valid_from <= status.baseline_promised_at then plant.valid_from end desc, plant.valid_from
                    limit 1
                ),
                (capacity.production_day(status.baseline_promised_at, 'UTC', '00:00') + 1)::timestamp at time zone 'UTC') as overdue,
        status.stalled, status.flags, status.generation, status.version, status.watermark, status.computed_at, status.final
    from store.order_status as status
    cross join lateral (
        select greatest(status.watermark, (
            select backlog.watermark
            from store.order_backlog as backlog
            where backlog.group_kind = 'alliance' and backlog.group_id = 'alliance'
            order by backlog.as_of desc
            limit 1
        ))
    ) as reached (instant);
