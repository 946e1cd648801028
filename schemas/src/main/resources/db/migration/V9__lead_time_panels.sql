-- What dashboards ask about orders. A day counts as known from its first row on; what a page shows as of the end of its range is the
-- newest row at or before it, which for a group in which nothing happened today is that of yesterday. Weeks are ISO weeks in UTC.
set role capacity_migrator;

-- Order lines with something odd are few beside all that ever were.
create index order_status_odd on store.order_status (confirmed_at) where flags <> '';

-- A percentile in words, so that nobody takes "not reached" for nought, or three orders for three hundred.
create function capacity.days_in_words(days double precision, at_risk bigint, orders bigint, undefined boolean) returns text
    language sql stable parallel safe
    return case
        when orders = 0 then 'no orders'
        when days is null and undefined then 'cannot be said'
        when days is null then 'not reached'
        else to_char(days::numeric, case when days < 9.95 then 'FM9999990.0' else 'FM9999990' end) || ' days'
            || case when at_risk < 5 then ' (' || at_risk || ' at risk)' else '' end
    end;

comment on function capacity.days_in_words is
    'A percentile of lead times as text: days and how many were at risk if they are fewer than 5; else "no orders", "cannot be said" (what was observed does not define the curve) or "not reached" (too many still wait).';

-- An ISO week in UTC: 2026-W46.
create function capacity.week_of("instant" timestamptz) returns text
    language sql immutable parallel safe
    return capacity.iso_week(("instant" at time zone 'UTC')::date);

-- How far orders and deliveries have been counted. No row before the first order.
create function capacity.orders_reach() returns table (watermark timestamptz, as_of date)
    language sql stable parallel safe
    as $$
        select backlog.watermark, backlog.as_of
        from capacity.order_backlog as backlog
        where backlog.group_kind = 'alliance' and backlog.group_id = 'alliance'
        order by backlog.as_of desc
        limit 1
    $$;

comment on function capacity.orders_reach is 'The newest day of the figures of all orders, and the watermark at which they were written.';

-- Groups of orders and how people call them; the alliance is one even before the first order.
create function capacity.order_groups()
    returns table (group_kind text, kind_name text, kind_position integer, group_id text, name text)
    language sql stable parallel safe
    as $$
        select kind.group_kind, kind.name, kind.position, known.group_id,
            case known.group_kind
                when 'alliance' then 'All orders'
                when 'product' then coalesce(product.name, known.group_id)
                when 'plant' then known.group_id || coalesce(' ' || plant.name, '')
                when 'capability_area' then upper(left(known.group_id, 1)) || lower(replace(substr(known.group_id, 2), '_', ' '))
                else known.group_id
            end
        from (
            select 'alliance' as group_kind, 'alliance' as group_id
            union
            select backlog.group_kind, backlog.group_id
            from capacity.order_backlog as backlog
            where backlog.as_of >= (select newest.as_of - 2 from capacity.orders_reach() as newest)
        ) as known
        join (values
            ('alliance', 'Whole alliance', 1), ('product', 'Product', 2), ('capability_area', 'Capability area', 3),
            ('plant', 'Plant', 4), ('nation', 'Nation of the plant', 5), ('buyer_nation', 'Buyer', 6)
        ) as kind (group_kind, name, position) on kind.group_kind = known.group_kind
        left join capacity.product
            on known.group_kind = 'product' and product.product_id = known.group_id and product.valid_to = 'infinity'
        left join capacity.plant
            on known.group_kind = 'plant' and plant.plant_id = known.group_id and plant.valid_to = 'infinity'
    $$;

comment on function capacity.order_groups is
    'Groups of orders (alliance, product, capability_area, plant, nation, buyer_nation) of the last three days, with the names that people choose from.';

