package org.capacityboard.viewer.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.capacityboard.viewer.query.Column;
import org.capacityboard.viewer.query.ColumnType;
import org.capacityboard.viewer.query.Rows;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OptionTextsTest {
    @Test
    void a_list_in_the_file_has_values_and_perhaps_texts() {
        assertThat(OptionTexts.listed("a, b\\,c ,Two words : 2"))
                .containsExactly(new Option("a", "a"), new Option("b,c", "b,c"), new Option("Two words", "2"));
    }

    @Test
    void columns_called_text_and_value_are_what_people_see_and_queries_get() {
        assertThat(OptionTexts.ofRows(
                        rows(List.of("__text", "__value"), List.of("Shells", "1FAB0"), Arrays.asList(null, "2FAB0")),
                        "",
                        0))
                .containsExactly(new Option("Shells", "1FAB0"), new Option("2FAB0", "2FAB0"));
    }

    @Test
    void other_columns_give_each_value_once() {
        assertThat(OptionTexts.ofRows(rows(List.of("id"), List.of("b"), List.of("a"), List.of("b"), nothing()), "", 0))
                .containsExactly(new Option("b", "b"), new Option("a", "a"));
    }

    @ParameterizedTest
    @CsvSource({
        "0, b-10 A-9 a-2 C-1",
        "1, A-9 C-1 a-2 b-10",
        "2, b-10 a-2 C-1 A-9",
        "3, C-1 a-2 A-9 b-10",
        "4, b-10 A-9 a-2 C-1",
        "5, a-2 A-9 b-10 C-1"
    })
    void options_are_ordered_by_the_number_in_the_file(int sort, String order) {
        assertThat(OptionTexts.ofRows(
                        rows(List.of("id"), List.of("b-10"), List.of("A-9"), List.of("a-2"), List.of("C-1")), "", sort))
                .extracting(Option::text)
                .containsExactly(order.split(" "));
    }

    @Test
    void a_regex_takes_some_and_parts_of_them() {
        Rows lines = rows(List.of("id"), List.of("press-1"), List.of("press-2"), List.of("fill-1"));

        assertThat(OptionTexts.ofRows(lines, "/press-(\\d)/", 0))
                .extracting(Option::value)
                .containsExactly("1", "2");
        assertThat(OptionTexts.ofRows(lines, "/^FILL/i", 0))
                .extracting(Option::value)
                .containsExactly("fill-1");
        assertThat(OptionTexts.ofRows(lines, "/(?<text>\\w+)-(?<value>\\d)/", 0))
                .containsExactly(new Option("press", "1"), new Option("press", "2"));
        assertThatThrownBy(() -> OptionTexts.ofRows(lines, "/(/", 0)).hasMessageContaining("regex '/(/' is none");
    }

    private static List<@Nullable Object> nothing() {
        return Arrays.asList(new @Nullable Object[] {null});
    }

    @SafeVarargs
    private static Rows rows(List<String> columns, List<? extends @Nullable Object>... rows) {
        List<List<@Nullable Object>> all = Arrays.stream(rows)
                .map(row -> Arrays.asList(row.toArray(new @Nullable Object[0])))
                .toList();
        return new Rows(
                columns.stream()
                        .map(name -> new Column(name, ColumnType.STRING))
                        .toList(),
                all,
                false);
    }
}
