package org.capacityboard.local.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.capacityboard.flink.jobs.JobEnvironment;
import org.capacityboard.flink.jobs.ReplayJob;
import org.capacityboard.local.kit.StackExtension;
import org.capacityboard.local.kit.TestBoard;
import org.capacityboard.oracle.Arrival;
import org.capacityboard.oracle.Oracle;
import org.capacityboard.oracle.SurgeDifference;
import org.capacityboard.oracle.SurgeRows;
import org.capacityboard.oracle.SurgeStream;
import org.capacityboard.oracle.SurgeStreamOptions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Seeded networks through a replay end in the oracle's surge readiness, day by day. */
@ExtendWith(StackExtension.class)
@Timeout(300)
class OracleSurgeIT {
    private static final int STREAMS = 6;

    static Stream<Integer> seeds() {
        // Others than those on which the domain alone is compared.
        return IntStream.range(5_001, 5_001 + Integer.getInteger("oracle.surge-replays", STREAMS))
                .boxed();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_seeded_network_ends_in_the_rows_of_the_oracle(int seed, TestBoard shared, @TempDir Path folder)
            throws Exception {
        SurgeStream stream = SurgeStream.of(seed, SurgeStreamOptions.DEFAULT);
        stream.writeJsonLines(folder);
        try (TestBoard board = shared.another("seed" + seed)) {
            StreamExecutionEnvironment environment =
                    StreamExecutionEnvironment.getExecutionEnvironment(JobEnvironment.bounded(board.settings()));
            ReplayJob.define(environment, folder, stream.until(), board.settings());

            board.cluster().run(environment, ReplayJob.NAME);

            SurgeRows found = board.read(SurgeRows::fromDatabase);
            SurgeRows expected = Oracle.surge(stream.input());
            assertThat(expected.rows()).hasSizeGreaterThan(100);
            assertThat(SurgeDifference.describe(SurgeDifference.between(expected, found)))
                    .as("seed %d, until %s", seed, stream.until())
                    .isEmpty();
            assertThat(board.rows("select (topic || ' ' || reason_code) collate \"C\" as kind, count(*)"
                            + " from capacity.rejected_event group by kind order by kind"))
                    .as("refusals of seed %d", seed)
                    .isEqualTo(refusals(stream));
        }
    }

    /** What claims to be of the far future lies beyond the end: it is passed over and not refused. */
    private static List<List<String>> refusals(SurgeStream stream) {
        Map<String, Long> counts = stream.arrivals().stream()
                .filter(arrival ->
                        arrival.refusedAs() != null && !arrival.refusedAs().equals("FUTURE_EVENT"))
                .collect(Collectors.groupingBy(OracleSurgeIT::kind, TreeMap::new, Collectors.counting()));
        List<List<String>> rows = new ArrayList<>();
        counts.forEach((kind, count) -> rows.add(List.of(kind, String.valueOf(count))));
        return rows;
    }

    private static String kind(Arrival arrival) {
        return arrival.topic().baseName() + " " + arrival.refusedAs();
    }
}
