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
        select computation.as_of, computation.watermark, computation.computed_at, computation.final
        from capacity.surge_computation as computation
        where computation.as_of <= ((to_time - interval '1 ms') at time zone 'UTC')::date
        order by computation.as_of desc
        limit 1
    $$;

comment on function capacity.surge_reach is 'The newest date of surge readiness at or before the end of a range, and how far its data goes.';

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

-- What people call the current version of products and materials, and what binds.
create function capacity.surge_names() returns table ("constraint" text, id text, name text, unit text)
    language sql stable parallel safe
    as $$
        select 'MATERIAL', material.material_id, material.name, material.unit
        from capacity.material
        where material.valid_to = 'infinity'
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
                from capacity.product
                where product.valid_to = 'infinity'
                group by 1, 2
            ) as named
            group by named.id
        ) as made
    $$;

comment on function capacity.surge_names is 'Names of what can bind: materials, and the lines of a product or of interchangeable products.';

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
            given.watermark, given.final
        from capacity.surge_reach(to_time) as newest
        join capacity.surge_readiness as given on given.as_of = newest.as_of
        join capacity.surge_postures() as posture on posture.posture = given.posture
        left join capacity.product on product.product_id = given.product_id and product.valid_to = 'infinity'
        left join capacity.surge_names() as binding
            on binding."constraint" = given.binding_constraint and binding.id = given.binding_id
        left join capacity.surge_names() as follower
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
        select max(given.as_of), given.posture, max(given.posture_name), max(given.posture_position), count(*),
            count(*) filter (where given.standing = 1), count(*) filter (where given.standing = 2),
            count(*) filter (where given.readiness_low < given.readiness_high), min(given.readiness), min(given.readiness_low),
            (array_agg(given.product_id order by given.worst))[1], (array_agg(given.name order by given.worst))[1],
            (array_agg(given.units_short order by given.worst))[1], (array_agg(given.binds order by given.worst))[1],
            (array_agg(given.binds_next order by given.worst))[1], (array_agg(given.time_to_surge_in_words order by given.worst))[1],
            sum(given.units_short), max(given.watermark)
        from (
            select ready.*,
                row_number() over (
                    partition by ready.posture
                    order by ready.readiness is null, ready.readiness, ready.achievable_per_month / nullif(ready.required_per_month, 0),
                        ready.units_short desc, ready.name, ready.product_id) as worst
            from capacity.surge_readiness_at(to_time) as ready
            where ready.evidence = with_evidence and ready.required_per_month > 0
        ) as given
        group by given.posture
    $$;

comment on function capacity.surge_headline is
    'Each posture at a glance: products of which something is required, how many are below need, unknown or known only as a range, the lowest readiness with its product, what binds it, and units short (of the worst product, and of all added up).';

-- Readiness day by day: of a product in each posture with the low end of one, or of the worst product of each day.
create function capacity.surge_trend(of_product text, with_evidence text, in_posture text, from_time timestamptz, to_time timestamptz)
    returns table (as_of timestamptz, peacetime double precision, crisis double precision, conflict double precision,
        low_end double precision)
    language sql stable parallel safe
    as $$
        select given.as_of::timestamp at time zone 'UTC', max(given.readiness) filter (where given.posture = 'PEACETIME'),
            max(given.readiness) filter (where given.posture = 'CRISIS'), max(given.readiness) filter (where given.posture = 'CONFLICT'),
            max(given.readiness_low) filter (where given.posture = in_posture and given.readiness_low < given.readiness)
        from capacity.surge_readiness as given
        where given.product_id = of_product and given.evidence = with_evidence
            and given.as_of between (from_time at time zone 'UTC')::date and ((to_time - interval '1 ms') at time zone 'UTC')::date
        group by given.as_of
    $$;

comment on function capacity.surge_trend is
    'Readiness of a product on each day of a range, in each posture; low_end: the low end in one posture, where data was silent or stale.';

create function capacity.surge_lowest_trend(with_evidence text, from_time timestamptz, to_time timestamptz)
    returns table (as_of timestamptz, peacetime double precision, crisis double precision, conflict double precision)
    language sql stable parallel safe
    as $$
        select given.as_of::timestamp at time zone 'UTC', min(given.readiness) filter (where given.posture = 'PEACETIME'),
            min(given.readiness) filter (where given.posture = 'CRISIS'), min(given.readiness) filter (where given.posture = 'CONFLICT')
        from capacity.surge_readiness as given
        where given.evidence = with_evidence and given.required_per_month > 0
            and given.as_of between (from_time at time zone 'UTC')::date and ((to_time - interval '1 ms') at time zone 'UTC')::date
        group by given.as_of
    $$;

