-- What dashboards ask about surge readiness and the supply behind it. What a page shows is the newest date at or before the end of its
-- range. Readiness of several products is never averaged: the lowest counts.
set role capacity_migrator;

-- The names that people choose from, the hardest posture first.
create function capacity.surge_postures() returns table (posture text, name text, "position" integer)
    language sql immutable parallel safe
    as $$
        select named.posture, named.name, named.place
        from (values ('CONFLICT', 'Conflict', 1), ('CRISIS', 'Crisis', 2), ('PEACETIME', 'Peacetime', 3)) as named (posture, name, place)
    $$;

comment on function capacity.surge_postures is 'The three postures with their names, the hardest first.';

create function capacity.surge_evidences() returns table (evidence text, name text, "position" integer)
    language sql immutable parallel safe
    as $$
        select named.evidence, named.name, named.place
        from (values ('CONTRACTED', 'Contracted', 1), ('DEMONSTRATED', 'Demonstrated', 2), ('ESTIMATED', 'Estimated', 3))
            as named (evidence, name, place)
    $$;

comment on function capacity.surge_evidences is 'What the capacity of lines can rest on, with names: contracted, demonstrated, estimated.';

-- The newest computation at or before the end of a range. No row before the first.
create function capacity.surge_reach(to_time timestamptz)
    returns table (as_of date, watermark timestamptz, computed_at timestamptz, final boolean)
    language sql stable parallel safe
    as $$
        select newest.as_of, coalesce(taken.watermark, newest.watermark), newest.computed_at, newest.final
        from (
            select computation.as_of, computation.watermark, computation.computed_at, computation.final
            from capacity.surge_computation as computation
            where computation.as_of <= ((to_time - interval '1 ms') at time zone 'UTC')::date
            order by computation.as_of desc
            limit 1
        ) as newest
        left join capacity.surge_snapshot as taken on taken.as_of = newest.as_of
    $$;

comment on function capacity.surge_reach is
    'The newest date of surge readiness at or before the end of a range, and how far its data goes: the watermark of the snapshot behind it.';

-- Where the figures stand: the end of their day, or as far as the data goes.
create function capacity.surge_instant(to_time timestamptz) returns timestamptz
    language sql stable parallel safe
    as $$
        select least((newest.as_of + 1)::timestamp at time zone 'UTC', newest.watermark) from capacity.surge_reach(to_time) as newest
    $$;

comment on function capacity.surge_instant is
    'The instant of the newest figures at or before the end of a range: the end of their UTC day, or the watermark if that comes first.';

-- Reference data at the instant of the figures: what is announced for later does not hold yet. Who is known only from before or from
-- later still has a name: that of the newest version.
create function capacity.products_known(to_time timestamptz)
    returns table (product_id text, name text, capability_area text, interchangeability_group text)
    language sql stable parallel safe
    as $$
        select distinct on (product.product_id) product.product_id, product.name, product.capability_area, product.interchangeability_group
        from capacity.product
        cross join (select capacity.surge_instant(to_time)) as stand (instant)
        order by product.product_id, coalesce(product.valid_from <= stand.instant and stand.instant < product.valid_to, false) desc,
            product.valid_from desc
    $$;

comment on function capacity.products_known is
    'Every product as it is called at the instant of the newest figures at or before the end of a range, or by its newest version if none holds then.';

create function capacity.materials_known(to_time timestamptz)
    returns table (material_id text, name text, unit text, lead_time_days integer)
    language sql stable parallel safe
    as $$
        select distinct on (material.material_id) material.material_id, material.name, material.unit, material.lead_time_days
        from capacity.material
        cross join (select capacity.surge_instant(to_time)) as stand (instant)
        order by material.material_id, coalesce(material.valid_from <= stand.instant and stand.instant < material.valid_to, false) desc,
            material.valid_from desc
    $$;

comment on function capacity.materials_known is
    'Every material at the instant of the newest figures at or before the end of a range, or its newest version if none holds then.';

create function capacity.plants_known(to_time timestamptz) returns table (plant_id text, name text, nation text)
    language sql stable parallel safe
    as $$
        select distinct on (plant.plant_id) plant.plant_id, plant.name, plant.nation
        from capacity.plant
        cross join (select capacity.surge_instant(to_time)) as stand (instant)
        order by plant.plant_id, coalesce(plant.valid_from <= stand.instant and stand.instant < plant.valid_to, false) desc,
            plant.valid_from desc
    $$;

comment on function capacity.plants_known is
    'Every plant at the instant of the newest figures at or before the end of a range, or its newest version if none holds then.';

create function capacity.suppliers_known(to_time timestamptz)
    returns table (supplier_id text, parent_entity text, nation text, allied boolean, supplies jsonb, holds boolean)
    language sql stable parallel safe
    as $$
        select distinct on (supplier.supplier_id) supplier.supplier_id, supplier.parent_entity, supplier.nation, supplier.allied,
            supplier.supplies, coalesce(supplier.valid_from <= stand.instant and stand.instant < supplier.valid_to, false)
        from capacity.supplier
        cross join (select capacity.surge_instant(to_time)) as stand (instant)
        order by supplier.supplier_id, coalesce(supplier.valid_from <= stand.instant and stand.instant < supplier.valid_to, false) desc,
            supplier.valid_from desc
    $$;

comment on function capacity.suppliers_known is
    'Every supplier at the instant of the newest figures at or before the end of a range, or its newest version if none holds then (holds: false).';

-- Days of a range from the first to the last that has figures, so that a day without any is a gap.
create function capacity.surge_days(from_time timestamptz, to_time timestamptz) returns table (as_of date)
    language sql stable parallel safe
    as $$
        select day.midnight::date
        from (
            select min(computation.as_of) as first_day, max(computation.as_of) as last_day
            from capacity.surge_computation as computation
            where computation.as_of between (from_time at time zone 'UTC')::date and ((to_time - interval '1 ms') at time zone 'UTC')::date
        ) as span
        cross join lateral generate_series(span.first_day::timestamp, span.last_day::timestamp, interval '1 day') as day (midnight)
    $$;

