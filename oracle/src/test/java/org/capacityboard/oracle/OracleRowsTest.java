package org.capacityboard.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OracleRowsTest {
    private static final OracleKey MINUTE =
            OracleKey.minute("line-1", "shell-a", Instant.parse("2026-03-02T06:00:00Z"));
    private static final OracleKey DAY = OracleKey.day("line-1", "shell-a", LocalDate.parse("2026-03-02"));
    private static final OracleKey LOSS =
            OracleKey.loss("line-1", LocalDate.parse("2026-03-02"), "DOWN", "belt, \"4\"");
    private static final String FACTS =
            String.join(",", OracleTable.LINE_PRODUCT_MINUTE.columns()) + ",generation,final\r\n";

    @Test
    void files_give_typed_rows(@TempDir Path folder) throws IOException {
        Files.writeString(
                folder.resolve("line_product_minute.csv"),
                "line_id,product_id,window_start," + FACTS
                        + "line-1,shell-a,2026-03-02T06:00:00Z,60000,60000,0,0,0,0,0,5,0,0,7,7,1,0,0,0,0,true\r\n");
        Files.writeString(folder.resolve("line_product_hour.csv"), "line_id,product_id,window_start," + FACTS);
        Files.writeString(
                folder.resolve("line_product_day.csv"),
                "line_id,product_id,production_day,iso_week," + FACTS
                        + "line-1,shell-a,2026-03-02,2026-W10,60000,60000,0,0,0,0,0,5,0,0,7,7,1,0,0,0,0,false\r\n");
        Files.writeString(
                folder.resolve("line_loss_day.csv"),
                "line_id,production_day,category,reason_code,seconds,generation,final\r\n"
                        + "line-1,2026-03-02,DOWN,\"belt, \"\"4\"\"\",1.250,0,false\r\n");

        assertThat(OracleRows.fromCsv(folder).rows())
                .isEqualTo(Map.of(
                        MINUTE, OracleRow.of(true, 60_000, 60_000, 0, 0, 0, 0, 0, 5, 0, 0, 7, 7, 1, 0, 0, 0),
                        DAY, OracleRow.of(false, 60_000, 60_000, 0, 0, 0, 0, 0, 5, 0, 0, 7, 7, 1, 0, 0, 0),
                        LOSS, OracleRow.of(false, 1_250)));
    }

    @Test
    void a_difference_names_table_line_window_fact_and_both_values() {
        OracleRows expected = new OracleRows(Map.of(LOSS, OracleRow.of(true, 1_250)));
        OracleRows found = new OracleRows(Map.of(LOSS, OracleRow.of(true, 1_300)));

        assertThat(OracleDifference.describe(OracleDifference.between(expected, found)))
                .isEqualTo(
                        """
                        1 differences:
                        line_loss_day line line-1, 2026-03-02, DOWN 'belt, "4"': lost_ms expected 1250, found 1300 (50 more)""");
    }

    @Test
    void a_row_that_is_not_there_is_all_zero() {
        OracleRows none = new OracleRows(Map.of());

        assertThat(OracleDifference.between(none, new OracleRows(Map.of(LOSS, OracleRow.of(true, 0)))))
                .isEmpty();
        assertThat(OracleDifference.between(none, new OracleRows(Map.of(LOSS, OracleRow.of(true, 1)))))
                .isEqualTo(List.of(new OracleDifference(LOSS, "lost_ms", "0", "1 (1 more)")));
    }

    @Test
    void duplicates_and_late_reports_are_not_compared() {
        OracleRow counted = OracleRow.of(false, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 2);

        assertThat(OracleDifference.between(new OracleRows(Map.of()), new OracleRows(Map.of(MINUTE, counted))))
                .isEmpty();
    }
}