-- Lead times of all groups as of the newest day at or before the end of a range. A percentile is missing because too many still wait, or
-- because nothing can be said: all at risk were served before a later entry, and the curve says nothing from there (which is known of
-- the newest day alone), or of the completed orders none is in the estimate.
create function capacity.lead_times_at(to_time timestamptz)
    returns table (as_of date, group_kind text, group_id text, cohort text, basis text, p50_days double precision,
        p80_days double precision, p90_days double precision, p50_in_words text, p80_in_words text, p90_in_words text,
        orders_total bigint, orders_completed bigint, orders_open bigint, orders_cancelled bigint, at_risk bigint,
        cancelled_share double precision, completed_only_mean_days double precision, watermark timestamptz, final boolean)
    language sql stable parallel safe
    as $$
        select distinct on (lead.group_kind, lead.group_id, lead.cohort, lead.basis)
            lead.as_of, lead.group_kind, lead.group_id, lead.cohort, lead.basis, lead.p50_days, lead.p80_days, lead.p90_days,
            capacity.days_in_words(lead.p50_days, lead.at_risk, lead.orders_total, curve.undefined),
            capacity.days_in_words(lead.p80_days, lead.p80_at_risk, lead.orders_total, curve.undefined),
            capacity.days_in_words(lead.p90_days, lead.p90_at_risk, lead.orders_total, curve.undefined),
            lead.orders_total, lead.orders_completed, lead.orders_open, lead.orders_cancelled, lead.at_risk, lead.cancelled_share,
            lead.completed_only_mean_days, lead.watermark, lead.final
        from capacity.lead_time as lead
        cross join (
            select max(known.as_of) as as_of
            from capacity.lead_time as known
            where known.as_of <= ((to_time - interval '1 ms') at time zone 'UTC')::date
        ) as newest
        cross join lateral (
            select lead.p50_days is null and (
                lead.orders_completed > 0 and lead.completed_only_mean_days is null
                or exists (
                    select 1
                    from capacity.lead_time_curve as point
                    where point.group_kind = lead.group_kind and point.group_id = lead.group_id and point.cohort = lead.cohort
                        and point.basis = lead.basis and point.as_of = lead.as_of and point.survival is null
                ))
        ) as curve (undefined)
        where lead.as_of between newest.as_of - 2 and newest.as_of
        order by lead.group_kind, lead.group_id, lead.cohort, lead.basis, lead.as_of desc
    $$;

comment on function capacity.lead_times_at is
    'Lead times of every group, cohort and basis as of the newest day at or before the end of a range (not further back than two days before the newest of all), percentiles also in words.';

-- Percentiles of a group day by day; those with fewer than 5 at risk apart, so that they can be drawn in grey.
create function capacity.lead_time_trend(kind text, id text, from_time timestamptz, to_time timestamptz)
    returns table (as_of timestamptz, p50_days double precision, p80_days double precision, few_p50_days double precision,
        few_p80_days double precision)
    language sql stable parallel safe
    as $$
        select lead.as_of::timestamp at time zone 'UTC',
            case when lead.at_risk >= 5 then lead.p50_days end, case when lead.p80_at_risk >= 5 then lead.p80_days end,
            case when lead.at_risk < 5 then lead.p50_days end, case when lead.p80_at_risk < 5 then lead.p80_days end
        from capacity.lead_time as lead
        where lead.group_kind = kind and lead.group_id = id and lead.cohort = 'trailing' and lead.basis = 'LAST_UNIT'
            and lead.as_of between (from_time at time zone 'UTC')::date and ((to_time - interval '1 ms') at time zone 'UTC')::date
    $$;

comment on function capacity.lead_time_trend is
    'p50 and p80 of a group (trailing cohort, last unit) on each day of a range; few_...: those with fewer than 5 orders at risk. Null: not reached, or it cannot be said.';

-- The curve of a group in steps that give about thirty bars: days, weeks or months of 30 days. Element n of a curve is the end of day n + 1.
create function capacity.lead_time_steps(kind text, id text)
    returns table (days integer, survival double precision, at_risk bigint, cancelled_share double precision, as_of date)
    language sql stable parallel safe
    as $$
        select curve.day + 1, curve.survival, curve.at_risk, curve.cancelled_share, curve.as_of
        from capacity.lead_time_curve as curve
        cross join (
            select case when count(*) <= 31 then 1 when count(*) <= 62 then 2 when count(*) <= 217 then 7 when count(*) <= 434 then 14 else 30 end
            from capacity.lead_time_curve as whole
            where whole.group_kind = kind and whole.group_id = id and whole.cohort = 'trailing' and whole.basis = 'LAST_UNIT'
        ) as step (days)
        where curve.group_kind = kind and curve.group_id = id and curve.cohort = 'trailing' and curve.basis = 'LAST_UNIT'
            and (curve.day + 1) % step.days = 0
    $$;

