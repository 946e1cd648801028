package org.capacityboard.domain.throughput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.capacityboard.domain.throughput.Scene.MINUTE;
import static org.capacityboard.domain.throughput.Scene.NO_WATERMARK;
import static org.capacityboard.domain.throughput.Scene.at;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.capacityboard.domain.reference.LineCalendar;
import org.capacityboard.domain.throughput.LineTimeline.Outcome;
import org.junit.jupiter.api.Test;

/** State as the first format wrote it: what an upgrade finds in a checkpoint. */
final class StoredFormatTest {
    private static final double NOW = 190;
    private static final long NOTHING = LineReport.NOT_REPORTED;

    /** Three hours with several blocks, all texts, resets, repeats, other contents, gaps, clocks that step back, a late report and a written day. */
    static Scene threeHours() {
        Scene scene = Scene.of(Scene.line(30, LineCalendar.PLANNED), "Europe/Warsaw")
                .planned(0, 100, Scene.pause(30, 45))
                .planned(120, 260);
        long good = 50_000;
        for (int i = 0; i < 1_150; i++) {
            MachineState state = i % 97 < 5 ? MachineState.STOPPED : MachineState.EXECUTE;
            good = i == 700 ? 3 : good + (i % 6 == 0 ? 1 : 0);
            long sequence = i < 800 ? i + i / 300 : i - 800;
            LineReport report = new LineReport(
                    "line-1",
                    Scene.MIDNIGHT + (i < 800 ? 0 : 1),
                    sequence,
                    at(0) + i * 10_000L - (i % 211 == 0 ? 45_000 : 0),
                    state,
                    state == MachineState.STOPPED ? "R" + i % 3 : null,
                    i < 500 ? null : "order-" + i / 400,
                    i % 400 < 350 ? null : "b",
                    good,
                    i / 50,
                    i < 300 ? NOTHING : i / 70);
            if (i % 9 == 4) {
                scene.report(later(report, 3), at(0) + i * 10_000L);
            }
            scene.report(report, at(0) + i * 10_000L);
            if (i % 40 == 3) {
                scene.report(report, NO_WATERMARK);
            }
            if (i % 180 == 170) {
                scene.timeline().advance(report.eventTimeMs() - 30_000, scene.book);
            }
        }
        scene.report(Scene.report(-1, at(-3_000), MachineState.IDLE, null, 0, 0), at(NOW));
        scene.timeline().advance(at(NOW), scene.book);
        return scene;
    }

    private static LineReport later(LineReport report, int sequences) {
        return new LineReport(
                report.lineId(),
                report.sessionId(),
                report.sequence() + sequences,
                report.eventTimeMs() + 10_000L * sequences,
                report.state(),
                "other",
                report.orderId(),
                report.productId(),
                report.goodCount(),
                report.scrapCount(),
                report.reworkCount());
    }

    private static List<String> stored() {
        try (InputStream in = StoredFormatTest.class.getResourceAsStream("state-of-a-line-format-1.txt")) {
            assertThat(in).isNotNull();
            return in == null
                    ? List.of()
                    : new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                            .lines()
                            .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The head's bytes in the first line, those of an hour in each of the others. */
    private static Scene restored() {
        Scene scene = new Scene();
        List<String> lines = stored();
        scene.head = LineHead.decode(Base64.getDecoder().decode(lines.get(0)));
        for (String line : lines.subList(1, lines.size())) {
            HourChunk chunk = HourChunk.decode(Base64.getDecoder().decode(line));
            assertThat(chunk).isInstanceOfSatisfying(OpenHour.class, hour -> scene.hours.put(hour.hour(), hour));
        }
        return scene;
    }

    private static Map<String, String> rowsWrittenAgain(Scene scene, double minute) {
        scene.timeline().rewriteFrom(Long.MIN_VALUE);
        scene.until(minute);
        return new TreeMap<>(scene.book.rows);
    }

    @Test
    void state_of_the_first_format_holds_the_facts_it_held() {
        Scene lived = threeHours();
        Scene restored = restored();
        assertThat(restored.hours.hours()).hasSize(5);

        restored.until(NOW);
        lived.until(NOW);
        assertThat(restored.book.current).isEqualTo(lived.book.current).isNotNull();

        lived.book.rows.clear();
        assertThat(rowsWrittenAgain(restored, NOW))
                .isEqualTo(rowsWrittenAgain(lived, NOW))
                .hasSizeGreaterThan(150);
    }

    @Test
    void state_of_the_first_format_goes_on_as_if_nothing_had_happened() {
        Scene lived = threeHours();
        Scene restored = restored();
        for (Scene scene : List.of(lived, restored)) {
            scene.book.rows.clear();
            for (int i = 0; i < 40; i++) {
                long atMs = at(NOW) + i * MINUTE / 2;
                LineReport report = new LineReport(
                        "line-1", Scene.MIDNIGHT + 1, 360 + i, atMs, MachineState.EXECUTE, null, null, null, i, 0, 0);
                assertThat(scene.report(report, atMs - MINUTE)).isEqualTo(Outcome.ACCEPTED);
            }
            assertThat(scene.report(repeated(500), at(NOW))).isEqualTo(Outcome.ACCEPTED);
        }

        double end = NOW + 3 * 24 * 60;
        assertThat(rowsWrittenAgain(restored, end)).isEqualTo(rowsWrittenAgain(lived, end));
        assertThat(restored.hours.hours()).isEmpty();
        assertThat(restored.head.encode()).isEqualTo(lived.head.encode());
    }

    /** Another content of a report in the middle. */
    private static LineReport repeated(int i) {
        return new LineReport(
                "line-1",
                Scene.MIDNIGHT,
                i + i / 300,
                at(0) + i * 10_000L + 1,
                MachineState.ABORTED,
                null,
                null,
                null,
                7,
                0,
                0);
    }
}
