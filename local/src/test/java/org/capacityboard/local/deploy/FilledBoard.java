package org.capacityboard.local.deploy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import org.capacityboard.local.embedded.EmbeddedDatabase;
import org.capacityboard.local.setup.DatabaseMigration;
import org.capacityboard.process.settings.Settings;

/**
 * A migrated database with a week of two plants: one line runs too fast for its ideal cycle, one has gone silent. Orders go back
 * further: of charges so many still wait that p80 is not reached, their order book has stalled, and one buyer has ordered next to nothing. Surge readiness is known of
 * three products, unknown of one, and rests on a powder that nobody has counted for long.
 */
public final class FilledBoard implements AutoCloseable {
    public static final Instant WEEK_START = Instant.parse("2026-11-09T00:00:00Z");
    public static final Instant WEEK_END = Instant.parse("2026-11-16T00:00:00Z");
    public static final Instant LAST_DAY_START = Instant.parse("2026-11-15T00:00:00Z");

    private static final String DATABASE = "capacity";

    private static final String REFERENCE =
            """
            INSERT INTO plant (plant_id, valid_from, revision, received_at, name, nation, parent_entity, latitude, longitude, time_zone)
            VALUES ('1FAB0', '-infinity', 0, '2026-11-01Z', 'Shells north', 'NOR', 'North works', 60, 10, 'Europe/Oslo'),
                ('2FAB0', '-infinity', 0, '2026-11-01Z', 'Charges south', 'ITA', 'South works', 42, 12, 'Europe/Rome');
            INSERT INTO product (product_id, valid_from, revision, received_at, name, capability_area, bill_of_materials)
            VALUES ('shell', '-infinity', 0, '2026-11-01Z', 'Shell', 'AMMUNITION', '[]'),
                ('charge', '-infinity', 0, '2026-11-01Z', 'Charge', 'AMMUNITION', '[]');
            INSERT INTO line (line_id, valid_from, revision, received_at, plant_id, product_id, ideal_cycle_seconds, cycles,
                heartbeat_seconds, calendar, declared_units_per_hour, hours_per_week_peacetime, hours_per_week_crisis,
                hours_per_week_conflict)
            SELECT line_id, '-infinity', 0, '2026-11-01Z', plant_id, product_id, 30, '[]', 60, 'PLANNED', 120, 40, 120, 160
            FROM (VALUES ('press-1', '1FAB0', 'shell'), ('press-2', '1FAB0', 'shell'), ('press-3', '1FAB0', 'shell'),
                ('fill-1', '2FAB0', 'charge'), ('fill-2', '2FAB0', 'charge')) AS lines (line_id, plant_id, product_id);
            INSERT INTO surge_requirement (product_id, posture, valid_from, revision, received_at, units_per_month)
            SELECT product_id, posture, '-infinity', 0, '2026-11-01Z', units_per_month
            FROM product, (VALUES ('PEACETIME', 50000), ('CRISIS', 100000), ('CONFLICT', 200000)) AS need (posture, units_per_month)
            """;

    /** 40 minutes of 60 produced, of which 30 at the ideal pace; press-1 makes twice what its cycle allows. */
    private static final String HOURS =
            """
            INSERT INTO line_product_hour
            SELECT line_id, product_id, hour, 3600000, 2400000, 300000, 300000, 300000, 300000, 0, 55, 5, 1,
                (CASE line_id WHEN 'press-1' THEN 4800 ELSE 1800 END) * 1000000::bigint, 1650 * 1000000::bigint, 60, 2, 1, 0,
                0, 1, '2026-11-16Z', now(), false
            FROM line, generate_series('2026-11-09 06:00Z'::timestamptz, '2026-11-15 21:00Z', '1 hour') AS hour
            """;

    /** The last day from six in the morning to midnight, minute by minute: the first third stopped, the rest producing. */
    private static final String MINUTES =
            """
            SELECT ensure_minute_partitions('2026-11-15', '2026-11-15');
            INSERT INTO line_product_minute
            SELECT line_id, product_id, minute, 60000, CASE WHEN stopped THEN 0 ELSE 60000 END, 0, 0,
                CASE WHEN stopped THEN 60000 ELSE 0 END, 0, 0, 1, 0, 0, 30000000, 30000000, 1, 0, 0, 0, 0, 1, '2026-11-16Z', now(), false
            FROM line, generate_series('2026-11-15 06:00Z'::timestamptz, '2026-11-15 23:59Z', '1 minute') AS minute,
                LATERAL (SELECT minute < '2026-11-15 12:00Z') AS first_third (stopped)
            """;