comment on function capacity.lead_time_steps is
    'Newest survival curve of a group (trailing cohort, last unit): share still waiting, orders at risk and share cancelled after so many days.';

-- The curves of several groups beside each other at fixed days. Behind its end a curve says nothing, unless all was delivered.
create function capacity.still_waiting(kind text)
    returns table (group_kind text, group_id text, name text, after_30 text, after_60 text, after_90 text, after_180 text, after_365 text,
        gone_days integer)
    language sql stable parallel safe
    as $$
        select seen.group_kind, seen.group_id, seen.name,
            case when seen.gone_days <= 30 then '0 %' else seen.after_30 end, case when seen.gone_days <= 60 then '0 %' else seen.after_60 end,
            case when seen.gone_days <= 90 then '0 %' else seen.after_90 end, case when seen.gone_days <= 180 then '0 %' else seen.after_180 end,
            case when seen.gone_days <= 365 then '0 %' else seen.after_365 end, seen.gone_days
        from (
            select groups.group_kind, groups.group_id, groups.name, max(share.words) filter (where curve.day = 29) as after_30,
                max(share.words) filter (where curve.day = 59) as after_60, max(share.words) filter (where curve.day = 89) as after_90,
                max(share.words) filter (where curve.day = 179) as after_180, max(share.words) filter (where curve.day = 364) as after_365,
                min(curve.day + 1) filter (where curve.survival = 0) as gone_days
            from capacity.order_groups() as groups
            join capacity.lead_time_curve as curve on curve.group_kind = groups.group_kind and curve.group_id = groups.group_id
            cross join lateral (
                select case
                        when curve.survival > 0 and curve.survival < 0.01 then '< 1'
                        when curve.survival > 0.99 and curve.survival < 1 then '> 99'
                        else to_char((curve.survival * 100)::numeric, 'FM990')
                    end || ' % (' || curve.at_risk || ')'
            ) as share (words)
            where groups.group_kind = case kind when 'alliance' then 'product' else kind end
                and curve.cohort = 'trailing' and curve.basis = 'LAST_UNIT'
            group by groups.group_kind, groups.group_id, groups.name
        ) as seen
    $$;

comment on function capacity.still_waiting is
    'Share of orders still waiting after 30, 60, 90, 180 and 365 days with the orders at risk in brackets, of every group of a kind (of the alliance: every product), and the days after which none was waiting.';

-- What waits in every group as of the newest day at or before the end of a range.
create function capacity.backlogs_at(to_time timestamptz)
    returns table (as_of date, group_kind text, group_id text, open_orders bigint, backlog_units bigint, overdue_orders bigint,
        overdue_units bigint, accepted_units bigint, rate_weeks double precision, cover_weeks double precision, cover_in_words text,
        watermark timestamptz, final boolean)
    language sql stable parallel safe
    as $$
        select distinct on (backlog.group_kind, backlog.group_id)
            backlog.as_of, backlog.group_kind, backlog.group_id, backlog.open_orders, backlog.backlog_units, backlog.overdue_orders,
            backlog.overdue_units, backlog.accepted_units, backlog.rate_weeks, backlog.cover_weeks,
            case
                when backlog.cover_weeks > 3652.5 / 7 then '> 10 years'
                when backlog.cover_weeks is not null then to_char(backlog.cover_weeks::numeric, 'FM9999990.0') || ' weeks'
                when backlog.backlog_units = 0 then 'nothing waits'
                else 'nothing accepted'
            end,
            backlog.watermark, backlog.final
        from capacity.order_backlog as backlog
        cross join (
            select max(known.as_of) as as_of
            from capacity.order_backlog as known
            where known.as_of <= ((to_time - interval '1 ms') at time zone 'UTC')::date
        ) as newest
        where backlog.as_of between newest.as_of - 2 and newest.as_of
        order by backlog.group_kind, backlog.group_id, backlog.as_of desc
    $$;

comment on function capacity.backlogs_at is
    'Backlog of every group as of the newest day at or before the end of a range, cover also in words.';

