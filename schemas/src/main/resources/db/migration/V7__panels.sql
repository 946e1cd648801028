-- What dashboards ask. Functions and not views, because the range of a page must reach the rows before they are added up.
-- A range covers the production days that overlap it, each by the zone of its plant. The plan of a line is the rate declared
-- for it at the end of the day or hour times its planned time so far, so an open day can be compared with a closed one. Where nothing is known and nothing
-- was made, output over plan is unknown, not 0. What a line that is funded but not yet accepted does counts nowhere.
set role capacity_migrator;

-- The production day of a plant that an instant belongs to.
create function capacity.production_day("instant" timestamptz, time_zone text, day_starts_at time) returns date
    language sql immutable parallel safe
    return (("instant" at time zone time_zone) - day_starts_at)::date;

-- What a line declared and where it stood, and for which time: after its first instant, up to and with its last. The first version
-- of a line or plant also stands for the time before it.
create function capacity.line_history()
    returns table (line_id text, held tstzrange, plant_id text, plant_name text, nation text, time_zone text, day_starts_at time,
        declared_units_per_hour double precision, available_from timestamptz)
    language sql stable parallel safe
    as $$
        with line_then as (
            select line.line_id, line.plant_id, line.declared_units_per_hour, coalesce(line.available_from, '-infinity') as available_from,
                tstzrange(case when lag(valid_from) over versions is not null then valid_from end, valid_to, '(]') as held
            from capacity.line
            window versions as (partition by line.line_id order by valid_from)
        ), plant_then as (
            select plant.plant_id, plant.name, plant.nation, plant.time_zone, plant.day_starts_at,
                tstzrange(case when lag(valid_from) over versions is not null then valid_from end, valid_to, '(]') as held
            from capacity.plant
            window versions as (partition by plant.plant_id order by valid_from)
        )
        select line_then.line_id, coalesce(line_then.held * plant_then.held, line_then.held), line_then.plant_id, plant_then.name,
            plant_then.nation, coalesce(plant_then.time_zone, 'UTC'), coalesce(plant_then.day_starts_at, '00:00'),
            line_then.declared_units_per_hour, line_then.available_from
        from line_then
        left join plant_then on plant_then.plant_id = line_then.plant_id and plant_then.held && line_then.held
    $$;

comment on function capacity.line_history is
    'Declared rate and plant of every line over time; the range excludes its first instant and includes its last. A line is available from -infinity on unless it is funded and not yet accepted.';

-- Facts of production days in a range, with the place and the plan of each.
create function capacity.placed_days(from_time timestamptz, to_time timestamptz)
    returns table (line_id text, plant_id text, nation text, product_id text, capability_area text, production_day date,
        closed boolean, plan_units double precision, good_of_plan bigint, planned_ms bigint, producing_ms bigint, setup_ms bigint, delay_ms bigint,
        down_ms bigint, unknown_ms bigint, unplanned_producing_ms bigint, good_units bigint, scrap_units bigint,
        rework_units bigint, ideal_us bigint, ideal_good_us bigint, reports bigint, duplicates bigint, lost_reports bigint,
        late_reports bigint, generation integer, watermark timestamptz, final boolean)
    language sql stable parallel safe
    as $$
        with product_then as (
            select product.product_id, product.capability_area,
                tstzrange(case when lag(valid_from) over versions is not null then valid_from end, valid_to, '(]') as held
            from capacity.product
            window versions as (partition by product.product_id order by valid_from)
        )
        select facts.line_id, line.plant_id, line.nation, facts.product_id, product.capability_area, facts.production_day,
            capacity.production_day(facts.watermark, coalesce(line.time_zone, 'UTC'), coalesce(line.day_starts_at, '00:00'))
                > facts.production_day,
            line.declared_units_per_hour * facts.planned_ms / 3600000,
            case when line.declared_units_per_hour is not null then facts.good_units end,
            facts.planned_ms, facts.producing_ms, facts.setup_ms, facts.delay_ms, facts.down_ms, facts.unknown_ms,
            facts.unplanned_producing_ms, facts.good_units, facts.scrap_units, facts.rework_units, facts.ideal_us,
            facts.ideal_good_us, facts.reports, facts.duplicates, facts.lost_reports, facts.late_reports, facts.generation,
            facts.watermark, facts.final
        from capacity.line_product_day as facts
        left join capacity.line_history() as line
            on line.line_id = facts.line_id
            and ((facts.production_day + 1)::timestamp at time zone 'UTC') <@ line.held
        left join product_then as product
            on product.product_id = facts.product_id
            and ((facts.production_day + 1)::timestamp at time zone 'UTC') <@ product.held
        -- First by as much more on either side as a zone and the start of a day can shift it, which an index answers; then exactly.
        where facts.production_day
                between (from_time at time zone 'UTC')::date - 2 and (to_time at time zone 'UTC')::date + 1
            and coalesce((facts.production_day + 1)::timestamp at time zone 'UTC' > line.available_from, true)
            and facts.production_day
                between capacity.production_day(from_time, coalesce(line.time_zone, 'UTC'), coalesce(line.day_starts_at, '00:00'))
                and capacity.production_day(
                    to_time - interval '1 ms', coalesce(line.time_zone, 'UTC'), coalesce(line.day_starts_at, '00:00'))
    $$;