    private static final String DAYS =
            """
            INSERT INTO line_product_day (line_id, product_id, production_day, planned_ms, producing_ms, setup_ms, delay_ms,
                down_ms, unknown_ms, unplanned_producing_ms, good_units, scrap_units, rework_units, ideal_us, ideal_good_us,
                reports, duplicates, lost_reports, late_reports, generation, version, watermark, final)
            SELECT line_id, product_id, (window_start AT TIME ZONE 'UTC')::date, sum(planned_ms), sum(producing_ms),
                sum(setup_ms), sum(delay_ms), sum(down_ms), sum(unknown_ms), 0, sum(good_units), sum(scrap_units),
                sum(rework_units), sum(ideal_us), sum(ideal_good_us), sum(reports), sum(duplicates), sum(lost_reports), 0,
                CASE line_id WHEN 'press-2' THEN 1 ELSE 0 END, 1, '2026-11-16Z', false
            FROM line_product_hour GROUP BY 1, 2, 3;
            INSERT INTO line_loss_day
            SELECT line_id, production_day, category, reason_code, 600000, 0, 1, '2026-11-16Z', now(), false
            FROM line_product_day, (VALUES ('DOWN', 'tool-broken'), ('SETUP', ''), ('UNKNOWN', '')) AS loss (category, reason_code)
            """;

    private static final String NOW =
            """
            INSERT INTO line_current
            SELECT line_id, CASE line_id WHEN 'press-2' THEN NULL WHEN 'fill-2' THEN 'STOPPED' ELSE 'EXECUTE' END,
                '2026-11-15 20:00Z', NULL, product_id, '2026-11-15 20:00Z', true, 400, 55, 0.9, 0, 1, '2026-11-16Z', now()
            FROM line;
            INSERT INTO rejected_event
            SELECT 'capacity.line-telemetry.v1', 0, n, 'UNKNOWN_LINE', 'lineId ''press-9'' is no line of any plant', at, at, 'C301'
            FROM generate_series(1, 14) AS n, LATERAL (SELECT '2026-11-09 12:00Z'::timestamptz + n * interval '11 hours') AS t (at)
            """;

    /**
     * Figures of orders on each day from October on. Shells: p50 after 40 days. Charges: nothing was accepted for long, so p80 is not
     * reached. Of the buyer EST there are four orders, so three are at risk; in the week 2026-W44 nothing falls due.
     */
    private static final String LEAD_TIMES =
            """
            CREATE TEMPORARY TABLE order_group (group_kind text, group_id text, slow boolean, few boolean) ON COMMIT DROP;
            INSERT INTO order_group
            VALUES ('alliance', 'alliance', false, false), ('product', 'shell', false, false), ('product', 'charge', true, false),
                ('capability_area', 'AMMUNITION', false, false), ('plant', '1FAB0', false, false), ('plant', '2FAB0', true, false),
                ('nation', 'NOR', false, false), ('nation', 'ITA', true, false),
                ('buyer_nation', 'EST', false, true), ('buyer_nation', 'POL', false, false);
            INSERT INTO lead_time
            SELECT group_kind, group_id, cohort, basis, day,
                CASE WHEN few THEN 21.5 WHEN slow THEN 92 ELSE 40 END * share, CASE WHEN NOT slow AND NOT few THEN 75 * share END,
                CASE WHEN NOT slow AND NOT few THEN 110 * share END,
                CASE WHEN few THEN 4 ELSE 60 END, CASE WHEN few THEN 1 WHEN slow THEN 25 ELSE 40 END,
                CASE WHEN few THEN 3 WHEN slow THEN 32 ELSE 17 END, CASE WHEN few THEN 0 ELSE 3 END,
                CASE WHEN few THEN 3 WHEN slow THEN 12 ELSE 28 END, CASE WHEN NOT slow AND NOT few THEN 11 END,
                CASE WHEN NOT slow AND NOT few THEN 4 END, CASE WHEN few THEN 0 ELSE 0.05 END, CASE WHEN slow THEN 31 ELSE 33.25 END,
                0, 1, '2026-11-16Z', now(), day < '2026-11-13'
            FROM order_group, generate_series('2026-10-01'::date, '2026-11-15', '1 day') AS day,
                (VALUES ('trailing'), ('all')) AS cohorts (cohort),
                (VALUES ('LAST_UNIT', 1.0), ('FIRST_UNIT', 0.6), ('PER_UNIT', 0.8)) AS bases (basis, share);
            INSERT INTO lead_time_curve
            SELECT group_kind, group_id, cohort, basis, '2026-11-15', array_agg(greatest(least_left, 1 - n / 200.0) ORDER BY n),
                array_agg(greatest(1, (CASE WHEN few THEN 4 ELSE 60 END * (1 - n / 210.0))::bigint) ORDER BY n),
                array_agg(least(0.05, n * 0.001) ORDER BY n), 0, 1, '2026-11-16Z', now(), false
            FROM order_group, (VALUES ('trailing'), ('all')) AS cohorts (cohort),
                (VALUES ('LAST_UNIT'), ('FIRST_UNIT'), ('PER_UNIT')) AS bases (basis), generate_series(1, 203) AS n,
                LATERAL (SELECT CASE WHEN slow THEN 0.4 ELSE 0 END) AS floor (least_left)
            GROUP BY 1, 2, 3, 4;
            INSERT INTO order_backlog
            SELECT group_kind, group_id, day, CASE WHEN few THEN 3 WHEN slow THEN 32 ELSE 17 END,
                12000 + 100 * (day::date - '2026-10-01'::date), CASE WHEN slow THEN 8 ELSE 2 END, CASE WHEN slow THEN 6000 ELSE 900 END,
                CASE WHEN slow THEN 0 ELSE 6500 END, 13, 0, 1, '2026-11-16Z', now(), day < '2026-11-13'
            FROM order_group, generate_series('2026-10-01'::date, '2026-11-15', '1 day') AS day;
            INSERT INTO on_time_week
            SELECT group_kind, group_id, to_char(monday, 'IYYY-"W"IW'), CASE WHEN few THEN 1 ELSE 8 END,
                CASE WHEN few THEN 1 WHEN slow THEN 3 ELSE 7 END, CASE WHEN few THEN 100 ELSE 8000 END,
                CASE WHEN few THEN 100 WHEN slow THEN 4200 ELSE 7600 END, 0, 1, '2026-11-16Z', now(), monday < '2026-11-02'
            FROM order_group, generate_series('2026-09-28'::date, '2026-11-09', '7 days') AS monday
            WHERE monday <> '2026-10-26'
            """;