create function capacity.backlog_trend(kind text, id text, from_time timestamptz, to_time timestamptz)
    returns table (as_of timestamptz, open_orders bigint, backlog_units bigint, overdue_orders bigint, overdue_units bigint,
        cover_weeks double precision)
    language sql stable parallel safe
    as $$
        select backlog.as_of::timestamp at time zone 'UTC', backlog.open_orders, backlog.backlog_units, backlog.overdue_orders,
            backlog.overdue_units, backlog.cover_weeks
        from capacity.order_backlog as backlog
        where backlog.group_kind = kind and backlog.group_id = id
            and backlog.as_of between (from_time at time zone 'UTC')::date and ((to_time - interval '1 ms') at time zone 'UTC')::date
    $$;

comment on function capacity.backlog_trend is
    'Backlog of a group on each day of a range: units and orders that wait, those past their first promise, and weeks of work in them.';

-- Weeks of a group that overlap a range, each whole. A week in which nothing fell due is there too, so that a gap shows as one, from the
-- first to the last week in which anything did.
create function capacity.on_time_weeks(kind text, id text, from_time timestamptz, to_time timestamptz)
    returns table (iso_week text, lines_due bigint, lines_on_time_in_full bigint, lines_late bigint, on_time_in_full_ratio double precision,
        units_due bigint, units_on_time bigint, units_on_time_ratio double precision, final boolean)
    language sql stable parallel safe
    as $$
        select week.iso_week, coalesce(due.lines_due, 0), coalesce(due.lines_on_time_in_full, 0),
            coalesce(due.lines_due - due.lines_on_time_in_full, 0), due.on_time_in_full_ratio, coalesce(due.units_due, 0),
            coalesce(due.units_on_time, 0), due.units_on_time_ratio, due.final
        from (
            select capacity.week_of(monday)
            from generate_series(date_trunc('week', from_time, 'UTC'), to_time - interval '1 ms', interval '168 hours') as monday
        ) as week (iso_week)
        join (
            select min(known.iso_week) as first_week, max(known.iso_week) as last_week
            from capacity.on_time_week as known
            where known.group_kind = kind and known.group_id = id
        ) as known on week.iso_week between known.first_week and known.last_week
        left join capacity.on_time_week as due
            on due.group_kind = kind and due.group_id = id and due.iso_week = week.iso_week
    $$;

comment on function capacity.on_time_weeks is
    'Order lines of a group by the ISO week of their first promise, on time in full and late, for the weeks that overlap a range; ratios are null where nothing fell due.';

-- The groups of a kind beside each other; of the alliance: the products.
create function capacity.groups_beside(kind text, from_time timestamptz, to_time timestamptz)
    returns table (group_kind text, group_id text, name text, p50_in_words text, p80_in_words text, p90_in_words text, at_risk bigint,
        orders_total bigint, completed_only_mean_days double precision, lines_due bigint, on_time_in_full_ratio double precision,
        open_orders bigint, overdue_orders bigint, backlog_units bigint, cover_in_words text)
    language sql stable parallel safe
    as $$
        select groups.group_kind, groups.group_id, groups.name, lead.p50_in_words, lead.p80_in_words, lead.p90_in_words, lead.at_risk,
            lead.orders_total, lead.completed_only_mean_days, coalesce(due.lines_due, 0)::bigint,
            capacity.on_time_ratio(due.lines_on_time_in_full, due.lines_due), waiting.open_orders, waiting.overdue_orders,
            waiting.backlog_units, waiting.cover_in_words
        from capacity.order_groups() as groups
        left join capacity.lead_times_at(to_time) as lead
            on lead.group_kind = groups.group_kind and lead.group_id = groups.group_id
            and lead.cohort = 'trailing' and lead.basis = 'LAST_UNIT'
        left join capacity.backlogs_at(to_time) as waiting
            on waiting.group_kind = groups.group_kind and waiting.group_id = groups.group_id
        left join (
            select week.group_kind, week.group_id, sum(week.lines_due)::double precision as lines_due,
                sum(week.lines_on_time_in_full)::double precision as lines_on_time_in_full
            from capacity.on_time_week as week
            where week.iso_week between capacity.week_of(from_time) and capacity.week_of(to_time - interval '1 ms')
            group by week.group_kind, week.group_id
        ) as due on due.group_kind = groups.group_kind and due.group_id = groups.group_id
        where groups.group_kind = case kind when 'alliance' then 'product' else kind end
    $$;

comment on function capacity.groups_beside is
    'Every group of a kind (of the alliance: every product): lead time (trailing cohort, last unit) and backlog as of the end of a range, on time in full in its weeks.';

