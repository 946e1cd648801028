-- What readers see. Rows of facts that are all zero are left out everywhere.
set role capacity_migrator;

do $$
declare
    facts constant text := 'planned_ms, producing_ms, setup_ms, delay_ms, down_ms, unknown_ms, unplanned_producing_ms,'
        ' good_units, scrap_units, rework_units, ideal_us, ideal_good_us, reports, duplicates, lost_reports, late_reports';
    stamp constant text := 'generation, version, watermark, computed_at, final';
    -- Sums of a window. The watermark is the earliest of the rows summed: everything before it is covered.
    sums constant text :=
        'sum(planned_ms) as planned_ms, sum(producing_ms) as producing_ms, sum(setup_ms) as setup_ms,'
        ' sum(delay_ms) as delay_ms, sum(down_ms) as down_ms, sum(unknown_ms) as unknown_ms,'
        ' sum(unplanned_producing_ms) as unplanned_producing_ms, sum(good_units) as good_units,'
        ' sum(scrap_units) as scrap_units, sum(rework_units) as rework_units, sum(ideal_us) as ideal_us,'
        ' sum(ideal_good_us) as ideal_good_us, sum(reports) as reports, sum(duplicates) as duplicates,'
        ' sum(lost_reports) as lost_reports, sum(late_reports) as late_reports, max(generation) as generation,'
        ' max(version) as version, min(watermark) as watermark, max(computed_at) as computed_at, bool_and(final) as final';
    -- Multiplied, not divided: exact decimals of fixed scale.
    seconds_and_units constant text :=
        'planned_ms * 0.001 as planned_seconds, producing_ms * 0.001 as producing_seconds,'
        ' setup_ms * 0.001 as setup_seconds, delay_ms * 0.001 as delay_seconds, down_ms * 0.001 as down_seconds,'
        ' unknown_ms * 0.001 as unknown_seconds, unplanned_producing_ms * 0.001 as unplanned_producing_seconds,'
        ' good_units::bigint, scrap_units::bigint, rework_units::bigint, ideal_us * 0.000001 as ideal_seconds,'
        ' ideal_good_us * 0.000001 as ideal_good_seconds, reports::bigint, duplicates::bigint, lost_reports::bigint,'
        ' late_reports::bigint, capacity.completeness(planned_ms, unknown_ms) as completeness';
    ratios constant text :=
        'capacity.availability(planned_ms, unknown_ms, producing_ms) as availability,'
        ' capacity.effectiveness(producing_ms, ideal_us) as effectiveness,'
        ' capacity.quality_ratio(ideal_us, ideal_good_us) as quality_ratio,'
        ' capacity.oee(planned_ms, unknown_ms, ideal_good_us) as oee,'
        ' capacity.oee_low(planned_ms, ideal_good_us) as oee_low,'
        ' capacity.oee_high(planned_ms, unknown_ms, producing_ms, ideal_us, ideal_good_us) as oee_high,'
        ' capacity.ideal_cycle_suspect(producing_ms, ideal_us) as ideal_cycle_suspect';
    not_all_zero constant text := '(' || replace(facts, ',', ' |') || ') <> 0';
begin
    execute format(
        'create view capacity.line_product_minute as
            select line_id, product_id, window_start, %s, %s from store.line_product_minute where %s',
        facts, stamp, not_all_zero);
    execute format(
        'create view capacity.line_product_hour as
            select line_id, product_id, window_start, %s, %s from store.line_product_hour where %s',
        facts, stamp, not_all_zero);
    execute format(
        'create view capacity.line_product_day as
            select line_id, product_id, production_day, capacity.iso_week(production_day) as iso_week, %s, %s
            from store.line_product_day where %s',
        facts, stamp, not_all_zero);

    execute format(
        'create view capacity.line_minute as
            select line_id, window_start, %s, %s
            from (select line_id, window_start, %s from capacity.line_product_minute group by line_id, window_start) as summed',
        seconds_and_units, stamp, sums);
    execute format(
        'create view capacity.line_hour as
            select line_id, window_start, %s, %s, %s
            from (select line_id, window_start, %s from capacity.line_product_hour group by line_id, window_start) as summed',
        seconds_and_units, ratios, stamp, sums);
    execute format(
        'create view capacity.line_day as
            select line_id, production_day, capacity.iso_week(production_day) as iso_week, %s, %s, %s
            from (select line_id, production_day, %s from capacity.line_product_day group by line_id, production_day) as summed',
        seconds_and_units, ratios, stamp, sums);

    -- A day belongs to the plant, product and nation as known at its end. The first version of each also stands for the time
    -- before it: a production day may end after the UTC day of the same date.
    execute format(
        'create view capacity.area_day as
            with line_then as (
                select line_id, plant_id, %1$s from store.line window versions as (partition by line_id order by valid_from)
            ), plant_then as (
                select plant_id, nation, %1$s from store.plant window versions as (partition by plant_id order by valid_from)
            ), product_then as (
                select product_id, capability_area, %1$s
                from store.product window versions as (partition by product_id order by valid_from)
            )
            select group_kind, group_id, production_day, capacity.iso_week(production_day) as iso_week, %2$s, %3$s, %4$s
            from (
                select group_kind, group_id, production_day, %5$s
                from capacity.line_product_day as facts
                left join line_then as line on line.line_id = facts.line_id and %6$s <@ line.held
                left join plant_then as plant on plant.plant_id = line.plant_id and %6$s <@ plant.held
                left join product_then as product on product.product_id = facts.product_id and %6$s <@ product.held
                cross join lateral (values
                    (''plant'', line.plant_id),
                    (''product'', facts.product_id),
                    (''capability_area'', product.capability_area),
                    (''nation'', plant.nation),
                    (''alliance'', ''alliance'')
                ) as area (group_kind, group_id)
                where group_id is not null
                group by group_kind, group_id, production_day
            ) as summed',
        'tstzrange(case when lag(valid_from) over versions is not null then valid_from end, lead(valid_from) over versions, ''(]'') as held',
        seconds_and_units, ratios, stamp, sums,
        '((production_day + 1)::timestamp at time zone ''UTC'')');