    /**
     * Order lines: shells with a forecast before, shortly after and long after their promise; charges, of which the book has
     * stalled and a third is overdue; fuzes, of which nothing was delivered yet; completed and cancelled ones, some of them odd.
     */
    private static final String ORDERS =
            """
            INSERT INTO order_status (order_id, product_id, plant_id, buyer_nation, framework_id, priority, state, ordered_units,
                dispatched_units, accepted_units, rejected_units, queue_units, confirmed_at, baseline_promised_at, promised_at,
                first_accepted_at, completed_at, cancelled_at, forecast_p50_at, forecast_p80_at, slip_days, stalled, flags,
                generation, version, watermark, final)
            SELECT 'shell-' || n, 'shell', '1FAB0', CASE n % 3 WHEN 0 THEN 'EST' ELSE 'POL' END, NULL, NULL, 'OPEN', 1000, 400, 300, 0,
                700 * n, '2026-09-01 10:00Z'::timestamptz + n * interval '3 days', promised, promised, '2026-10-20Z'::timestamptz,
                NULL::timestamptz, NULL::timestamptz, promised + slip * interval '1 day', promised + (slip + 20) * interval '1 day', slip, false, '', 0, 3,
                '2026-11-15Z'::timestamptz, false
            FROM generate_series(1, 9) AS n, LATERAL (SELECT '2026-11-20 12:00Z'::timestamptz + n * interval '7 days', n * 9 - 20.5)
                AS forecast (promised, slip)
            UNION ALL
            SELECT 'charge-' || n, 'charge', '2FAB0', CASE n % 2 WHEN 0 THEN 'EST' ELSE 'POL' END, 'FW-1', 1, 'OPEN', 500, 0, 0, 0, 500 * n,
                '2026-08-01 10:00Z'::timestamptz + n * interval '5 days', '2026-11-03 12:00Z'::timestamptz + n * interval '3 days',
                '2026-12-20 12:00Z', NULL, NULL, NULL, NULL, NULL, NULL, true, '', 0, 2, '2026-11-15Z', false
            FROM generate_series(1, 12) AS n
            UNION ALL
            SELECT 'fuze-1', 'fuze', '1FAB0', 'POL', NULL, NULL, 'OPEN', 50, 0, 0, 0, 50, '2026-11-01Z', '2027-01-04Z', '2027-01-04Z',
                NULL, NULL, NULL, NULL, NULL, NULL, false, '', 0, 1, '2026-11-15Z', false
            UNION ALL
            SELECT 'done-' || n, 'shell', '1FAB0', CASE n % 2 WHEN 0 THEN 'EST' ELSE 'POL' END, NULL, NULL, 'COMPLETED', 100, 110, 110, 5, NULL,
                '2026-09-01Z', '2026-10-01Z', '2026-10-01Z', '2026-09-20Z', '2026-09-28Z', NULL, NULL, NULL, NULL, false,
                CASE WHEN n < 3 THEN 'ACCEPTED_MORE_THAN_ORDERED,ACCEPTED_BEFORE_DISPATCH' ELSE '' END, 0, 4, '2026-11-15Z', true
            FROM generate_series(1, 4) AS n
            UNION ALL
            SELECT 'gone-1', 'charge', '2FAB0', 'POL', NULL, NULL, 'CANCELLED', 200, 0, 0, 0, NULL, '2026-09-01Z', '2026-11-01Z', '2026-11-01Z',
                NULL, NULL, '2026-10-01Z', NULL, NULL, NULL, false, 'ACCEPTED_AFTER_CANCELLATION', 0, 2, '2026-11-15Z', true;
            INSERT INTO rejected_event
            SELECT 'capacity.' || topic || '.v1', 0, n, reason_code, reason, at, at, 'C301'
            FROM generate_series(1, 14) AS n,
                (VALUES ('orders', 'BAD_VALUE', 'quantity 0 is none: cancel it instead'),
                    ('deliveries', 'UNKNOWN_ORDER', 'orderId ''shell-99'' is no order that was confirmed')) AS refused (topic, reason_code, reason),
                LATERAL (SELECT '2026-11-09 12:00Z'::timestamptz + n * interval '11 hours') AS t (at)
            """;

