-- The meaning of every view and column, the unit in brackets: the one source of docs/data-dictionary.md.
-- It runs again whenever it changes. A column without a meaning, or a meaning without a column, stops the migration.
set role capacity_migrator;

create temporary table meaning (view_name text, column_name text, words text not null) on commit drop;

insert into meaning (view_name, words) values
    ('line_product_minute', 'Facts of a line and product in a minute. Kept for a number of days that the operator sets.'),
    ('line_product_hour', 'Facts of a line and product in an hour.'),
    ('line_product_day', 'Facts of a line and product on a production day.'),
    ('line_minute', 'Sums of a line over its products in a minute. Without ratios: a minute is too short for them.'),
    ('line_hour', 'Sums and ratios of a line over its products in an hour.'),
    ('line_day', 'Sums and ratios of a line over its products on a production day.'),
    ('area_day', 'Sums and ratios of all lines of a plant, product, capability area or nation, or of the whole alliance, on a production day. Plant, nation and capability area are those known at the end of the day.'),
    ('line_loss_day', 'Planned time that a line lost on a production day, by category and reason.'),
    ('line_current', 'What a line is doing now, that is at its watermark.'),
    ('plant', 'Plants, one row a version. How to reach their managers is kept from readers.'),
    ('line', 'Production lines, one row a version.'),
    ('product', 'Products, one row a version.'),
    ('material', 'Materials, one row a version.'),
    ('supplier', 'Suppliers, one row a version.'),
    ('surge_requirement', 'Required rates, one row a version.'),
    ('shift_plan', 'Shift plans, one row a version.'),
    ('alert_rule', 'Alert rules, one row a version.'),
    ('rejected_event', 'Records that were refused: where they came from and why.'),
    ('lead_time', 'How long orders of a group take, as known at the end of a UTC day, in percentiles that count the open orders too.'),
    ('lead_time_curve', 'Share of orders of a group that still wait, day by day since they were confirmed; the newest curve of each group.'),
    ('order_backlog', 'What orders of a group still wait for, as known at the end of a UTC day.'),
    ('on_time_week', 'Order lines of a group whose first promise was due in a week, and how many came on time in full.'),
    ('order_status', 'Where an order line stands, and when it will be complete.'),
    ('surge_readiness', 'How far a product can be made at the rate required of it in a posture, and what binds. Products that a posture requires nothing of have no row.'),
    ('surge_ladder', 'What stops a product step by step: step 1 is what binds, step 2 what would bind next, at most 8. In a conflict the most critical supplier parent is lost already. Products of which nothing is needed, or of which nobody knows how they are made, have no row.'),
    ('surge_constraint', 'What limits a line, one row a limit: the least that is known is its capacity.'),
    ('material_cover', 'How long the stock of a material lasts when every requirement of a posture is met.'),
    ('supplier_criticality', 'What the loss of a supplier parent would do to a product, on contracted capacity and before any other parent is lost.'),
    ('surge_computation', 'Dates for which surge readiness was computed as a whole: what surge_readiness, surge_ladder, surge_constraint, material_cover and supplier_criticality hold of a date is at least as new. The newest date is that of the present figures.'),
    ('surge_loss', 'What the loss of a supplier parent, of a plant or of all that a nation supplies would do to a product, on contracted capacity. Only losses that change what is possible have a row. It follows the readiness of the date: while the day runs, the figures without the loss may be some minutes older than those of surge_readiness.'),
    ('surge_loss_computation', 'Dates for which all losses were tried: what surge_loss holds of a date is at least as new.'),
    ('surge_snapshot', 'All that surge readiness of a date was computed from, so that it can be computed again and asked "what if".');

