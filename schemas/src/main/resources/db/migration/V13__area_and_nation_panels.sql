-- What the pages of a capability area and of a nation ask. Output of the last four weeks is brought to a month of 30.4375 days, as
-- requirements are. Figures of surge readiness are those of the newest date at or before the end of the range. Sums over products
-- add up units of unlike things, so wherever a share or a rate is taken, it is taken within a product.
set role capacity_migrator;

-- Word for a code in capitals: AIR_DEFENCE reads Air defence.
create function capacity.in_words(code text) returns text
    language sql immutable parallel safe
    return upper(left(code, 1)) || lower(replace(substr(code, 2), '_', ' '));

comment on function capacity.in_words is 'A code in capitals as text: AIR_DEFENCE reads Air defence.';

-- English short name of a nation that makes, supplies or buys, or the code.
create function capacity.nation_name(code text) returns text
    language sql immutable parallel safe
    return case code
        when 'ALB' then 'Albania' when 'BEL' then 'Belgium' when 'BGR' then 'Bulgaria' when 'CAN' then 'Canada' when 'HRV' then 'Croatia'
        when 'CZE' then 'Czechia' when 'DNK' then 'Denmark' when 'EST' then 'Estonia' when 'FIN' then 'Finland' when 'FRA' then 'France'
        when 'DEU' then 'Germany' when 'GRC' then 'Greece' when 'HUN' then 'Hungary' when 'ISL' then 'Iceland' when 'ITA' then 'Italy'
        when 'LVA' then 'Latvia' when 'LTU' then 'Lithuania' when 'LUX' then 'Luxembourg' when 'MNE' then 'Montenegro'
        when 'NLD' then 'Netherlands' when 'MKD' then 'North Macedonia' when 'NOR' then 'Norway' when 'POL' then 'Poland'
        when 'PRT' then 'Portugal' when 'ROU' then 'Romania' when 'SVK' then 'Slovakia' when 'SVN' then 'Slovenia' when 'ESP' then 'Spain'
        when 'SWE' then 'Sweden' when 'TUR' then 'Türkiye' when 'GBR' then 'United Kingdom' when 'USA' then 'United States'
        when 'UKR' then 'Ukraine' when 'CHE' then 'Switzerland' when 'AUT' then 'Austria' when 'IRL' then 'Ireland'
        when 'JPN' then 'Japan' when 'KOR' then 'South Korea' when 'AUS' then 'Australia' when 'NZL' then 'New Zealand'
        when 'BRA' then 'Brazil' when 'CHN' then 'China' when 'IND' then 'India' when 'ISR' then 'Israel' when 'SRB' then 'Serbia'
        when 'ZAF' then 'South Africa'
        else code
    end;

comment on function capacity.nation_name is 'English short name of an ISO 3166-1 alpha-3 code, or the code.';

-- The instant that figures are of: the end of a range, but not beyond what lines have reported, nor, where none has, beyond now.
create function capacity.figures_at(to_time timestamptz) returns timestamptz
    language sql stable parallel safe
    return least(
        to_time - interval '1 ms', (select coalesce(max(line_now.watermark), now()) from capacity.line_current as line_now));

comment on function capacity.figures_at is
    'The instant that figures are of: the end of a range, at most the watermark of lines (now, where no line has reported).';

-- What is announced for later does not hold yet, and has a name all the same.
create function capacity.lines_at(to_time timestamptz)
    returns table (line_id text, plant_id text, product_id text, accepted boolean, available_from timestamptz)
    language sql stable parallel safe
    as $$
        with moment as materialized (
            select capacity.figures_at(to_time) as at
        )
        select line.line_id, line.plant_id, line.product_id, coalesce(line.available_from <= moment.at, true), line.available_from
        from moment
        join capacity.line on line.valid_from <= moment.at and moment.at < line.valid_to
    $$;

comment on function capacity.lines_at is 'Every line in the version that holds at the end of a range or where the data ends, and whether it is accepted then.';

create function capacity.plants_at(to_time timestamptz)
    returns table (plant_id text, name text, nation text, time_zone text, day_starts_at time, holds boolean)
    language sql stable parallel safe
    as $$
        with moment as materialized (
            select capacity.figures_at(to_time) as at
        )
        select distinct on (plant.plant_id) plant.plant_id, plant.name, plant.nation, plant.time_zone, plant.day_starts_at,
            plant.valid_from <= moment.at and moment.at < plant.valid_to
        from moment
        cross join capacity.plant
        order by plant.plant_id, plant.valid_from <= moment.at and moment.at < plant.valid_to desc, plant.valid_from desc
    $$;

comment on function capacity.plants_at is
    'Every plant in the version that holds at the end of a range or where the data ends, else the newest known (holds: which of the two).';

create function capacity.products_at(to_time timestamptz)
    returns table (product_id text, name text, capability_area text, area_name text, interchangeability_group text, bill_of_materials jsonb,
        holds boolean)
    language sql stable parallel safe
    as $$
        with moment as materialized (
            select capacity.figures_at(to_time) as at
        )
        select distinct on (product.product_id) product.product_id, product.name, product.capability_area,
            capacity.in_words(product.capability_area), product.interchangeability_group, product.bill_of_materials,
            product.valid_from <= moment.at and moment.at < product.valid_to
        from moment
        cross join capacity.product
        order by product.product_id, product.valid_from <= moment.at and moment.at < product.valid_to desc, product.valid_from desc
    $$;

comment on function capacity.products_at is
    'Every product in the version that holds at the end of a range or where the data ends, else the newest known (holds: which of the two), with its capability area in words.';