comment on function capacity.surge_lowest_trend is 'The lowest readiness of all products on each day of a range, in each posture.';

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
        where given.product_id = of_product
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
                when line.available_from > newest.watermark then 'NOT_YET_ACCEPTED'
                when rate.workforce < case with_evidence when 'DEMONSTRATED' then rate.demonstrated else rate.contracted end then 'PEOPLE'
                else 'EQUIPMENT'
            end,
            line.available_from
        from capacity.surge_reach(to_time) as newest
        join capacity.surge_ladder as ladder on ladder.as_of = newest.as_of and ladder."constraint" = 'LINES'
        join capacity.product as product on product.valid_to = 'infinity'
            and coalesce(product.interchangeability_group, product.product_id) = ladder.node_id
        join capacity.line as line on line.valid_to = 'infinity' and line.product_id = product.product_id
        left join capacity.plant as plant on plant.valid_to = 'infinity' and plant.plant_id = line.plant_id
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
        left join capacity.product on product.product_id = loss.product_id and product.valid_to = 'infinity'
        left join capacity.plant on loss.loss_kind = 'PLANT' and plant.plant_id = loss.loss_id and plant.valid_to = 'infinity'
        left join capacity.surge_names() as binding
            on binding."constraint" = loss.binding_constraint_after and binding.id = loss.binding_id_after
    $$;

comment on function capacity.surge_losses_at is
    'What the loss of one supplier parent, one plant or the supply of one nation would do to each product (contracted capacity): before, after, and what binds then. Losses that change nothing are left out.';

create function capacity.surge_losses_tried(to_time timestamptz)
    returns table (as_of date, losses_tried integer, watermark timestamptz)
    language sql stable parallel safe
    as $$
        select tried.as_of, tried.losses_tried, tried.watermark
        from capacity.surge_loss_computation as tried
        where tried.as_of <= ((to_time - interval '1 ms') at time zone 'UTC')::date
        order by tried.as_of desc
        limit 1
    $$;

comment on function capacity.surge_losses_tried is
    'The newest date at or before the end of a range of which all losses have been tried, how many, and how far its data goes.';

-- The snapshot behind the figures holds what no table does: when a stock was counted, what is to come, and when a line was last heard of.
create function capacity.surge_basis(to_time timestamptz)
    returns table (as_of date, at timestamptz, stale_after_days integer, snapshot jsonb)
    language sql stable parallel safe
    as $$
        select held.as_of, to_timestamp((held.snapshot ->> 'nowMs')::double precision / 1000), (held.snapshot ->> 'staleAfterDays')::integer,
            held.snapshot
        from (
            select taken.as_of, taken.snapshot::jsonb as snapshot
            from capacity.surge_snapshot as taken
            where taken.as_of <= ((to_time - interval '1 ms') at time zone 'UTC')::date
            order by taken.as_of desc
            limit 1
        ) as held
        where held.snapshot ->> 'format' = '1'
    $$;

comment on function capacity.surge_basis is
    'The snapshot behind the newest figures at or before the end of a range as JSON, the instant at which it stands, and the days after which silence is stale. No row if it is of another format.';

create function capacity.stock_counts(to_time timestamptz)
    returns table (material_id text, name text, unit text, plant_id text, plant_name text, nation text, counted_at timestamptz,
        days_ago double precision, counted double precision, stale boolean, stale_after_days integer)
    language sql stable parallel safe
    as $$
        select counted.count ->> 'materialId', coalesce(material.name, counted.count ->> 'materialId'), material.unit,
            counted.count ->> 'plantId', plant.name, plant.nation, moment.at,
            extract(epoch from counted.at - moment.at)::double precision / 86400, (counted.count ->> 'onHand')::double precision,
            moment.at < counted.at - counted.stale_after_days * interval '1 day', counted.stale_after_days
        from (
            select basis.at, basis.stale_after_days, jsonb_array_elements(basis.snapshot -> 'counts') as count
            from capacity.surge_basis(to_time) as basis
        ) as counted
        cross join lateral (select to_timestamp((counted.count ->> 'countedAtMs')::double precision / 1000)) as moment (at)
        left join capacity.material on material.material_id = counted.count ->> 'materialId' and material.valid_to = 'infinity'
        left join capacity.plant on plant.plant_id = counted.count ->> 'plantId' and plant.valid_to = 'infinity'
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
            extract(epoch from moment.due_at - counted.at)::double precision / 86400, (counted.receipt ->> 'quantity')::double precision
        from (
            select listed.at, listed.count, jsonb_array_elements(listed.count -> 'receipts') as receipt
            from (
                select basis.at, jsonb_array_elements(basis.snapshot -> 'counts') as count
                from capacity.surge_basis(to_time) as basis
            ) as listed
        ) as counted
        cross join lateral (select to_timestamp((counted.receipt ->> 'dueAtMs')::double precision / 1000)) as moment (due_at)
        left join capacity.material on material.material_id = counted.count ->> 'materialId' and material.valid_to = 'infinity'
        left join capacity.plant on plant.plant_id = counted.count ->> 'plantId' and plant.valid_to = 'infinity'
        left join capacity.supplier on supplier.supplier_id = counted.receipt ->> 'supplierId' and supplier.valid_to = 'infinity'
        where moment.due_at > counted.at
    $$;

