package org.capacityboard.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class LoadOracleTest {
    private static final StandardLoad LOAD = new StandardLoad(450, 120, Instant.parse("2026-03-02T23:58:55Z"), 1);

    @Test
    void rows_computed_a_few_lines_at_a_time_are_those_of_all_lines_together() {
        RowDigest together = new RowDigest(LOAD);
        LoadOracle.rows(LOAD, 0, LOAD.lines()).rows().forEach(together::add);

        RowDigest inParts = LoadOracle.digest(LOAD);

        assertThat(inParts).isEqualTo(together);
        assertThat(inParts.rows()).isGreaterThan(LOAD.lines());
    }
}