create function capacity.materials_at(to_time timestamptz)
    returns table (material_id text, name text, unit text, lead_time_days integer)
    language sql stable parallel safe
    as $$
        with moment as materialized (
            select capacity.figures_at(to_time) as at
        )
        select distinct on (material.material_id) material.material_id, material.name, material.unit, material.lead_time_days
        from moment
        cross join capacity.material
        order by material.material_id, material.valid_from <= moment.at and moment.at < material.valid_to desc, material.valid_from desc
    $$;

comment on function capacity.materials_at is
    'Every material in the version that holds at the end of a range or where the data ends, else the newest known.';

-- Products that hold now, with the words for their area.
create function capacity.products_now()
    returns table (product_id text, name text, capability_area text, area_name text, interchangeability_group text)
    language sql stable parallel safe
    as $$
        select product.product_id, product.name, product.capability_area, product.area_name, product.interchangeability_group
        from capacity.products_at('infinity') as product
        where product.holds
    $$;

comment on function capacity.products_now is 'Every product that holds where the data ends, with its capability area in words.';

-- Nations with plants, then those that only supply, then those that only buy.
create function capacity.nations_now()
    returns table (nation text, name text, standing integer)
    language sql stable parallel safe
    as $$
        select known.nation, capacity.nation_name(known.nation) || case when capacity.nation_name(known.nation) <> known.nation
            then ' (' || known.nation || ')' else '' end, min(known.standing)
        from (
            select plant.nation, 1 as standing from capacity.plants_at('infinity') as plant where plant.holds
            union
            select supplier.nation, 2
            from (select capacity.figures_at('infinity') as at) as moment
            join capacity.supplier on supplier.valid_from <= moment.at and moment.at < supplier.valid_to
            union
            select backlog.group_id, 3
            from capacity.order_backlog as backlog
            where backlog.group_kind = 'buyer_nation' and backlog.as_of >= (select newest.as_of - 2 from capacity.orders_reach() as newest)
        ) as known
        group by known.nation
    $$;

comment on function capacity.nations_now is
    'Every nation with plants (standing 1), else with suppliers (2), else with orders of the last three days (3).';

-- The newest date of surge figures at or before the end of a range. No row before the first.
create function capacity.readiness_date(to_time timestamptz)
    returns table (as_of date, watermark timestamptz, losses_tried integer)
    language sql stable parallel safe
    as $$
        select whole.as_of, whole.watermark, losses.losses_tried
        from capacity.surge_reach(to_time) as whole
        left join capacity.surge_loss_computation as losses on losses.as_of = whole.as_of
    $$;

comment on function capacity.readiness_date is
    'The newest date at or before the end of a range for which surge readiness was computed, its watermark, and how many losses were tried (null: none yet).';

-- The last 28 production days, or as many as there are, that were over in every plant at the end of a range or where the data ends. The
-- day on which the data begins is no whole one.
create function capacity.last_four_weeks(to_time timestamptz)
    returns table (first_day date, end_day date, days integer)
    language sql stable parallel safe
    as $$
        with reach as materialized (
            select max(line_now.watermark) as watermark from capacity.line_current as line_now
        )
        select span.first_day, span.end_day, greatest(span.end_day - span.first_day, 0)
        from (
            select greatest(
                    min(place.open_day) - 28, (select min(facts.production_day) + 1 from capacity.line_product_day as facts)) as first_day,
                min(place.open_day) as end_day
            from (
                select capacity.production_day(
                        reach.watermark - greatest(reach.watermark - to_time, interval '0'), plant.time_zone, plant.day_starts_at) as open_day
                from capacity.plants_at(to_time) as plant
                cross join reach
                where plant.holds
            ) as place
        ) as span
    $$;

comment on function capacity.last_four_weeks is
    'The last 28 production days that are over in every plant at the end of a range (fewer if the data is younger): first day, the day after the last, and how many.';

-- What each line made of each product in them. A line that reported on other products alone made none of the product it is there for.
create function capacity.made_lately(to_time timestamptz)
    returns table (line_id text, plant_id text, product_id text, days integer, good_units bigint, planned_ms bigint, unknown_ms bigint)
    language sql stable parallel safe
    as $$
        with span as materialized (
            select weeks.first_day, weeks.end_day, weeks.days from capacity.last_four_weeks(to_time) as weeks
        ), made as materialized (
            select facts.line_id, line.plant_id, facts.product_id, sum(facts.good_units)::bigint as good_units,
                sum(facts.planned_ms)::bigint as planned_ms, sum(facts.unknown_ms)::bigint as unknown_ms
            from span
            join capacity.line_product_day as facts on facts.production_day >= span.first_day and facts.production_day < span.end_day
            left join capacity.line_history() as line
                on line.line_id = facts.line_id and ((facts.production_day + 1)::timestamp at time zone 'UTC') <@ line.held
            where coalesce((facts.production_day + 1)::timestamp at time zone 'UTC' > line.available_from, true)
            group by facts.line_id, line.plant_id, facts.product_id
        )
        select made.line_id, made.plant_id, made.product_id, span.days, made.good_units, made.planned_ms, made.unknown_ms
        from span
        cross join made
        union all
        select line.line_id, line.plant_id, line.product_id, span.days, 0, 0, 0
        from span
        cross join capacity.lines_at(to_time) as line
        join (
            select busy.line_id, array_agg(busy.product_id) as products
            from made as busy
            group by busy.line_id
            having sum(busy.unknown_ms) < sum(busy.planned_ms) or sum(busy.planned_ms) = 0 or sum(busy.good_units) <> 0
        ) as heard on heard.line_id = line.line_id and line.product_id <> all (heard.products)
    $$;

