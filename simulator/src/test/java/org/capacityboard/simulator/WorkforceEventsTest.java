package org.capacityboard.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.capacityboard.events.WorkforceReport;
import org.junit.jupiter.api.Test;

class WorkforceEventsTest {
    private static final Instant END = Feed.START.plus(Duration.ofDays(182));
    private static final long LINES_FROM_MS = Feed.START.plusSeconds(60).toEpochMilli();

    @Test
    void lines_report_every_week_within_hours_and_some_never() throws IOException {
        List<SimulatedEvent> sent = until(source(0, Feed.START), END);
        Set<String> lines = new HashSet<>();
        long lastMs = 0;
        for (SimulatedEvent it : sent) {
            lines.add(it.key());
            assertThat(it.sendTimeMs()).isGreaterThanOrEqualTo(lastMs);
            assertThat(it.sendTimeMs() - it.eventTimeMs())
                    .isBetween(0L, Duration.ofHours(3).toMillis());
            lastMs = it.sendTimeMs();
        }
        assertThat(lines)
                .hasSize(42)
                .doesNotContain("9QA05-L1", "9QA08-S1", "9QA10-L1", "9QA16-E1")
                .contains("9QA07-C3");
        for (String lineId : lines) {
            List<WorkforceReport> reports = reports(sent, lineId);
            assertThat(reports).hasSizeBetween(26, 27);
            assertThat(reports.get(0).getEventTime()).isEqualTo(Feed.START);
            for (int i = 1; i < reports.size(); i++) {
                Instant last = reports.get(i - 1).getEventTime();
                assertThat(Duration.between(last, reports.get(i).getEventTime()))
                        .isLessThan(Duration.ofDays(9));
                assertThat(reports.get(i).getRevision()).isEqualTo(i);
            }
        }
    }

    @Test
    void people_are_near_their_crews_and_those_of_a_funded_line_are_trained_before_it_is_accepted() throws IOException {
        List<SimulatedEvent> sent = until(source(0, Feed.START), END);
        assertThat(reports(sent, "9QA13-F1")).allSatisfy(it -> {
            assertThat(it.getPeoplePerShift()).isEqualTo(28);
            assertThat(it.getCertifiedPeople()).isBetween(55, 57);
        });
        List<WorkforceReport> funded = reports(sent, "9QA07-C3");
        assertThat(funded.get(0).getCertifiedPeople()).isBetween(38, 45);
        assertThat(funded.get(funded.size() - 1).getCertifiedPeople()).isBetween(95, 97);
        for (int i = 1; i < funded.size(); i++) {
            assertThat(funded.get(i).getCertifiedPeople())
                    .isGreaterThanOrEqualTo(funded.get(i - 1).getCertifiedPeople() - 2);
        }
    }

    @Test
    void every_instant_can_be_entered() throws IOException {
        List<SimulatedEvent> sent = until(source(0, Feed.START), END);
        assertThat(texts(until(source(0, Feed.START), END))).isEqualTo(texts(sent));
        for (int i = 0; i < sent.size(); i += 41) {
            Instant entry = Instant.ofEpochMilli(sent.get(i).sendTimeMs());
            List<SimulatedEvent> rest = sent.stream()
                    .filter(it -> it.sendTimeMs() >= entry.toEpochMilli())
                    .toList();
            assertThat(texts(until(source(0, entry), END))).isEqualTo(texts(rest));
        }
    }

    @Test
    void copies_of_lines_report_people_of_their_own() throws IOException {
        List<SimulatedEvent> sent = until(source(100, Feed.START), Feed.START.plusSeconds(1));
        assertThat(sent.stream().map(SimulatedEvent::key))
                .contains("9QA01-S1", "9QA01-S1-c1")
                .doesNotContain("9QA05-L1-c1", "9QA08-S1-c1");
        assertThat(until(source(3, Feed.START), Feed.START.plusSeconds(1))).hasSize(3);
    }

    private static List<WorkforceReport> reports(List<SimulatedEvent> sent, String lineId) {
        return sent.stream()
                .filter(it -> it.key().equals(lineId))
                .map(it -> (WorkforceReport) Objects.requireNonNull(Feed.decoded(it)))
                .toList();
    }

    private static WorkforceEvents source(int count, Instant from) throws IOException {
        Scenario scenario = Feed.alliance().scenario();
        WorkforceEvents source = new WorkforceEvents(
                scenario.workforce(), SimulatedLine.of(scenario, 155, count, LINES_FROM_MS), Feed.START.toEpochMilli());
        source.seek(from.toEpochMilli());
        return source;
    }

    private static List<SimulatedEvent> until(WorkforceEvents source, Instant end) {
        List<SimulatedEvent> taken = new ArrayList<>();
        while (source.nextSendTimeMs() < end.toEpochMilli()) {
            taken.add(source.next());
        }
        return taken;
    }

    private static List<String> texts(List<SimulatedEvent> events) {
        return events.stream().map(Feed::text).toList();
    }
}