comment on function capacity.placed_days is
    'Facts of every accepted line and product on the production days that overlap a range, with plant, nation, capability area, planned output (rate declared for the line at the end of the day x planned time), the good units of lines with such a plan, and whether the day is over.';

do $$
declare
    result constant text :=
        'group_id text, name text, lines bigint, main_plant_id text, main_nation text, closed boolean, good_units bigint, scrap_units bigint,'
        ' rework_units bigint, plan_units double precision, plan_ratio double precision, planned_seconds numeric,'
        ' producing_seconds numeric, setup_seconds numeric, delay_seconds numeric, down_seconds numeric,'
        ' unknown_seconds numeric, unplanned_producing_seconds numeric, reports bigint, duplicates bigint, lost_reports bigint,'
        ' late_reports bigint, lost_ratio double precision, completeness double precision, availability double precision,'
        ' effectiveness double precision, quality_ratio double precision, oee double precision, oee_low double precision,'
        ' oee_high double precision, scrap_ratio double precision, ideal_cycle_suspect boolean, restatements integer,'
        ' watermark timestamptz, final boolean';
    measures constant text :=
        'closed, good_units::bigint, scrap_units::bigint, rework_units::bigint, plan_units,'
        ' case when unknown_ms < planned_ms or good_units <> 0 then good_of_plan / nullif(plan_units, 0) end, planned_ms * 0.001, producing_ms * 0.001, setup_ms * 0.001, delay_ms * 0.001,'
        ' down_ms * 0.001, unknown_ms * 0.001, unplanned_producing_ms * 0.001, reports::bigint, duplicates::bigint,'
        ' lost_reports::bigint, late_reports::bigint,'
        ' lost_reports::double precision / nullif(reports + lost_reports, 0)::double precision,'
        ' capacity.completeness(planned_ms, unknown_ms),'
        ' capacity.availability(planned_ms, unknown_ms, producing_ms), capacity.effectiveness(producing_ms, ideal_us),'
        ' capacity.quality_ratio(ideal_us, ideal_good_us), capacity.oee(planned_ms, unknown_ms, ideal_good_us),'
        ' capacity.oee_low(planned_ms, ideal_good_us),'
        ' capacity.oee_high(planned_ms, unknown_ms, producing_ms, ideal_us, ideal_good_us),'
        ' capacity.scrap_ratio(good_units, scrap_units), capacity.ideal_cycle_suspect(producing_ms, ideal_us),'
        ' generation, watermark, final';
    sums constant text :=
        'bool_and(closed) as closed, sum(good_units) as good_units, sum(good_of_plan) as good_of_plan,'
        ' sum(scrap_units) as scrap_units,'
        ' sum(rework_units) as rework_units, sum(plan_units) as plan_units, sum(planned_ms) as planned_ms,'
        ' sum(producing_ms) as producing_ms, sum(setup_ms) as setup_ms, sum(delay_ms) as delay_ms, sum(down_ms) as down_ms,'
        ' sum(unknown_ms) as unknown_ms, sum(unplanned_producing_ms) as unplanned_producing_ms, sum(reports) as reports,'
        ' sum(duplicates) as duplicates, sum(lost_reports) as lost_reports, sum(late_reports) as late_reports,'
        ' sum(ideal_us) as ideal_us, sum(ideal_good_us) as ideal_good_us, max(generation) as generation,'
        ' min(watermark) as watermark, bool_and(final) as final';
    -- The plant of a line or plant is its own; else the one that made most, and none if nothing was made.
    main constant text :=
        '(array_agg(plant_id order by good_units desc, plant_id) filter (where good_units > 0 or kind in (''line'', ''plant'')))[1]'
        ' as main_plant_id,'
        ' (array_agg(nation order by good_units desc, plant_id) filter (where good_units > 0 or kind in (''line'', ''plant'')))[1]'
        ' as main_nation';
    -- By plant first, so that the plant that made most is known; the plants of a group do not share lines.
    by_plant constant text :=
        'select case kind when ''line'' then facts.line_id when ''plant'' then facts.plant_id'
        ' when ''product'' then facts.product_id when ''capability_area'' then facts.capability_area'
        ' when ''nation'' then facts.nation when ''alliance'' then ''alliance'' end as group_id, facts.plant_id,'
        ' max(facts.nation) as nation, count(distinct facts.line_id) as lines, %2$s %1$s'
        ' from capacity.placed_days(from_time, to_time) as facts group by 1, 2 %3$s';
    named constant text :=
        'coalesce(case kind'
        ' when ''plant'' then (select plant.name from capacity.plant where plant.plant_id = summed.group_id and valid_to = ''infinity'')'
        ' when ''product'' then (select product.name from capacity.product where product.product_id = summed.group_id and valid_to = ''infinity'')'
        ' end, summed.group_id)';
