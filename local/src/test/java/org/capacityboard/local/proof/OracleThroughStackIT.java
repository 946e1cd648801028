package org.capacityboard.local.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.capacityboard.local.jobs.BoardJob;
import org.capacityboard.local.kit.StackExtension;
import org.capacityboard.local.kit.TestBoard;
import org.capacityboard.oracle.SeededStream;
import org.capacityboard.oracle.StreamOptions;
import org.capacityboard.oracle.StreamOptions.References;
import org.capacityboard.process.settings.Settings;
import org.capacityboard.schemas.Topic;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(StackExtension.class)
@Timeout(180)
class OracleThroughStackIT {
    private static final int STAGES = 8;

    private record Seed(long seed, int horizonHours, References references) {
        StagedStream stream() {
            StreamOptions options = new StreamOptions(5, 250, Duration.ofHours(horizonHours), references, 0.01);
            return new StagedStream(SeededStream.of(seed, options), STAGES);
        }
    }

    static Stream<Seed> seeds() {
        return Stream.of(
                new Seed(1, 2, References.FIRST),
                new Seed(2, 6, References.IN_TIME),
                new Seed(3, 48, References.IN_TIME),
                new Seed(4, 3, References.IN_TIME),
                new Seed(5, 6, References.FIRST));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void a_seeded_stream_ends_in_the_rows_of_the_oracle(Seed seed, TestBoard shared) throws Exception {
        StagedStream stream = seed.stream();
        try (TestBoard board = shared.another("seed" + seed.seed)) {
            Settings settings = StagedRun.settings(board, stream);
            StagedRun run = new StagedRun(board, stream);
            run.prepare();
            board.start(BoardJob.REFERENCE, settings);
            board.start(BoardJob.THROUGHPUT, settings);
            run.passRest();
            run.awaitRejections();
            board.assertNeverRestarted(BoardJob.THROUGHPUT);
            board.assertNeverRestarted(BoardJob.REFERENCE);
            board.stop(BoardJob.THROUGHPUT);
            board.stop(BoardJob.REFERENCE);

            run.compareWithOracle();
            assertThat(run.known("line", "line_id")).containsExactlyElementsOf(stream.validIds(Topic.LINES));
            assertThat(run.known("plant", "plant_id")).containsExactlyElementsOf(stream.validIds(Topic.PLANTS));
            assertThat(run.known("product", "product_id")).containsExactlyElementsOf(stream.validIds(Topic.PRODUCTS));
            assertThat(run.known("shift_plan", "line_id"))
                    .containsExactlyElementsOf(stream.validIds(Topic.SHIFT_PLANS));
        }
    }
}