-- What a column of this name means in every view that has it and no words of its own below.
insert into meaning (column_name, words) values
    ('line_id', 'The line.'),
    ('plant_id', 'The plant, by its NCAGE.'),
    ('product_id', 'The product.'),
    ('material_id', 'The material.'),
    ('supplier_id', 'The supplier.'),
    ('plan_id', 'The shift plan.'),
    ('rule_id', 'The alert rule.'),
    ('group_kind', 'What the lines have in common: plant, product, capability_area, nation or alliance.'),
    ('group_id', 'Which plant, product, capability area or nation; "alliance" for all lines.'),
    ('window_start', 'First instant of the window; its end is the first instant of the next. [UTC]'),
    ('production_day', 'Production day of the plant: it starts when the plant says, in the zone of the plant. [date]'),
    ('iso_week', 'ISO 8601 week of the production day, such as 2026-W46.'),
    ('planned_ms', 'Planned time, that is shift plans less their breaks; producing, setup, delay, down and unknown add up to it. [ms]'),
    ('producing_ms', 'Planned time in which the line produced. [ms]'),
    ('setup_ms', 'Planned time spent on setup. [ms]'),
    ('delay_ms', 'Planned time in which the line stood idle, suspended, held or complete. [ms]'),
    ('down_ms', 'Planned time in which the line was stopped, aborted, clearing or in maintenance. [ms]'),
    ('unknown_ms', 'Planned time in which nobody knows what the line did: it was silent or offline. [ms]'),
    ('unplanned_producing_ms', 'Time outside plans in which the line produced. [ms]'),
    ('planned_seconds', 'Planned time, that is shift plans less their breaks; producing, setup, delay, down and unknown add up to it. [s]'),
    ('producing_seconds', 'Planned time in which the line produced. [s]'),
    ('setup_seconds', 'Planned time spent on setup. [s]'),
    ('delay_seconds', 'Planned time in which the line stood idle, suspended, held or complete. [s]'),
    ('down_seconds', 'Planned time in which the line was stopped, aborted, clearing or in maintenance. [s]'),
    ('unknown_seconds', 'Planned time in which nobody knows what the line did: it was silent or offline. [s]'),
    ('unplanned_producing_seconds', 'Time outside plans in which the line produced. [s]'),
    ('good_units', 'Good units, in planned time or not. [units]'),
    ('scrap_units', 'Scrapped units. [units]'),
    ('rework_units', 'Reworked units, counted beside good and scrap. [units]'),
    ('ideal_us', 'Time that the good and scrapped units would have taken at the ideal cycle; planned and known time only. [us]'),
    ('ideal_good_us', 'The part of it that went into good units. [us]'),
    ('ideal_seconds', 'Time that the good and scrapped units would have taken at the ideal cycle; planned and known time only. [s]'),
    ('ideal_good_seconds', 'The part of it that went into good units. [s]'),
    ('reports', 'Reports of the line that count. [reports]'),
    ('duplicates', 'Reports that came more than once. [reports]'),
    ('lost_reports', 'Reports that never came, by gaps in the sequence. [reports]'),
    ('late_reports', 'Reports refused because they came after the correction horizon, in the minute of their coming. [reports]'),
    ('completeness', 'Known share of planned time: (planned - unknown) / planned. [0..1]'),
    ('availability', 'producing / (planned - unknown). [0..1]'),
    ('effectiveness', 'ideal / producing; above 1 the ideal cycle is wrong. [ratio]'),
    ('quality_ratio', 'ideal good / ideal: good share, weighted by ideal time. [0..1]'),
    ('oee', 'Overall equipment effectiveness: ideal good / (planned - unknown). [ratio]'),
    ('oee_low', 'OEE if nothing was made in the unknown time: ideal good / planned. [ratio]'),
    ('oee_high', 'OEE if the unknown time was as good as the known: (ideal good + unknown x effectiveness x quality) / planned. [ratio]'),
    ('ideal_cycle_suspect', 'True if effectiveness is above 1.02 over an hour or more of production.'),
    ('valid_from', 'Instant from which the version holds; -infinity if always. [UTC]'),
    ('valid_to', 'Instant from which the next version holds; infinity if there is none. [UTC]'),
    ('name', 'Name for people.'),
    ('nation', 'ISO 3166-1 alpha-3 code of the nation.'),
    ('parent_entity', 'The company or agency that owns it.'),
    ('generation', 'How often a restatement has replaced the row. [count]'),
    ('version', 'How many distinct records the line had accepted when the row was written; of sums the highest. [count]'),
    ('watermark', 'Everything that happened before this instant is covered; of sums the earliest. [UTC]'),
    ('computed_at', 'When the row was written, by the clock of the database. [UTC]'),
    ('final', 'True once only a restatement may change the row.');