begin
    execute format(
        'create function capacity.made(kind text, from_time timestamptz, to_time timestamptz) returns table (%1$s)
            language sql stable parallel safe as $body$
                select summed.group_id, %2$s, summed.lines, summed.main_plant_id, summed.main_nation, %3$s
                from (
                    select group_id, sum(lines)::bigint as lines,
                        %6$s, %4$s
                    from (%5$s) as part where group_id is not null group by group_id
                ) as summed $body$',
        result, named, measures, sums, format(by_plant, sums, '', ''), main);
    execute format(
        'create function capacity.made_by_day(kind text, from_time timestamptz, to_time timestamptz)
            returns table (production_day date, %1$s)
            language sql stable parallel safe as $body$
                select summed.production_day, summed.group_id, %2$s, summed.lines, summed.main_plant_id, summed.main_nation, %3$s
                from (
                    select production_day, group_id, sum(lines)::bigint as lines,
                        %6$s, %4$s
                    from (%5$s) as part where group_id is not null group by production_day, group_id
                ) as summed $body$',
        result, named, measures, sums, format(by_plant, sums, 'facts.production_day,', ', facts.production_day'), main);
end
$$;

comment on function capacity.made is
    'What was made on the production days that overlap a range, by line, plant, product, capability_area, nation or alliance (kind): units, plan (declared rate x planned time), where planned time went, reports, ratios of summed facts.';
comment on function capacity.made_by_day is 'As made, by production day.';

