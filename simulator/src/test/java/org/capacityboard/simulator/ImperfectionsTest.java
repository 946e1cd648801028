package org.capacityboard.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.capacityboard.events.LineTelemetry;
import org.capacityboard.events.Plant;
import org.capacityboard.schemas.Topic;
import org.capacityboard.schemas.UnreadableEventException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class ImperfectionsTest {
    private static final long ONE_MINUTE_MS = 60_000;
    private static final Duration SIX_WEEKS = Duration.ofDays(42);
    private static final String LINE = "9QA11-E1";

    /** A delivered report with the time at which it was sent. */
    private record Delivered(LineTelemetry report, long sendTimeMs) {
        long delayMs() {
            return sendTimeMs - report.getEventTime().toEpochMilli();
        }
    }

    private final List<Delivered> delivered;

    ImperfectionsTest() throws IOException {
        delivered = deliveredBy(LINE);
    }

    @Test
    void about_one_report_in_a_hundred_comes_twice_and_the_copy_is_the_same() {
        Set<LineTelemetry> distinct = new HashSet<>();
        delivered.forEach(it -> distinct.add(it.report));
        assertThat(1 - distinct.size() / (double) delivered.size()).isBetween(0.008, 0.012);
        Set<String> places = new HashSet<>();
        distinct.forEach(it -> places.add(it.getSessionId() + "/" + it.getSequence()));
        assertThat(places).hasSameSizeAs(distinct);
    }

    @Test
    void about_one_report_in_a_hundred_is_overtaken() {
        long overtaken = 0;
        LineTelemetry newest = delivered.get(0).report;
        for (Delivered it : delivered) {
            if (isBefore(it.report, newest)) {
                overtaken++;
            } else {
                newest = it.report;
            }
        }
        assertThat(overtaken / (double) delivered.size()).isBetween(0.005, 0.02);
    }

    @Test
    void few_reports_are_lost_and_leave_a_gap() {
        long lost = 0;
        Map<Long, Set<Long>> sequences = new HashMap<>();
        for (Delivered it : delivered) {
            sequences
                    .computeIfAbsent(it.report.getSessionId(), session -> new HashSet<>())
                    .add(it.report.getSequence());
        }
        for (Set<Long> session : sequences.values()) {
            long first = session.stream().mapToLong(Long::longValue).min().orElseThrow();
            long last = session.stream().mapToLong(Long::longValue).max().orElseThrow();
            lost += last - first + 1 - session.size();
        }
        assertThat(lost).isBetween(100L, 4_000L);
    }

    @Test
    void an_outage_delays_reports_by_up_to_an_hour_and_a_half_and_then_delivers_all() {
        List<Delivered> late = delivered.stream()
                .filter(it -> it.delayMs() > 5 * ONE_MINUTE_MS)
                .toList();
        assertThat(late).hasSizeGreaterThan(200);
        assertThat(late).allSatisfy(it -> assertThat(it.delayMs()).isLessThan(95 * ONE_MINUTE_MS));
    }

    @Test
    void a_plant_falls_silent_for_hours() {
        long longestMs = 0;
        for (int i = 1; i < delivered.size(); i++) {
            longestMs = Math.max(longestMs, delivered.get(i).sendTimeMs - delivered.get(i - 1).sendTimeMs);
        }
        assertThat(longestMs).isBetween(120 * ONE_MINUTE_MS, 421 * ONE_MINUTE_MS);
    }

    @Test
    void an_edge_that_restarts_counts_from_zero_in_a_later_session() {
        Map<Long, LineTelemetry> firstOfSession = new HashMap<>();
        for (Delivered it : delivered) {
            firstOfSession.merge(
                    it.report.getSessionId(), it.report, (a, b) -> a.getSequence() < b.getSequence() ? a : b);
        }
        assertThat(firstOfSession).hasSizeBetween(2, 4);
        assertThat(firstOfSession.values()).allSatisfy(it -> {
            assertThat(it.getSequence()).isLessThan(5);
            assertThat(it.getEventTime().toEpochMilli())
                    .isBetween(it.getSessionId(), it.getSessionId() + ONE_MINUTE_MS);
        });
        firstOfSession.remove(Feed.START.toEpochMilli());
        assertThat(firstOfSession.values())
                .allSatisfy(it -> assertThat(it.getGoodCount()).isLessThan(30));
    }

    @Test
    void a_clock_steps_back_while_the_sequence_goes_on() {
        List<Delivered> ordered = new ArrayList<>(delivered);
        ordered.sort((a, b) -> isBefore(a.report, b.report) ? -1 : isBefore(b.report, a.report) ? 1 : 0);
        long backwardMs = 0;
        for (int i = 1; i < ordered.size(); i++) {
            backwardMs = Math.max(
                    backwardMs,
                    ordered.get(i - 1).report.getEventTime().toEpochMilli()
                            - ordered.get(i).report.getEventTime().toEpochMilli());
        }
        assertThat(backwardMs).isBetween(70_000L, 90_000L);
    }

    @Test
    void one_event_in_a_thousand_is_rubbish_of_every_kind() throws IOException {
        List<SimulatedEvent> telemetry = Feed.events(Feed.alliance(), Feed.START, Duration.ofDays(2)).stream()
                .filter(it -> it.topic() == Topic.LINE_TELEMETRY)
                .toList();
        Map<String, Integer> kinds = new HashMap<>();
        telemetry.forEach(it -> kinds.merge(complaint(it), 1, Integer::sum));
        Integer good = kinds.remove("none");
        assertThat(good).isNotNull();
        assertThat(kinds)
                .containsOnlyKeys("unreadable", "future", "ancient", "negative", "malformed id", "unknown line");
        int rubbish = kinds.values().stream().mapToInt(Integer::intValue).sum();
        assertThat(rubbish / (double) telemetry.size()).isBetween(0.0005, 0.0015);
    }

    private static String complaint(SimulatedEvent event) {
        LineTelemetry report;
        try {
            if (!(Feed.decoded(event) instanceof LineTelemetry decoded)) {
                return "unreadable";
            }
            report = decoded;
        } catch (UnreadableEventException e) {
            return "unreadable";
        }
        if (report.getEventTime().toEpochMilli() > event.sendTimeMs() + 5 * ONE_MINUTE_MS) {
            return "future";
        }
        if (report.getEventTime().getEpochSecond() < 946_684_800) {
            return "ancient";
        }
        if (report.getGoodCount() < 0) {
            return "negative";
        }
        if (!report.getLineId().matches("[A-Za-z0-9._-]{1,64}")) {
            return "malformed id";
        }
        return report.getLineId().startsWith("9QA") ? "none" : "unknown line";
    }

    private static boolean isBefore(LineTelemetry a, LineTelemetry b) {
        return a.getSessionId() < b.getSessionId()
                || (a.getSessionId() == b.getSessionId() && a.getSequence() < b.getSequence());
    }

    /** Six weeks of one line that works around the clock. */
    private static List<Delivered> deliveredBy(String lineId) throws IOException {
        Scenario whole = Scenario.load("alliance-155");
        Imperfections all = whole.imperfectionsOrNone();
        Scenario.LineGroup group = whole.lines().stream()
                .filter(it -> it.lineIds().contains(lineId))
                .findFirst()
                .orElseThrow();
        Scenario.LineGroup alone = new Scenario.LineGroup(
                List.of(lineId),
                group.plantId(),
                group.productId(),
                group.idealCycleSeconds(),
                null,
                group.shifts(),
                group.stops(),
                group.speedRatio(),
                group.weeklyGainRatio(),
                group.scrapRatio(),
                true,
                null);
        Plant plant = Scenario.find("plant", group.plantId(), whole.plants(), Plant::getPlantId);
        Scenario scenario = new Scenario(
                "one-line",
                4,
                10,
                60,
                7,
                0,
                new Imperfections(
                        all.duplicateRatio(),
                        all.disorderRatio(),
                        all.disorderSeconds(),
                        all.lostRatio(),
                        all.plantOutage(),
                        all.plantSilence(),
                        all.edgeRestart(),
                        all.clockStep(),
                        all.clockStepSeconds(),
                        null,
                        null,
                        null),
                whole.shiftPatterns(),
                whole.stopPatterns(),
                List.of(plant),
                List.of(alone),
                whole.products(),
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                List.of());
        return Feed.events(Simulation.of(scenario, Feed.START), Feed.START, SIX_WEEKS).stream()
                .filter(it -> it.topic() == Topic.LINE_TELEMETRY)
                .map(it -> new Delivered(Feed.report(it), it.sendTimeMs()))
                .toList();
    }
}
