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
    ('rejected_event', 'Records that were refused: where they came from and why.');

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