comment on function capacity.firm_receipts is 'Deliveries that suppliers have promised and that are still to come, as in the newest counts behind the figures.';

-- How much of what the figures rest on is fresh.
create function capacity.surge_freshness(to_time timestamptz)
    returns table (as_of date, at timestamptz, stale_after_days integer, lines bigint, silent_lines bigint, stocks bigint,
        stale_stocks bigint, completeness double precision)
    language sql stable parallel safe
    as $$
        select basis.as_of, basis.at, basis.stale_after_days, line.lines, line.lines - line.heard, stock.stocks, stock.stocks - stock.fresh,
            stock.fresh::double precision / nullif(stock.stocks, 0)
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
    $$;

comment on function capacity.surge_freshness is
    'How many accepted lines and stocks the figures rest on, and how many of them have not reported or been counted for longer than the setting allows; completeness: the share of stocks that were counted within it.';

-- Materials as of the newest date, all plants together, beside the time that a new order takes.
create function capacity.material_cover_at(in_posture text, to_time timestamptz)
    returns table (as_of date, material_id text, name text, unit text, on_hand double precision, daily_draw double precision,
        days_of_supply double precision, days_in_words text, lead_time_days integer, days_beyond_lead_time double precision,
        runs_out_at timestamptz, single_source boolean, main_parent text, main_parent_share double precision, watermark timestamptz,
        "position" bigint)
    language sql stable parallel safe
    as $$
        select cover.as_of, cover.material_id, coalesce(material.name, cover.material_id), material.unit, cover.on_hand, cover.daily_draw,
            cover.days_of_supply, capacity.days_of_supply_in_words(cover.days_of_supply, cover.on_hand, cover.daily_draw),
            material.lead_time_days, cover.days_of_supply - material.lead_time_days,
            case when cover.days_of_supply < 3652.5 then newest.watermark + cover.days_of_supply * interval '1 day' end, cover.single_source,
            cover.main_parent, cover.main_parent_share, newest.watermark,
            row_number() over (order by cover.days_of_supply nulls last, material.name, cover.material_id)
        from capacity.surge_reach(to_time) as newest
        join capacity.material_cover as cover on cover.as_of = newest.as_of and cover.plant_id = 'ALL'
        left join capacity.material on material.material_id = cover.material_id and material.valid_to = 'infinity'
        where cover.posture = in_posture
    $$;

comment on function capacity.material_cover_at is
    'Every material, all plants together, as of the newest date at or before the end of a range: days of supply at the draw of a posture, lead time of a new order, days by which stock outlasts it (below 0: it runs out first), and who brings most. The one that runs out first leads.';

-- Materials of a posture at a glance.
create function capacity.material_headline(in_posture text, to_time timestamptz)
    returns table (as_of date, materials bigint, short_of_lead_time bigint, single_sources bigint, first_name text, first_in_words text)
    language sql stable parallel safe
    as $$
        select max(cover.as_of), count(*), count(*) filter (where cover.days_beyond_lead_time < 0), count(*) filter (where cover.single_source),
            max(cover.name) filter (where cover.position = 1), max(cover.days_in_words) filter (where cover.position = 1)
        from capacity.material_cover_at(in_posture, to_time) as cover
        having count(*) > 0
    $$;

comment on function capacity.material_headline is
    'Materials of a posture at a glance: how many there are, run out before a new order would come and have a single source, and the one that runs out first.';

create function capacity.material_cover_by_plant(of_material text, in_posture text, to_time timestamptz)
    returns table (as_of date, plant_id text, plant_name text, nation text, on_hand double precision, daily_draw double precision,
        days_of_supply double precision, days_in_words text, unit text)
    language sql stable parallel safe
    as $$
        select cover.as_of, cover.plant_id, plant.name, plant.nation, cover.on_hand, cover.daily_draw, cover.days_of_supply,
            capacity.days_of_supply_in_words(cover.days_of_supply, cover.on_hand, cover.daily_draw), material.unit
        from capacity.surge_reach(to_time) as newest
        join capacity.material_cover as cover on cover.as_of = newest.as_of and cover.plant_id <> 'ALL'
        left join capacity.plant on plant.plant_id = cover.plant_id and plant.valid_to = 'infinity'
        left join capacity.material on material.material_id = cover.material_id and material.valid_to = 'infinity'
        where cover.material_id = of_material and cover.posture = in_posture
    $$;

