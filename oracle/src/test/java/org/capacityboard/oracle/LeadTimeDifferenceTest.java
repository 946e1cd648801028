package org.capacityboard.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeadTimeDifferenceTest {
    private static final LeadTimeKey WEEK =
            LeadTimeKey.of(LeadTimeTable.ON_TIME_WEEK, "2026-W10", "product", "shell, \"155\"");

    private static LeadTimeRows week(String due, String ratio) {
        return new LeadTimeRows(Map.of(WEEK, List.of(due, "1", "10", "5", ratio, "0.5", "true")));
    }

    @Test
    void whole_numbers_must_be_equal_and_others_to_a_billionth() {
        assertThat(LeadTimeDifference.between(week("3", "0.3333333333333333"), week("3", "0.33333333333333337")))
                .isEmpty();
        assertThat(LeadTimeDifference.describe(LeadTimeDifference.between(week("3", "0.333333"), week("4", "0.3333"))))
                .isEqualTo(
                        """
                        2 differences:
                        on_time_week 2026-W10, product, shell, "155": lines_due expected 3, found 4
                        on_time_week 2026-W10, product, shell, "155": on_time_in_full_ratio expected 0.333333, found 0.3333""");
    }

    @Test
    void null_is_not_zero() {
        assertThat(LeadTimeDifference.between(week("3", ""), week("3", "0")))
                .isEqualTo(List.of(new LeadTimeDifference(WEEK, "on_time_in_full_ratio", "null", "0")));
    }

    @Test
    void a_row_that_is_missing_is_told_whole() {
        assertThat(LeadTimeDifference.between(week("3", "0"), new LeadTimeRows(Map.of())))
                .isEqualTo(List.of(new LeadTimeDifference(
                        WEEK,
                        "row",
                        "lines_due 3, lines_on_time_in_full 1, units_due 10, units_on_time 5, on_time_in_full_ratio 0,"
                                + " units_on_time_ratio 0.5, final true",
                        "none")));
    }

    @Test
    void files_give_the_rows_of_all_tables(@TempDir Path folder) throws IOException {
        for (LeadTimeTable table : LeadTimeTable.values()) {
            String header = String.join(",", table.allColumns().toList()) + ",generation\r\n";
            String row = table == LeadTimeTable.ON_TIME_WEEK
                    ? "2026-W10,product,\"shell, \"\"155\"\"\",3,1,10,5,0.25,0.5,true,0\r\n"
                    : "";
            Files.writeString(folder.resolve(table.viewName() + ".csv"), header + row);
        }

        assertThat(LeadTimeRows.fromCsv(folder).rows())
                .isEqualTo(week("3", "0.25").rows());
    }
}