insert into meaning values
    ('line_loss_day', 'category', 'UNKNOWN, DOWN, DELAY_IDLE, DELAY_EXTERNAL, DELAY_INTERNAL, DELAY_COMPLETE or SETUP.'),
    ('line_loss_day', 'reason_code', 'Why, in the code of the plant; empty if it gave none.'),
    ('line_loss_day', 'seconds', 'Planned time lost. [s]'),
    ('line_current', 'state', 'State as last reported; null while unknown.'),
    ('line_current', 'since', 'Since when the line is in this state, or unknown; null before its first report. [UTC]'),
    ('line_current', 'reason_code', 'Why, in the code of the plant.'),
    ('line_current', 'product_id', 'What it makes.'),
    ('line_current', 'last_report_at', 'Effective time of the last report; null before the first. [UTC]'),
    ('line_current', 'planned_now', 'True if the watermark lies in planned time.'),
    ('line_current', 'units_today', 'Good units of the current production day. [units]'),
    ('line_current', 'units_last_hour', 'Good units of the 60 minutes before the watermark, which is the rate. [units/h]'),
    ('line_current', 'completeness_today', 'Known share of the planned time of the production day so far; null if nothing was planned. [0..1]'),
    ('line_current', 'final', 'Always false: the present never ends.'),
    ('plant', 'latitude', 'Degrees north. [deg]'),
    ('plant', 'longitude', 'Degrees east. [deg]'),
    ('plant', 'time_zone', 'Time zone, by its name in the IANA database.'),
    ('plant', 'day_starts_at', 'Local time at which the production day starts. [local time]'),
    ('line', 'product_id', 'What it makes when a report names no product.'),
    ('line', 'ideal_cycle_seconds', 'Ideal time of one unit. [s]'),
    ('line', 'cycles', 'Products with an ideal time of their own: list of product_id, ideal_cycle_seconds. [s]'),
    ('line', 'heartbeat_seconds', 'Longest time between two reports of a line that is alive. [s]'),
    ('line', 'calendar', 'PLANNED: only shift plans are planned time. AROUND_THE_CLOCK: all time from the first report on.'),
    ('line', 'declared_units_per_hour', 'The rate that the plant declares. [units/h]'),
    ('line', 'hours_per_week_peacetime', 'Working hours in peacetime. [h/week]'),
    ('line', 'hours_per_week_crisis', 'Working hours in a crisis. [h/week]'),
    ('line', 'hours_per_week_conflict', 'Working hours in a conflict. [h/week]'),
    ('line', 'available_from', 'When a funded line that is not yet accepted will be; null if it is. [UTC]'),
    ('product', 'capability_area', 'The capability area that it serves.'),
    ('product', 'interchangeability_group', 'Products of one group stand in for each other; null if nothing does.'),
    ('product', 'bill_of_materials', 'What one unit takes: list of input_id (product or material), quantity_per_unit. [units, or the unit of the material]'),
    ('material', 'unit', 'Unit in which it is counted, such as kg.'),
    ('material', 'lead_time_days', 'From order to receipt. [days]'),
    ('supplier', 'allied', 'True if its nation is of the alliance.'),
    ('supplier', 'supplies', 'What it delivers: list of material_id, units_per_month. [unit of the material/month]'),
    ('surge_requirement', 'posture', 'PEACETIME, CRISIS or CONFLICT.'),
    ('surge_requirement', 'units_per_month', 'The required rate; a month has 30.4375 days. [units/month]'),
    ('surge_requirement', 'reach_within_days', 'Days until the rate must be reached; without an entry 0, 90 or 365 by posture. [days]'),
    ('surge_requirement', 'sustain_days', 'Days for which it must be held; without an entry 90, 180 or 365 by posture. [days]'),
    ('shift_plan', 'start', 'First planned instant. [UTC]'),
    ('shift_plan', 'end', 'First instant after the plan. [UTC]'),
    ('shift_plan', 'breaks', 'Time inside that is not planned: list of start, end. [UTC]'),
    ('shift_plan', 'cancelled', 'True if the plan no longer holds.'),
    ('alert_rule', 'subject_kind', 'What it judges: LINE, PLANT, PRODUCT, ORDER or MATERIAL.'),
    ('alert_rule', 'measure', 'The measure that it judges.'),
    ('alert_rule', 'raise', 'Limit at which the alert opens. [unit of the measure]'),
    ('alert_rule', 'clear', 'Limit at which it clears. [unit of the measure]'),
    ('alert_rule', 'on_delay_seconds', 'How long the measure must be past the raise limit. [s]'),
    ('alert_rule', 'off_delay_seconds', 'How long it must be past the clear limit. [s]'),
    ('alert_rule', 'severity', 'How urgent it is: INFO, WARNING or CRITICAL.'),
    ('alert_rule', 'min_completeness', 'Least completeness at which the rule judges. [0..1]'),
    ('alert_rule', 'runbook', 'What to do: a link or the name of a chapter.'),
    ('alert_rule', 'enabled', 'False while the rule is switched off.'),
    ('rejected_event', 'topic', 'Name of the topic in the catalogue, such as line-telemetry.'),
    ('rejected_event', 'record_partition', 'Partition of the record; 0 for files.'),
    ('rejected_event', 'record_offset', 'Offset of the record; for files the number of the line, from 1.'),
    ('rejected_event', 'reason_code', 'Why, for counting.'),
    ('rejected_event', 'reason', 'Why, as a sentence.'),
    ('rejected_event', 'event_time', 'Event time of the record; null if it has none or none could be read. [UTC]'),
    ('rejected_event', 'received_at', 'When the broker took it; null for a file that does not say. [UTC]'),
    ('rejected_event', 'payload', 'The event as JSON, or "hex:" and its bytes if it could not be read.'),
    ('rejected_event', 'generation', 'Always 0: a refusal is not restated. [count]'),
    ('rejected_event', 'version', 'Always 0: the first refusal of a record stands. [count]'),
    ('rejected_event', 'watermark', 'As received_at. [UTC]'),
    ('rejected_event', 'final', 'Always true.');