comment on function capacity.made_lately is
    'Good units, planned and unknown time of every accepted line and product in the last four weeks of whole production days before the end of a range; no row of a line of which nothing is known.';

-- Units of days brought to a month. Nothing is known where no day is over, nothing was ever reported, or all planned time is unknown and
-- nothing was made.
create function capacity.month_rate(
    good_units double precision, days integer, planned_ms double precision, unknown_ms double precision) returns double precision
    language sql immutable parallel safe
    return case when days > 0 and (planned_ms = 0 or unknown_ms < planned_ms or good_units <> 0)
        then coalesce(good_units, 0) * 30.4375 / days end;

comment on function capacity.month_rate is
    'Good units of some days brought to a month of 30.4375 days; null if no day counts, nothing was reported, or all planned time of them is unknown and nothing was made.';

-- Every line and product, made in the range or what the line is there for: where, how much, and what the rest of the alliance made of it.
create function capacity.makers(from_time timestamptz, to_time timestamptz)
    returns table (line_id text, plant_id text, plant_name text, nation text, product_id text, product_name text, capability_area text,
        good_units bigint, product_units bigint, scrap_units bigint, plan_units double precision, good_of_plan bigint, planned_ms bigint,
        producing_ms bigint, unknown_ms bigint, ideal_us bigint, ideal_good_us bigint, days integer, lately_units bigint,
        lately_planned_ms bigint, lately_unknown_ms bigint, lately_product_units bigint)
    language sql stable parallel safe
    as $$
        with span as materialized (
            select weeks.days from capacity.last_four_weeks(to_time) as weeks
        ), made as materialized (
            select facts.line_id, facts.plant_id, facts.product_id, sum(facts.good_units)::bigint as good_units,
                sum(facts.scrap_units)::bigint as scrap_units, sum(facts.plan_units) as plan_units,
                sum(facts.good_of_plan)::bigint as good_of_plan, sum(facts.planned_ms)::bigint as planned_ms,
                sum(facts.producing_ms)::bigint as producing_ms, sum(facts.unknown_ms)::bigint as unknown_ms,
                sum(facts.ideal_us)::bigint as ideal_us, sum(facts.ideal_good_us)::bigint as ideal_good_us
            from capacity.placed_days(from_time, to_time) as facts
            group by facts.line_id, facts.plant_id, facts.product_id
        ), lately as materialized (
            select recent.line_id, recent.plant_id, recent.product_id, recent.good_units, recent.planned_ms, recent.unknown_ms
            from capacity.made_lately(to_time) as recent
        ), known as (
            select made.line_id, made.plant_id, made.product_id from made
            union
            select lately.line_id, lately.plant_id, lately.product_id from lately
            union
            select line.line_id, line.plant_id, line.product_id from capacity.lines_at(to_time) as line
        )
        select known.line_id, known.plant_id, coalesce(plant.name, known.plant_id), plant.nation, known.product_id,
            coalesce(product.name, known.product_id), product.capability_area, made.good_units,
            sum(made.good_units) over (partition by known.product_id)::bigint, made.scrap_units, made.plan_units, made.good_of_plan,
            made.planned_ms, made.producing_ms, made.unknown_ms, made.ideal_us, made.ideal_good_us, span.days,
            lately.good_units, lately.planned_ms, lately.unknown_ms,
            sum(lately.good_units) over (partition by known.product_id)::bigint
        from known
        cross join span
        left join made on made.line_id = known.line_id and made.product_id = known.product_id
            and made.plant_id is not distinct from known.plant_id
        left join lately on lately.line_id = known.line_id and lately.product_id = known.product_id
            and lately.plant_id is not distinct from known.plant_id
        left join capacity.plants_at(to_time) as plant on plant.plant_id = known.plant_id
        left join capacity.products_at(to_time) as product on product.product_id = known.product_id
    $$;

comment on function capacity.makers is
    'Every line with each product that it made in a range or is there for: place, sums of the production days of the range (null: no facts), good units of the product in the whole alliance, and the same for the last four weeks of whole days.';

-- Good units by ISO week, each week whole, for the weeks that overlap a range.
create function capacity.output_weeks(from_time timestamptz, to_time timestamptz)
    returns table (iso_week text, week_start timestamptz, product_id text, product_name text, nation text, plant_id text, plant_name text,
        good_units bigint, plan_units double precision)
    language sql stable parallel safe
    as $$
        select week.iso_week, week.week_start, facts.product_id, coalesce(product.name, facts.product_id), coalesce(facts.nation, 'No nation'),
            facts.plant_id, coalesce(plant.name, facts.plant_id, 'No plant'), sum(facts.good_units)::bigint, sum(facts.plan_units)
        from capacity.placed_days(
            date_trunc('week', from_time, 'UTC') - interval '2 days',
            date_trunc('week', to_time - interval '1 ms', 'UTC') + interval '9 days') as facts
        cross join lateral (
            select capacity.iso_week(facts.production_day), greatest(date_trunc('week', facts.production_day::timestamp) at time zone 'UTC', from_time)
        ) as week (iso_week, week_start)
        left join capacity.products_at(to_time) as product on product.product_id = facts.product_id
        left join capacity.plants_at(to_time) as plant on plant.plant_id = facts.plant_id
        where week.iso_week between capacity.week_of(from_time) and capacity.week_of(to_time - interval '1 ms')
        group by week.iso_week, week.week_start, facts.product_id, product.name, facts.nation, facts.plant_id, plant.name
    $$;

comment on function capacity.output_weeks is
    'Good units and plan of accepted lines by ISO week of the production day, product, nation and plant, for the weeks that overlap a range, each whole. A week stands at its Monday, the first at the start of the range.';

