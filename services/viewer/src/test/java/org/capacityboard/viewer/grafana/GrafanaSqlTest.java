package org.capacityboard.viewer.grafana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.capacityboard.process.errors.UserError;
import org.capacityboard.viewer.grafana.GrafanaSql.Chosen;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GrafanaSqlTest {
    private static final GrafanaSql GRAFANA = new GrafanaSql(
            Map.of(
                    "plant", new Chosen(List.of("O'ER1"), false),
                    "line", new Chosen(List.of("a", "b'c"), true),
                    "one", new Chosen(List.of("x"), true),
                    "odd", new Chosen(List.of("a;b--c\\d<e>\"f"), false),
                    "nothing", new Chosen(List.of(), true),
                    "everything", new Chosen(List.of("a", "b"), true, ".*", false)),
            Instant.parse("2026-11-09T00:00:00Z"),
            Instant.parse("2026-11-16T00:00:00.250Z"),
            Duration.ofMinutes(5));

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            quoteCharacter = '`',
            value = {
                "plant = '$plant'                   → plant = 'O''ER1'",
                "line IN ($line)                    → line IN ('a','b''c')",
                "IN ($one)                          → IN ('x')",
                "IN ($nothing)                      → IN ('')",
                "'$odd'                             → 'a;b--c\\d<e>\"f'",
                "${line:raw}                        → a,b'c",
                "${line:csv}                        → a,b'c",
                "${line:sqlstring}                  → 'a','b''c'",
                "${plant:sqlstring}                 → 'O''ER1'",
                "${one:singlequote}                 → 'x'",
                "${one:doublequote}                 → \"x\"",
                "${line:pipe}                       → a|b'c",
                "${line:regex}                      → (a|b'c)",
                "'${odd:regex}'                     → 'a;b--c\\\\d<e>\"f'",
                "${line:glob}                       → {a,b'c}",
                "${one:glob}                        → x",
                "${line:json}                       → [\"a\",\"b'c\"]",
                "'${odd:json}'                      → 'a;b--c\\d<e>\"f'",
                "${line:percentencode}              → %7Ba%2Cb%27c%7D",
                "${plant:percentencode}             → O%27ER1",
                "${line:queryparam}                 → var-line=a&var-line=b%27c",
                "'${odd:html}'                      → 'a;b--c\\d&lt;e&gt;&quot;f'",
                "${line:distributed}                → a,line=b'c",
                "${line:join:;}                     → a;b'c",
                "${line:text}                       → a + b'c",
                "[[plant]] [[line:csv]]             → O''ER1 a,b'c",
                "$everything ${everything:sqlstring} → .* .*",
                "$unknown ${unknown:csv} $1         → $unknown ${unknown:csv} $1",
                "$plantain                          → $plantain",
                "$__from $__to ${__from:date:seconds} ${__from:date} → 1794182400000 1794787200250 1794182400 2026-11-09T00:00:00.000Z",
                "$__range_ms $__range_s $__range    → 604800250 604800 604800s",
                "$__interval_ms $__interval ${__interval} ${__interval_ms} → 300000 5m 5m 300000",
                "$__time(t)                         → t AS \"time\"",
                "$__timeEpoch(t)                    → extract(epoch from t) as \"time\"",
                "$__timeFilter(t)                   → t BETWEEN '2026-11-09T00:00:00Z' AND '2026-11-16T00:00:00.25Z'",
                "$__timeFrom()::date $__timeTo()    → '2026-11-09T00:00:00Z'::date '2026-11-16T00:00:00.25Z'",
                "$__timeGroup(t, '5m') FROM         → floor(extract(epoch from t)/300)*300 FROM",
                "$__timeGroup(t,5m, NULL) FROM      → floor(extract(epoch from t)/300)*300 FROM",
                "$__timeGroup(t,'1h30m'), x         → floor(extract(epoch from t)/5400)*5400 AS \"time\", x",
                "$__timeGroup(t,'500ms')            → floor(extract(epoch from t)/0.5)*0.5",
                "$__timeGroup(t,'1d')               → floor(extract(epoch from t)/86400)*86400",
                "$__timeGroup(t,'$__interval')      → floor(extract(epoch from t)/300)*300",
                "$__timeGroupAlias(t, '1w', 0)      → floor(extract(epoch from t)/604800)*604800 AS \"time\"",
                "$__unixEpochFilter(t)              → t >= 1794182400 AND t <= 1794787200",
                "$__unixEpochNanoFilter(t)          → t >= 1794182400000000000 AND t <= 1794787200250000000",
                "$__unixEpochFrom() $__unixEpochTo() → 1794182400 1794787200",
                "$__unixEpochNanoFrom()             → 1794182400000000000",
                "$__unixEpochGroup(t,'1h')          → floor((t)/3600)*3600",
                "$__unixEpochGroupAlias(t,'1h')     → floor((t)/3600)*3600 AS \"time\"",
                "SELECT 1 /* $__nothing() */ -- $__nothing() → SELECT 1",
                "SELECT '-- $plant' -- gone         → SELECT '-- O''ER1'",
                "SELECT '/* it''s kept */'          → SELECT '/* it''s kept */'",
                "SELECT \"a--b\", $$ -- kept $$     → SELECT \"a--b\", $$ -- kept $$",
                "SELECT E'\\' -- kept' -- gone      → SELECT E'\\' -- kept'",
            })
    void a_query_becomes_what_grafana_makes_of_it(String stored, String expanded) {
        assertThat(GRAFANA.expand(stored).strip()).isEqualTo(expanded);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            quoteCharacter = '`',
            value = {
                "$__nothing(t)               → macro '$__nothing' is unknown",
                "${line:sqlstrings}          → format of variable line 'sqlstrings' is unknown",
                "${__from:date:YYYY}         → format of variable __from 'date:YYYY' is unknown",
                "${plant:singlequote}        → variable plant 'O'ER1' holds a quote",
                "${odd:doublequote}          → holds a quote, which format doublequote cannot write",
                "$__timeFilter()             → macro '$__timeFilter' needs a column",
                "$__timeGroup(t)             → macro '$__timeGroup' needs a column, a length",
                "$__timeGroup(t,'5 minutes') → length of time '5 minutes' is none",
                "$__timeGroup(t,'0s')        → length of time '0s' is none",
                "$__timeGroup(t,'5m',zero)   → filling of $__timeGroup 'zero' must be NULL, previous or a number",
            })
    void a_query_that_makes_no_sense_is_told_clearly(String stored, String problem) {
        assertThatThrownBy(() -> GRAFANA.expand(stored))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            quoteCharacter = '`',
            value = {
                "name = '$word'              → name = 'it''s; DROP TABLE x -- \\ <b>'",
                "name = ${word:sqlstring}    → name = 'it''s; DROP TABLE x -- \\ <b>'",
                "SELECT 1 -- of $word        → SELECT 1 ",
            })
    void what_a_person_wrote_is_a_text_and_nothing_else(String stored, String expanded) {
        assertThat(typed("it's; DROP TABLE x -- \\ <b>").expand(stored).strip()).isEqualTo(expanded);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            quoteCharacter = '`',
            value = {
                "LIMIT $word",
                "name = E'$word'",
                "SELECT $$ $word $$",
                "SELECT \"$word\"",
                "${word:raw}",
                "'${word:csv}'",
                "'${word:sqlstring}'",
            })
    void what_a_person_wrote_reaches_no_other_place_of_a_query(String stored) {
        assertThatThrownBy(() -> typed("1").expand(stored)).hasMessageContaining("a query may use it as a text only");
    }

    @Test
    void what_a_person_wrote_is_no_macro_and_holds_no_nul() {
        assertThatThrownBy(() -> typed("$__timeFrom()").expand("'$word'")).hasMessageContaining("must not hold $__");
        assertThatThrownBy(() -> typed("a\0b").expand("'$word'")).hasMessageContaining("NUL");
    }

    @Test
    void a_value_that_looks_like_a_variable_stays_what_it_is() {
        GrafanaSql grafana = GRAFANA.with("price", new Chosen(List.of("$plant \\1"), false));

        assertThat(grafana.expand("'$price'")).isEqualTo("'$plant \\1'");
    }

    @Test
    void a_text_shows_several_values_joined() {
        assertThat(GRAFANA.expandText("Lines $line of $plant, $everything")).isEqualTo("Lines a + b'c of O'ER1, All");
        assertThat(GrafanaSql.namesIn("$a ${b:csv} [[c]]")).containsExactly("a", "b", "c");
    }

    private static GrafanaSql typed(String value) {
        return GRAFANA.with("word", Chosen.typed(value));
    }
}
