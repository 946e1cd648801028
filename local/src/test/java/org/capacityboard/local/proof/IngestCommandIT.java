package org.capacityboard.local.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.capacityboard.local.kit.CapacityCall;
import org.capacityboard.local.kit.StackExtension;
import org.capacityboard.local.kit.TestBoard;
import org.capacityboard.schemas.Topic;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code capacity ingest} at a real broker: of a file with a bad line nothing is sent, and the line is named. */
@ExtendWith(StackExtension.class)
@Timeout(60)
class IngestCommandIT {

    private static final String GOOD =
            """
            {"lineId":"L1","sessionId":1,"sequence":1,"eventTime":"2026-11-02T06:00:00Z","state":"EXECUTE","goodCount":0,"scrapCount":0}
            """
                    .strip();
    private static final String GOOD_PLANT =
            """
            {"plantId":"0A1B2","name":"Works","nation":"POL","parentEntity":"Group","latitude":52.1,"longitude":21,"timeZone":"Europe/Warsaw"}
            """
                    .strip();

    private final TestBoard board;
    private final Path directory;
    private long reportsBefore;
    private long plantsBefore;

    IngestCommandIT(TestBoard board, @TempDir Path directory) {
        this.board = board;
        this.directory = directory;
    }

    @BeforeEach
    void count() throws ExecutionException, InterruptedException {
        reportsBefore = board.endOffset(Topic.LINE_TELEMETRY);
        plantsBefore = board.endOffset(Topic.PLANTS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "\"eventTime\"; \"evenTime\"; 'evenTime' is not a field of line-telemetry; Maybe you meant 'eventTime'.",
                "\"lineId\":\"L1\",; ``; Field 'lineId' of line-telemetry is missing; Maybe the line belongs to another topic.",
                "\"L1\"; \"hall 1\"; Field 'lineId' of line-telemetry is \"hall 1\"; Maybe it holds a blank",
                "2026-11; 2090-11; it must be at most 5 min after it was received; Maybe the edge's clock is ahead.",
                "2026-11; 1970-11; it must be in the year 2000 or later; Maybe the edge's clock was never set.",
                "T06:00:00Z; T06:00:00; an instant in ISO 8601; Maybe the offset is missing: Z stands for UTC.",
                "\"goodCount\":0; \"goodCount\":-5; Field 'goodCount' of line-telemetry is -5: it must be 0 or more; Maybe a signed counter ran over",
                "\"goodCount\":0; \"goodCount\":\"0\"; it must be a whole number; Maybe it stands in quotes",
                "EXECUTE; RUNNING; it must be one of EXECUTE, IDLE; Maybe you meant",
                "\"scrapCount\":0; \"scrapCount\":0,\"scrapCount\":1; stands twice; Maybe one of the two has another name.",
                "}; ``; The line is not JSON; Maybe a quote or a comma is missing"
            })
    void a_bad_line_is_named_and_nothing_of_its_file_is_sent(String part, String mistake, String finding, String maybe)
            throws Exception {
        Path file = file("line-telemetry.jsonl", GOOD, "", GOOD.replace(part, mistake));

        CapacityCall call = ingest(file);

        assertThat(call.exitCode()).isEqualTo(1);
        assertThat(call.err())
                .startsWith(file + ":3 ")
                .contains(finding, "\n" + maybe)
                .doesNotContain("\tat ");
        assertThat(call.err()).endsWith("Maybe mend them, or leave them out with --skip-bad.\n");
        assertThat(board.endOffset(Topic.LINE_TELEMETRY)).isEqualTo(reportsBefore);
    }

    @Test
    void an_unknown_zone_is_refused_and_the_other_file_is_sent() throws Exception {
        Path plants = file("plants.jsonl", GOOD_PLANT, GOOD_PLANT.replace("Europe/Warsaw", "europe/warsaw"));
        Path reports = file("line-telemetry.jsonl", GOOD);

        CapacityCall call = ingest(plants, reports);

        assertThat(call.exitCode()).isEqualTo(1);
        assertThat(call.err()).startsWith(plants + ":2 ").contains("Maybe you meant Europe/Warsaw.");
        assertThat(board.endOffset(Topic.PLANTS)).isEqualTo(plantsBefore);
        assertThat(board.endOffset(Topic.LINE_TELEMETRY)).isEqualTo(reportsBefore + 1);
    }

    @Test
    void good_lines_are_sent_without_the_bad_ones_if_that_is_asked_for() throws Exception {
        Path file = file("line-telemetry.jsonl", GOOD, "rubbish", GOOD);

        CapacityCall call = ingest(file, Path.of("--skip-bad"));

        assertThat(call.exitCode()).isZero();
        assertThat(call.err()).startsWith(file + ":2 ");
        assertThat(board.endOffset(Topic.LINE_TELEMETRY)).isEqualTo(reportsBefore + 2);
    }

    private Path file(String name, String... lines) throws IOException {
        return Files.write(directory.resolve(name), List.of(lines));
    }

    private CapacityCall ingest(Path... arguments) {
        List<String> all = new ArrayList<>(List.of(
                "ingest",
                "--bootstrap",
                board.settings().kafka().bootstrap(),
                "--set",
                "kafka.topic-prefix=" + board.settings().kafka().topicPrefix()));
        for (Path argument : arguments) {
            all.add(argument.toString());
        }
        return CapacityCall.of(Map.of(), all.toArray(new String[0]));
    }
}