-- What limits each line, beside what it makes.
create function capacity.line_capacities(to_time timestamptz)
    returns table (as_of date, line_id text, plant_id text, plant_name text, nation text, product_id text, product_name text,
        accepted boolean, available_from timestamptz, days integer, units_per_month double precision, demonstrated_per_month double precision,
        contracted_peacetime double precision, contracted_crisis double precision, contracted_conflict double precision,
        workforce_per_month double precision, demonstrated_ratio double precision)
    language sql stable parallel safe
    as $$
        with span as materialized (
            select weeks.days from capacity.last_four_weeks(to_time) as weeks
        ), made as materialized (
            select recent.line_id, sum(recent.good_units)::double precision as good_units,
                sum(recent.planned_ms)::double precision as planned_ms, sum(recent.unknown_ms)::double precision as unknown_ms
            from capacity.made_lately(to_time) as recent
            group by recent.line_id
        ), limits as materialized (
            select given.line_id, max(given.units_per_month) filter (where given."constraint" = 'DEMONSTRATED') as demonstrated,
                max(given.units_per_month) filter (where given."constraint" = 'CONTRACTED' and given.posture = 'PEACETIME') as peacetime,
                max(given.units_per_month) filter (where given."constraint" = 'CONTRACTED' and given.posture = 'CRISIS') as crisis,
                max(given.units_per_month) filter (where given."constraint" = 'CONTRACTED' and given.posture = 'CONFLICT') as conflict,
                min(given.units_per_month) filter (where given."constraint" = 'WORKFORCE') as workforce
            from capacity.readiness_date(to_time) as newest
            join capacity.surge_constraint as given on given.as_of = newest.as_of
            group by given.line_id
        )
        select date.as_of, line.line_id, line.plant_id, coalesce(plant.name, line.plant_id), plant.nation, line.product_id,
            coalesce(product.name, line.product_id), line.accepted, line.available_from, span.days,
            capacity.month_rate(made.good_units, span.days, made.planned_ms, made.unknown_ms), limits.demonstrated, limits.peacetime,
            limits.crisis, limits.conflict, limits.workforce, limits.demonstrated / nullif(limits.peacetime, 0)
        from capacity.lines_at(to_time) as line
        cross join span
        left join capacity.readiness_date(to_time) as date on true
        left join capacity.plants_at(to_time) as plant on plant.plant_id = line.plant_id
        left join capacity.products_at(to_time) as product on product.product_id = line.product_id
        left join made on made.line_id = line.line_id
        left join limits on limits.line_id = line.line_id
    $$;

comment on function capacity.line_capacities is
    'Every line that holds at the end of a range or where the data ends: whether it is accepted then, its monthly rate in the last four weeks of whole days, what it has demonstrated, what is contracted in each posture, what its people allow (null: not reported, does not bind), and demonstrated over contracted in peacetime.';