-- Output of whole production days, brought to a month of 30.4375 days, beside what each posture asks for. A day counts for all
-- plants and products or for none, so that the units and the days that they are divided by belong together.
create function capacity.made_against_need(from_time timestamptz, to_time timestamptz)
    returns table (product_id text, name text, main_plant_id text, days integer, completeness double precision,
        units_per_month double precision, peacetime_per_month double precision, crisis_per_month double precision,
        conflict_per_month double precision, peacetime_ratio double precision, crisis_ratio double precision,
        conflict_ratio double precision)
    language sql stable parallel safe
    as $$
        with day as (
            select made.production_day, made.group_id, made.good_units, made.closed, made.planned_seconds, made.unknown_seconds,
                made.unknown_seconds < made.planned_seconds or made.good_units <> 0 as known
            from capacity.made_by_day('product', from_time, to_time) as made
        ), place as (
            -- The days that the range and the data reach in every plant. The day on which the data begins is no whole one.
            select max(capacity.production_day(from_time, plant.time_zone, plant.day_starts_at)) as first_day,
                min(least(
                    capacity.production_day(to_time - interval '1 ms', plant.time_zone, plant.day_starts_at) + 1,
                    capacity.production_day(reach.watermark, plant.time_zone, plant.day_starts_at))) as end_day
            from capacity.plant
            cross join (select max(line_now.watermark) as watermark from capacity.line_current as line_now) as reach
            where plant.valid_to = 'infinity'
        ), counted as (
            -- From the first day of which anything is known, and only days that are over.
            select
                case when bool_or(day.known) then greatest(
                    min(day.production_day) filter (where day.known),
                    (select place.first_day from place),
                    (select min(facts.production_day) + 1 from capacity.line_product_day as facts)) end as first_day,
                least(
                    coalesce(min(day.production_day) filter (where not day.closed), max(day.production_day) + 1),
                    (select place.end_day from place)) as end_day
            from day
        ), made as (
            select day.group_id, sum(day.good_units)::double precision as good_units,
                bool_or(day.known) or sum(day.planned_seconds) = 0 as known,
                capacity.completeness(sum(day.planned_seconds), sum(day.unknown_seconds)) as completeness
            from day cross join counted
            where day.production_day >= counted.first_day and day.production_day < counted.end_day
            group by day.group_id
        ), main as (
            select made.group_id, made.name, made.main_plant_id from capacity.made('product', from_time, to_time) as made
        ), need as (
            select requirement.product_id,
                max(requirement.units_per_month) filter (where posture = 'PEACETIME') as peacetime,
                max(requirement.units_per_month) filter (where posture = 'CRISIS') as crisis,
                max(requirement.units_per_month) filter (where posture = 'CONFLICT') as conflict
            from capacity.surge_requirement as requirement
            where valid_from <= to_time and to_time < valid_to
            group by requirement.product_id
        ), pace as (
            -- A product that no line makes is made at a pace of 0; one of whose lines nothing is known, at an unknown one.
            select need.product_id, greatest(counted.end_day - counted.first_day, 0) as days, made.completeness,
                case when counted.end_day > counted.first_day and coalesce(made.known, true)
                    then coalesce(made.good_units, 0) * 30.4375 / (counted.end_day - counted.first_day) end as units_per_month
            from need
            cross join counted
            left join made on made.group_id = need.product_id
        )
        select need.product_id,
            coalesce(
                main.name,
                (select product.name from capacity.product where product.product_id = need.product_id and valid_to = 'infinity'),
                need.product_id),
            main.main_plant_id, pace.days, pace.completeness, pace.units_per_month, need.peacetime, need.crisis, need.conflict,
            pace.units_per_month / nullif(need.peacetime, 0), pace.units_per_month / nullif(need.crisis, 0),
            pace.units_per_month / nullif(need.conflict, 0)
        from need
        join pace on pace.product_id = need.product_id
        left join main on main.group_id = need.product_id
    $$;

comment on function capacity.made_against_need is
    'Good units of the production days that are whole in every plant, brought to a month of 30.4375 days, with the known share of planned time in them, and the required monthly rate in each posture. Null while no day of the range is over, and where nothing is known of a product; 0 if no line makes it.';