insert into meaning
select view_name, column_name, words
from unnest(array['plant', 'line', 'product', 'material', 'supplier', 'surge_requirement', 'shift_plan', 'alert_rule']) as view_name
cross join (values
    ('generation', 'Always 0: reference data is not restated. [count]'),
    ('version', 'Revision of the version: of several with one valid_from the highest is kept. [count]'),
    ('watermark', 'When the broker took it: since then it is known. [UTC]'),
    ('final', 'Always false: a higher revision may come at any time.')
) as common (column_name, words);

insert into meaning
select view_name, column_name, words
from unnest(array['lead_time', 'lead_time_curve', 'order_backlog', 'on_time_week']) as view_name
cross join (values
    ('group_kind', 'What the orders have in common: product, capability_area, plant, nation (of the plant), buyer_nation or alliance.'),
    ('group_id', 'Which product, capability area, plant or nation; "alliance" for all orders.'),
    ('version', 'How many distinct records the orders of the group had accepted when the row was written. [count]')
) as common (column_name, words);

insert into meaning
select view_name, column_name, words
from unnest(array['lead_time', 'lead_time_curve']) as view_name
cross join (values
    ('cohort', 'all: every order. trailing: what happened in the last 365 days; older orders are under observation only from there on.'),
    ('basis', 'Up to when a lead time counts: acceptance of the LAST_UNIT, of the FIRST_UNIT, or PER_UNIT, that is of each unit by itself.')
) as common (column_name, words);