comment on function capacity.material_cover_by_plant is 'Stock and days of supply of a material in each plant, as of the newest date at or before the end of a range.';

create function capacity.material_cover_trend(of_material text, from_time timestamptz, to_time timestamptz)
    returns table (as_of timestamptz, peacetime double precision, crisis double precision, conflict double precision)
    language sql stable parallel safe
    as $$
        select cover.as_of::timestamp at time zone 'UTC', max(cover.days_of_supply) filter (where cover.posture = 'PEACETIME'),
            max(cover.days_of_supply) filter (where cover.posture = 'CRISIS'),
            max(cover.days_of_supply) filter (where cover.posture = 'CONFLICT')
        from capacity.material_cover as cover
        where cover.material_id = of_material and cover.plant_id = 'ALL'
            and cover.as_of between (from_time at time zone 'UTC')::date and ((to_time - interval '1 ms') at time zone 'UTC')::date
        group by cover.as_of
    $$;

comment on function capacity.material_cover_trend is 'Days of supply of a material, all plants together, on each day of a range, in each posture.';

-- Who owns suppliers, from where they deliver, and what.
create function capacity.supplier_parents()
    returns table (supplier_parent text, nations text, all_allied boolean, suppliers bigint, materials text)
    language sql stable parallel safe
    as $$
        select supplier.parent_entity, string_agg(distinct supplier.nation, ', '), bool_and(supplier.allied),
            count(distinct supplier.supplier_id), string_agg(distinct coalesce(material.name, offer.material_id), ', ')
        from capacity.supplier
        left join lateral (
            select offered ->> 'material_id' from jsonb_array_elements(supplier.supplies) as offered
        ) as offer (material_id) on true
        left join capacity.material on material.material_id = offer.material_id and material.valid_to = 'infinity'
        where supplier.valid_to = 'infinity'
        group by supplier.parent_entity
    $$;

comment on function capacity.supplier_parents is 'Companies and agencies that own suppliers, the nations that these deliver from, whether all are allied, and what they offer.';

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
        left join capacity.supplier_parents() as parent on parent.supplier_parent = critical.supplier_parent
        left join capacity.product on product.product_id = critical.product_id and product.valid_to = 'infinity'
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

-- Materials that one parent brings.
create function capacity.single_sources_at(in_posture text, to_time timestamptz)
    returns table (material_id text, name text, main_parent text, main_parent_share double precision, nations text, all_allied boolean,
        days_of_supply double precision, days_in_words text, lead_time_days integer, days_beyond_lead_time double precision, products text)
    language sql stable parallel safe
    as $$
        select cover.material_id, cover.name, cover.main_parent, cover.main_parent_share, parent.nations, parent.all_allied,
            cover.days_of_supply, cover.days_in_words, cover.lead_time_days, cover.days_beyond_lead_time, used.products
        from capacity.material_cover_at(in_posture, to_time) as cover
        left join capacity.supplier_parents() as parent on parent.supplier_parent = cover.main_parent
        left join lateral (
            select string_agg(distinct coalesce(product.name, ladder.product_id), ', ')
            from capacity.surge_ladder as ladder
            left join capacity.product on product.product_id = ladder.product_id and product.valid_to = 'infinity'
            where ladder.as_of = cover.as_of and ladder.posture = in_posture and ladder.evidence = 'CONTRACTED'
                and ladder."constraint" = 'MATERIAL' and ladder.node_id = cover.material_id
        ) as used (products) on true
        where cover.single_source
    $$;

comment on function capacity.single_sources_at is
    'Materials of which one supplier parent brings 95 % or more, who that is, how long stock lasts without it, and which products need it.';

-- All postures beside each other, a row a product: those that are worst in any of them first.
create function capacity.surge_matrix(with_evidence text, to_time timestamptz)
    returns table (product_id text, name text, capability_area text, peacetime double precision, crisis double precision,
        conflict double precision, unknown text, "position" bigint)
    language sql stable parallel safe
    as $$
        select given.product_id, max(given.name), max(given.capability_area), max(given.readiness) filter (where given.posture = 'PEACETIME'),
            max(given.readiness) filter (where given.posture = 'CRISIS'), max(given.readiness) filter (where given.posture = 'CONFLICT'),
            case when count(given.readiness) = 0 then 'unknown' when count(given.readiness) < count(*) then 'in part' end,
            row_number() over (
                order by min(given.standing), min(given.readiness), max(given.units_short) desc nulls last, max(given.name), given.product_id)
        from capacity.surge_readiness_at(to_time) as given
        where given.evidence = with_evidence
        group by given.product_id
    $$;

comment on function capacity.surge_matrix is
    'Readiness of every product in each posture side by side, the worst first; null where nothing is needed or nobody knows; unknown: whether nobody knows it in any posture or in part.';