-- What every line is doing at its watermark. Unknown counts only where production was planned: off shift, silence costs nothing.
create function capacity.lines_now()
    returns table (line_id text, plant_id text, plant_name text, nation text, product_id text, state text, doing text,
        since timestamptz, seconds_since double precision, reason_code text, planned_now boolean, units_today bigint,
        units_last_hour bigint, plan_units_last_hour double precision, plan_ratio_last_hour double precision,
        completeness_today double precision, last_report_at timestamptz, watermark timestamptz)
    language sql stable parallel safe
    as $$
        select line_now.line_id, line_now.plant_id, line.plant_name, line.nation, line_now.product_id, coalesce(line_now.state, 'UNKNOWN'),
            case
                when not accepted then 'NOT_PLANNED'
                when line_now.state = 'EXECUTE' then 'PRODUCING'
                when not line_now.planned_now then 'NOT_PLANNED'
                when line_now.state is null then 'UNKNOWN'
                when line_now.state = 'SETUP' then 'SETUP'
                when line_now.state in ('IDLE', 'SUSPENDED', 'HELD', 'COMPLETE') then 'DELAY'
                when line_now.state = 'OFFLINE' then 'UNKNOWN'
                else 'DOWN'
            end,
            line_now.since, extract(epoch from reach.watermark - line_now.since)::double precision, line_now.reason_code,
            line_now.planned_now and accepted, line_now.units_today, line_now.units_last_hour, plan.units,
            case when last_hour.unknown_ms < last_hour.planned_ms or line_now.units_last_hour <> 0
                then line_now.units_last_hour / nullif(plan.units, 0) end,
            case when accepted then line_now.completeness_today end, line_now.last_report_at, line_now.watermark
        from capacity.line_current as line_now
        cross join (select max(line_current.watermark) as watermark from capacity.line_current) as reach
        cross join lateral (
            select date_trunc('minute', line_now.watermark - interval '59 minutes 1 microsecond', 'UTC')
        ) as hour (first_minute)
        left join lateral (
            select coalesce(sum(minute.planned_ms), 0) as planned_ms, coalesce(sum(minute.unknown_ms), 0) as unknown_ms
            from capacity.line_product_minute as minute
            where minute.line_id = line_now.line_id
                and minute.window_start >= hour.first_minute and minute.window_start <= line_now.watermark
        ) as last_hour on true
        left join capacity.line_history() as line on line.line_id = line_now.line_id and line_now.watermark <@ line.held
        cross join lateral (select coalesce(line.available_from <= line_now.watermark, true)) as acceptance (accepted)
        -- The planned share of the minutes that began in the hour before, at the declared rate.
        cross join lateral (
            select case when accepted then line.declared_units_per_hour * last_hour.planned_ms
                / (extract(epoch from line_now.watermark - hour.first_minute) * 1000)::double precision end
        ) as plan (units)
    $$;

comment on function capacity.lines_now is
    'Every line at its watermark: state (UNKNOWN if silent), what that is in terms of time (PRODUCING, SETUP, DELAY, DOWN, UNKNOWN, NOT_PLANNED), since when, units, the plan of the last hour (declared rate x planned time), and units over it (null where nothing was planned or is known). A line that is not yet accepted is not planned.';

-- A plant's clock, for those who sit elsewhere.
create function capacity.plants_now()
    returns table (plant_id text, name text, nation text, time_zone text, day_starts_at text, local_time text, production_day text,
        watermark timestamptz)
    language sql stable parallel safe
    as $$
        select plant.plant_id, plant.name, plant.nation, plant.time_zone, to_char(plant.day_starts_at, 'HH24:MI'),
            to_char(reach.watermark at time zone plant.time_zone, 'YYYY-MM-DD HH24:MI'),
            capacity.production_day(reach.watermark, plant.time_zone, plant.day_starts_at)::text, reach.watermark
        from capacity.plant
        cross join (select max(line_now.watermark) as watermark from capacity.line_current as line_now) as reach
        where plant.valid_to = 'infinity'
    $$;

comment on function capacity.plants_now is
    'Every plant: name, nation, time zone, when its production day starts, and its local time and production day at the watermark.';

-- Hours of lines in a range with their plan. Hours in which nothing was planned or made are there too, so that a gap shows as one.
create function capacity.line_hours(lines text[], from_time timestamptz, to_time timestamptz)
    returns table (line_id text, window_start timestamptz, good_units bigint, scrap_units bigint, plan_units double precision,
        plan_ratio double precision, planned_seconds numeric, unknown_seconds numeric)
    language sql stable parallel safe
    as $$
        select chosen.line_id, hour.window_start,
            case when silence.unknown then null else coalesce(facts.good_units, 0) end,
            case when silence.unknown then null else coalesce(facts.scrap_units, 0) end,
            coalesce(plan.units, 0),
            case when facts.unknown_seconds < facts.planned_seconds or facts.good_units <> 0
                then facts.good_units / nullif(plan.units, 0) end,
            coalesce(facts.planned_seconds, 0), coalesce(facts.unknown_seconds, 0)
        from capacity.line_current as chosen
        cross join (select max(line_now.watermark) as watermark from capacity.line_current as line_now) as reach
        cross join lateral generate_series(
            date_trunc('hour', from_time + interval '1 hour' - interval '1 ms', 'UTC'),
            least(to_time, reach.watermark) - interval '1 ms', interval '1 hour'
        ) as hour (window_start)
        left join capacity.line_history() as line
            on line.line_id = chosen.line_id and hour.window_start + interval '1 hour' <@ line.held
        left join capacity.line_hour as facts
            on facts.line_id = chosen.line_id and facts.window_start = hour.window_start
            and facts.line_id = any (lines) and facts.window_start >= from_time and facts.window_start < to_time
            and coalesce(facts.window_start >= line.available_from, true)
        cross join lateral (
            select line.declared_units_per_hour * facts.planned_seconds::double precision / 3600
        ) as plan (units)
        cross join lateral (
            select facts.planned_seconds > 0 and facts.unknown_seconds >= facts.planned_seconds
                and facts.good_units = 0 and facts.scrap_units = 0
        ) as silence (unknown)
        where chosen.line_id = any (lines)
    $$;

