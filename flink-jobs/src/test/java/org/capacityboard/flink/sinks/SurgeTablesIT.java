package org.capacityboard.flink.sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.capacityboard.flink.sinks.SurgeRows.constraint;
import static org.capacityboard.flink.sinks.SurgeRows.cover;
import static org.capacityboard.flink.sinks.SurgeRows.criticality;
import static org.capacityboard.flink.sinks.SurgeRows.ladder;
import static org.capacityboard.flink.sinks.SurgeRows.loss;
import static org.capacityboard.flink.sinks.SurgeRows.lossesWhole;
import static org.capacityboard.flink.sinks.SurgeRows.readiness;
import static org.capacityboard.flink.sinks.SurgeRows.snapshot;
import static org.capacityboard.flink.sinks.SurgeRows.unknown;
import static org.capacityboard.flink.sinks.SurgeRows.whole;
import static org.capacityboard.flink.sinks.ThroughputRows.DAY_0;
import static org.capacityboard.flink.sinks.ThroughputRows.T0;
import static org.capacityboard.flink.sinks.ThroughputRows.stamp;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.streaming.runtime.tasks.TestProcessingTimeService;
import org.capacityboard.domain.surge.Evidence;
import org.capacityboard.domain.surge.LineConstraint;
import org.capacityboard.domain.surge.LossKind;
import org.capacityboard.domain.surge.Posture;
import org.capacityboard.flink.rows.RowStamp;
import org.capacityboard.flink.rows.SurgeRow;
import org.capacityboard.process.settings.SinkSettings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SurgeTablesIT {
    /** Those that {@code surge_computation} makes whole. */
    private static final List<String> VIEWS =
            List.of("surge_readiness", "surge_ladder", "surge_constraint", "material_cover", "supplier_criticality");

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

    @BeforeEach
    void empty() throws SQLException {
        database.run(
                "capacity_migrator",
                "truncate store.surge_computation, store.surge_readiness, store.surge_ladder, store.surge_constraint, store.material_cover, store.supplier_criticality,"
                        + " store.surge_loss, store.surge_loss_computation, store.surge_snapshot");
    }

    @Test
    void rows_of_every_kind_are_seen_as_written() throws Exception {
        write(
                readiness("round", 18_000, stamp(4)),
                unknown("riddle", stamp(4)),
                ladder("round", 1, 18_000, 40_000.5, stamp(4)),
                ladder("round", 2, 0, null, stamp(4)),
                snapshot("{\"format\":1}", stamp(4)),
                constraint("press", LineConstraint.DEMONSTRATED, 4130.8, stamp(4)),
                constraint("press", LineConstraint.WORKFORCE, null, stamp(4)),
                cover("powder", "ALL", 500.0, true, 90, stamp(4)),
                cover("powder", "0AAA1", 0.0, null, null, stamp(4)),
                cover("powder", "0AAA2", null, false, null, stamp(4)),
                criticality("Parent", "round", 0.25, stamp(4)),
                whole(stamp(4)));

        assertThat(database.read("select * from surge_readiness order by product_id"))
                .satisfiesExactly(
                        riddle -> assertThat(riddle)
                                .startsWith("2026-11-20,riddle,PEACETIME,DEMONSTRATED,10," + "null,".repeat(13)
                                        + "Unknown.,0,4,2026-11-20 10:00:00+00,")
                                .endsWith(",t"),
                        round -> assertThat(round)
                                .startsWith(
                                        "2026-11-20,round,CONFLICT,CONTRACTED,100000,18000,0.18,0,0.18,LINES,charge,"
                                                + "MATERIAL,powder,60000,58,91,82000,Parent,Why, in words.,0,4,2026-11-20 10:00:00+00,")
                                .endsWith(",f"));
        assertThat(
                        database.read(
                                "select as_of, line_id, posture, \"constraint\", units_per_month from surge_constraint order by 4"))
                .containsExactly(
                        "2026-11-20,press,CRISIS,DEMONSTRATED,4130.8", "2026-11-20,press,CRISIS,WORKFORCE,null");
        assertThat(
                        database.read(
                                "select as_of, plant_id, material_id, posture, days_of_supply, single_source, on_hand, daily_draw, main_parent, main_parent_share from material_cover order by 2"))
                .containsExactly(
                        "2026-11-20,0AAA1,powder,CRISIS,null,null,5000,0,null,null",
                        "2026-11-20,0AAA2,powder,CRISIS,null,f,5000,null,Parent,0.5",
                        "2026-11-20,ALL,powder,CRISIS,10,t,5000,500,Parent,0.95");
        assertThat(
                        database.read(
                                "select as_of, product_id, posture, evidence, step, \"constraint\", node_id, node_name, achievable_per_month, supplied_per_month, drawn_per_month, unit from surge_ladder order by step"))
                .containsExactly(
                        "2026-11-20,round,CONFLICT,CONTRACTED,1,MATERIAL,powder,Powder,18000,40000,40000.5,kg",
                        "2026-11-20,round,CONFLICT,CONTRACTED,2,MATERIAL,powder,Powder,0,40000,null,kg");
        assertThat(database.read("select as_of, snapshot, version, final from surge_snapshot"))
                .containsExactly("2026-11-20,{\"format\":1},4,f");
        assertThat(
                        database.read(
                                "select as_of, supplier_parent, product_id, posture, readiness_without, criticality from supplier_criticality"))
                .containsExactly("2026-11-20,Parent,round,CRISIS,0.25,0.75");
    }

    @Test
    void losses_are_seen_once_all_were_tried_and_go_when_a_newer_trial_does_not_find_them() throws Exception {
        write(
                loss("round", LossKind.PLANT, "0AAA1", 9_000, stamp(4)),
                loss("round", LossKind.NATION, "NLD", 0, stamp(4)));
        write(readiness("round", 18_000, stamp(6)), whole(stamp(6)));
        assertThat(database.read("select * from surge_loss")).isEmpty();

        write(lossesWhole(7, stamp(4)));

        assertThat(
                        database.read(
                                "select as_of, product_id, posture, loss_kind, loss_id, readiness, readiness_after, achievable_per_month, achievable_after, units_short_after, binding_constraint_after, binding_id_after, why_after, version, final from surge_loss order by loss_id"))
                .containsExactly(
                        "2026-11-20,round,CONFLICT,PLANT,0AAA1,0.18,0.09,18000,9000,91000,MATERIAL,powder,Why then, in words.,4,t",
                        "2026-11-20,round,CONFLICT,NATION,NLD,0.18,0,18000,0,100000,MATERIAL,powder,Why then, in words.,4,t");
        assertThat(
                        database.read(
                                "select as_of, losses_tried, version, final, tried_up_to = watermark from surge_loss_computation"))
                .containsExactly("2026-11-20,7,4,t,t");

        write(lossesWhole(7, stamp(4).watermarkMs() + 60_000, stamp(4)));

        assertThat(database.read("select loss_id from surge_loss")).hasSize(2);
        assertThat(database.read("select watermark, tried_up_to from surge_loss_computation"))
                .containsExactly("2026-11-20 10:00:00+00,2026-11-20 10:01:00+00");

        write(loss("round", LossKind.SUPPLIER, "NLD", 0, stamp(9)), lossesWhole(8, stamp(9)));

        assertThat(database.read("select loss_kind, loss_id from surge_loss")).containsExactly("SUPPLIER,NLD");
    }

    @Test
    void newest_snapshot_of_a_date_stays_and_dates_have_one_each() throws Exception {
        write(snapshot("new", stamp(7)));
        write(snapshot("old", stamp(6)), new SurgeRow.Snapshot(DAY_0 + 1, "next", true, stamp(8)));

        assertThat(database.read("select snapshot from surge_snapshot order by as_of"))
                .containsExactly("new", "next");
    }

    @Test
    void date_is_not_seen_before_it_is_whole() throws Exception {
        write(allOf("early", stamp(1)));
        assertThat(everything()).isEmpty();

        write(whole(stamp(1)));

        assertThat(everything()).hasSize(VIEWS.size());
    }

    @Test
    void row_that_is_not_computed_again_is_left_out() throws Exception {
        write(allOf("kept", stamp(1)));
        write(allOf("taken-back", stamp(1)));
        write(whole(stamp(1)));
        assertThat(everything()).hasSize(2 * VIEWS.size());

        write(allOf("kept", stamp(2)));
        assertThat(everything()).hasSize(2 * VIEWS.size());
        write(whole(stamp(2)));

        assertThat(everything()).hasSize(VIEWS.size()).allMatch(row -> row.contains("kept"));
    }

    @Test
    void row_that_was_left_out_is_seen_again_once_it_is_computed_again() throws Exception {
        write(readiness("back", 1, stamp(1)), whole(stamp(1)));
        write(whole(stamp(2)));
        assertThat(everything()).isEmpty();

        write(readiness("back", 3, stamp(3)), whole(stamp(3)));

        assertThat(database.read("select achievable_per_month from surge_readiness"))
                .containsExactly("3");
    }

    @Test
    void change_after_a_whole_date_needs_no_writing_of_the_rest() throws Exception {
        write(readiness("a", 1, stamp(1)), readiness("b", 1, stamp(1)), whole(stamp(1)));

        write(readiness("b", 2, stamp(2)));

        assertThat(database.read("select product_id, achievable_per_month from surge_readiness order by 1"))
                .containsExactly("a,1", "b,2");
    }

    @Test
    void other_dates_stay_when_one_is_computed_again() throws Exception {
        for (long day = DAY_0; day < DAY_0 + 3; day++) {
            write(
                    readiness("round", day, Posture.CRISIS, Evidence.ESTIMATED, day - DAY_0, stamp(1)),
                    whole(day, stamp(1)));
        }

        write(whole(DAY_0 + 1, stamp(2)));

        assertThat(database.read("select as_of, achievable_per_month from surge_readiness order by 1"))
                .containsExactly("2026-11-20,0", "2026-11-22,2");
    }

    @Test
    void postures_and_evidences_of_a_product_are_rows_of_their_own() throws Exception {
        for (Posture posture : Posture.values()) {
            for (Evidence evidence : Evidence.values()) {
                write(readiness("round", DAY_0, posture, evidence, 1, stamp(1)));
            }
        }
        write(whole(stamp(1)));

        assertThat(database.read("select distinct posture, evidence from surge_readiness"))
                .hasSize(9);
    }

    @Test
    void stale_stamp_never_replaces_a_row_nor_brings_one_back() throws Exception {
        write(readiness("gone", 1, stamp(5)));
        write(allOf("stale", stamp(7)));
        write(whole(stamp(7)));
        List<String> before = everything();

        RowStamp older = new RowStamp(0, 7, T0 - 1);
        write(readiness("stale", 2, older), readiness("gone", 2, older), whole(older));

        assertThat(everything()).hasSize(VIEWS.size()).isEqualTo(before);
    }

    @Test
    void writing_in_another_order_and_twice_ends_in_the_same_rows() throws Exception {
        List<SurgeRow> rows = new ArrayList<>();
        for (int version = 1; version <= 12; version++) {
            Collections.addAll(rows, allOf("product-" + version % 5, stamp(version)));
            if (version % 4 == 0) {
                rows.add(whole(stamp(version - 2)));
            }
        }
        write(rows.toArray(SurgeRow[]::new));
        List<String> before = everything();

        Random random = new Random(20_261_123);
        for (int i = 0; i < 5; i++) {
            Collections.shuffle(rows, random);
            for (SurgeRow row : rows) {
                write(row);
            }
        }

        assertThat(everything()).hasSize(3 * VIEWS.size()).isEqualTo(before);
    }

    @Test
    void writer_can_neither_delete_nor_read_past_what_it_may() {
        List<String> views = new ArrayList<>(VIEWS);
        views.addAll(List.of("surge_loss", "surge_loss_computation", "surge_snapshot"));
        for (String view : views) {
            assertThatThrownBy(() -> database.query("capacity_writer", "delete from store." + view + " returning 1"))
                    .hasMessageContaining("permission denied");
            assertThatThrownBy(() -> database.query("capacity_reader", "select * from store." + view))
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void text_is_kept_whatever_characters_it_holds() throws Exception {
        String hostile = "'; drop table x; -- \"{},\\ \t%s\u2028 \0 弾";
        write(allOf(hostile, stamp(1)));
        write(whole(stamp(1)));

        String kept = hostile.replace('\0', '\uFFFD');
        assertThat(database.read("select product_id from surge_readiness")).containsExactly(kept);
        assertThat(database.read("select line_id from surge_constraint")).containsExactly(kept);
        assertThat(database.read("select material_id from material_cover")).containsExactly(kept);
        assertThat(database.read("select supplier_parent from supplier_criticality"))
                .containsExactly(kept);
    }

    @Test
    void whole_alliance_is_read_by_day_without_reading_other_days() throws Exception {
        database.run(
                "capacity_migrator",
                """
                insert into store.surge_readiness
                select 'product-' || product, posture, evidence, date '2026-01-01' + day, 100, 50, 0.5, 0.5, 0.5, null, null, null, null,
                    null, null, null, 50, null, 'Why.', 0, 1, '2026-11-20', now(), true
                from generate_series(1, 100) as product, unnest(array['PEACETIME', 'CRISIS', 'CONFLICT']) as posture,
                    unnest(array['DEMONSTRATED', 'CONTRACTED', 'ESTIMATED']) as evidence, generate_series(0, 99) as day;
                insert into store.surge_computation
                select date '2026-01-01' + day, 0, 1, '2026-11-20', now(), true from generate_series(0, 99) as day;
                analyze store.surge_readiness, store.surge_computation
                """);

        assertThat(plan("select * from surge_readiness where as_of = '2026-03-01' and posture = 'CRISIS'"))
                .contains("surge_readiness_by_day")
                .doesNotContain("Seq Scan on surge_readiness");
        assertThat(
                        plan(
                                "select * from surge_readiness where as_of = (select max(as_of) from surge_computation) and evidence = 'CONTRACTED'"))
                .contains("surge_readiness_by_day")
                .doesNotContain("Seq Scan on surge_readiness");
        assertThat(
                        plan(
                                "select * from surge_readiness where product_id = 'product-7' and posture = 'CRISIS' and evidence = 'CONTRACTED' order by as_of desc limit 1"))
                .contains("surge_readiness_pkey")
                .doesNotContain("Seq Scan on surge_readiness");
    }

    private String plan(String sql) throws SQLException {
        return String.join("\n", database.read("explain " + sql));
    }

    /** A row of every kind about something of this name. */
    private static SurgeRow[] allOf(String name, RowStamp stamp) {
        return new SurgeRow[] {
            readiness(name, stamp.version(), stamp),
            ladder(name, 1, stamp.version(), 1.0, stamp),
            constraint(name, LineConstraint.CONTRACTED, (double) stamp.version(), stamp),
            cover(name, "ALL", (double) stamp.version(), false, 7, stamp),
            criticality(name, "round", 1.0 / stamp.version(), stamp)
        };
    }

    /** All that readers see, but for when it was written. */
    private List<String> everything() throws SQLException {
        List<String> rows = new ArrayList<>();
        for (String view : VIEWS) {
            rows.addAll(
                    database.read("select to_jsonb(seen) - 'computed_at' from %s as seen order by 1".formatted(view)));
        }
        return rows;
    }

    private void write(SurgeRow... rows) throws IOException, InterruptedException, SQLException {
        try (PostgresWriter<SurgeRow> writer = new PostgresWriter<>(
                () -> new SurgeTables(written),
                new Database(database.settings(), new SimpleCounter()),
                new SinkSettings(3, Duration.ofMillis(200)),
                new TestProcessingTimeService())) {
            for (SurgeRow row : rows) {
                writer.write(row, NO_CONTEXT);
            }
            writer.flush(false);
        }
    }
}