comment on function capacity.surge_days is 'Every UTC day of a range from the first to the last that has figures about surge readiness.';

-- Days until the required rate is held, in words: never, at once, or how many; unknown where readiness is.
create function capacity.time_to_surge_in_words(days integer, readiness double precision) returns text
    language sql immutable parallel safe
    return case
        when readiness is null then 'unknown'
        when days is null then 'never'
        when days = 0 then 'at once'
        when days = 1 then '1 day'
        else days || ' days'
    end;

comment on function capacity.time_to_surge_in_words is
    'Days until the required rate can be held as text: at once, so many days, never (not within 730 days), unknown.';

create function capacity.sustained_in_words(days integer, readiness double precision) returns text
    language sql immutable parallel safe
    return case
        when readiness is null then 'unknown'
        when days is null then 'not reached'
        when days >= 730 then '2 years or more'
        when days = 1 then '1 day'
        else days || ' days'
    end;

comment on function capacity.sustained_in_words is
    'Days for which the required rate can be held as text: so many days, 2 years or more, not reached, unknown.';

create function capacity.days_of_supply_in_words(days double precision, on_hand double precision, daily_draw double precision) returns text
    language sql immutable parallel safe
    return case
        when days >= 3652.5 then '> 10 years'
        when days is not null then trunc(days::numeric, case when days < 10 then 1 else 0 end) || ' days'
        when daily_draw = 0 then 'nothing is drawn'
        else 'unknown'
    end;

comment on function capacity.days_of_supply_in_words is 'Days of supply as text, rounded down; "nothing is drawn" where no requirement needs any.';

-- What people call products, materials and what binds.
create function capacity.surge_names(to_time timestamptz default 'infinity') returns table ("constraint" text, id text, name text, unit text)
    language sql stable parallel safe
    as $$
        select 'MATERIAL', material.material_id, material.name, material.unit
        from capacity.materials_known(to_time) as material
        union all
        select 'LINES', made.id,
            'Lines of ' || made.names[1] || case cardinality(made.names)
                when 1 then ''
                when 2 then ' or ' || made.names[2]
                else ', ' || made.names[2] || ' or ' || (cardinality(made.names) - 2) || ' more'
            end,
            'units'
        from (
            select named.id, array_agg(named.name order by named.first_product) as names
            from (
                select coalesce(product.interchangeability_group, product.product_id) as id, product.name, min(product.product_id) as first_product
                from capacity.products_known(to_time) as product
                group by 1, 2
            ) as named
            group by named.id
        ) as made
    $$;

comment on function capacity.surge_names is 'Names of what can bind at the instant of the newest figures: materials, and the lines of a product or of interchangeable products.';

-- Readiness of every product as of the newest date at or before the end of a range. What is below need comes first, the worst leading;
-- then what nobody knows; then what is met, the tightest leading.
create function capacity.surge_readiness_at(to_time timestamptz)
    returns table (as_of date, product_id text, name text, capability_area text, posture text, posture_name text, posture_position integer,
        evidence text, required_per_month double precision, achievable_per_month double precision, readiness double precision,
        readiness_low double precision, readiness_high double precision, range_in_words text, units_short double precision,
        binding_constraint text, binding_id text, binds text, next_constraint text, next_id text, binds_next text,
        next_achievable_per_month double precision, time_to_surge_days integer, time_to_surge_in_words text, sustained_days integer,
        sustained_in_words text, lost_parent text, why text, standing integer, watermark timestamptz, final boolean)
    language sql stable parallel safe
    as $$
        select given.as_of, given.product_id, coalesce(product.name, given.product_id), product.capability_area, given.posture, posture.name,
            posture.position, given.evidence, given.required_per_month, given.achievable_per_month, given.readiness, given.readiness_low,
            given.readiness_high,
            case when given.readiness is null then 'unknown' when given.readiness_low < given.readiness_high then
                to_char(trunc((given.readiness_low * 100)::numeric, 1), 'FM990.0') || ' to '
                    || to_char(trunc((given.readiness_high * 100)::numeric, 1), 'FM990.0') || ' %' end,
            given.units_short, given.binding_constraint, given.binding_id,
            coalesce(
                binding.name,
                case given.binding_constraint when 'LINES' then 'Lines of ' || given.binding_id else given.binding_id end,
                case when given.readiness is null then 'unknown' end),
            given.next_constraint, given.next_id,
            coalesce(
                follower.name,
                case given.next_constraint when 'LINES' then 'Lines of ' || given.next_id else given.next_id end,
                case when given.readiness is null then 'unknown' end),
            given.next_achievable_per_month, given.time_to_surge_days,
            capacity.time_to_surge_in_words(given.time_to_surge_days, given.readiness), given.sustained_days,
            capacity.sustained_in_words(given.sustained_days, given.readiness), given.lost_parent, given.why,
            case when given.readiness < 1 then 1 when given.readiness is null then 2 when given.required_per_month > 0 then 3 else 4 end,
            newest.watermark, newest.final
        from capacity.surge_reach(to_time) as newest
        join capacity.surge_readiness as given on given.as_of = newest.as_of
        join capacity.surge_postures() as posture on posture.posture = given.posture
        left join capacity.products_known(to_time) as product on product.product_id = given.product_id
        left join capacity.surge_names(to_time) as binding
            on binding."constraint" = given.binding_constraint and binding.id = given.binding_id
        left join capacity.surge_names(to_time) as follower
            on follower."constraint" = given.next_constraint and follower.id = given.next_id
    $$;