comment on function capacity.line_hours is
    'Each hour of lines that starts in a range, up to the watermark: units, plan (declared rate x planned time) and good units over plan. An hour in which nothing was planned, or nothing is known, has no ratio; one of whose planned time nothing is known has no units.';

-- What filled most of each minute (ranges of up to 25 hours for which minutes are kept) or hour: 1 producing, 2 producing outside
-- plans, 3 setup, 4 waiting, 5 down, 6 unknown, 7 not planned.
create function capacity.line_doings(lines text[], from_time timestamptz, to_time timestamptz)
    returns table (line_id text, window_start timestamptz, doing integer)
    language sql stable parallel safe
    as $$
        with reach as materialized (
            select line_now.line_id, (select max(line_current.watermark) from capacity.line_current) as watermark,
                to_time - from_time <= interval '25 hours'
                    and from_time >= (
                        select min(minute.window_start) from capacity.line_product_minute as minute where minute.line_id = line_now.line_id
                    ) as by_minute
            from capacity.line_current as line_now
            where line_now.line_id = any (lines)
        ), facts as (
            select minute.line_id, minute.window_start, minute.producing_seconds, minute.unplanned_producing_seconds,
                minute.setup_seconds, minute.delay_seconds, minute.down_seconds, minute.unknown_seconds, true as by_minute
            from capacity.line_minute as minute
            where minute.line_id = any (lines) and minute.window_start >= date_trunc('minute', from_time) and minute.window_start <= to_time
                and to_time - from_time <= interval '25 hours'
            union all
            select hour.line_id, hour.window_start, hour.producing_seconds, hour.unplanned_producing_seconds,
                hour.setup_seconds, hour.delay_seconds, hour.down_seconds, hour.unknown_seconds, false
            from capacity.line_hour as hour
            where hour.line_id = any (lines) and hour.window_start >= date_trunc('hour', from_time, 'UTC') and hour.window_start <= to_time
        )
        select reach.line_id, slot.window_start,
            case
                when facts.line_id is null then 7
                else case greatest(
                        facts.producing_seconds, facts.unplanned_producing_seconds, facts.setup_seconds, facts.delay_seconds,
                        facts.down_seconds, facts.unknown_seconds)
                    when 0 then 7
                    when facts.producing_seconds then 1
                    when facts.unplanned_producing_seconds then 2
                    when facts.down_seconds then 5
                    when facts.delay_seconds then 4
                    when facts.setup_seconds then 3
                    else 6
                end
            end
        from reach
        cross join lateral generate_series(
            date_trunc(case when reach.by_minute then 'minute' else 'hour' end, from_time, 'UTC'),
            least(to_time, reach.watermark) - interval '1 ms',
            case when reach.by_minute then interval '1 minute' else interval '1 hour' end
        ) as slot (window_start)
        left join facts
            on facts.line_id = reach.line_id and facts.window_start = slot.window_start and facts.by_minute = reach.by_minute
    $$;

comment on function capacity.line_doings is
    'What filled most of each minute (range of up to 25 hours for which minutes are kept) or hour of lines, up to the watermark: 1 producing, 2 producing outside plans, 3 setup, 4 waiting, 5 down, 6 unknown, 7 not planned.';