    /**
     * Surge readiness on each day from October on, a powder supplier being the single source: of charges, and so of rounds, too few can be made in any posture and
     * the requirement is never reached, and since the powder was not counted for 20 days it may be none in a conflict. Shells are enough but for a conflict, for want of
     * steel. Nobody knows how igniters are made; of the training round none is needed. On the 1st of November another line of charges counted.
     */
    private static final String SURGE =
            """
            INSERT INTO product (product_id, valid_from, revision, received_at, name, capability_area, bill_of_materials)
            VALUES ('round', '-infinity', 0, '2026-11-01Z', 'Round 155 mm', 'AMMUNITION',
                    '[{"inputId": "shell", "quantityPerUnit": 1}, {"inputId": "charge", "quantityPerUnit": 1}]'),
                ('igniter', '-infinity', 0, '2026-11-01Z', 'Igniter', 'COMPONENT', '[]'),
                ('trainer', '-infinity', 0, '2026-11-01Z', 'Training round', 'AMMUNITION', '[]');
            INSERT INTO material (material_id, valid_from, revision, received_at, name, unit, lead_time_days)
            VALUES ('powder', '-infinity', 0, '2026-11-01Z', 'Propellant powder', 'kg', 180),
                ('steel', '-infinity', 0, '2026-11-01Z', 'Steel bars', 'kg', 60), ('band', '-infinity', 0, '2026-11-01Z', 'Driving bands', 'pieces', 45),
                ('filling', '-infinity', 0, '2026-11-01Z', 'Explosive filling', 'kg', 120), ('paint', '-infinity', 0, '2026-11-01Z', 'Paint', 'l', 20);
            INSERT INTO supplier (supplier_id, valid_from, revision, received_at, parent_entity, nation, allied, supplies)
            SELECT supplier_id, '-infinity', 0, '2026-11-01Z', parent, nation, allied,
                jsonb_build_array(jsonb_build_object('material_id', material_id, 'units_per_month', rate))
            FROM (VALUES ('powder-south', 'Southern Powder', 'ITA', true, 'powder', 60000), ('powder-far', 'Far Powder', 'BRA', false, 'powder', 2000),
                ('steel-north', 'Northern Steel', 'NOR', true, 'steel', 2700000), ('steel-east', 'Eastern Steel', 'SWE', true, 'steel', 1500000),
                ('band-1', 'Band Works', 'DEU', true, 'band', 70000), ('filling-1', 'Filling Works', 'FIN', true, 'filling', 300000),
                ('filling-2', 'Second Filling', 'POL', true, 'filling', 200000)) AS known (supplier_id, parent, nation, allied, material_id, rate);
            INSERT INTO surge_requirement (product_id, posture, valid_from, revision, received_at, units_per_month)
            VALUES ('round', 'PEACETIME', '-infinity', 0, '2026-11-01Z', 10000), ('round', 'CRISIS', '-infinity', 0, '2026-11-01Z', 20000),
                ('round', 'CONFLICT', '-infinity', 0, '2026-11-01Z', 40000), ('igniter', 'PEACETIME', '-infinity', 0, '2026-11-01Z', 5000),
                ('igniter', 'CRISIS', '-infinity', 0, '2026-11-01Z', 10000), ('igniter', 'CONFLICT', '-infinity', 0, '2026-11-01Z', 20000),
                ('trainer', 'PEACETIME', '-infinity', 0, '2026-11-01Z', 0);
            CREATE TEMPORARY TABLE surge_day ON COMMIT DROP AS
            SELECT day::date AS as_of, '2026-11-15'::date - day::date AS days_before, least(day + interval '1 day', '2026-11-16Z') AS watermark
            FROM generate_series('2026-10-01Z'::timestamptz, '2026-11-15Z', '1 day') AS day;
            CREATE TEMPORARY TABLE node (kind text, node_id text, name text, unit text, per_unit double precision, posture text,
                demonstrated double precision, contracted double precision, estimated double precision, low double precision) ON COMMIT DROP;
            INSERT INTO node
            VALUES ('LINES', 'shell', 'Shell', 'units', 1, 'PEACETIME', 0.5, 1.04, 1.04, 1.04), ('LINES', 'shell', 'Shell', 'units', 1, 'CRISIS', 0.25, 1.56, 1.56, 1.56),
                ('LINES', 'shell', 'Shell', 'units', 1, 'CONFLICT', 0.125, 1.04, 1.04, 1.04), ('LINES', 'charge', 'Charge', 'units', 1, 'PEACETIME', 0.3, 0.695, 0.695, 0.695),
                ('LINES', 'charge', 'Charge', 'units', 1, 'CRISIS', 0.15, 1.05, 1.56, 1.05), ('LINES', 'charge', 'Charge', 'units', 1, 'CONFLICT', 0.075, 0.598, 0.94, 0.598),
                ('MATERIAL', 'powder', 'Propellant powder', 'kg', 2, 'PEACETIME', 3.05, 3.05, 3.05, 0.5), ('MATERIAL', 'powder', 'Propellant powder', 'kg', 2, 'CRISIS', 0.892, 0.892, 0.892, 0.25),
                ('MATERIAL', 'powder', 'Propellant powder', 'kg', 2, 'CONFLICT', 0.156, 0.156, 0.156, 0), ('MATERIAL', 'steel', 'Steel bars', 'kg', 45, 'PEACETIME', 1.9, 1.9, 1.9, 1.9),
                ('MATERIAL', 'steel', 'Steel bars', 'kg', 45, 'CRISIS', 1.2, 1.2, 1.2, 1.2), ('MATERIAL', 'steel', 'Steel bars', 'kg', 45, 'CONFLICT', 0.62, 0.62, 0.62, 0.62),
                ('MATERIAL', 'band', 'Driving bands', 'pieces', 1, 'PEACETIME', 2.1, 2.1, 2.1, 2.1), ('MATERIAL', 'band', 'Driving bands', 'pieces', 1, 'CRISIS', 1.6, 1.6, 1.6, 1.6),
                ('MATERIAL', 'band', 'Driving bands', 'pieces', 1, 'CONFLICT', 0.9, 0.9, 0.9, 0.9), ('MATERIAL', 'filling', 'Explosive filling', 'kg', 8, 'PEACETIME', 1.7, 1.7, 1.7, 1.7),
                ('MATERIAL', 'filling', 'Explosive filling', 'kg', 8, 'CRISIS', 1.3, 1.3, 1.3, 1.3), ('MATERIAL', 'filling', 'Explosive filling', 'kg', 8, 'CONFLICT', 0.8, 0.8, 0.8, 0.8);
            -- The shares of what each product needs: 60,000 shells and charges a month in peacetime, twice that in a crisis, four times in a conflict.
            CREATE TEMPORARY TABLE rung ON COMMIT DROP AS
            SELECT uses.product_id, product.name AS product_name, need.units_per_month AS required, node.posture, evidence, surge_day.as_of, days_before, surge_day.watermark,
                node.kind, node.node_id, node.name, node.unit, node.per_unit * 60000 * CASE node.posture WHEN 'PEACETIME' THEN 1 WHEN 'CRISIS' THEN 2 ELSE 4 END AS drawn,
                now.share, least(now.share, node.low) AS low,
                row_number() OVER (PARTITION BY uses.product_id, node.posture, evidence, surge_day.as_of ORDER BY now.share, node.kind, node.node_id) AS step
            FROM (VALUES ('shell', 'shell'), ('shell', 'steel'), ('shell', 'band'), ('shell', 'filling'), ('charge', 'charge'), ('charge', 'powder'),
                ('round', 'shell'), ('round', 'steel'), ('round', 'band'), ('round', 'filling'), ('round', 'charge'), ('round', 'powder')) AS uses (product_id, node_id)
            JOIN node ON node.node_id = uses.node_id
            JOIN product ON product.product_id = uses.product_id
            JOIN surge_requirement AS need ON need.product_id = uses.product_id AND need.posture = node.posture
            CROSS JOIN (VALUES ('DEMONSTRATED'), ('CONTRACTED'), ('ESTIMATED')) AS evidences (evidence)
            CROSS JOIN surge_day
            CROSS JOIN LATERAL (SELECT CASE evidence WHEN 'DEMONSTRATED' THEN demonstrated WHEN 'CONTRACTED' THEN contracted ELSE estimated END
                * CASE WHEN node.node_id = 'charge' AND surge_day.as_of < '2026-11-01' THEN 0.75 WHEN node.node_id = 'powder' THEN 1 + 0.004 * days_before ELSE 1 END) AS now (share);
            INSERT INTO surge_readiness (product_id, posture, evidence, as_of, required_per_month, achievable_per_month, readiness, readiness_low, readiness_high,
                binding_constraint, binding_id, next_constraint, next_id, next_achievable_per_month, time_to_surge_days, sustained_days, units_short, lost_parent, why,
                generation, version, watermark, final)
            SELECT first.product_id, first.posture, first.evidence, first.as_of, first.required, first.required * first.share, least(1, first.share), least(1, lowest.share),
                least(1, first.share), first.kind, first.node_id, second.kind, second.node_id, second.required * second.share, held.reached,
                CASE WHEN held.reached IS NOT NULL THEN CASE first.posture WHEN 'PEACETIME' THEN 730 ELSE 214 END END, greatest(0, first.required * (1 - first.share)), lost.parent,
                first.product_name || ': ' || to_char(first.required, 'FM999,999') || ' a month needed in ' || lower(first.posture) || '; '
                    || to_char(first.required * first.share, 'FM999,999') || ' possible' || coalesce(' without ' || lost.parent, '') || ': ' || first.name
                    || CASE WHEN first.share >= 1 THEN ' would bind first' ELSE ' binds' END || ', then ' || second.name || ' (' || to_char(second.required * second.share, 'FM999,999') || ').'
                    || CASE WHEN lowest.share < least(1, first.share) THEN ' Only ' || to_char(first.required * lowest.share, 'FM999,990')
                        || ' if lines and stocks not heard of for 14 days count as nothing.' ELSE '' END,
                0, 1, first.watermark, first.as_of < '2026-11-13'
            FROM rung AS first
            JOIN rung AS second ON second.step = 2 AND (second.product_id, second.posture, second.evidence, second.as_of) = (first.product_id, first.posture, first.evidence, first.as_of)
            JOIN (SELECT product_id, posture, evidence, as_of, min(low) AS share FROM rung GROUP BY 1, 2, 3, 4) AS lowest
                ON (lowest.product_id, lowest.posture, lowest.evidence, lowest.as_of) = (first.product_id, first.posture, first.evidence, first.as_of)
            CROSS JOIN LATERAL (SELECT CASE WHEN first.share >= 1 THEN 0 WHEN first.evidence = 'ESTIMATED' AND first.node_id = 'charge' THEN 77 END) AS held (reached)
            CROSS JOIN LATERAL (SELECT CASE WHEN first.posture = 'CONFLICT' THEN CASE first.product_id WHEN 'shell' THEN 'Northern Steel' ELSE 'Southern Powder' END END) AS lost (parent)
            WHERE first.step = 1;
            INSERT INTO surge_readiness (product_id, posture, evidence, as_of, required_per_month, achievable_per_month, readiness, readiness_low, readiness_high,
                time_to_surge_days, sustained_days, units_short, why, generation, version, watermark, final)
            SELECT need.product_id, need.posture, evidence, as_of, need.units_per_month, NULL::float8, none.readiness, none.readiness, none.readiness,
                CASE WHEN none.readiness = 1 THEN 0 END, CASE WHEN none.readiness = 1 THEN 730 END, CASE WHEN none.readiness = 1 THEN 0 END,
                CASE WHEN none.readiness = 1 THEN 'Training round: nothing needed in peacetime.'
                    ELSE 'Igniter: ' || to_char(need.units_per_month, 'FM999,999') || ' a month needed in ' || lower(need.posture)
                        || '; what is possible is unknown: no line makes it and no bill of materials says what it takes.' END,
                0, 1, surge_day.watermark, as_of < '2026-11-13'
            FROM surge_requirement AS need, surge_day, (VALUES ('DEMONSTRATED'), ('CONTRACTED'), ('ESTIMATED')) AS evidences (evidence),
                LATERAL (SELECT CASE WHEN need.units_per_month = 0 THEN 1.0::float8 END) AS none (readiness)
            WHERE need.product_id IN ('igniter', 'trainer');
            INSERT INTO surge_ladder
            SELECT product_id, posture, evidence, as_of, step, kind, node_id, name, required * share, drawn * share, drawn, unit, 0, 1, watermark, now(), as_of < '2026-11-13'
            FROM rung WHERE days_before < 8;
            INSERT INTO surge_constraint
            SELECT line_id, posture, kind, as_of, CASE kind WHEN 'DEMONSTRATED' THEN demonstrated WHEN 'CONTRACTED' THEN 120 * hours * 30.4375 / 7
                    WHEN 'WORKFORCE' THEN people END, 0, 1, surge_day.watermark, now(), as_of < '2026-11-13'
            FROM (VALUES ('press-1', 12000.0, NULL), ('press-2', 9000, 90000), ('press-3', 9000, 90000), ('fill-1', 18000, 60000), ('fill-2', 0, NULL)) AS shown (line_id, demonstrated, people),
                (VALUES ('PEACETIME', 40), ('CRISIS', 120), ('CONFLICT', 160)) AS postures (posture, hours),
                (VALUES ('DEMONSTRATED'), ('CONTRACTED'), ('WORKFORCE')) AS kinds (kind), surge_day;
            INSERT INTO material_cover (material_id, plant_id, posture, as_of, on_hand, daily_draw, days_of_supply, single_source, main_parent, main_parent_share,
                generation, version, watermark, final)
            SELECT material_id, plant_id, posture, as_of, stock.on_hand, stock.draw, stock.on_hand / nullif(stock.draw, 0), share >= 0.95, parent, share, 0, 1, surge_day.watermark, as_of < '2026-11-13'
            FROM (VALUES ('powder', 'ALL', 900000.0, 120000.0, 'Southern Powder', 60.0 / 62), ('powder', '2FAB0', 900000, 120000, 'Southern Powder', 60.0 / 62),
                    ('steel', 'ALL', 3000000, 2700000, 'Northern Steel', 27.0 / 42), ('steel', '1FAB0', 3000000, 2700000, 'Northern Steel', 27.0 / 42),
                    ('band', 'ALL', 400000, 60000, 'Band Works', 1), ('band', '1FAB0', 350000, 60000, 'Band Works', 1), ('band', '2FAB0', 50000, 0, 'Band Works', 1),
                    ('filling', 'ALL', 500000, 480000, 'Filling Works', 0.6), ('filling', '1FAB0', 500000, 480000, 'Filling Works', 0.6),
                    ('paint', 'ALL', 800, 0, NULL, NULL), ('paint', '1FAB0', 800, 0, NULL, NULL)) AS held (material_id, plant_id, on_hand, monthly, parent, share),
                (VALUES ('PEACETIME', 1), ('CRISIS', 2), ('CONFLICT', 4)) AS postures (posture, times), surge_day,
                LATERAL (SELECT held.on_hand * (1 + 0.004 * days_before), monthly * times / 30.4375) AS stock (on_hand, draw);
            INSERT INTO supplier_criticality
            SELECT parent, product_id, posture, as_of, without, before - without, 0, 1, surge_day.watermark, now(), as_of < '2026-11-13'
            FROM (VALUES ('Southern Powder', 'charge', 'PEACETIME', 0.695, 0.695), ('Southern Powder', 'charge', 'CRISIS', 0.892, 0.62), ('Southern Powder', 'charge', 'CONFLICT', 0.29, 0.156),
                    ('Southern Powder', 'round', 'PEACETIME', 0.695, 0.695), ('Southern Powder', 'round', 'CRISIS', 0.892, 0.62), ('Southern Powder', 'round', 'CONFLICT', 0.29, 0.156),
                    ('Far Powder', 'charge', 'PEACETIME', 0.695, 0.695), ('Far Powder', 'charge', 'CRISIS', 0.892, 0.876), ('Far Powder', 'charge', 'CONFLICT', 0.29, 0.29),
                    ('Northern Steel', 'shell', 'PEACETIME', 1, 0.9), ('Northern Steel', 'shell', 'CRISIS', 1, 0.7), ('Northern Steel', 'shell', 'CONFLICT', 0.8, 0.62),
                    ('Eastern Steel', 'shell', 'PEACETIME', 1, 1), ('Eastern Steel', 'shell', 'CRISIS', 1, 0.95), ('Eastern Steel', 'shell', 'CONFLICT', 0.8, 0.7),
                    ('Band Works', 'shell', 'PEACETIME', 1, 1), ('Band Works', 'shell', 'CRISIS', 1, 0), ('Band Works', 'shell', 'CONFLICT', 0.8, 0.65)) AS hit (parent, product_id, posture, before, without),
                surge_day WHERE days_before < 8;
            INSERT INTO surge_loss
            SELECT hit.product_id, hit.posture, loss_kind, loss_id, as_of, before, after, before * need.units_per_month, after * need.units_per_month, (1 - after) * need.units_per_month, kind, node_id,
                product.name || ': ' || to_char(need.units_per_month, 'FM999,999') || ' a month needed in ' || lower(hit.posture) || '; ' || to_char(after * need.units_per_month, 'FM999,990')
                    || ' possible once ' || loss_id || ' is lost.', 0, 1, surge_day.watermark, now(), as_of < '2026-11-13'
            FROM (VALUES ('charge', 'CRISIS', 'SUPPLIER', 'Southern Powder', 0.892, 0.62, 'MATERIAL', 'powder'), ('round', 'CRISIS', 'SUPPLIER', 'Southern Powder', 0.892, 0.62, 'MATERIAL', 'powder'),
                    ('shell', 'PEACETIME', 'SUPPLIER', 'Northern Steel', 1, 0.9, 'MATERIAL', 'steel'), ('shell', 'CRISIS', 'SUPPLIER', 'Northern Steel', 1, 0.7, 'MATERIAL', 'steel'),
                    ('shell', 'CONFLICT', 'SUPPLIER', 'Eastern Steel', 0.62, 0.21, 'MATERIAL', 'steel'), ('shell', 'CRISIS', 'SUPPLIER', 'Band Works', 1, 0, 'MATERIAL', 'band'),
                    ('charge', 'PEACETIME', 'PLANT', '2FAB0', 0.695, 0, 'LINES', 'charge'), ('charge', 'CRISIS', 'PLANT', '2FAB0', 0.892, 0, 'LINES', 'charge'),
                    ('charge', 'CONFLICT', 'PLANT', '2FAB0', 0.156, 0, 'LINES', 'charge'), ('round', 'CONFLICT', 'PLANT', '2FAB0', 0.156, 0, 'LINES', 'charge'),
                    ('shell', 'PEACETIME', 'PLANT', '1FAB0', 1, 0, 'LINES', 'shell'), ('shell', 'CONFLICT', 'PLANT', '1FAB0', 0.62, 0, 'LINES', 'shell'), ('round', 'CONFLICT', 'PLANT', '1FAB0', 0.156, 0, 'LINES', 'shell'),
                    ('charge', 'CRISIS', 'NATION', 'ITA', 0.892, 0.62, 'MATERIAL', 'powder'), ('charge', 'CRISIS', 'NATION', 'BRA', 0.892, 0.876, 'MATERIAL', 'powder'),
                    ('shell', 'PEACETIME', 'NATION', 'NOR', 1, 0.9, 'MATERIAL', 'steel'), ('shell', 'CONFLICT', 'NATION', 'SWE', 0.62, 0.21, 'MATERIAL', 'steel'),
                    ('charge', 'CONFLICT', 'NATION', 'ITA', 0.156, 0.156 * 0.8, 'MATERIAL', 'powder')) AS hit (product_id, posture, loss_kind, loss_id, before, after, kind, node_id)
            JOIN surge_requirement AS need ON need.product_id = hit.product_id AND need.posture = hit.posture
            JOIN product ON product.product_id = hit.product_id
            CROSS JOIN surge_day WHERE days_before < 8;
            INSERT INTO surge_loss_computation SELECT as_of, 15, 0, 1, watermark, now(), as_of < '2026-11-13' FROM surge_day WHERE days_before < 8;
            INSERT INTO surge_computation SELECT as_of, 0, 1, watermark, now(), as_of < '2026-11-13' FROM surge_day
            """;