comment on function capacity.surge_readiness_at is
    'Surge readiness of every product, posture and evidence as of the newest date at or before the end of a range, with names and words; standing: 1 below need, 2 unknown, 3 met, 4 nothing needed.';

-- Products to choose from, the worst first; those of which nothing is required have nothing to show.
create function capacity.surge_products(in_posture text, with_evidence text, to_time timestamptz)
    returns table (product_id text, name text, "position" bigint)
    language sql stable parallel safe
    as $$
        select given.product_id, given.name,
            row_number() over (
                order by given.standing, given.readiness, given.achievable_per_month / nullif(given.required_per_month, 0),
                    given.units_short desc, given.name, given.product_id)
        from capacity.surge_readiness_at(to_time) as given
        where given.posture = in_posture and given.evidence = with_evidence and given.required_per_month > 0
    $$;

comment on function capacity.surge_products is
    'Products of which something is required in a posture, the worst first: below need, then unknown, then met.';

-- A posture at a glance: the worst product, how many are below need, how many nobody knows, and what is missing. Never a mean.
create function capacity.surge_headline(with_evidence text, to_time timestamptz)
    returns table (as_of date, posture text, name text, "position" integer, products bigint, products_below bigint, products_unknown bigint,
        products_in_range bigint, lowest_readiness double precision, lowest_readiness_low double precision, worst_product_id text,
        worst_name text, worst_units_short double precision, binds text, binds_next text, time_to_surge_in_words text,
        units_short double precision, watermark timestamptz)
    language sql stable parallel safe
    as $$
        select newest.as_of, posture.posture, posture.name, posture.position, count(given.product_id),
            count(*) filter (where given.standing = 1), count(*) filter (where given.standing = 2),
            count(*) filter (where given.readiness_low < given.readiness_high), min(given.readiness),
            (array_agg(given.readiness_low order by given.worst))[1], (array_agg(given.product_id order by given.worst))[1],
            coalesce((array_agg(given.name order by given.worst))[1], 'nothing needed'),
            case when count(given.product_id) = 0 then 0 else (array_agg(given.units_short order by given.worst))[1] end,
            (array_agg(given.binds order by given.worst))[1], (array_agg(given.binds_next order by given.worst))[1],
            coalesce((array_agg(given.time_to_surge_in_words order by given.worst))[1], 'nothing needed'),
            case when count(given.product_id) = 0 then 0 else sum(given.units_short) end, newest.watermark
        from capacity.surge_reach(to_time) as newest
        cross join capacity.surge_postures() as posture
        left join (
            select ready.*,
                row_number() over (
                    partition by ready.posture
                    order by ready.readiness is null, ready.readiness, ready.achievable_per_month / nullif(ready.required_per_month, 0),
                        ready.units_short desc, ready.name, ready.product_id) as worst
            from capacity.surge_readiness_at(to_time) as ready
            where ready.evidence = with_evidence and ready.required_per_month > 0
        ) as given on given.posture = posture.posture
        group by newest.as_of, newest.watermark, posture.posture, posture.name, posture.position
    $$;

comment on function capacity.surge_headline is
    'Each posture at a glance: products of which something is required (0: nothing is needed), how many are below need, unknown or known only as a range, the lowest readiness with its product, the low end of that product, what binds it, and units short (of the worst product, and of all added up).';

-- Readiness day by day: of a product in each posture with the low end of one, or of the worst product of each day.
create function capacity.surge_trend(of_product text, with_evidence text, in_posture text, from_time timestamptz, to_time timestamptz)
    returns table (as_of timestamptz, peacetime double precision, crisis double precision, conflict double precision,
        low_end double precision)
    language sql stable parallel safe
    as $$
        select day.as_of::timestamp at time zone 'UTC', known.peacetime, known.crisis, known.conflict, known.low_end
        from capacity.surge_days(from_time, to_time) as day
        left join (
            select given.as_of, max(given.readiness) filter (where given.posture = 'PEACETIME') as peacetime,
                max(given.readiness) filter (where given.posture = 'CRISIS') as crisis,
                max(given.readiness) filter (where given.posture = 'CONFLICT') as conflict,
                max(given.readiness_low) filter (where given.posture = in_posture and given.readiness_low < given.readiness) as low_end
            from capacity.surge_readiness as given
            where given.product_id = of_product and given.evidence = with_evidence and given.required_per_month > 0
                and given.as_of between (from_time at time zone 'UTC')::date and ((to_time - interval '1 ms') at time zone 'UTC')::date
            group by given.as_of
        ) as known on known.as_of = day.as_of
    $$;

comment on function capacity.surge_trend is
    'Readiness of a product on each day of a range, in each posture that needs some of it; low_end: the low end in one posture, where data was silent or stale. Null on a day without figures.';

create function capacity.surge_lowest_trend(with_evidence text, from_time timestamptz, to_time timestamptz)
    returns table (as_of timestamptz, peacetime double precision, crisis double precision, conflict double precision)
    language sql stable parallel safe
    as $$
        select day.as_of::timestamp at time zone 'UTC', known.peacetime, known.crisis, known.conflict
        from capacity.surge_days(from_time, to_time) as day
        left join (
            select given.as_of, min(given.readiness) filter (where given.posture = 'PEACETIME') as peacetime,
                min(given.readiness) filter (where given.posture = 'CRISIS') as crisis,
                min(given.readiness) filter (where given.posture = 'CONFLICT') as conflict
            from capacity.surge_readiness as given
            where given.evidence = with_evidence and given.required_per_month > 0
                and given.as_of between (from_time at time zone 'UTC')::date and ((to_time - interval '1 ms') at time zone 'UTC')::date
            group by given.as_of
        ) as known on known.as_of = day.as_of
    $$;

comment on function capacity.surge_lowest_trend is
    'The lowest readiness of all products on each day of a range, in each posture; null on a day without figures.';