insert into meaning values
    ('lead_time', 'as_of', 'The day, UTC, from whose end the row looks back: orders still open then count as waiting at least until then. [date]'),
    ('lead_time', 'p50_days', 'Lead time from confirmation within which half of the orders (units) are there; null: not reached. [days]'),
    ('lead_time', 'p80_days', 'The same for 80 %. [days]'),
    ('lead_time', 'p90_days', 'The same for 90 %. [days]'),
    ('lead_time', 'orders_total', 'Orders that the percentiles rest on; with cohort all, all orders known by then. [orders]'),
    ('lead_time', 'orders_completed', 'Those of them for which the wait is over: first unit, last unit, all units. [orders]'),
    ('lead_time', 'orders_open', 'Those of them that still wait. [orders]'),
    ('lead_time', 'orders_cancelled', 'Those of them that were cancelled first. [orders]'),
    ('lead_time', 'at_risk', 'Orders (with PER_UNIT units) still waiting right before p50; if that is not reached, right before the last acceptance. Below 5 the percentile says little. [orders or units]'),
    ('lead_time', 'p80_at_risk', 'The same at p80; null: not reached. [orders or units]'),
    ('lead_time', 'p90_at_risk', 'The same at p90; null: not reached. [orders or units]'),
    ('lead_time', 'cancelled_share', 'Share of orders (units) that ends cancelled, up to the longest time observed; null if nothing was observed. [0..1]'),
    ('lead_time', 'completed_only_mean_days', 'Mean lead time of what is there: biased, because it leaves out whoever still waits. Null if nothing is. [days]'),
    ('lead_time_curve', 'day', 'Days since the order was confirmed; the values hold at the end of that day, 0 being the first. [days]'),
    ('lead_time_curve', 'as_of', 'The day, UTC, at whose end the curve was known. [date]'),
    ('lead_time_curve', 'survival', 'Share of orders (units) not yet accepted; null where too little was observed to tell. [0..1]'),
    ('lead_time_curve', 'at_risk', 'Orders (with PER_UNIT units) under observation after that day. [orders or units]'),
    ('lead_time_curve', 'cancelled_share', 'Share of orders (units) cancelled by then. [0..1]'),
    ('order_backlog', 'as_of', 'The day, UTC, at whose end this was so. [date]'),
    ('order_backlog', 'open_orders', 'Orders neither complete nor cancelled. [orders]'),
    ('order_backlog', 'backlog_units', 'Ordered and not yet accepted, of open orders. [units]'),
    ('order_backlog', 'overdue_orders', 'Open orders for which the plant''s day of the first promise is past. [orders]'),
    ('order_backlog', 'overdue_units', 'What is still missing of those. [units]'),
    ('order_backlog', 'accepted_units', 'Accepted in the weeks of the rate, for whichever order. [units]'),
    ('order_backlog', 'rate_weeks', 'The weeks of the rate: the last 13, or as many as there are since the first order. [weeks]'),
    ('order_backlog', 'cover_weeks', 'Weeks that the backlog takes at that rate: backlog / (accepted / weeks); null if nothing was accepted. [weeks]'),
    ('on_time_week', 'iso_week', 'ISO 8601 week of the plant''s production day on which the first promise falls, such as 2026-W46.'),
    ('on_time_week', 'lines_due', 'Order lines whose day of the first promise is past, and that were not cancelled before its end. [order lines]'),
    ('on_time_week', 'lines_on_time_in_full', 'Those of which everything ordered was accepted by the end of that day. [order lines]'),
    ('on_time_week', 'units_due', 'Units ordered in the lines due. [units]'),
    ('on_time_week', 'units_on_time', 'Units of those accepted by the end of that day, at most as many as ordered. [units]'),
    ('on_time_week', 'on_time_in_full_ratio', 'lines on time in full / lines due. A later promise never heals a miss. [0..1]'),
    ('on_time_week', 'units_on_time_ratio', 'units on time / units due. [0..1]'),
    ('order_status', 'order_id', 'The order line.'),
    ('order_status', 'product_id', 'The product ordered.'),
    ('order_status', 'plant_id', 'The plant that makes it, by its NCAGE.'),
    ('order_status', 'buyer_nation', 'ISO 3166-1 alpha-3 code of the nation that buys.'),
    ('order_status', 'framework_id', 'The framework contract it was called off from; null if none was named.'),
    ('order_status', 'priority', 'Place in the order book of the plant, lowest first; null: after all that have one.'),
    ('order_status', 'state', 'OPEN, COMPLETED (as many units accepted as ordered) or CANCELLED.'),
    ('order_status', 'ordered_units', 'Ordered. [units]'),
    ('order_status', 'dispatched_units', 'Dispatched. [units]'),
    ('order_status', 'accepted_units', 'Accepted, a surplus included; not what was accepted after a cancellation. [units]'),
    ('order_status', 'rejected_units', 'Rejected on acceptance. Never subtracted from what was accepted. [units]'),
    ('order_status', 'backlog_units', 'Ordered and not yet accepted; 0 unless open. [units]'),
    ('order_status', 'queue_units', 'Units that the plant must deliver of the product until this order is complete, its own included; null unless open. [units]'),
    ('order_status', 'confirmed_at', 'When it was confirmed: lead time counts from here. [UTC]'),
    ('order_status', 'baseline_promised_at', 'The first promise; being on time is measured against it. [UTC]'),
    ('order_status', 'promised_at', 'The promise in force. [UTC]'),
    ('order_status', 'first_accepted_at', 'When the first unit was accepted; null if none was. [UTC]'),
    ('order_status', 'completed_at', 'When the last ordered unit was accepted; null until then. [UTC]'),
    ('order_status', 'cancelled_at', 'When it was cancelled; null if it was not. [UTC]'),
    ('order_status', 'forecast_p50_at', 'When it is as likely complete as not, by the plant''s output of the product in the last weeks. Accurate to a week; null: no forecast. [UTC]'),
    ('order_status', 'forecast_p80_at', 'When it is complete in 4 of 5 cases. [UTC]'),
    ('order_status', 'slip_days', 'Forecast P50 less the first promise; null: no forecast. [days]'),
    ('order_status', 'overdue', 'True if it is open and the plant''s production day of the first promise is past, by the watermark of all orders.'),
    ('order_status', 'stalled', 'True if the plant had no output of the product for four weeks: then there is no forecast.'),
    ('order_status', 'flags', 'What is odd about it, words with commas between: ACCEPTED_MORE_THAN_ORDERED, ACCEPTED_BEFORE_DISPATCH, ACCEPTED_BEFORE_CONFIRMATION, ACCEPTED_MORE_THAN_DISPATCHED, CANCELLED_AFTER_COMPLETION, ACCEPTED_AFTER_CANCELLATION. Empty if nothing is.'),
    ('order_status', 'version', 'How many distinct records the order had accepted when the row was written. [count]');

