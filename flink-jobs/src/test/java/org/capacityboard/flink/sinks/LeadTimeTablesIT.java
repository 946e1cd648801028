package org.capacityboard.flink.sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.capacityboard.flink.sinks.LeadTimeRows.backlog;
import static org.capacityboard.flink.sinks.LeadTimeRows.cancelled;
import static org.capacityboard.flink.sinks.LeadTimeRows.curve;
import static org.capacityboard.flink.sinks.LeadTimeRows.open;
import static org.capacityboard.flink.sinks.LeadTimeRows.percentiles;
import static org.capacityboard.flink.sinks.LeadTimeRows.product;
import static org.capacityboard.flink.sinks.LeadTimeRows.week;
import static org.capacityboard.flink.sinks.ThroughputRows.DAY_0;
import static org.capacityboard.flink.sinks.ThroughputRows.ONE_DAY;
import static org.capacityboard.flink.sinks.ThroughputRows.T0;
import static org.capacityboard.flink.sinks.ThroughputRows.stamp;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.streaming.runtime.tasks.TestProcessingTimeService;
import org.capacityboard.domain.leadtime.Basis;
import org.capacityboard.domain.leadtime.Group;
import org.capacityboard.domain.leadtime.GroupKind;
import org.capacityboard.domain.leadtime.LeadTimeCurve;
import org.capacityboard.domain.leadtime.OrderFlag;
import org.capacityboard.flink.rows.LeadTimeRow;
import org.capacityboard.flink.rows.RowStamp;
import org.capacityboard.process.settings.SinkSettings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LeadTimeTablesIT {
    private static final SinkSettings SETTINGS = new SinkSettings(100, Duration.ofMillis(200));
    private static final SinkWriter.Context NO_CONTEXT = new SinkWriter.Context() {
        @Override
        public long currentWatermark() {
            return Long.MIN_VALUE;
        }

        @Override
        public @Nullable Long timestamp() {
            return null;
        }
    };

    private final RowCount written = new RowCount(new UnregisteredMetricsGroup());

    @SuppressWarnings("NullAway.Init")
    private RestartableDatabase database;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        database = new RestartableDatabase(directory);
    }

    @AfterAll
    void stop() throws IOException {
        database.close();
    }

    @Test
    void rows_of_every_kind_are_seen_as_written() throws Exception {
        write(
                percentiles(product("kinds"), 5.0, stamp(4)),
                curve(product("kinds"), Basis.LAST_UNIT, stamp(4), 1, 0.5),
                backlog(product("kinds"), 260, 130, 13, stamp(4)),
                week(product("kinds"), 4, 3, 400, 350, stamp(4)),
                open("kinds-1", stamp(4), OrderFlag.ACCEPTED_AFTER_CANCELLATION, OrderFlag.ACCEPTED_BEFORE_DISPATCH),
                cancelled("kinds-2", "framework.7", stamp(4)));

        assertThat(database.read("select * from lead_time where group_id = 'kinds'"))
                .singleElement()
                .asString()
                .startsWith(
                        "2026-11-20,product,kinds,trailing,LAST_UNIT,5,9,null,8,5,2,1,4,2,null,0.2,7,0,4,2026-11-20 10:00:00+00,")
                .endsWith(",f");
        assertThat(database.read("select * from lead_time_curve where group_id = 'kinds' order by day"))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("product,kinds,all,LAST_UNIT,0,2026-11-20,1,2,0,0,4,"),
                        second -> assertThat(second)
                                .startsWith("product,kinds,all,LAST_UNIT,1,2026-11-20,0.5,1,0.25,0,4,"));
        assertThat(database.read("select * from order_backlog where group_id = 'kinds'"))
                .singleElement()
                .asString()
                .startsWith("2026-11-20,product,kinds,3,260,1,40,130,13,26,0,4,");
        assertThat(database.read("select * from on_time_week where group_id = 'kinds'"))
                .singleElement()
                .asString()
                .startsWith("2026-W46,product,kinds,4,3,400,350,0.75,0.875,0,4,")
                .endsWith(",t");
        assertThat(database.read("select * from order_status where order_id like 'kinds-%' order by 1"))
                .satisfiesExactly(
                        open -> assertThat(open)
                                .startsWith(
                                        "kinds-1,shell,0AAA1,NLD,null,null,OPEN,100,80,60,5,40,140,2026-11-10 10:00:00+00,"
                                                + "2026-11-20 10:00:00+00,2026-11-21 10:00:00+00,2026-11-20 09:59:59.999+00,null,null,"
                                                + "2026-11-22 10:00:00+00,2026-11-29 10:00:00+00,2,f,f,ACCEPTED_BEFORE_DISPATCH,ACCEPTED_AFTER_CANCELLATION,0,4,"),
                        cancelled -> assertThat(cancelled)
                                .startsWith(
                                        "kinds-2,shell,0AAA1,NLD,framework.7,3,CANCELLED,100,80,60,5,0,null,2026-11-10 10:00:00+00,"
                                                + "2026-11-20 10:00:00+00,2026-11-21 10:00:00+00,null,null,2026-11-20 10:00:00+00,null,null,null,f,f,,0,4,"));
    }

    @Test
    void stale_stamp_never_replaces_a_row_of_any_table() throws Exception {
        Group group = product("stale");
        write(
                percentiles(group, 5.0, stamp(7)),
                curve(group, Basis.PER_UNIT, stamp(7), 1, 0.7),
                backlog(group, 70, 7, 7, stamp(7)),
                week(group, 7, 7, 7, 7, stamp(7)),
                open("stale", stamp(7), OrderFlag.ACCEPTED_BEFORE_DISPATCH));
        List<String> before = everything("stale");

        RowStamp older = new RowStamp(0, 7, T0 - 1);
        write(
                percentiles(group, 2.0, older),
                curve(group, Basis.PER_UNIT, older, 1, 0.2, 0.1),
                backlog(group, 20, 2, 2, older),
                week(group, 2, 2, 2, 2, older),
                cancelled("stale", "older", older));

        assertThat(everything("stale")).hasSize(6).isEqualTo(before);
    }

    @Test
    void newest_of_one_batch_stands_wherever_it_comes() throws Exception {
        Group group = product("batch");
        write(
                percentiles(group, 1.0, stamp(1)),
                percentiles(group, 3.0, stamp(3)),
                percentiles(group, 2.0, stamp(2)),
                curve(group, Basis.LAST_UNIT, stamp(3), 1, 0.3),
                curve(group, Basis.LAST_UNIT, stamp(2), 1, 0.2, 0.1),
                week(group, 3, 3, 3, 3, stamp(3)),
                week(group, 1, 1, 1, 1, stamp(1)),
                open("batch", stamp(1)),
                open("batch", stamp(3)));

        assertThat(database.read("select p50_days, version from lead_time where group_id = 'batch'"))
                .containsExactly("3,3");
        assertThat(database.read("select survival from lead_time_curve where group_id = 'batch' order by day"))
                .containsExactly("1", "0.3");
        assertThat(database.read("select lines_due from on_time_week where group_id = 'batch'"))
                .containsExactly("3");
        assertThat(database.read("select version from order_status where order_id = 'batch'"))
                .containsExactly("3");
    }

    @Test
    void days_kinds_and_bases_of_one_id_are_rows_of_their_own() throws Exception {
        write(
                percentiles(product("apart"), DAY_0, 1.0, stamp(1)),
                percentiles(product("apart"), DAY_0 + 1, 2.0, stamp(1)),
                percentiles(new Group(GroupKind.PLANT, "apart"), DAY_0, 3.0, stamp(1)),
                curve(product("apart"), Basis.FIRST_UNIT, stamp(1), 0.1),
                curve(product("apart"), Basis.LAST_UNIT, stamp(1), 0.2));

        assertThat(database.read(
                        "select as_of, group_kind, p50_days from lead_time where group_id = 'apart' order by 3"))
                .containsExactly("2026-11-20,product,1", "2026-11-21,product,2", "2026-11-20,plant,3");
        assertThat(database.read("select basis, survival from lead_time_curve where group_id = 'apart' order by 1"))
                .containsExactly("FIRST_UNIT,0.1", "LAST_UNIT,0.2");
    }

    @Test
    void shorter_curve_leaves_nothing_of_a_longer_one_behind() throws Exception {
        String days = "select day, survival, at_risk from lead_time_curve where group_id = 'tail' order by day";
        write(curve(product("tail"), Basis.LAST_UNIT, stamp(1), 1, 0.75, 0.5, 0.25));
        write(curve(product("tail"), Basis.LAST_UNIT, stamp(2), 1, 0.5));
        assertThat(database.read(days)).containsExactly("0,1,2", "1,0.5,1");

        write(curve(product("tail"), Basis.LAST_UNIT, stamp(1), 1, 0.75, 0.5, 0.25));
        assertThat(database.read(days)).containsExactly("0,1,2", "1,0.5,1");

        write(curve(product("tail"), Basis.LAST_UNIT, stamp(3)));
        assertThat(database.read(days)).isEmpty();
    }

    @Test
    void curve_is_null_where_it_is_not_defined() throws Exception {
        write(curve(product("undefined"), Basis.LAST_UNIT, stamp(1), 1, Double.NaN, Double.NaN));

        assertThat(
                        database.read(
                                "select survival, cancelled_share, at_risk from lead_time_curve where group_id = 'undefined' order by day"))
                .containsExactly("1,0,3", "null,null,2", "null,null,1");
    }

    @Test
    void percentile_that_was_not_reached_is_null_and_so_is_what_was_not_observed() throws Exception {
        write(percentiles(product("unreached"), null, stamp(1)), percentiles(product("nan"), Double.NaN, stamp(1)));

        assertThat(
                        database.read(
                                "select p50_days, p80_days, p90_days, at_risk, p80_at_risk from lead_time where group_id in ('unreached', 'nan') order by group_id"))
                .containsExactly("null,null,null,4,2", "null,null,null,4,null");
    }

    @Test
    void long_curves_keep_every_bit_and_leave_in_small_statements() throws Exception {
        Random random = new Random(20_261_123);
        double[] survival = new double[LeadTimeCurve.LONGEST_DAYS];
        Arrays.setAll(survival, day -> random.nextDouble() * Math.pow(10, -random.nextInt(12)));
        LeadTimeTables tables = new LeadTimeTables(written);

        tables.add(curve(product("long"), Basis.LAST_UNIT, stamp(1), survival));
        assertThat(tables.size()).isGreaterThan(LeadTimeCurve.LONGEST_DAYS);
        tables.clear();
        assertThat(tables.size()).isZero();
        write(
                curve(product("long"), Basis.LAST_UNIT, stamp(1), survival),
                curve(product("long-2"), Basis.LAST_UNIT, stamp(1), survival));

        String[] expected = Arrays.stream(survival).mapToObj(String::valueOf).toArray(String[]::new);
        assertThat(database.read("select survival from lead_time_curve where group_id = 'long' order by day").stream()
                        .map(Double::parseDouble)
                        .map(String::valueOf))
                .containsExactly(expected);
    }

    @Test
    void writing_in_another_order_and_twice_changes_nothing() throws Exception {
        List<LeadTimeRow> rows = new ArrayList<>();
        for (int version = 1; version <= 20; version++) {
            Group group = product("again-" + version % 4);
            double[] survival = new double[1 + version % 7];
            Arrays.fill(survival, 1.0 / version);
            rows.add(percentiles(group, version * 1.5, stamp(version)));
            rows.add(curve(group, Basis.LAST_UNIT, stamp(version), survival));
            rows.add(backlog(group, version, version, 13, stamp(version)));
            rows.add(week(group, version, 1, version, 1, stamp(version)));
            rows.add(open("again-" + version % 4, stamp(version)));
        }
        write(rows.toArray(LeadTimeRow[]::new));
        List<String> before = everything("again-%");

        Random random = new Random(20_261_123);
        for (int i = 0; i < 5; i++) {
            Collections.shuffle(rows, random);
            for (LeadTimeRow row : rows) {
                write(row);
            }
        }

        assertThat(everything("again-%")).isEqualTo(before);
    }

    @Test
    void text_is_kept_whatever_characters_it_holds() throws Exception {
        String hostile = "'; drop table x; -- \"{},\\ \t%s\u2028 \0 弾";
        write(
                open(hostile, "\",NULL{", stamp(1)),
                cancelled("hostile", hostile, stamp(1)),
                percentiles(product(hostile), 1.0, stamp(1)),
                curve(product(hostile), Basis.LAST_UNIT, stamp(1), 1),
                backlog(product("null"), 1, 1, 1, stamp(1)),
                week(product(""), 1, 1, 1, 1, stamp(1)));

        String kept = hostile.replace('\0', '\uFFFD');
        assertThat(database.read("select order_id, plant_id from order_status where plant_id = '\",NULL{'"))
                .containsExactly(kept + ",\",NULL{");
        assertThat(database.read("select framework_id from order_status where order_id = 'hostile'"))
                .containsExactly(kept);
        assertThat(database.read("select group_id from lead_time where group_id like '%drop%'"))
                .containsExactly(kept);
        assertThat(database.read("select group_id from lead_time_curve where group_id like '%drop%'"))
                .containsExactly(kept);
        assertThat(database.read("select group_id from order_backlog where group_id = 'null'"))
                .containsExactly("null");
        assertThat(database.read("select group_id from on_time_week where group_id = ''"))
                .containsExactly("");
    }

    @Test
    void cover_and_shares_on_time_are_plain_divisions_to_the_last_bit() throws Exception {
        Random random = new Random(20_261_123);
        List<LeadTimeRow> rows = new ArrayList<>();
        List<String> covers = new ArrayList<>();
        List<String> ratios = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            Group group = product("bits-%03d".formatted(i));
            long backlog = some(random, 10_000_000);
            long accepted = some(random, 1_000_000);
            double weeks = random.nextBoolean() ? 13 : 1.0 / 604_800_000 + 13 * random.nextDouble();
            rows.add(backlog(group, backlog, accepted, weeks, stamp(1)));
            covers.add(accepted == 0 ? "null" : String.valueOf(backlog / (accepted / weeks)));
            long linesDue = some(random, 10_000);
            long lines = linesDue == 0 ? 0 : random.nextLong(linesDue + 1);
            long unitsDue = linesDue == 0 ? 0 : 1 + random.nextLong(10_000_000);
            long units = unitsDue == 0 ? 0 : random.nextLong(unitsDue + 1);
            rows.add(week(group, linesDue, lines, unitsDue, units, stamp(1)));
            if (linesDue > 0) {
                ratios.add((double) lines / linesDue + "," + (double) units / unitsDue);
            }
        }
        write(rows.toArray(LeadTimeRow[]::new));

        assertThat(numbers("select cover_weeks from order_backlog where group_id like 'bits-%' order by group_id"))
                .isEqualTo(covers);
        assertThat(
                        numbers(
                                "select on_time_in_full_ratio, units_on_time_ratio from on_time_week where group_id like 'bits-%' order by group_id"))
                .isEqualTo(ratios);
    }

    @Test
    void order_becomes_overdue_as_other_orders_move_time_on() throws Exception {
        String overdue = "select overdue from order_status where order_id = 'quiet'";
        write(open("quiet", stamp(1)));
        assertThat(database.read(overdue)).containsExactly("f");

        write(backlog(Group.ALLIANCE, 1, 1, 1, new RowStamp(0, 2, T0 + ONE_DAY)));

        assertThat(database.read(overdue)).containsExactly("t");
        database.query(
                "capacity_writer",
                "update store.order_backlog set watermark = '-infinity' where group_kind = 'alliance' returning 1");
        assertThat(database.read(overdue)).containsExactly("f");
    }

    private static long some(Random random, long limit) {
        return random.nextInt(4) == 0 ? 0 : random.nextLong(limit);
    }

    private List<String> numbers(String sql) throws SQLException {
        return database.read(sql).stream()
                .map(row -> String.join(
                        ",",
                        Arrays.stream(row.split(","))
                                .map(value -> value.equals("null") ? value : String.valueOf(Double.parseDouble(value)))
                                .toList()))
                .toList();
    }

    /** All that readers see of groups and orders like this, but for when it was written. */
    private List<String> everything(String like) throws SQLException {
        List<String> rows = new ArrayList<>();
        for (String view : List.of("lead_time", "lead_time_curve", "order_backlog", "on_time_week", "order_status")) {
            String id = view.equals("order_status") ? "order_id" : "group_id";
            rows.addAll(
                    database.read("select to_jsonb(seen) - 'computed_at' from %s as seen where %s like '%s' order by 1"
                            .formatted(view, id, like)));
        }
        return rows;
    }

    private void write(LeadTimeRow... rows) throws IOException, InterruptedException, SQLException {
        try (PostgresWriter<LeadTimeRow> writer = new PostgresWriter<>(
                () -> new LeadTimeTables(written),
                new Database(database.settings(), new SimpleCounter()),
                SETTINGS,
                new TestProcessingTimeService())) {
            for (LeadTimeRow row : rows) {
                writer.write(row, NO_CONTEXT);
            }
            writer.flush(false);
        }
    }
}