-- What binds a product, one constraint behind the other.
create function capacity.surge_ladder_at(of_product text, in_posture text, with_evidence text, to_time timestamptz)
    returns table (as_of date, step integer, "constraint" text, node_id text, node_name text, achievable_per_month double precision,
        required_per_month double precision, share double precision, supplied_per_month double precision, drawn_per_month double precision,
        unit text, days_of_supply double precision)
    language sql stable parallel safe
    as $$
        select ladder.as_of, ladder.step, ladder."constraint", ladder.node_id,
            case when ladder."constraint" = 'LINES' and ladder.node_name not like 'Lines %' then 'Lines of ' || ladder.node_name
                else ladder.node_name end,
            ladder.achievable_per_month, ready.required_per_month, ladder.achievable_per_month / nullif(ready.required_per_month, 0),
            ladder.supplied_per_month, ladder.drawn_per_month, ladder.unit, cover.days_of_supply
        from capacity.surge_reach(to_time) as newest
        join capacity.surge_ladder as ladder on ladder.as_of = newest.as_of
        join capacity.surge_readiness as ready
            on ready.as_of = ladder.as_of and ready.product_id = ladder.product_id and ready.posture = ladder.posture
            and ready.evidence = ladder.evidence
        left join capacity.material_cover as cover
            on ladder."constraint" = 'MATERIAL' and cover.as_of = ladder.as_of and cover.material_id = ladder.node_id
            and cover.plant_id = 'ALL' and cover.posture = ladder.posture
        where ladder.product_id = of_product and ladder.posture = in_posture and ladder.evidence = with_evidence
    $$;

comment on function capacity.surge_ladder_at is
    'What binds a product step by step: what each constraint would allow a month, the share of the need that this is (above 1 where it is enough), what is supplied and drawn in the unit of the constraint.';

-- The same product by what its capacity rests on.
create function capacity.surge_evidence_at(of_product text, to_time timestamptz)
    returns table (as_of date, evidence text, name text, "position" integer, peacetime double precision, crisis double precision,
        conflict double precision, peacetime_per_month double precision, crisis_per_month double precision, conflict_per_month double precision)
    language sql stable parallel safe
    as $$
        select max(given.as_of), named.evidence, max(named.name), max(named.position),
            max(given.readiness) filter (where given.posture = 'PEACETIME'), max(given.readiness) filter (where given.posture = 'CRISIS'),
            max(given.readiness) filter (where given.posture = 'CONFLICT'),
            max(given.achievable_per_month) filter (where given.posture = 'PEACETIME'),
            max(given.achievable_per_month) filter (where given.posture = 'CRISIS'),
            max(given.achievable_per_month) filter (where given.posture = 'CONFLICT')
        from capacity.surge_reach(to_time) as newest
        join capacity.surge_readiness as given on given.as_of = newest.as_of
        join (values ('DEMONSTRATED', 'Demonstrated', 1), ('CONTRACTED', 'Contracted', 2), ('ESTIMATED', 'Estimated', 3))
            as named (evidence, name, position) on named.evidence = given.evidence
        where given.product_id = of_product and given.required_per_month > 0
        group by named.evidence
    $$;

comment on function capacity.surge_evidence_at is
    'Readiness of a product and what is possible of it a month in each posture, by what the capacity of its lines rests on.';

-- The lines among what binds a product, and what limits each: its equipment or its people.
create function capacity.surge_lines_at(of_product text, in_posture text, with_evidence text, to_time timestamptz)
    returns table (as_of date, step integer, node_name text, line_id text, plant_id text, plant_name text, nation text,
        demonstrated_per_month double precision, contracted_per_month double precision, workforce_per_month double precision, limited_by text,
        available_from timestamptz)
    language sql stable parallel safe
    as $$
        select ladder.as_of, ladder.step, ladder.node_name, line.line_id, line.plant_id, plant.name, plant.nation, rate.demonstrated,
            rate.contracted, rate.workforce,
            case
                when line.available_from > (newest.as_of + 1)::timestamp at time zone 'UTC' then 'NOT_YET_ACCEPTED'
                when rate.workforce < case with_evidence when 'DEMONSTRATED' then rate.demonstrated else rate.contracted end then 'PEOPLE'
                else 'EQUIPMENT'
            end,
            line.available_from
        from capacity.surge_reach(to_time) as newest
        join capacity.surge_ladder as ladder on ladder.as_of = newest.as_of and ladder."constraint" = 'LINES'
        cross join (select capacity.surge_instant(to_time)) as stand (instant)
        join capacity.products_known(to_time) as product
            on coalesce(product.interchangeability_group, product.product_id) = ladder.node_id
        join capacity.line as line on line.product_id = product.product_id
            and line.valid_from <= stand.instant and stand.instant < line.valid_to
        left join capacity.plants_known(to_time) as plant on plant.plant_id = line.plant_id
        cross join lateral (
            select max(given.units_per_month) filter (where given."constraint" = 'DEMONSTRATED') as demonstrated,
                max(given.units_per_month) filter (where given."constraint" = 'CONTRACTED') as contracted,
                max(given.units_per_month) filter (where given."constraint" = 'WORKFORCE') as workforce
            from capacity.surge_constraint as given
            where given.as_of = ladder.as_of and given.line_id = line.line_id and given.posture = ladder.posture
        ) as rate
        where ladder.product_id = of_product and ladder.posture = in_posture and ladder.evidence = with_evidence
    $$;

comment on function capacity.surge_lines_at is
    'Lines among what binds a product, with what each has shown, is contracted for and has people for, and what limits it: EQUIPMENT, PEOPLE or NOT_YET_ACCEPTED.';

