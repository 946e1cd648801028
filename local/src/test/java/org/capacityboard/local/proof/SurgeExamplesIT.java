package org.capacityboard.local.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.capacityboard.local.replay.Replay;
import org.capacityboard.process.settings.Settings;
import org.capacityboard.schemas.Topic;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The worked examples of surge readiness that ship with the product. No two of them have anything in common, so one replay of all their lines gives the
 * figures of each; that one of them alone gives the same is seen of one.
 */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SurgeExamplesIT {
    private static final Path EXAMPLES = Path.of("..", "examples", "surge");
    private static final Instant END = Instant.parse("2026-06-29T00:00:00Z");
    private static final String LAST_DAY = "2026-06-28";
    private static final String ALONE = "time-to-surge";
    private static final Duration LATEST = Duration.ofHours(40);
    private static final Pattern EVENT_TIME = Pattern.compile("\"eventTime\":\"([^\"]+)\"");

    /** Columns that together name a row. */
    private static final Map<String, List<String>> KEYS = Map.of(
            "surge_readiness.csv", List.of("as_of", "product_id", "posture", "evidence"),
            "surge_constraint.csv", List.of("as_of", "line_id", "posture", "constraint"),
            "material_cover.csv", List.of("as_of", "plant_id", "material_id", "posture"),
            "supplier_criticality.csv", List.of("as_of", "supplier_parent", "product_id", "posture"));

    private Path all = Path.of("");
    private Path shuffled = Path.of("");
    private Path delayed = Path.of("");
    private Path alone = Path.of("");

    @BeforeAll
    void replay_all_examples(@TempDir Path directory) throws Exception {
        Map<Topic, List<String>> lines = new TreeMap<>();
        for (Path example : examples()) {
            read(example).forEach((topic, more) -> lines.computeIfAbsent(topic, any -> new ArrayList<>())
                    .addAll(more));
        }
        all = replay(write(directory.resolve("all-input"), lines), directory.resolve("all"));
        shuffled = replay(write(directory.resolve("shuffled-input"), shuffled(lines)), directory.resolve("shuffled"));
        delayed = replay(write(directory.resolve("delayed-input"), delayed(lines)), directory.resolve("delayed"));
        alone = replay(EXAMPLES.resolve(ALONE).resolve("input"), directory.resolve("alone"));
    }

    private static List<Path> examples() throws IOException {
        try (Stream<Path> folders = Files.list(EXAMPLES)) {
            return folders.filter(Files::isDirectory).sorted().toList();
        }
    }

    private static Map<Topic, List<String>> read(Path example) throws IOException {
        Map<Topic, List<String>> lines = new TreeMap<>();
        for (Topic topic : Topic.values()) {
            Path file = example.resolve("input").resolve(topic.fileName());
            if (Files.exists(file)) {
                lines.put(topic, Files.readAllLines(file));
            }
        }
        return lines;
    }

    private static Path write(Path folder, Map<Topic, List<String>> lines) throws IOException {
        Files.createDirectories(folder);
        for (Map.Entry<Topic, List<String>> file : lines.entrySet()) {
            Files.write(folder.resolve(file.getKey().fileName()), file.getValue());
        }
        return folder;
    }

    private static Path replay(Path input, Path output) throws Exception {
        new Replay(Settings.defaults()).run(input, output, END);
        return output;
    }

    /** Every line twice, in any order. */
    private static Map<Topic, List<String>> shuffled(Map<Topic, List<String>> lines) {
        Random random = new Random(7);
        Map<Topic, List<String>> twice = new TreeMap<>();
        lines.forEach((topic, once) -> {
            List<String> all = new ArrayList<>(once);
            all.addAll(once);
            Collections.shuffle(all, random);
            twice.put(topic, all);
        });
        return twice;
    }

    /** Every event twice, each time received up to so much later than it happened, but not after the end. */
    private static Map<Topic, List<String>> delayed(Map<Topic, List<String>> lines) {
        Random random = new Random(11);
        Map<Topic, List<String>> twice = shuffled(lines);
        twice.values()
                .forEach(all -> all.replaceAll(line -> {
                    Matcher time = EVENT_TIME.matcher(line);
                    if (!time.find()) {
                        return line;
                    }
                    Instant received =
                            Instant.parse(time.group(1)).plusMillis((long) (random.nextDouble() * LATEST.toMillis()));
                    return line.substring(0, line.length() - 1) + ",\"receivedAt\":\""
                            + (received.isAfter(END) ? END : received) + "\"}";
                }));
        return twice;
    }

    @ParameterizedTest
    @MethodSource("examples")
    void an_example_has_exactly_its_figures(Path example) throws IOException {
        Set<String> files = filesOf(example.resolve("expected"));

        assertThat(KEYS.keySet()).containsAll(files);
        assertThat(files).contains("surge_readiness.csv");
        for (String file : files) {
            Map<List<String>, Map<String, String>> seen = lastDay(all, file);
            for (Map<String, String> expected :
                    CsvRows.of(example.resolve("expected").resolve(file))) {
                List<String> key = key(file, expected);
                assertThat(seen).as(file).containsKey(key);
                assertThat(asPrecise(seen.getOrDefault(key, Map.of()), expected))
                        .as("%s %s", file, key)
                        .isEqualTo(expected);
            }
        }
    }

    /** The columns that are expected; numbers to six decimals, where they then equal what is expected as that has them. */
    private static Map<String, String> asPrecise(Map<String, String> row, Map<String, String> expected) {
        Map<String, String> precise = new LinkedHashMap<>();
        expected.forEach((column, wanted) -> {
            String value = row.getOrDefault(column, "no such column");
            precise.put(
                    column,
                    isNumber(value) && isNumber(wanted) && sixDecimals(value).compareTo(new BigDecimal(wanted)) == 0
                            ? wanted
                            : value);
        });
        return precise;
    }

    private static boolean isNumber(String text) {
        return text.matches("-?[0-9]+(\\.[0-9]+)?");
    }

    private static BigDecimal sixDecimals(String number) {
        return new BigDecimal(number).setScale(6, RoundingMode.HALF_UP);
    }

    @Test
    void the_last_day_has_no_row_that_no_example_expects() throws IOException {
        for (String file : KEYS.keySet()) {
            Set<List<String>> expected = new TreeSet<>((a, b) -> a.toString().compareTo(b.toString()));
            for (Path example : examples()) {
                Path rows = example.resolve("expected").resolve(file);
                if (Files.exists(rows)) {
                    CsvRows.of(rows).forEach(row -> expected.add(key(file, row)));
                }
            }

            assertThat(lastDay(all, file).keySet()).as(file).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void an_example_alone_has_the_same_figures() throws IOException {
        for (String file : KEYS.keySet()) {
            Map<List<String>, Map<String, String>> rows = lastDay(alone, file);

            assertThat(rows).as(file).isNotEmpty();
            assertThat(lastDay(all, file)).as(file).containsAllEntriesOf(rows);
        }
    }

    @Test
    void every_line_twice_in_any_order_gives_the_same_bytes() throws IOException {
        for (String file : KEYS.keySet()) {
            assertThat(Files.readString(shuffled.resolve(file)))
                    .as(file)
                    .isEqualTo(Files.readString(all.resolve(file)));
        }
    }

    @Test
    void events_that_come_late_inside_the_horizon_give_the_same_last_day() throws IOException {
        for (String file : KEYS.keySet()) {
            assertThat(lastDay(delayed, file)).as(file).isEqualTo(lastDay(all, file));
        }
    }

    @Test
    void nothing_of_the_examples_is_refused() throws IOException {
        for (Path output : List.of(all, shuffled, delayed, alone)) {
            assertThat(CsvRows.of(output.resolve("rejected_event.csv"))).isEmpty();
        }
    }

    @Test
    void every_day_has_rows_from_the_first_count_on() throws IOException {
        List<String> days = CsvRows.of(all.resolve("material_cover.csv")).stream()
                .filter(row -> "ALL".equals(row.get("plant_id"))
                        && "stale-steel".equals(row.get("material_id"))
                        && "PEACETIME".equals(row.get("posture"))
                        && "4500".equals(row.get("on_hand")))
                .map(row -> row.getOrDefault("as_of", ""))
                .toList();

        assertThat(days).containsExactly("2026-06-10", "2026-06-11", "2026-06-12", "2026-06-13", "2026-06-14");
    }

    @Test
    void every_row_says_why() throws IOException {
        assertThat(lastDay(all, "surge_readiness.csv").values())
                .allSatisfy(row -> assertThat(row.get("why")).matches("(?s)[^ ].{20,}\\."));
    }

    private static Map<List<String>, Map<String, String>> lastDay(Path output, String file) throws IOException {
        Map<List<String>, Map<String, String>> rows = new LinkedHashMap<>();
        for (Map<String, String> row : CsvRows.of(output.resolve(file))) {
            if (LAST_DAY.equals(row.get("as_of"))) {
                rows.put(key(file, row), row);
            }
        }
        return rows;
    }

    private static List<String> key(String file, Map<String, String> row) {
        return KEYS.getOrDefault(file, List.of()).stream()
                .map(column -> row.getOrDefault(column, ""))
                .toList();
    }

    private static Set<String> filesOf(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            Set<String> names = new TreeSet<>();
            files.forEach(file -> names.add(file.getFileName().toString()));
            return names;
        }
    }
}