-- Some products in every posture: required (nothing is required any more where 0 is), made now, demonstrated, contracted, and how far the requirement can be met.
create function capacity.product_standing(products text[], to_time timestamptz)
    returns table (as_of date, product_id text, product_name text, capability_area text, posture text, "position" integer,
        required_per_month double precision, days integer, completeness double precision, units_per_month double precision,
        made_ratio double precision, lines bigint, lines_in_words text, demonstrated_per_month double precision, contracted_per_month double precision,
        contracted_ratio double precision, readiness double precision, readiness_low double precision, readiness_high double precision,
        readiness_demonstrated double precision, readiness_estimated double precision, achievable_per_month double precision,
        units_short double precision, binding_name text, next_name text, time_to_surge text, sustained text, why text)
    language sql stable parallel safe
    as $$
        with span as materialized (
            select weeks.days from capacity.last_four_weeks(to_time) as weeks
        ), made as materialized (
            select recent.product_id, sum(recent.good_units)::double precision as good_units,
                sum(recent.planned_ms)::double precision as planned_ms, sum(recent.unknown_ms)::double precision as unknown_ms
            from capacity.made_lately(to_time) as recent
            where recent.product_id = any (products)
            group by recent.product_id
        ), able as materialized (
            -- A line can do no more than its machines and its people allow.
            select line.product_id, posture.posture, count(*) as lines, count(*) filter (where line.accepted) as accepted_lines,
                count(line.units_per_month) as heard_lines, sum(least(line.demonstrated_per_month, line.workforce_per_month)) as demonstrated, sum(least(
                    case posture.posture
                        when 'PEACETIME' then line.contracted_peacetime
                        when 'CRISIS' then line.contracted_crisis
                        else line.contracted_conflict
                    end, line.workforce_per_month)) as contracted
            from capacity.line_capacities(to_time) as line
            cross join (values ('PEACETIME'), ('CRISIS'), ('CONFLICT')) as posture (posture)
            where line.product_id = any (products)
            group by line.product_id, posture.posture
        )
        select date.as_of, product.product_id, product.name, product.capability_area, posture.posture, posture.position,
            required.units_per_month, span.days, capacity.completeness(made.planned_ms, made.unknown_ms), pace.units_per_month,
            pace.units_per_month / nullif(required.units_per_month, 0), coalesce(able.lines, 0),
            case
                when able.lines is null then 'no line'
                when able.accepted_lines = 0 then 'not yet accepted'
                when able.heard_lines = 0 then 'never reported'
                when able.heard_lines < able.accepted_lines then able.heard_lines || ' of ' || able.accepted_lines || ' reported'
                else 'all reported'
            end,
            able.demonstrated, able.contracted, able.contracted / nullif(required.units_per_month, 0), ready.readiness, ready.readiness_low, ready.readiness_high,
            demonstrated.readiness, estimated.readiness, ready.achievable_per_month, ready.units_short,
            coalesce(binding.name, case ready.binding_constraint when 'LINES' then 'Lines of ' || ready.binding_id else ready.binding_id end),
            coalesce(following.name, case ready.next_constraint when 'LINES' then 'Lines of ' || ready.next_id else ready.next_id end),
            case when ready.product_id is not null then capacity.time_to_surge_in_words(ready.time_to_surge_days, ready.readiness) end,
            case when ready.product_id is not null then capacity.sustained_in_words(ready.sustained_days, ready.readiness) end,
            ready.why
        from capacity.products_at(to_time) as product
        cross join (values ('PEACETIME', 1), ('CRISIS', 2), ('CONFLICT', 3)) as posture (posture, "position")
        cross join span
        left join capacity.readiness_date(to_time) as date on true
        left join capacity.surge_readiness as ready
            on ready.as_of = date.as_of and ready.product_id = product.product_id and ready.posture = posture.posture
            and ready.evidence = 'CONTRACTED' and ready.required_per_month > 0
        left join capacity.surge_readiness as demonstrated
            on demonstrated.as_of = date.as_of and demonstrated.product_id = product.product_id and demonstrated.posture = posture.posture
            and demonstrated.evidence = 'DEMONSTRATED' and demonstrated.required_per_month > 0
        left join capacity.surge_readiness as estimated
            on estimated.as_of = date.as_of and estimated.product_id = product.product_id and estimated.posture = posture.posture
            and estimated.evidence = 'ESTIMATED' and estimated.required_per_month > 0
        cross join (select capacity.figures_at(to_time) as at) as moment
        left join capacity.surge_requirement as need
            on need.product_id = product.product_id and need.posture = posture.posture and need.valid_from <= moment.at
            and moment.at < need.valid_to
        cross join lateral (select nullif(coalesce(ready.required_per_month, need.units_per_month), 0)) as required (units_per_month)
        left join made on made.product_id = product.product_id
        left join able on able.product_id = product.product_id and able.posture = posture.posture
        cross join lateral (
            -- None made is known only if every line that could have made it was heard of. What no line is there for and none has made
            -- is a kit, or made where nobody reports it.
            select case when made.good_units > 0 or coalesce(able.heard_lines = able.accepted_lines, true)
                then capacity.month_rate(made.good_units, span.days, made.planned_ms, made.unknown_ms) end
        ) as pace (units_per_month)
        left join capacity.surge_names() as binding on binding."constraint" = ready.binding_constraint and binding.id = ready.binding_id
        left join capacity.surge_names() as following on following."constraint" = ready.next_constraint and following.id = ready.next_id
        where product.product_id = any (products)
    $$;

comment on function capacity.product_standing is
    'Some products in every posture: required monthly rate (null: none, also where it was withdrawn), monthly rate of the last four weeks (null: unknown, or no line), how many of its lines reported in them in words, what its own lines have demonstrated and what is contracted (each no more than people allow), and readiness with low and high, on demonstrated capacity, with funded lines, what binds and what next, time to surge and sustained days in words.';

-- The lowest readiness of some products day by day. A day for which nothing was computed stays empty.
create function capacity.products_lowest_trend(products text[], from_time timestamptz, to_time timestamptz)
    returns table (as_of timestamptz, peacetime double precision, crisis double precision, conflict double precision)
    language sql stable parallel safe
    as $$
        select days.as_of::timestamp at time zone 'UTC', min(given.readiness) filter (where given.posture = 'PEACETIME'),
            min(given.readiness) filter (where given.posture = 'CRISIS'), min(given.readiness) filter (where given.posture = 'CONFLICT')
        from (
            select span.first_day + step as as_of
            from (
                select (from_time at time zone 'UTC')::date, ((to_time - interval '1 ms') at time zone 'UTC')::date
            ) as span (first_day, last_day)
            cross join generate_series(0, span.last_day - span.first_day) as step
        ) as days
        left join capacity.surge_readiness as given
            on given.as_of = days.as_of and given.evidence = 'CONTRACTED' and given.product_id = any (products) and given.required_per_month > 0
            and given.as_of between (from_time at time zone 'UTC')::date and ((to_time - interval '1 ms') at time zone 'UTC')::date
        group by days.as_of
    $$;

comment on function capacity.products_lowest_trend is
    'The lowest readiness of some products on each UTC date of a range, in each posture, on contracted capacity; null on a date for which none was computed.';

-- Orders of a group as of the end of a range, on time in its weeks.
create function capacity.orders_at(from_time timestamptz, to_time timestamptz)
    returns table (group_kind text, group_id text, p50_in_words text, p80_in_words text, lines_due bigint, lines_on_time_in_full bigint,
        on_time_in_full_ratio double precision, open_orders bigint, overdue_orders bigint, overdue_units bigint, backlog_units bigint,
        cover_in_words text, watermark timestamptz)
    language sql stable parallel safe
    as $$
        select waiting.group_kind, waiting.group_id, lead.p50_in_words, lead.p80_in_words, coalesce(due.lines_due, 0)::bigint,
            coalesce(due.lines_on_time_in_full, 0)::bigint, capacity.on_time_ratio(due.lines_on_time_in_full, due.lines_due),
            waiting.open_orders, waiting.overdue_orders, waiting.overdue_units, waiting.backlog_units, waiting.cover_in_words,
            waiting.watermark
        from capacity.backlogs_at(to_time) as waiting
        left join capacity.lead_times_at(to_time) as lead
            on lead.group_kind = waiting.group_kind and lead.group_id = waiting.group_id
            and lead.cohort = 'trailing' and lead.basis = 'LAST_UNIT'
        left join (
            select week.group_kind, week.group_id, sum(week.lines_due)::double precision as lines_due,
                sum(week.lines_on_time_in_full)::double precision as lines_on_time_in_full
            from capacity.on_time_week as week
            where week.iso_week between capacity.week_of(from_time) and capacity.week_of(to_time - interval '1 ms')
            group by week.group_kind, week.group_id
        ) as due on due.group_kind = waiting.group_kind and due.group_id = waiting.group_id
    $$;