-- Order lines with the places that they belong to. Product and plant count as they stood when the order was confirmed, the first
-- version also for the time before it.
create function capacity.placed_orders()
    returns table (order_id text, product_id text, product_name text, capability_area text, plant_id text, plant_name text, nation text,
        buyer_nation text, framework_id text, priority integer, state text, ordered_units bigint, dispatched_units bigint,
        accepted_units bigint, rejected_units bigint, backlog_units bigint, queue_units bigint, confirmed_at timestamptz,
        baseline_promised_at timestamptz, promised_at timestamptz, overdue boolean, forecast_p50_at timestamptz,
        forecast_p80_at timestamptz, slip_days double precision, stalled boolean, flags text)
    language sql stable parallel safe
    as $$
        select status.order_id, status.product_id, coalesce(product.name, status.product_id), product.capability_area, status.plant_id,
            coalesce(plant.name, status.plant_id), plant.nation, status.buyer_nation, status.framework_id, status.priority, status.state,
            status.ordered_units, status.dispatched_units, status.accepted_units, status.rejected_units, status.backlog_units,
            status.queue_units, status.confirmed_at, status.baseline_promised_at, status.promised_at, status.overdue,
            status.forecast_p50_at, status.forecast_p80_at, status.slip_days, status.stalled, status.flags
        from capacity.order_status as status
        left join lateral (
            select version.name, version.capability_area
            from capacity.product as version
            where version.product_id = status.product_id
            order by version.valid_from > status.confirmed_at,
                case when version.valid_from <= status.confirmed_at then version.valid_from end desc, version.valid_from
            limit 1
        ) as product on true
        left join lateral (
            select version.name, version.nation
            from capacity.plant as version
            where version.plant_id = status.plant_id
            order by version.valid_from > status.confirmed_at,
                case when version.valid_from <= status.confirmed_at then version.valid_from end desc, version.valid_from
            limit 1
        ) as plant on true
    $$;

comment on function capacity.placed_orders is
    'Every order line with the names of its product and plant, its capability area and the nation of its plant, as they stood when it was confirmed.';

-- Open order lines of a group: how long they have waited, and what is promised and expected. What comes out of a function has lost the
-- collation of its column, without which no index answers.
create function capacity.open_orders(kind text, id text)
    returns table (order_id text, product_id text, product_name text, plant_id text, plant_name text, buyer_nation text,
        framework_id text, priority integer, waiting_days double precision, ordered_units bigint, backlog_units bigint,
        queue_units bigint, confirmed_at timestamptz, first_promise_week text, promise_week text, overdue boolean,
        overdue_days double precision, forecast_p50_week text, forecast_p80_week text, forecast_p80_at timestamptz,
        slip_days double precision, standing text)
    language sql stable parallel safe
    as $$
        select open_order.order_id, open_order.product_id, open_order.product_name, open_order.plant_id, open_order.plant_name,
            open_order.buyer_nation, open_order.framework_id, open_order.priority,
            extract(epoch from reach.watermark - open_order.confirmed_at)::double precision / 86400, open_order.ordered_units,
            open_order.backlog_units, open_order.queue_units, open_order.confirmed_at, capacity.week_of(open_order.baseline_promised_at),
            capacity.week_of(open_order.promised_at), open_order.overdue,
            case when open_order.overdue
                then extract(epoch from reach.watermark - open_order.baseline_promised_at)::double precision / 86400 end,
            capacity.week_of(open_order.forecast_p50_at), capacity.week_of(open_order.forecast_p80_at), open_order.forecast_p80_at,
            open_order.slip_days,
            case when open_order.stalled then 'STALLED' when open_order.forecast_p50_at is null then 'NO_FORECAST' else 'MOVING' end
        from capacity.placed_orders() as open_order
        cross join capacity.orders_reach() as reach
        where open_order.state collate "C" = 'OPEN'
            and case kind
                when 'alliance' then true
                when 'product' then open_order.product_id collate "C" = id
                when 'capability_area' then open_order.capability_area = id
                when 'plant' then open_order.plant_id collate "C" = id
                when 'nation' then open_order.nation = id
                when 'buyer_nation' then open_order.buyer_nation = id
            end
    $$;