-- What the loss of one supplier parent, plant or nation would do. Computed after readiness, so of the newest date that has been tried.
create function capacity.surge_losses_at(to_time timestamptz)
    returns table (as_of date, posture text, loss_kind text, kind_name text, loss_id text, name text, product_id text, product_name text,
        readiness double precision, readiness_after double precision, lost_readiness double precision, achievable_per_month double precision,
        achievable_after double precision, units_short_after double precision, binds_after text, why_after text)
    language sql stable parallel safe
    as $$
        select loss.as_of, loss.posture, loss.loss_kind,
            case loss.loss_kind when 'SUPPLIER' then 'Supplier' when 'PLANT' then 'Plant' when 'NATION' then 'Supply of a nation'
                else loss.loss_kind end,
            loss.loss_id, coalesce(plant.name, loss.loss_id),
            loss.product_id, coalesce(product.name, loss.product_id), loss.readiness, loss.readiness_after,
            loss.readiness - loss.readiness_after, loss.achievable_per_month, loss.achievable_after, loss.units_short_after,
            coalesce(
                binding.name,
                case loss.binding_constraint_after when 'LINES' then 'Lines of ' || loss.binding_id_after else loss.binding_id_after end),
            loss.why_after
        from (
            select tried.as_of
            from capacity.surge_loss_computation as tried
            where tried.as_of <= ((to_time - interval '1 ms') at time zone 'UTC')::date
            order by tried.as_of desc
            limit 1
        ) as newest
        join capacity.surge_loss as loss on loss.as_of = newest.as_of
        left join capacity.products_known(to_time) as product on product.product_id = loss.product_id
        left join capacity.plants_known(to_time) as plant on loss.loss_kind = 'PLANT' and plant.plant_id = loss.loss_id
        left join capacity.surge_names(to_time) as binding
            on binding."constraint" = loss.binding_constraint_after and binding.id = loss.binding_id_after
    $$;

comment on function capacity.surge_losses_at is
    'What the loss of one supplier parent, one plant or the supply of one nation would do to each product (contracted capacity): before, after, and what binds then. Losses that change nothing are left out.';

create function capacity.surge_losses_tried(to_time timestamptz)
    returns table (as_of date, losses_tried integer, watermark timestamptz)
    language sql stable parallel safe
    as $$
        select tried.as_of, tried.losses_tried, tried.tried_up_to
        from capacity.surge_loss_computation as tried
        where tried.as_of <= ((to_time - interval '1 ms') at time zone 'UTC')::date
        order by tried.as_of desc
        limit 1
    $$;

comment on function capacity.surge_losses_tried is
    'The newest date at or before the end of a range of which all losses have been tried, how many, and how far its data goes.';

-- The snapshot behind the figures holds what no table does: when a stock was counted, what is to come, and when a line was last heard of.
create function capacity.surge_basis(to_time timestamptz)
    returns table (as_of date, at timestamptz, watermark timestamptz, stale_after_days integer, snapshot jsonb)
    language sql stable parallel safe
    as $$
        select held.as_of, to_timestamp((held.snapshot ->> 'nowMs')::double precision / 1000), held.watermark,
            (held.snapshot ->> 'staleAfterDays')::integer, held.snapshot
        from (
            select taken.as_of, taken.watermark, taken.snapshot::jsonb as snapshot
            from capacity.surge_snapshot as taken
            where taken.as_of <= ((to_time - interval '1 ms') at time zone 'UTC')::date
            order by taken.as_of desc
            limit 1
        ) as held
        where held.snapshot ->> 'format' = '1'
    $$;

comment on function capacity.surge_basis is
    'The snapshot behind the newest figures at or before the end of a range as JSON, the instant for which it stands (the end of its day), how far its data goes, and the days after which silence is stale. No row if it is of another format.';

-- What nobody counted is not 0: how much there is of it is unknown.
create function capacity.uncounted_materials(to_time timestamptz) returns table (material_id text)
    language sql stable parallel safe
    as $$
        select cover.material_id
        from capacity.surge_basis(to_time) as basis
        join capacity.material_cover as cover on cover.as_of = basis.as_of and cover.plant_id = 'ALL'
        where cover.daily_draw is distinct from 0 and cover.on_hand = 0
        except
        select counted.count ->> 'materialId'
        from capacity.surge_basis(to_time) as basis
        cross join lateral jsonb_array_elements(basis.snapshot -> 'counts') as counted (count)
    $$;

comment on function capacity.uncounted_materials is
    'Materials that some requirement draws and that no plant has ever counted, as of the newest figures at or before the end of a range.';

create function capacity.stock_counts(to_time timestamptz)
    returns table (material_id text, name text, unit text, plant_id text, plant_name text, nation text, counted_at timestamptz,
        days_ago double precision, counted double precision, stale boolean, stale_after_days integer)
    language sql stable parallel safe
    as $$
        select counted.count ->> 'materialId', coalesce(material.name, counted.count ->> 'materialId'), material.unit,
            counted.count ->> 'plantId', plant.name, plant.nation, moment.at,
            greatest(extract(epoch from counted.watermark - moment.at), 0)::double precision / 86400,
            (counted.count ->> 'onHand')::double precision,
            moment.at < counted.at - counted.stale_after_days * interval '1 day', counted.stale_after_days
        from (
            select basis.at, basis.watermark, basis.stale_after_days, jsonb_array_elements(basis.snapshot -> 'counts') as count
            from capacity.surge_basis(to_time) as basis
        ) as counted
        cross join lateral (select to_timestamp((counted.count ->> 'countedAtMs')::double precision / 1000)) as moment (at)
        left join capacity.materials_known(to_time) as material on material.material_id = counted.count ->> 'materialId'
        left join capacity.plants_known(to_time) as plant on plant.plant_id = counted.count ->> 'plantId'
    $$;

comment on function capacity.stock_counts is
    'The newest count of each material in each plant behind the figures, how long ago it was, and whether that is longer than the setting allows.';

