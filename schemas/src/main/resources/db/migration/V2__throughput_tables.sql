-- Facts are additive integers: milliseconds, microseconds, units. Ratios are taken from summed facts, in the views.
-- Every row carries its stamp (generation, version, watermark); an older stamp never replaces a newer one.
-- Ids are ASCII: collation "C" compares them as bytes, which is faster and the same order on every machine.
set role capacity_migrator;

create table store.line_product_minute (
    line_id text collate "C" not null,
    product_id text collate "C" not null,
    window_start timestamptz not null,
    planned_ms bigint not null,
    producing_ms bigint not null,
    setup_ms bigint not null,
    delay_ms bigint not null,
    down_ms bigint not null,
    unknown_ms bigint not null,
    unplanned_producing_ms bigint not null,
    good_units bigint not null,
    scrap_units bigint not null,
    rework_units bigint not null,
    ideal_us bigint not null,
    ideal_good_us bigint not null,
    reports bigint not null,
    duplicates bigint not null,
    lost_reports bigint not null,
    late_reports bigint not null,
    generation integer not null,
    version bigint not null,
    watermark timestamptz not null,
    computed_at timestamptz not null default now(),
    final boolean not null,
    -- The line first, then time: a panel asks for some lines over a range.
    primary key (line_id, window_start, product_id)
) partition by range (window_start);

-- Rows change every second while their window is open: room on the page keeps these updates out of the index (HOT).
create table store.line_product_hour (
    like store.line_product_minute including defaults,
    primary key (line_id, window_start, product_id)
) with (fillfactor = 70);
create index line_product_hour_by_time on store.line_product_hour (window_start);

create table store.line_product_day (
    like store.line_product_minute including defaults
) with (fillfactor = 70);
alter table store.line_product_day drop column window_start;
alter table store.line_product_day add column production_day date not null;
alter table store.line_product_day add primary key (line_id, production_day, product_id);
create index line_product_day_by_day on store.line_product_day (production_day);

create table store.line_loss_day (
    line_id text collate "C" not null,
    production_day date not null,
    category text collate "C" not null,
    reason_code text not null,
    lost_ms bigint not null,
    generation integer not null,
    version bigint not null,
    watermark timestamptz not null,
    computed_at timestamptz not null default now(),
    final boolean not null
) with (fillfactor = 70);
-- By digest: the plant's words for a reason may be longer than an index entry can be.
create unique index line_loss_day_key on store.line_loss_day (line_id, production_day, category, md5(reason_code));
create index line_loss_day_by_day on store.line_loss_day (production_day);

create table store.line_current (
    line_id text collate "C" primary key,
    state text,
    since timestamptz,
    reason_code text,
    product_id text collate "C",
    last_report_at timestamptz,
    planned_now boolean not null,
    units_today bigint not null,
    units_last_hour bigint not null,
    completeness_today double precision,
    generation integer not null,
    version bigint not null,
    watermark timestamptz not null,
    computed_at timestamptz not null default now()
) with (fillfactor = 50);

-- One partition a UTC day. Made apart and attached, because creating it in place would lock out readers and writers.
create function store.ensure_minute_partitions(from_day date, to_day date) returns void
    language plpgsql
    security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    day date;
    partition text;
begin
    -- Two writers that meet a new day at once take turns; the second finds it made.
    perform pg_advisory_xact_lock(hashtext('store.line_product_minute'));
    for day in select generate_series(from_day, to_day, interval '1 day')::date loop
        partition := 'line_product_minute_' || to_char(day, 'YYYYMMDD');
        if to_regclass('store.' || partition) is null then
            execute format(
                'create table store.%I (like store.line_product_minute including defaults including constraints) with (fillfactor = 70)',
                partition);
            execute format(
                'alter table store.line_product_minute attach partition store.%I for values from (%L) to (%L)',
                partition,
                day::timestamp at time zone 'UTC',
                (day + 1)::timestamp at time zone 'UTC');
        end if;
    end loop;
end
$$;

-- Drops the partitions of all UTC days before a day and says how many. What a long query holds is left for the next call.
create function store.drop_minutes_before(first_kept_day date) returns integer
    language plpgsql
    security definer
    set search_path = pg_catalog, pg_temp
    set lock_timeout = '2s'
as $$
declare
    partition text;
    dropped integer := 0;
begin
    for partition in
        select child.relname
        from pg_inherits
        join pg_class child on child.oid = inhrelid
        where inhparent = 'store.line_product_minute'::regclass
            and to_date(right(child.relname, 8), 'YYYYMMDD') < first_kept_day
        order by child.relname
    loop
        begin
            execute format('drop table store.%I', partition);
            dropped := dropped + 1;
        exception
            when lock_not_available then exit;
        end;
    end loop;
    return dropped;
end
$$;