comment on function capacity.open_orders is
    'Open order lines of a group at the watermark: days since confirmation, units missing, ISO weeks of promises and forecasts, days past the first promise, slip, and whether the order book moves (MOVING), stands because nothing was accepted in the last four whole ISO weeks (STALLED) or gives this line no forecast for another reason (NO_FORECAST).';

-- An order book is what one plant owes of one product. It moves if any of its lines has a forecast: the last ones may lie too far ahead
-- for one.
create function capacity.order_books(kind text, id text)
    returns table (plant_id text, plant_name text, product_id text, product_name text, standing text, open_orders bigint,
        without_forecast bigint, backlog_units bigint, overdue_orders bigint, longest_wait_days double precision, next_promise_week text,
        last_forecast_week text)
    language sql stable parallel safe
    as $$
        select open_order.plant_id, open_order.plant_name, open_order.product_id, max(open_order.product_name),
            case when bool_or(open_order.standing = 'MOVING') then 'MOVING' else max(open_order.standing) end, count(*),
            count(*) filter (where open_order.standing <> 'MOVING'), sum(open_order.backlog_units)::bigint, count(*) filter (where open_order.overdue), max(open_order.waiting_days),
            min(open_order.promise_week), case when count(open_order.forecast_p80_week) = count(*) then max(open_order.forecast_p80_week) end
        from capacity.open_orders(kind, id) as open_order
        group by open_order.plant_id, open_order.plant_name, open_order.product_id
    $$;

comment on function capacity.order_books is
    'Open order lines of a group by plant and product: whether the book moves, how many lines have no forecast, what waits in it, and when its last line is expected (P80; null if any has no such forecast).';

-- Order lines of a group with something odd in their history.
create function capacity.odd_orders(kind text, id text)
    returns table (order_id text, product_id text, product_name text, plant_id text, plant_name text, buyer_nation text, state text,
        ordered_units bigint, dispatched_units bigint, accepted_units bigint, rejected_units bigint, confirmed_at timestamptz, odd text)
    language sql stable parallel safe
    as $$
        select odd_order.order_id, odd_order.product_id, odd_order.product_name, odd_order.plant_id, odd_order.plant_name,
            odd_order.buyer_nation, odd_order.state, odd_order.ordered_units, odd_order.dispatched_units, odd_order.accepted_units,
            odd_order.rejected_units, odd_order.confirmed_at,
            upper(left(odd_order.flags, 1)) || lower(replace(replace(substr(odd_order.flags, 2), ',', ', '), '_', ' '))
        from capacity.placed_orders() as odd_order
        where odd_order.flags <> ''
            and case kind
                when 'alliance' then true
                when 'product' then odd_order.product_id = id
                when 'capability_area' then odd_order.capability_area = id
                when 'plant' then odd_order.plant_id = id
                when 'nation' then odd_order.nation = id
                when 'buyer_nation' then odd_order.buyer_nation = id
            end
    $$;

comment on function capacity.odd_orders is
    'Order lines of a group whose deliveries do not fit the order or each other, with what is odd in words.';

-- Records of orders and deliveries that were refused.
create function capacity.refused_orders(from_time timestamptz, to_time timestamptz)
    returns table (record text, reason_code text, reason text, payload text, received_at timestamptz)
    language sql stable parallel safe
    as $$
        select case when refused.topic ~ '(^|\.)orders(\.|$)' then 'Order' else 'Delivery' end, refused.reason_code, refused.reason,
            refused.payload, refused.received_at
        from capacity.rejected_event as refused
        where refused.received_at >= from_time and refused.received_at < to_time
            and refused.topic ~ '(^|\.)(orders|deliveries)(\.|$)'
    $$;

comment on function capacity.refused_orders is 'Orders and deliveries that were refused in a range, by receive time, with the reason.';

-- How much of the planned time of those lines is known that a group depends on; buyers depend on all.
create function capacity.known_behind_orders(kind text, id text, from_time timestamptz, to_time timestamptz)
    returns table (completeness double precision)
    language sql stable parallel safe
    as $$
        select made.completeness
        from capacity.made(case kind when 'buyer_nation' then 'alliance' else kind end, from_time, to_time) as made
        where made.group_id = case kind when 'buyer_nation' then 'alliance' else id end
    $$;

comment on function capacity.known_behind_orders is
    'Known share of the planned time of the lines of a group of orders in a range; for a buyer: of all lines.';
