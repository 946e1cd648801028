package org.capacityboard.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.capacityboard.oracle.OracleKey;
import org.capacityboard.oracle.OracleRow;
import org.capacityboard.oracle.OracleRows;
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

    @Test
    void rows_that_are_the_oracles_do_not_differ() throws IOException, SQLException {
        assertThat(LoadOracle.differences(
                        LOAD, LoadOracle.digest(LOAD), (from, to) -> LoadOracle.rows(LOAD, from, to), 100))
                .isEmpty();
    }

    @Test
    void a_row_with_another_value_is_named() throws IOException, SQLException {
        OracleRows right = LoadOracle.rows(LOAD, 0, LOAD.lines());
        OracleKey key = right.rows().keySet().stream()
                .filter(candidate -> candidate.lineId().equals("bench-449"))
                .findFirst()
                .orElseThrow();
        Map<OracleKey, OracleRow> changed = new HashMap<>(right.rows());
        changed.remove(key);
        OracleRows wrong = new OracleRows(changed);

        String differences = LoadOracle.differences(
                LOAD,
                LoadOracle.digest(LOAD),
                (from, to) ->
                        wrong.filter((each, row) -> LOAD.line(each.lineId()) >= from && LOAD.line(each.lineId()) < to),
                100);

        assertThat(differences).contains(key.toString());
    }
}