-- One row: sums and ratios of lines over the hours that start in a range.
create function capacity.line_totals(lines text[], from_time timestamptz, to_time timestamptz)
    returns table (good_units bigint, scrap_units bigint, plan_units double precision, plan_ratio double precision,
        completeness double precision, oee double precision, oee_low double precision, oee_high double precision)
    language sql stable parallel safe
    as $$
        select summed.good_units::bigint, summed.scrap_units::bigint, summed.plan_units,
            case when summed.unknown_ms < summed.planned_ms or summed.good_units <> 0
                then summed.good_of_plan / nullif(summed.plan_units, 0) end,
            capacity.completeness(summed.planned_ms, summed.unknown_ms),
            capacity.oee(summed.planned_ms, summed.unknown_ms, summed.ideal_good_us),
            capacity.oee_low(summed.planned_ms, summed.ideal_good_us),
            capacity.oee_high(summed.planned_ms, summed.unknown_ms, summed.producing_ms, summed.ideal_us, summed.ideal_good_us)
        from (
            select sum(facts.good_units) as good_units, sum(facts.scrap_units) as scrap_units,
                sum(facts.good_units) filter (where line.declared_units_per_hour is not null) as good_of_plan,
                sum(line.declared_units_per_hour * facts.planned_ms / 3600000) as plan_units,
                sum(facts.planned_ms) as planned_ms, sum(facts.unknown_ms) as unknown_ms, sum(facts.producing_ms) as producing_ms,
                sum(facts.ideal_us) as ideal_us, sum(facts.ideal_good_us) as ideal_good_us
            from capacity.line_product_hour as facts
            left join capacity.line_history() as line
                on line.line_id = facts.line_id and facts.window_start + interval '1 hour' <@ line.held
            where facts.line_id = any (lines) and facts.window_start >= from_time and facts.window_start < to_time
                and coalesce(facts.window_start >= line.available_from, true)
        ) as summed
    $$;

comment on function capacity.line_totals is
    'Sums and ratios of accepted lines over the hours that start in a range: units, plan (declared rate x planned time), completeness, OEE and its bounds.';

create or replace function capacity.loss_waterfall(lines text[], from_time timestamptz, to_time timestamptz)
    returns table ("position" int, step text, seconds numeric)
    language sql stable parallel safe
    as $$
        with summed as (
            select sum(facts.planned_seconds) as planned, sum(facts.unknown_seconds) as unknown, sum(facts.down_seconds) as down,
                sum(facts.delay_seconds) as delay, sum(facts.setup_seconds) as setup, sum(facts.producing_seconds) as producing,
                sum(facts.ideal_seconds) as ideal, sum(facts.ideal_good_seconds) as ideal_good
            from capacity.line_hour as facts
            left join capacity.line_history() as line
                on line.line_id = facts.line_id and facts.window_start + interval '1 hour' <@ line.held
            where facts.line_id = any (lines) and facts.window_start >= from_time and facts.window_start < to_time
                and coalesce(facts.window_start >= line.available_from, true)
        )
        select bar.position, bar.step, bar.seconds
        from summed cross join lateral (values
            (1, 'Planned', planned), (2, 'Unknown', unknown), (3, 'Down', down), (4, 'Delay', delay), (5, 'Setup', setup),
            (6, 'Speed', producing - ideal), (7, 'Quality', ideal - ideal_good), (8, 'Good units, ideal time', ideal_good)
        ) as bar (position, step, seconds)
        order by bar.position
    $$;

comment on function capacity.loss_waterfall is
    'Planned time of accepted lines in the hours that start in a range and where it went, in seconds. Speed is producing time less ideal time (negative if the ideal cycle is too slow).';