comment on function capacity.orders_at is
    'Every group of orders as of the end of a range: p50 and p80 (trailing cohort, last unit), open, overdue, backlog, cover; and order lines due and on time in full in the weeks of the range.';

-- The area as a whole, and its products beside each other. A percentile of several products is not that of any of them.
create function capacity.area_orders(area text, products text[], from_time timestamptz, to_time timestamptz)
    returns table ("position" integer, name text, group_kind text, group_id text, p50_in_words text, p80_in_words text, lines_due bigint,
        on_time_in_full_ratio double precision, open_orders bigint, overdue_orders bigint, backlog_units bigint, cover_in_words text)
    language sql stable parallel safe
    as $$
        select wanted.position, wanted.name, wanted.group_kind, wanted.group_id, orders.p50_in_words, orders.p80_in_words,
            orders.lines_due, orders.on_time_in_full_ratio, orders.open_orders, orders.overdue_orders, orders.backlog_units,
            orders.cover_in_words
        from (
            select 1 as "position", 'Whole area' as name, 'capability_area' as group_kind, area as group_id
            union all
            select 2, product.name, 'product', product.product_id
            from capacity.products_at(to_time) as product
            where product.product_id = any (products)
        ) as wanted
        left join capacity.orders_at(from_time, to_time) as orders
            on orders.group_kind = wanted.group_kind and orders.group_id = wanted.group_id
    $$;

comment on function capacity.area_orders is
    'Orders of a capability area as a whole and of some products: lead time, backlog and cover as of the end of a range, on time in full in its weeks; null where there are no orders.';

create function capacity.nation_orders(id text, from_time timestamptz, to_time timestamptz)
    returns table ("position" integer, role text, group_kind text, p50_in_words text, p80_in_words text, lines_due bigint,
        on_time_in_full_ratio double precision, open_orders bigint, overdue_orders bigint, overdue_units bigint, backlog_units bigint,
        cover_in_words text)
    language sql stable parallel safe
    as $$
        select wanted.position, wanted.role, wanted.group_kind, orders.p50_in_words, orders.p80_in_words, orders.lines_due,
            orders.on_time_in_full_ratio, orders.open_orders, orders.overdue_orders, orders.overdue_units, orders.backlog_units,
            orders.cover_in_words
        from (values (1, 'As maker', 'nation'), (2, 'As buyer', 'buyer_nation')) as wanted ("position", role, group_kind)
        left join capacity.orders_at(from_time, to_time) as orders
            on orders.group_kind = wanted.group_kind and orders.group_id = id
    $$;

comment on function capacity.nation_orders is
    'Orders that the plants of a nation serve (as maker) and that the nation placed (as buyer): lead time, backlog and cover as of the end of a range, on time in full in its weeks; null where there are no orders.';

-- Open order lines of a nation in both roles.
create function capacity.nation_open_orders(id text)
    returns table (role text, order_id text, product_name text, plant_id text, plant_name text, buyer_nation text, confirmed_at timestamptz,
        waiting_days double precision, ordered_units bigint, backlog_units bigint, first_promise_week text, forecast_p80_week text,
        overdue boolean, overdue_days double precision, slip_days double precision, standing text)
    language sql stable parallel safe
    as $$
        select 'As maker', made.order_id, made.product_name, made.plant_id, made.plant_name, made.buyer_nation, made.confirmed_at,
            made.waiting_days, made.ordered_units, made.backlog_units, made.first_promise_week, made.forecast_p80_week, made.overdue,
            made.overdue_days, made.slip_days, made.standing
        from capacity.open_orders('nation', id) as made
        union all
        select 'As buyer', bought.order_id, bought.product_name, bought.plant_id, bought.plant_name, bought.buyer_nation, bought.confirmed_at,
            bought.waiting_days, bought.ordered_units, bought.backlog_units, bought.first_promise_week, bought.forecast_p80_week,
            bought.overdue, bought.overdue_days, bought.slip_days, bought.standing
        from capacity.open_orders('buyer_nation', id) as bought
    $$;

comment on function capacity.nation_open_orders is
    'Open order lines that the plants of a nation owe (as maker) or that it waits for (as buyer); an order at home stands in both roles.';

-- Reasons of lost time of the lines that are there for some products, or of a nation, the largest first.
create function capacity.losses_of(products text[], in_nation text, from_time timestamptz, to_time timestamptz)
    returns table ("position" bigint, loss text, category text, seconds numeric, share double precision, units_not_made double precision,
        lines_hit bigint)
    language sql stable parallel safe
    as $$
        select row_number() over (order by summed.seconds desc, summed.loss), summed.loss, summed.category, summed.seconds,
            (summed.seconds / nullif(sum(summed.seconds) over (), 0))::double precision, summed.units_not_made, summed.lines_hit
        from (
            select lost.loss, lost.category, sum(lost.seconds) as seconds, sum(lost.units_not_made) as units_not_made,
                count(distinct lost.line_id) as lines_hit
            from capacity.losses(from_time, to_time) as lost
            where (in_nation is null or lost.nation = in_nation)
                and (products is null or lost.line_id in (
                    select line.line_id from capacity.lines_at(to_time) as line where line.product_id = any (products)))
            group by lost.loss, lost.category
        ) as summed
    $$;