create function capacity.firm_receipts(to_time timestamptz)
    returns table (material_id text, name text, unit text, plant_id text, plant_name text, supplier_id text, supplier_parent text,
        supplier_nation text, allied boolean, due_at timestamptz, days_ahead double precision, quantity double precision)
    language sql stable parallel safe
    as $$
        select counted.count ->> 'materialId', coalesce(material.name, counted.count ->> 'materialId'), material.unit,
            counted.count ->> 'plantId', plant.name, counted.receipt ->> 'supplierId',
            coalesce(supplier.parent_entity, counted.receipt ->> 'supplierId'), supplier.nation, supplier.allied, moment.due_at,
            extract(epoch from moment.due_at - counted.watermark)::double precision / 86400, (counted.receipt ->> 'quantity')::double precision
        from (
            select listed.watermark, listed.count, jsonb_array_elements(listed.count -> 'receipts') as receipt
            from (
                select basis.watermark, jsonb_array_elements(basis.snapshot -> 'counts') as count
                from capacity.surge_basis(to_time) as basis
            ) as listed
        ) as counted
        cross join lateral (select to_timestamp((counted.receipt ->> 'dueAtMs')::double precision / 1000)) as moment (due_at)
        left join capacity.materials_known(to_time) as material on material.material_id = counted.count ->> 'materialId'
        left join capacity.plants_known(to_time) as plant on plant.plant_id = counted.count ->> 'plantId'
        left join capacity.suppliers_known(to_time) as supplier on supplier.supplier_id = counted.receipt ->> 'supplierId'
        where moment.due_at > counted.watermark
    $$;

comment on function capacity.firm_receipts is 'Deliveries that suppliers have promised and that are still to come, as in the newest counts behind the figures.';

-- How much of what the figures rest on is fresh.
create function capacity.surge_freshness(to_time timestamptz)
    returns table (as_of date, at timestamptz, stale_after_days integer, lines bigint, silent_lines bigint, stocks bigint,
        stale_stocks bigint, never_counted bigint, completeness double precision)
    language sql stable parallel safe
    as $$
        select basis.as_of, basis.at, basis.stale_after_days, line.lines, line.lines - line.heard, stock.stocks, stock.stocks - stock.fresh,
            never.materials, stock.fresh::double precision / nullif(stock.stocks + never.materials, 0)
        from capacity.surge_basis(to_time) as basis
        cross join lateral (
            select count(*) as lines, count(last.line_id) as heard
            from jsonb_array_elements(basis.snapshot -> 'lines') as known (line)
            left join (
                select reported.report ->> 'lineId'
                from jsonb_array_elements(basis.snapshot -> 'lastReports') as reported (report)
                where (reported.report ->> 'reportedAtMs')::bigint
                    >= (basis.snapshot ->> 'nowMs')::bigint - basis.stale_after_days * 86400000::bigint
            ) as last (line_id) on last.line_id = known.line ->> 'lineId'
            where coalesce((known.line ->> 'availableFromMs')::bigint, 0) <= (basis.snapshot ->> 'nowMs')::bigint
        ) as line
        cross join lateral (
            select count(*) as stocks,
                count(*) filter (
                    where (counted.count ->> 'countedAtMs')::bigint
                        >= (basis.snapshot ->> 'nowMs')::bigint - basis.stale_after_days * 86400000::bigint) as fresh
            from jsonb_array_elements(basis.snapshot -> 'counts') as counted (count)
        ) as stock
        cross join (select count(*) from capacity.uncounted_materials(to_time)) as never (materials)
    $$;

comment on function capacity.surge_freshness is
    'How many accepted lines and stocks the figures rest on, and how many of them have not reported or been counted for longer than the setting allows; materials that are drawn and were never counted; completeness: the share of stocks that were counted within the setting, each such material being one that was not.';

-- Materials as of the newest date, all plants together, beside the time that a new order takes.
create function capacity.material_cover_at(in_posture text, to_time timestamptz)
    returns table (as_of date, material_id text, name text, unit text, on_hand double precision, daily_draw double precision,
        days_of_supply double precision, days_in_words text, lead_time_days integer, days_beyond_lead_time double precision,
        runs_out_at timestamptz, single_source boolean, main_parent text, main_parent_share double precision, never_counted boolean,
        watermark timestamptz, "position" bigint)
    language sql stable parallel safe
    as $$
        select cover.as_of, cover.material_id, coalesce(material.name, cover.material_id), material.unit, stock.on_hand, cover.daily_draw,
            stock.days, case when never.material_id is not null then 'never counted'
                else capacity.days_of_supply_in_words(stock.days, stock.on_hand, cover.daily_draw) end,
            material.lead_time_days, stock.days - material.lead_time_days,
            case when stock.days < 3652.5 then (newest.as_of + 1)::timestamp at time zone 'UTC' + stock.days * interval '1 day' end,
            cover.single_source, cover.main_parent, cover.main_parent_share, never.material_id is not null, newest.watermark,
            row_number() over (order by never.material_id is null, stock.days nulls last, material.name, cover.material_id)
        from capacity.surge_reach(to_time) as newest
        join capacity.material_cover as cover on cover.as_of = newest.as_of and cover.plant_id = 'ALL'
        left join capacity.materials_known(to_time) as material on material.material_id = cover.material_id
        left join capacity.uncounted_materials(to_time) as never on never.material_id = cover.material_id
        cross join lateral (
            select case when never.material_id is null then cover.on_hand end, case when never.material_id is null then cover.days_of_supply end
        ) as stock (on_hand, days)
        where cover.posture = in_posture
    $$;

comment on function capacity.material_cover_at is
    'Every material, all plants together, as of the newest date at or before the end of a range: days of supply at the draw of a posture from the end of that date, lead time of a new order, days by which stock outlasts it (below 0: it runs out first), and who brings most. What was never counted leads, its stock unknown; then the one that runs out first.';