end
$$;

create view capacity.line_loss_day as
    select line_id, production_day, category, reason_code, lost_ms * 0.001 as seconds,
        generation, version, watermark, computed_at, final
    from store.line_loss_day
    where lost_ms <> 0;

create view capacity.plant as
    select plant_id, valid_from, lead(valid_from, 1, 'infinity') over (partition by plant_id order by valid_from) as valid_to,
        name, nation, parent_entity, latitude, longitude, time_zone, coalesce(day_starts_at, '00:00') as day_starts_at,
        0 as generation, revision as version, received_at as watermark, computed_at, false as final
    from store.plant;

create view capacity.line as
    select line_id, valid_from, lead(valid_from, 1, 'infinity') over (partition by line_id order by valid_from) as valid_to,
        plant_id, product_id, ideal_cycle_seconds, cycles, heartbeat_seconds, calendar, declared_units_per_hour,
        hours_per_week_peacetime, hours_per_week_crisis, hours_per_week_conflict, available_from,
        0 as generation, revision as version, received_at as watermark, computed_at, false as final
    from store.line;

create view capacity.product as
    select product_id, valid_from, lead(valid_from, 1, 'infinity') over (partition by product_id order by valid_from) as valid_to,
        name, capability_area, interchangeability_group, bill_of_materials,
        0 as generation, revision as version, received_at as watermark, computed_at, false as final
    from store.product;

create view capacity.material as
    select material_id, valid_from, lead(valid_from, 1, 'infinity') over (partition by material_id order by valid_from) as valid_to,
        name, unit, lead_time_days,
        0 as generation, revision as version, received_at as watermark, computed_at, false as final
    from store.material;

create view capacity.supplier as
    select supplier_id, valid_from, lead(valid_from, 1, 'infinity') over (partition by supplier_id order by valid_from) as valid_to,
        parent_entity, nation, allied, supplies,
        0 as generation, revision as version, received_at as watermark, computed_at, false as final
    from store.supplier;

create view capacity.surge_requirement as
    select product_id, posture, valid_from,
        lead(valid_from, 1, 'infinity') over (partition by product_id, posture order by valid_from) as valid_to,
        units_per_month,
        coalesce(reach_within_days, case posture when 'PEACETIME' then 0 when 'CRISIS' then 90 else 365 end) as reach_within_days,
        coalesce(sustain_days, case posture when 'PEACETIME' then 90 when 'CRISIS' then 180 else 365 end) as sustain_days,
        0 as generation, revision as version, received_at as watermark, computed_at, false as final
    from store.surge_requirement;

create view capacity.shift_plan as
    select plan_id, valid_from, lead(valid_from, 1, 'infinity') over (partition by plan_id order by valid_from) as valid_to,
        line_id, "start", "end", breaks, cancelled,
        0 as generation, revision as version, received_at as watermark, computed_at, false as final
    from store.shift_plan;

create view capacity.alert_rule as
    select rule_id, valid_from, lead(valid_from, 1, 'infinity') over (partition by rule_id order by valid_from) as valid_to,
        subject_kind, measure, raise, clear, on_delay_seconds, off_delay_seconds, severity, min_completeness, runbook, enabled,
        0 as generation, revision as version, received_at as watermark, computed_at, false as final
    from store.alert_rule;

-- The plant of a line as of the row's watermark.
create view capacity.line_current as
    select line_id, plant_id, state, since, reason_code, product_id, last_report_at, planned_now, units_today, units_last_hour,
        completeness_today, generation, version, watermark, computed_at, false as final
    from store.line_current
    left join lateral (
        select plant_id from store.line
        where line.line_id = line_current.line_id and valid_from <= watermark
        order by valid_from desc
        limit 1
    ) as line_then on true;

create view capacity.rejected_event as
    select topic, record_partition, record_offset, reason_code, reason, event_time, received_at, payload,
        0 as generation, 0::bigint as version, received_at as watermark, computed_at, true as final
    from store.rejected_event;