comment on function capacity.losses_of is
    'Reasons of lost planned time on the production days that overlap a range, the largest first, of the lines that are there for some products (null: any) in a nation (null: any), each with its share.';

-- What comes from the suppliers of a nation, and how much hangs on it.
create function capacity.nation_supplies(id text, to_time timestamptz)
    returns table (supplier_id text, supplier_parent text, allied boolean, material_id text, material_name text, unit text,
        units_per_month double precision, share double precision, hardest_hit text, posture text, readiness_without double precision,
        criticality double precision)
    language sql stable parallel safe
    as $$
        with offer as materialized (
            select supplier.supplier_id, supplier.parent_entity, supplier.nation, supplier.allied, entry ->> 'material_id' as material_id,
                (entry ->> 'units_per_month')::double precision as units_per_month
            from (select capacity.figures_at(to_time) as at) as moment
            join capacity.supplier on supplier.valid_from <= moment.at and moment.at < supplier.valid_to
            cross join lateral jsonb_array_elements(supplier.supplies) as entry
        ), hit as materialized (
            select distinct on (given.supplier_parent) given.supplier_parent, given.product_id, given.posture, given.readiness_without,
                given.criticality
            from capacity.readiness_date(to_time) as date
            join capacity.supplier_criticality as given on given.as_of = date.as_of
            order by given.supplier_parent, given.criticality desc, given.readiness_without, given.product_id, given.posture
        )
        select offer.supplier_id, offer.parent_entity, offer.allied, offer.material_id, coalesce(material.name, offer.material_id),
            material.unit, offer.units_per_month, offer.units_per_month / nullif(whole.units_per_month, 0),
            case when hit.criticality > 0 then coalesce(product.name, hit.product_id)
                when hit.supplier_parent is not null then 'No product would fall' end,
            case when hit.criticality > 0 then hit.posture end, case when hit.criticality > 0 then hit.readiness_without end, hit.criticality
        from offer
        join (
            select summed.material_id, sum(summed.units_per_month) as units_per_month from offer as summed group by summed.material_id
        ) as whole on whole.material_id = offer.material_id
        left join capacity.materials_at(to_time) as material on material.material_id = offer.material_id
        left join hit on hit.supplier_parent = offer.parent_entity
        left join capacity.products_at(to_time) as product on product.product_id = hit.product_id
        where offer.nation = id
    $$;

comment on function capacity.nation_supplies is
    'What suppliers of a nation bring of each material a month and which share that is of what all suppliers state; of the parent, the product and posture that its loss would hit hardest, and readiness without it (null where no product would fall, and all of it where nothing was computed).';

-- What would happen without the nation's supply: every product with a requirement, also those for which nothing changes.
create function capacity.nation_losses(id text, to_time timestamptz)
    returns table (as_of date, tried boolean, product_id text, product_name text, posture text, "position" integer,
        required_per_month double precision, readiness double precision, readiness_after double precision, lost double precision,
        achievable_per_month double precision, achievable_after double precision, units_short_after double precision, why_after text)
    language sql stable parallel safe
    as $$
        select date.as_of, date.losses_tried is not null, ready.product_id, coalesce(product.name, ready.product_id), ready.posture,
            case ready.posture when 'PEACETIME' then 1 when 'CRISIS' then 2 else 3 end, ready.required_per_month,
            coalesce(gone.readiness, ready.readiness), after.readiness, coalesce(gone.readiness, ready.readiness) - after.readiness,
            coalesce(gone.achievable_per_month, ready.achievable_per_month), after.achievable, after.units_short,
            case
                when gone.product_id is not null then gone.why_after
                when ready.readiness is null then 'It is not known how ready it is, with or without.'
                when date.losses_tried is not null then 'Nothing changes.'
                else 'Not tried yet.'
            end
        from capacity.readiness_date(to_time) as date
        join capacity.surge_readiness as ready on ready.as_of = date.as_of and ready.evidence = 'CONTRACTED' and ready.required_per_month > 0
        left join capacity.surge_loss as gone
            on gone.as_of = date.as_of and gone.product_id = ready.product_id and gone.posture = ready.posture
            and gone.loss_kind = 'NATION' and gone.loss_id = id
        left join capacity.products_at(to_time) as product on product.product_id = ready.product_id
        cross join lateral (
            select case when gone.product_id is not null then gone.readiness_after when date.losses_tried is not null then ready.readiness end,
                case when gone.product_id is not null then gone.achievable_after
                    when date.losses_tried is not null then ready.achievable_per_month end,
                case when gone.product_id is not null then gone.units_short_after when date.losses_tried is not null then ready.units_short end
        ) as after (readiness, achievable, units_short)
    $$;

comment on function capacity.nation_losses is
    'Every product with a requirement in every posture, on contracted capacity: readiness, achievable rate and units short now and if all suppliers of a nation stopped (tried: whether losses were computed; without that, after is null).';