-- Materials of a posture at a glance.
create function capacity.material_headline(in_posture text, to_time timestamptz)
    returns table (as_of date, materials bigint, short_of_lead_time bigint, single_sources bigint, never_counted bigint, first_name text,
        first_in_words text)
    language sql stable parallel safe
    as $$
        select max(cover.as_of), count(*), count(*) filter (where cover.days_beyond_lead_time < 0), count(*) filter (where cover.single_source),
            count(*) filter (where cover.never_counted),
            (array_agg(cover.name order by cover.position) filter (where cover.days_of_supply is not null))[1],
            (array_agg(cover.days_in_words order by cover.position) filter (where cover.days_of_supply is not null))[1]
        from capacity.material_cover_at(in_posture, to_time) as cover
        having count(*) > 0
    $$;

comment on function capacity.material_headline is
    'Materials of a posture at a glance: how many there are, run out before a new order would come, have a single source and were never counted, and of those that were counted the one that runs out first.';

create function capacity.material_cover_by_plant(of_material text, in_posture text, to_time timestamptz)
    returns table (as_of date, plant_id text, plant_name text, nation text, on_hand double precision, daily_draw double precision,
        days_of_supply double precision, days_in_words text, unit text)
    language sql stable parallel safe
    as $$
        select cover.as_of, cover.plant_id, plant.name, plant.nation, case when never.material_id is null then cover.on_hand end,
            cover.daily_draw, case when never.material_id is null then cover.days_of_supply end,
            case when never.material_id is not null then 'never counted'
                else capacity.days_of_supply_in_words(cover.days_of_supply, cover.on_hand, cover.daily_draw) end,
            material.unit
        from capacity.surge_reach(to_time) as newest
        join capacity.material_cover as cover on cover.as_of = newest.as_of and cover.plant_id <> 'ALL'
        left join capacity.plants_known(to_time) as plant on plant.plant_id = cover.plant_id
        left join capacity.materials_known(to_time) as material on material.material_id = cover.material_id
        left join capacity.uncounted_materials(to_time) as never on never.material_id = cover.material_id
        where cover.material_id = of_material and cover.posture = in_posture
    $$;

comment on function capacity.material_cover_by_plant is 'Stock and days of supply of a material in each plant, as of the newest date at or before the end of a range; unknown where no plant ever counted it.';

create function capacity.material_cover_trend(of_material text, from_time timestamptz, to_time timestamptz)
    returns table (as_of timestamptz, peacetime double precision, crisis double precision, conflict double precision)
    language sql stable parallel safe
    as $$
        select day.as_of::timestamp at time zone 'UTC', known.peacetime, known.crisis, known.conflict
        from capacity.surge_days(from_time, to_time) as day
        left join (
            select cover.as_of, max(cover.days_of_supply) filter (where cover.posture = 'PEACETIME') as peacetime,
                max(cover.days_of_supply) filter (where cover.posture = 'CRISIS') as crisis,
                max(cover.days_of_supply) filter (where cover.posture = 'CONFLICT') as conflict
            from capacity.material_cover as cover
            where cover.material_id = of_material and cover.plant_id = 'ALL'
                and cover.as_of between (from_time at time zone 'UTC')::date and ((to_time - interval '1 ms') at time zone 'UTC')::date
                and not exists (
                    select from capacity.uncounted_materials(to_time) as never where never.material_id = of_material)
            group by cover.as_of
        ) as known on known.as_of = day.as_of
    $$;

comment on function capacity.material_cover_trend is
    'Days of supply of a material, all plants together, on each day of a range, in each posture; null on a day without figures, and where nobody ever counted it.';

-- Who owns suppliers, from where they deliver, and what.
create function capacity.supplier_parents(to_time timestamptz)
    returns table (supplier_parent text, nations text, all_allied boolean, suppliers bigint, materials text)
    language sql stable parallel safe
    as $$
        select supplier.parent_entity, string_agg(distinct supplier.nation, ', '), bool_and(supplier.allied),
            count(distinct supplier.supplier_id), string_agg(distinct coalesce(material.name, offer.material_id), ', ')
        from capacity.suppliers_known(to_time) as supplier
        left join lateral (
            select offered ->> 'material_id' from jsonb_array_elements(supplier.supplies) as offered
        ) as offer (material_id) on true
        left join capacity.materials_known(to_time) as material on material.material_id = offer.material_id
        where supplier.holds
        group by supplier.parent_entity
    $$;

comment on function capacity.supplier_parents is 'Companies and agencies that own suppliers at the instant of the newest figures, the nations that these deliver from, whether all are allied, and what they offer.';

create function capacity.supplier_criticality_at(in_posture text, to_time timestamptz)
    returns table (as_of date, supplier_parent text, nations text, all_allied boolean, materials text, product_id text, product_name text,
        readiness_with double precision, readiness_without double precision, criticality double precision)
    language sql stable parallel safe
    as $$
        select critical.as_of, critical.supplier_parent, parent.nations, parent.all_allied, parent.materials, critical.product_id,
            coalesce(product.name, critical.product_id), critical.readiness_without + critical.criticality, critical.readiness_without,
            critical.criticality
        from capacity.surge_reach(to_time) as newest
        join capacity.supplier_criticality as critical on critical.as_of = newest.as_of
        left join capacity.supplier_parents(to_time) as parent on parent.supplier_parent = critical.supplier_parent
        left join capacity.products_known(to_time) as product on product.product_id = critical.product_id
        where critical.posture = in_posture
    $$;

comment on function capacity.supplier_criticality_at is
    'What each product would lose without a supplier parent, in a posture, as of the newest date at or before the end of a range; also where nothing is lost.';