-- Lost planned time on the production days that overlap a range. A line that is not yet accepted has nothing to lose.
create function capacity.losses(from_time timestamptz, to_time timestamptz)
    returns table (line_id text, plant_id text, plant_name text, nation text, production_day date, category text, reason_code text,
        loss text, seconds numeric, units_not_made double precision)
    language sql stable parallel safe
    as $$
        select lost.line_id, line.plant_id, line.plant_name, line.nation, lost.production_day, lost.category, lost.reason_code,
            case lost.category
                when 'UNKNOWN' then 'Unknown'
                when 'DOWN' then 'Down'
                when 'SETUP' then 'Setup'
                when 'DELAY_EXTERNAL' then 'Waiting for others'
                when 'DELAY_COMPLETE' then 'Order complete'
                when 'DELAY_IDLE' then 'Idle'
                else 'Held'
            end || case when lost.reason_code = '' then '' else ': ' || lost.reason_code end,
            lost.seconds,
            case when lost.category <> 'UNKNOWN' then line.declared_units_per_hour * lost.seconds::double precision / 3600 end
        from capacity.line_loss_day as lost
        left join capacity.line_history() as line
            on line.line_id = lost.line_id and ((lost.production_day + 1)::timestamp at time zone 'UTC') <@ line.held
        where lost.production_day between (from_time at time zone 'UTC')::date - 2 and (to_time at time zone 'UTC')::date + 1
            and coalesce((lost.production_day + 1)::timestamp at time zone 'UTC' > line.available_from, true)
            and lost.production_day
                between capacity.production_day(from_time, coalesce(line.time_zone, 'UTC'), coalesce(line.day_starts_at, '00:00'))
                and capacity.production_day(
                    to_time - interval '1 ms', coalesce(line.time_zone, 'UTC'), coalesce(line.day_starts_at, '00:00'))
    $$;

comment on function capacity.losses is
    'Planned time lost by each accepted line on the production days that overlap a range, by category and reason, and the units that the declared rate would have given in it (null for unknown time: nobody knows what was made).';

-- The reasons of lost time, the largest first. Without lines: of all of them.
create function capacity.loss_pareto(lines text[], from_time timestamptz, to_time timestamptz)
    returns table ("position" bigint, loss text, category text, seconds numeric, share double precision,
        share_so_far double precision, units_not_made double precision, lines_hit bigint)
    language sql stable parallel safe
    as $$
        select row_number() over largest, summed.loss, summed.category, summed.seconds,
            (summed.seconds / sum(summed.seconds) over ())::double precision,
            (sum(summed.seconds) over largest / sum(summed.seconds) over ())::double precision,
            summed.units_not_made, summed.lines_hit
        from (
            select lost.loss, lost.category, sum(lost.seconds) as seconds, sum(lost.units_not_made) as units_not_made,
                count(distinct lost.line_id) as lines_hit
            from capacity.losses(from_time, to_time) as lost
            where lines is null or lost.line_id = any (lines)
            group by lost.loss, lost.category
        ) as summed
        window largest as (order by summed.seconds desc, summed.loss)
    $$;

comment on function capacity.loss_pareto is
    'Reasons of lost planned time of some lines (null: of all) on the production days that overlap a range, the largest first, each with its share and the share of all up to it.';

-- Days on which a line made clearly more than its ideal cycle allows, and the cycle it seems to have.
create function capacity.suspect_cycles(from_time timestamptz, to_time timestamptz)
    returns table (production_day date, line_id text, plant_id text, product_id text, effectiveness double precision,
        ideal_cycle_seconds double precision, observed_cycle_seconds double precision, good_units bigint)
    language sql stable parallel safe
    as $$
        select facts.production_day, facts.line_id, facts.plant_id, facts.product_id, fast.effectiveness, cycle.seconds,
            cycle.seconds / nullif(fast.effectiveness, 0), facts.good_units
        from capacity.placed_days(from_time, to_time) as facts
        cross join lateral (select capacity.effectiveness(facts.producing_ms, facts.ideal_us)) as fast (effectiveness)
        left join lateral (
            select coalesce(
                (
                    select (entry ->> 'ideal_cycle_seconds')::double precision
                    from jsonb_array_elements(line.cycles) as entry
                    where entry ->> 'product_id' = facts.product_id
                ),
                line.ideal_cycle_seconds) as seconds
            from capacity.line
            where line.line_id = facts.line_id and line.valid_from <= (facts.production_day + 1)::timestamp at time zone 'UTC'
            order by line.valid_from desc
            limit 1
        ) as cycle on true
        where capacity.ideal_cycle_suspect(facts.producing_ms, facts.ideal_us)
    $$;

comment on function capacity.suspect_cycles is
    'Production days that overlap a range on which a line made a product faster than its ideal cycle allows (effectiveness above 1.02 over an hour or more), with the cycle as known and the cycle that the figures suggest.';
