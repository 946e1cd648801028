package org.capacityboard.local.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.capacityboard.local.replay.Replay;
import org.capacityboard.process.settings.Settings;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The worked examples that ship with the product. Each figure stands here too, so that files and documents cannot drift off together. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExamplesIT {

    private static final Path EXAMPLES = Path.of("..", "examples", "throughput");
    private static final String DAY = "production_day=2026-11-02";

    private Path first = Path.of("");
    private Path second = Path.of("");

    @BeforeAll
    void replay_twice(@TempDir Path directory) throws Exception {
        first = directory.resolve("first");
        second = directory.resolve("second");
        for (Path output : List.of(first, second)) {
            new Replay(Settings.defaults()).run(EXAMPLES.resolve("input"), output, null);
        }
    }

    @Test
    void replay_gives_the_same_bytes_twice() throws IOException {
        assertThat(contents(first)).hasSizeGreaterThan(10).isEqualTo(contents(second));
    }

    @Test
    void replay_gives_the_expected_files_to_the_byte() throws IOException {
        Map<String, String> expected = contents(EXAMPLES.resolve("expected"));

        assertThat(expected).hasSizeGreaterThanOrEqualTo(5);
        assertThat(contents(first)).containsAllEntriesOf(expected);
    }

    @Test
    void nothing_of_the_examples_is_refused() throws IOException {
        assertThat(Files.readAllLines(first.resolve("rejected_event.csv"))).hasSize(1);
    }

    @Test
    void shift_with_a_stop() throws IOException {
        Figures shift = line("shift-with-stop");

        assertThat(shift.ratios()).containsExactly("0.888095", "0.861081", "0.978050", "0.747937");
        assertThat(shift.texts("good_units", "scrap_units")).containsExactly("18848", "423");
        assertThat(shift.texts("planned_seconds", "down_seconds")).containsExactly(minutes(480 - 60), minutes(47));
    }

    @Test
    void slow_cycle() throws IOException {
        Figures shift = line("slow-cycle");

        assertThat(shift.ratios()).containsExactly("0.931034", "0.864198", "0.964286", "0.775862");
        assertThat(shift.texts("good_units", "scrap_units")).containsExactly("675", "25");
    }

    @Test
    void three_machines_of_a_plant_are_summed_and_never_averaged() throws IOException {
        Figures plant = Figures.of(first.resolve("area_day.csv"), "group_kind=plant", "group_id=EX003", DAY);

        assertThat(Stream.of(line("machine-1"), line("machine-2"), line("machine-3"))
                        .map(machine -> machine.printed("oee", 4)))
                .containsExactly("0.8022", "0.7005", "0.5590");
        assertThat(plant.ratios()).containsExactly("0.947253", "0.756381", "0.959185", "0.687241");
    }

    @Test
    void overtime_swells_neither_time_nor_effectiveness() throws IOException {
        assertThat(line("overtime")
                        .texts("ideal_seconds", "effectiveness", "unplanned_producing_seconds", "good_units"))
                .containsExactly("28800", "1", minutes(120), "1200");
    }

    @Test
    void silence_is_unknown_after_three_heartbeats() throws IOException {
        assertThat(line("silent")
                        .texts(
                                "producing_seconds",
                                "unknown_seconds",
                                "ideal_seconds",
                                "effectiveness",
                                "oee_low",
                                "oee_high"))
                .containsExactly("180", "7020", "180", "1", "0.025", "1");
    }

    @Test
    void changeover_gives_each_product_its_own_ideal_time() throws IOException {
        assertThat(line("changeover").text("ideal_seconds")).isEqualTo("7200");
        assertThat(product("changeover", "example-a").texts("good_units", "ideal_us"))
                .containsExactly("120", "3600000000");
        assertThat(product("changeover", "example-b").texts("good_units", "ideal_us"))
                .containsExactly("60", "3600000000");
    }

    @Test
    void an_hour_unknown_gives_bounds() throws IOException {
        Figures shift = line("bounds");

        assertThat(shift.texts("down_seconds", "unknown_seconds", "good_units")).containsExactly("3600", "3600", "648");
        assertThat(shift.printed("availability", 6)).isEqualTo("0.857143");
        assertThat(shift.printed("oee", 6)).isEqualTo("0.771429");
        assertThat(shift.texts("oee_low", "oee_high")).containsExactly("0.675", "0.7875");
    }

    @Test
    void counters_reset_arrive_late_and_are_corrected() throws IOException {
        assertThat(line("counter-reset").text("good_units")).isEqualTo(Integer.toString(75 + 20 + 15));
        assertThat(line("counter-disorder").texts("good_units", "duplicates")).containsExactly("13", "1");
        assertThat(line("counter-correction").texts("good_units", "scrap_units"))
                .containsExactly("-1", "1");
    }

    @Test
    void days_of_23_and_25_hours_have_their_real_length() throws IOException {
        for (String dayAndHours : List.of("2026-03-29 23", "2026-10-25 25")) {
            String[] parts = dayAndHours.split(" ");
            Figures day =
                    Figures.of(first.resolve("line_day.csv"), "line_id=clock-change", "production_day=" + parts[0]);
            String length = minutes(60 * Integer.parseInt(parts[1]));

            assertThat(day.texts("planned_seconds", "producing_seconds")).containsExactly(length, length);
        }
    }

    private Figures line(String id) throws IOException {
        return Figures.of(first.resolve("line_day.csv"), "line_id=" + id, DAY);
    }

    private Figures product(String line, String id) throws IOException {
        return Figures.of(first.resolve("line_product_day.csv"), "line_id=" + line, "product_id=" + id, DAY);
    }

    private static String minutes(int minutes) {
        return Integer.toString(minutes * 60);
    }

    private static Map<String, String> contents(Path folder) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                contents.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return contents;
    }
}