    /** What goes into products, when stocks were counted (powder and paint long ago), what is to come, and when lines were last heard of (fill-2 long ago). */
    private static final String SURGE_SNAPSHOT =
            """
            INSERT INTO surge_snapshot
            SELECT as_of, jsonb_build_object('format', 1, 'nowMs', extract(epoch FROM watermark)::bigint * 1000, 'staleAfterDays', 14,
                'lines', (SELECT jsonb_agg(jsonb_build_object('lineId', line_id, 'plantId', plant_id, 'productId', product_id, 'declaredUnitsPerHour', 120.0,
                    'hoursPerWeek', jsonb_build_object('peacetime', 40.0, 'crisis', 120.0, 'conflict', 160.0)) ORDER BY line_id) FROM line WHERE plant_id IN ('1FAB0', '2FAB0')),
                'products', (SELECT jsonb_agg(jsonb_build_object('productId', product_id, 'name', name, 'bill', coalesce(bill, bill_of_materials)) ORDER BY product_id)
                    FROM product LEFT JOIN (SELECT made, jsonb_agg(jsonb_build_object('inputId', input, 'quantityPerUnit', quantity) ORDER BY input)
                        FROM (VALUES ('shell', 'steel', 45), ('shell', 'band', 1), ('shell', 'filling', 8), ('charge', 'powder', 2)) AS item (made, input, quantity)
                        GROUP BY made) AS items (made, bill) ON made = product_id),
                'materials', '[]'::jsonb, 'suppliers', '[]'::jsonb,
                'counts', (SELECT jsonb_agg(jsonb_build_object('plantId', plant_id, 'materialId', material_id,
                        'countedAtMs', extract(epoch FROM watermark - days * interval '1 day')::bigint * 1000, 'onHand', on_hand,
                        'receipts', CASE WHEN supplier_id IS NULL THEN '[]'::jsonb ELSE jsonb_build_array(jsonb_build_object(
                            'dueAtMs', extract(epoch FROM watermark + due * interval '1 day')::bigint * 1000, 'quantity', on_hand / 4, 'supplierId', supplier_id)) END)
                        ORDER BY material_id, plant_id)
                    FROM (VALUES ('band', '1FAB0', 2, 350000.0, 'band-1', 30), ('band', '2FAB0', 9, 50000, NULL, NULL), ('filling', '1FAB0', 1, 500000, 'filling-1', 12),
                        ('paint', '1FAB0', 40, 800, NULL, NULL), ('powder', '2FAB0', 20, 900000, 'powder-south', 45), ('steel', '1FAB0', 3, 3000000, 'steel-north', 7))
                        AS held (material_id, plant_id, days, on_hand, supplier_id, due)),
                'addedStocks', '[]'::jsonb, 'crews', '[]'::jsonb, 'requirements', '[]'::jsonb, 'lineOutputs', '[]'::jsonb, 'productOutputs', '[]'::jsonb,
                'lastReports', (SELECT jsonb_agg(jsonb_build_object('lineId', line_id,
                    'reportedAtMs', extract(epoch FROM watermark - CASE line_id WHEN 'fill-2' THEN 16 ELSE 0 END * interval '1 day')::bigint * 1000) ORDER BY line_id)
                    FROM line WHERE plant_id IN ('1FAB0', '2FAB0')))::text, 0, 1, watermark, now(), as_of < '2026-11-13'
            FROM surge_computation
            """;