insert into meaning
select view_name, column_name, words
from unnest(array['surge_readiness', 'surge_ladder', 'surge_constraint', 'material_cover', 'supplier_criticality', 'surge_loss']) as view_name
cross join (values
    ('as_of', 'The day, UTC, at whose end, or so far, this was so. A row that was not computed again is left out. [date]'),
    ('posture', 'PEACETIME, CRISIS (the largest firm receipt of each material comes 60 days late) or CONFLICT (nothing comes from outside the alliance, and the most critical supplier parent is lost).'),
    ('version', 'How many distinct records the computation had accepted when the row was written. [count]')
) as common (column_name, words);

insert into meaning values
    ('surge_readiness', 'evidence', 'What the capacity of lines rests on: DEMONSTRATED (held for four weeks within the last year), CONTRACTED (that, or the declared rate over the hours of the posture), ESTIMATED (funded lines too, from the day on which they will be accepted).'),
    ('surge_readiness', 'required_per_month', 'Required rate; a month has 30.4375 days. [units/month]'),
    ('surge_readiness', 'achievable_per_month', 'Rate that is possible when every requirement of the posture is met in the same share; null: nothing is known that binds. [units/month]'),
    ('surge_readiness', 'readiness', 'achievable / required, at most 1; null: nothing is known that binds. [0..1]'),
    ('surge_readiness', 'readiness_low', 'The same with lines and stocks not heard of for the time of setting surge.stale-after, two weeks if nobody set it, counted as nothing. [0..1]'),
    ('surge_readiness', 'readiness_high', 'The same with them as last known. [0..1]'),
    ('surge_readiness', 'binding_constraint', 'What binds first: LINES or MATERIAL; null: nothing.'),
    ('surge_readiness', 'binding_id', 'Which: the product or interchangeability group of the lines, or the material.'),
    ('surge_readiness', 'next_constraint', 'What binds next: LINES or MATERIAL; null: nothing.'),
    ('surge_readiness', 'next_id', 'Which: the product or interchangeability group of the lines, or the material.'),
    ('surge_readiness', 'next_achievable_per_month', 'Rate that would be possible if what binds first did not; null: nothing binds next. [units/month]'),
    ('surge_readiness', 'time_to_surge_days', 'Days until the required rate can be held for as long as required; null: never within 730 days. [days]'),
    ('surge_readiness', 'sustained_days', 'Days for which it can be held from then on, at most 730; null: never reached. [days]'),
    ('surge_readiness', 'units_short', 'required - achievable, at least 0. [units/month]'),
    ('surge_readiness', 'lost_parent', 'Supplier parent that is taken to be lost; null: nobody.'),
    ('surge_readiness', 'why', 'The numbers of the chain that binds, in words.'),
    ('surge_ladder', 'evidence', 'What the capacity of lines rests on: DEMONSTRATED, CONTRACTED or ESTIMATED, as in surge_readiness.'),
    ('surge_ladder', 'step', '1 is what binds, 2 what would bind if that did not, and so on. [count]'),
    ('surge_ladder', 'constraint', 'LINES or MATERIAL.'),
    ('surge_ladder', 'node_id', 'Which: the product or interchangeability group of the lines, or the material.'),
    ('surge_ladder', 'node_name', 'Its name; of a group the names of its products.'),
    ('surge_ladder', 'achievable_per_month', 'Rate of the product that it alone would allow when every requirement of the posture is met in the same share. [units/month]'),
    ('surge_ladder', 'supplied_per_month', 'What there is of it. [unit/month]'),
    ('surge_ladder', 'drawn_per_month', 'What all requirements of the posture together take of it; null: no end of it, because nothing good is made of it. [unit/month]'),
    ('surge_ladder', 'unit', 'What it is counted in: units of lines, the unit of the material.'),
    ('surge_constraint', 'constraint', 'DEMONSTRATED: what it held for four weeks within the last year. CONTRACTED: that, or its declared rate over the hours of the posture. WORKFORCE: what the people certified for it can run.'),
    ('surge_constraint', 'units_per_month', 'What the limit allows, good units a month of 30.4375 days; null: not reported, does not bind. [units/month]'),
    ('material_cover', 'plant_id', 'The plant, by its NCAGE; ALL: the stocks of all plants together.'),
    ('material_cover', 'days_of_supply', 'on hand / daily draw; null: nothing is drawn. [days]'),
    ('material_cover', 'single_source', 'True if one supplier parent brings 95 % or more; null: nobody is known to bring any.'),
    ('material_cover', 'main_parent', 'Supplier parent that brings most of it; null: nobody is known to bring any.'),
    ('material_cover', 'main_parent_share', 'Its part of what all bring, by their rates, or by the firm receipts to come where nobody states a rate; null: nobody is known to bring any. [0..1]'),
    ('material_cover', 'on_hand', 'Stock by the last count, run down to now at the present rate, with what came since. [unit of the material]'),
    ('material_cover', 'daily_draw', 'What all requirements of the posture together take a day; of a plant its share by the capacity of its lines; null: no end of it, because nothing good is made of it. [unit of the material/day]'),
    ('surge_computation', 'as_of', 'The day, UTC. [date]'),
    ('surge_computation', 'version', 'How many distinct records the computation had accepted. [count]'),
    ('surge_loss', 'loss_kind', 'What is lost: SUPPLIER (all that a supplier parent brings; what plants have stays), PLANT (its lines and stocks) or NATION (all that the suppliers of a nation bring).'),
    ('surge_loss', 'loss_id', 'Which: the supplier parent, the plant, or the nation by its ISO 3166-1 alpha-3 code.'),
    ('surge_loss', 'readiness', 'Readiness without the loss, of the same computation. [0..1]'),
    ('surge_loss', 'readiness_after', 'Readiness with it. [0..1]'),
    ('surge_loss', 'achievable_per_month', 'Rate that is possible without the loss, of the same computation. [units/month]'),
    ('surge_loss', 'achievable_after', 'Rate that is possible with it. [units/month]'),
    ('surge_loss', 'units_short_after', 'required - achievable with it, at least 0. [units/month]'),
    ('surge_loss', 'binding_constraint_after', 'What binds first with it: LINES or MATERIAL.'),
    ('surge_loss', 'binding_id_after', 'Which: the product or interchangeability group of the lines, or the material.'),
    ('surge_loss', 'why_after', 'The numbers of the chain that binds with it, in words.'),
    ('surge_loss_computation', 'as_of', 'The day, UTC. [date]'),
    ('surge_loss_computation', 'losses_tried', 'How many losses were tried: parents, plants and nations. [count]'),
    ('surge_loss_computation', 'version', 'How many distinct records the computation had accepted. [count]'),
    ('surge_loss_computation', 'tried_up_to', 'Everything that happened before this instant is covered by the newest trial of all losses; at or after watermark, up to which the last one went that wrote all its rows. [UTC]'),
    ('surge_snapshot', 'as_of', 'The day, UTC. [date]'),
    ('surge_snapshot', 'snapshot', 'The facts, as JSON; the command whatif reads it.'),
    ('surge_snapshot', 'version', 'How many distinct records the computation had accepted. [count]'),
    ('supplier_criticality', 'supplier_parent', 'The company or agency that owns the supplier, or several.'),
    ('supplier_criticality', 'readiness_without', 'Readiness without what it delivers; its stock stays. [0..1]'),
    ('supplier_criticality', 'criticality', 'Readiness less readiness without it. [0..1]');