-- Suppliers beside each other: whom each can stop, and of how many materials it is the only source.
create function capacity.critical_parents_at(in_posture text, to_time timestamptz)
    returns table (supplier_parent text, nations text, all_allied boolean, materials text, greatest_criticality double precision,
        products_hit bigint, products_stopped bigint, worst_product text, single_source_of text, single_sources bigint)
    language sql stable parallel safe
    as $$
        select critical.supplier_parent, max(critical.nations), bool_and(critical.all_allied), max(critical.materials),
            max(critical.criticality), count(*) filter (where critical.criticality > 0),
            count(*) filter (where critical.criticality > 0 and critical.readiness_without = 0),
            (array_agg(critical.product_name order by critical.criticality desc, critical.readiness_without, critical.product_name)
                filter (where critical.criticality > 0))[1],
            max(single.materials), coalesce(max(single.sources), 0)
        from capacity.supplier_criticality_at(in_posture, to_time) as critical
        left join (
            select cover.main_parent, string_agg(cover.name, ', ' order by cover.name) as materials, count(*) as sources
            from capacity.material_cover_at(in_posture, to_time) as cover
            where cover.single_source
            group by cover.main_parent
        ) as single on single.main_parent = critical.supplier_parent
        group by critical.supplier_parent
    $$;

comment on function capacity.critical_parents_at is
    'Supplier parents beside each other: the most that any product would lose without each, how many products lose something or all, and of which materials it is the single source.';

-- Out of the bills of materials behind the figures, however deep.
create function capacity.products_needing(in_posture text, to_time timestamptz) returns table (material_id text, products text)
    language sql stable parallel safe
    as $$
        with recursive item as materialized (
            select made.product ->> 'productId' as product_id, used.item ->> 'inputId' as input_id
            from capacity.surge_basis(to_time) as basis
            cross join lateral jsonb_array_elements(basis.snapshot -> 'products') as made (product)
            cross join lateral jsonb_array_elements(made.product -> 'bill') as used (item)
            where (used.item ->> 'quantityPerUnit')::double precision > 0
        ), need as (
            select ready.product_id, item.input_id
            from capacity.surge_reach(to_time) as newest
            join capacity.surge_readiness as ready on ready.as_of = newest.as_of
            join item on item.product_id = ready.product_id
            where ready.posture = in_posture and ready.evidence = 'CONTRACTED' and ready.required_per_month > 0
            union
            select need.product_id, item.input_id
            from need
            join item on item.product_id = need.input_id
        )
        select need.input_id, string_agg(coalesce(product.name, need.product_id), ', ' order by coalesce(product.name, need.product_id))
        from need
        left join capacity.products_known(to_time) as product on product.product_id = need.product_id
        group by need.input_id
    $$;

comment on function capacity.products_needing is
    'What goes into products of which something is required in a posture, at any depth of their bills of materials, and into which of them.';

-- Materials that one parent brings.
create function capacity.single_sources_at(in_posture text, to_time timestamptz)
    returns table (material_id text, name text, main_parent text, main_parent_share double precision, nations text, all_allied boolean,
        days_of_supply double precision, days_in_words text, lead_time_days integer, days_beyond_lead_time double precision, products text,
        "position" bigint)
    language sql stable parallel safe
    as $$
        select cover.material_id, cover.name, cover.main_parent, cover.main_parent_share, parent.nations, parent.all_allied,
            cover.days_of_supply, cover.days_in_words, cover.lead_time_days, cover.days_beyond_lead_time, used.products, cover.position
        from capacity.material_cover_at(in_posture, to_time) as cover
        left join capacity.supplier_parents(to_time) as parent on parent.supplier_parent = cover.main_parent
        left join capacity.products_needing(in_posture, to_time) as used on used.material_id = cover.material_id
        where cover.single_source
    $$;

comment on function capacity.single_sources_at is
    'Materials of which one supplier parent brings 95 % or more, who that is, how long stock lasts without it, and which products need it by their bills of materials.';

-- All postures beside each other, a row a product: those that are worst in any of them first.
create function capacity.surge_matrix(with_evidence text, to_time timestamptz)
    returns table (product_id text, name text, capability_area text, peacetime double precision, crisis double precision,
        conflict double precision, peacetime_needed boolean, crisis_needed boolean, conflict_needed boolean, "position" bigint)
    language sql stable parallel safe
    as $$
        select given.product_id, max(given.name), max(given.capability_area), max(given.readiness) filter (where given.posture = 'PEACETIME'),
            max(given.readiness) filter (where given.posture = 'CRISIS'), max(given.readiness) filter (where given.posture = 'CONFLICT'),
            bool_or(given.posture = 'PEACETIME'), bool_or(given.posture = 'CRISIS'), bool_or(given.posture = 'CONFLICT'),
            row_number() over (
                order by min(given.standing), min(given.readiness), max(given.units_short) desc nulls last, max(given.name), given.product_id)
        from capacity.surge_readiness_at(to_time) as given
        where given.evidence = with_evidence and given.required_per_month > 0
        group by given.product_id
    $$;

comment on function capacity.surge_matrix is
    'Readiness of every product of which something is needed in each posture side by side, the worst first; null where nobody knows it, or where the posture needs none of it.';

-- Output beside need as before, but for what no line makes: how much of it is made is unknown, not 0.
create or replace function capacity.made_against_need(from_time timestamptz, to_time timestamptz)
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
            where plant.valid_from <= to_time and to_time < plant.valid_to
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
            -- What no line has made or was planned for (a kit, or made where nobody reports it) is made at an unknown pace, as is that
            -- of whose lines nothing is known.
            select need.product_id, greatest(counted.end_day - counted.first_day, 0) as days, made.completeness,
                case when counted.end_day > counted.first_day and made.known
                    then made.good_units * 30.4375 / (counted.end_day - counted.first_day) end as units_per_month
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
    'Good units of the production days that are whole in every plant, brought to a month of 30.4375 days, with the known share of planned time in them, and the required monthly rate in each posture. Null while no day of the range is over, where nothing is known of a product, and where no line makes it.';