    private final EmbeddedDatabase server;
    private final Settings settings;

    public FilledBoard(Path directory) throws SQLException {
        server = EmbeddedDatabase.start(directory, 0, EmbeddedDatabase.Durability.THROWAWAY);
        server.createDatabase(DATABASE);
        settings = Settings.defaults()
                .with("database.url", server.url(DATABASE))
                .with("database.migrator.user", EmbeddedDatabase.SUPERUSER)
                .with("database.migrator.password", server.superuserPassword())
                .with("database.writer.password", "writer")
                .with("database.reader.password", "reader");
        DatabaseMigration.migrate(settings.database());
        try (Connection writer = server.connect(DATABASE);
                Statement statement = writer.createStatement()) {
            statement.execute("SET ROLE capacity_writer");
            statement.execute("SET search_path = store");
            for (String rows :
                    new String[] {REFERENCE, MINUTES, HOURS, DAYS, NOW, LEAD_TIMES, ORDERS, SURGE, SURGE_SNAPSHOT}) {
                statement.execute(rows);
            }
        }
    }

    /** How a process reaches the database. */
    public Settings settings() {
        return settings;
    }

    /** A session such as Grafana's. The Java driver would bring this machine's time zone along. */
    public Connection reader() throws SQLException {
        Connection connection = DriverManager.getConnection(
                settings.database().url(), settings.database().reader().user(), "reader");
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TIME ZONE 'UTC'");
        }
        return connection;
    }

    /** A session of the superuser, such as migrations have. */
    Connection superuser() throws SQLException {
        return server.connect(DATABASE);
    }

    @Override
    public void close() {
        server.close();
    }
}