do $$
declare
    gap text;
    entry record;
begin
    create temporary table described on commit drop as
        select c.relname::text as view_name, a.attname::text as column_name, coalesce(own.words, common.words) as words
        from pg_class c
        join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
        left join meaning own on own.view_name = c.relname and own.column_name = a.attname
        left join meaning common on common.view_name is null and common.column_name = a.attname
        where c.relnamespace = 'capacity'::regnamespace and c.relkind = 'v'
        union all
        select c.relname, null, m.words
        from pg_class c
        left join meaning m on m.view_name = c.relname and m.column_name is null
        where c.relnamespace = 'capacity'::regnamespace and c.relkind = 'v';
    select string_agg(concat_ws('.', view_name, column_name), ', ') into gap from described where words is null;
    if gap is not null then
        raise exception 'The data dictionary does not say what these mean: %', gap;
    end if;
    select string_agg(concat_ws('.', view_name, column_name), ', ') into gap
    from (select view_name, column_name, words from meaning
        except select m.view_name, m.column_name, m.words
        from meaning m
        join described d on (m.view_name = d.view_name or m.view_name is null)
            and m.column_name is not distinct from d.column_name and m.words = d.words) as unused;
    if gap is not null then
        raise exception 'The data dictionary explains what does not exist: %', gap;
    end if;
    for entry in select * from described loop
        if entry.column_name is null then
            execute format('comment on view capacity.%I is %L', entry.view_name, entry.words);
        else
            execute format('comment on column capacity.%I.%I is %L', entry.view_name, entry.column_name, entry.words);
        end if;
    end loop;
end
$$;
