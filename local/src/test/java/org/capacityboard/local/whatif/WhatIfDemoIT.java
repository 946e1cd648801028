package org.capacityboard.local.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.capacityboard.domain.surge.HoursPerWeek;
import org.capacityboard.domain.surge.Posture;
import org.capacityboard.domain.surge.Requirement;
import org.capacityboard.domain.surge.SurgeLine;
import org.capacityboard.domain.surge.SurgeSnapshot;
import org.capacityboard.flink.rows.SurgeSnapshotJson;
import org.capacityboard.local.demo.DemoPorts;
import org.capacityboard.local.demo.LocalStack;
import org.capacityboard.local.embedded.DataDirectory;
import org.capacityboard.local.kit.CapacityCall;
import org.capacityboard.process.settings.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A demo is asked by naming the directory that it keeps its data in: port and password are found there. */
@Timeout(180)
class WhatIfDemoIT {
    @Test
    void a_demo_is_found_by_its_data_and_no_longer_once_it_stopped(@TempDir Path data) throws Exception {
        try (DataDirectory directory = DataDirectory.take(data);
                LocalStack demo = LocalStack.start(directory, DemoPorts.from(0), Settings.defaults())) {
            assertThat(ask(data).err()).contains("holds no state of surge readiness to start from.\nMaybe the job ");

            try (Connection connection = demo.connect()) {
                insert(connection);
            }
            CapacityCall call = ask(data);

            assertThat(call.exitCode()).as(call.err()).isZero();
            assertThat(call.out())
                    .contains(
                            "State of 2026-06-28 in jdbc:postgresql://127.0.0.1:",
                            ", events seen up to 2026-06-28T12:00:00Z.",
                            "Line L1 in peacetime: 40 -> 80 hours a week, 174 -> 348 a month.");
            CapacityCall withoutDemo = CapacityCall.of(
                    "whatif",
                    "--add-shift=L1",
                    "--data=" + data,
                    "--set=database.url=jdbc:postgresql://127.0.0.1:1/capacity");
            assertThat(withoutDemo.err()).endsWith("\nMaybe you mean the demo that runs here: add --demo.\n");
        }
        CapacityCall stopped = ask(data);
        assertThat(stopped.exitCode()).isEqualTo(1);
        assertThat(stopped.err()).startsWith("--data '" + data + "' has no running demo.\nMaybe ");
    }

    private static CapacityCall ask(Path data) {
        return CapacityCall.of(
                "whatif", "--demo", "--data", data.toString(), "--add-shift", "L1", "--posture", "peacetime");
    }

    private static void insert(Connection connection) throws SQLException {
        SurgeSnapshot snapshot = new SurgeSnapshot(
                Instant.parse("2026-06-29T00:00:00Z").toEpochMilli(),
                14,
                List.of(new SurgeLine("L1", "PLNT1", "shell", 1, HoursPerWeek.USUAL, null)),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(new Requirement("shell", Posture.PEACETIME, 1_000, null, null)),
                List.of(),
                List.of(),
                List.of());
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into store.surge_snapshot (as_of, snapshot, generation, version, watermark, final)"
                        + " values ('2026-06-28', ?, 0, 1, '2026-06-28T12:00:00Z', false)")) {
            insert.setString(1, SurgeSnapshotJson.encode(snapshot));
            insert.executeUpdate();
        }
    }
}