-- What lies in the plants of a nation and how long it lasts, also what nobody has counted though its lines draw it.
create function capacity.nation_stocks(id text, to_time timestamptz)
    returns table (as_of date, plant_id text, plant_name text, material_id text, material_name text, unit text, on_hand double precision,
        days_peacetime double precision, days_crisis double precision, days_conflict double precision, least_days double precision,
        lead_time_days integer, days_beyond_lead_time double precision, single_source boolean, main_parent text,
        main_parent_share double precision)
    language sql stable parallel safe
    as $$
        with place as materialized (
            select plant.plant_id, plant.name from capacity.plants_at(to_time) as plant where plant.holds and plant.nation = id
        ), stock as materialized (
            select cover.plant_id, cover.material_id, max(cover.on_hand) as on_hand,
                max(cover.days_of_supply) filter (where cover.posture = 'PEACETIME') as days_peacetime,
                max(cover.days_of_supply) filter (where cover.posture = 'CRISIS') as days_crisis,
                max(cover.days_of_supply) filter (where cover.posture = 'CONFLICT') as days_conflict,
                min(cover.days_of_supply) as least_days, bool_or(cover.single_source) as single_source,
                max(cover.main_parent) as main_parent, max(cover.main_parent_share) as main_parent_share
            from capacity.readiness_date(to_time) as newest
            join capacity.material_cover as cover on cover.as_of = newest.as_of
            group by cover.plant_id, cover.material_id
        ), wanted as (
            select stock.plant_id, stock.material_id from stock
            union
            select line.plant_id, item ->> 'input_id'
            from capacity.lines_at(to_time) as line
            join capacity.products_at(to_time) as product on product.product_id = line.product_id and product.holds
            cross join lateral jsonb_array_elements(product.bill_of_materials) as item
            where line.accepted
        )
        select date.as_of, wanted.plant_id, place.name, wanted.material_id, coalesce(material.name, wanted.material_id), material.unit,
            stock.on_hand, stock.days_peacetime, stock.days_crisis, stock.days_conflict, stock.least_days, material.lead_time_days,
            stock.least_days - material.lead_time_days, stock.single_source, stock.main_parent, stock.main_parent_share
        from wanted
        join place on place.plant_id = wanted.plant_id
        left join capacity.readiness_date(to_time) as date on true
        left join stock on stock.plant_id = wanted.plant_id and stock.material_id = wanted.material_id
        left join capacity.materials_at(to_time) as material on material.material_id = wanted.material_id
        where stock.plant_id is not null or material.material_id is not null
    $$;

comment on function capacity.nation_stocks is
    'Stocks of the plants of a nation on the newest date at or before the end of a range: on hand (null: never counted, though a line there takes it), days of supply in each posture (null: nothing is drawn), the least of these less the lead time of a new order, and who brings most of the material.';

-- One row: sums and ratios of what was made of some products in a range.
create function capacity.products_totals(products text[], from_time timestamptz, to_time timestamptz)
    returns table (lines bigint, completeness double precision, plan_ratio double precision, oee_low double precision, oee double precision,
        oee_high double precision, scrap_ratio double precision)
    language sql stable parallel safe
    as $$
        select summed.lines, capacity.completeness(summed.planned_ms, summed.unknown_ms),
            case when summed.unknown_ms < summed.planned_ms or summed.good_units <> 0
                then summed.good_of_plan / nullif(summed.plan_units, 0) end,
            capacity.oee_low(summed.planned_ms, summed.ideal_good_us),
            capacity.oee(summed.planned_ms, summed.unknown_ms, summed.ideal_good_us),
            capacity.oee_high(summed.planned_ms, summed.unknown_ms, summed.producing_ms, summed.ideal_us, summed.ideal_good_us),
            capacity.scrap_ratio(summed.good_units, summed.scrap_units)
        from (
            select count(distinct facts.line_id) as lines, sum(facts.planned_ms) as planned_ms, sum(facts.unknown_ms) as unknown_ms,
                sum(facts.producing_ms) as producing_ms, sum(facts.good_units) as good_units, sum(facts.scrap_units) as scrap_units,
                sum(facts.good_of_plan) as good_of_plan, sum(facts.plan_units) as plan_units, sum(facts.ideal_us) as ideal_us,
                sum(facts.ideal_good_us) as ideal_good_us
            from capacity.placed_days(from_time, to_time) as facts
            where facts.product_id = any (products)
        ) as summed
    $$;

comment on function capacity.products_totals is
    'Known share of planned time, output over plan, OEE with its bounds and scrap of the lines that made some products on the production days that overlap a range: ratios of summed facts.';

-- What a nation makes, product by product, and its share of what the alliance makes.
create function capacity.nation_products(id text, from_time timestamptz, to_time timestamptz)
    returns table (product_id text, product_name text, capability_area text, area_name text, plants bigint, lines bigint, days integer,
        units_per_month double precision, share double precision, plan_ratio double precision, oee double precision,
        completeness double precision)
    language sql stable parallel safe
    as $$
        select own.product_id, own.product_name, own.capability_area, capacity.in_words(own.capability_area),
            count(distinct own.plant_id), count(distinct own.line_id), max(own.days),
            capacity.month_rate(sum(own.lately_units), max(own.days), sum(own.lately_planned_ms), sum(own.lately_unknown_ms)),
            coalesce(sum(own.lately_units), 0)::double precision / nullif(max(own.lately_product_units), 0),
            case when sum(own.unknown_ms) < sum(own.planned_ms) or sum(own.good_units) <> 0
                then sum(own.good_of_plan)::double precision / nullif(sum(own.plan_units), 0) end,
            capacity.oee(sum(own.planned_ms), sum(own.unknown_ms), sum(own.ideal_good_us)),
            capacity.completeness(sum(own.planned_ms), sum(own.unknown_ms))
        from capacity.makers(from_time, to_time) as own
        where own.nation = id
        group by own.product_id, own.product_name, own.capability_area
    $$;

comment on function capacity.nation_products is
    'Every product that lines of a nation made in a range or are there for: plants, lines, monthly rate and share of the alliance in the last four weeks of whole days, and ratios of the sums of the range.';
