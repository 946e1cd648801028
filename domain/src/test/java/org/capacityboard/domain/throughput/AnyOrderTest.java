package org.capacityboard.domain.throughput;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.capacityboard.domain.reference.LineCalendar;
import org.capacityboard.domain.reference.LineVersion;
import org.capacityboard.domain.reference.PlantVersion;
import org.capacityboard.domain.reference.ShiftPlanVersion;
import org.capacityboard.domain.reference.ShiftPlanVersion.Break;
import org.capacityboard.domain.reference.Versions;
import org.capacityboard.domain.throughput.LineTimeline.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Seeded streams, in any order, against the rules applied once at the end. */
final class AnyOrderTest {
    private static final long SECOND = 1_000;
    private static final long HOUR = 3_600 * SECOND;
    private static final long HORIZON = 5 * HOUR;
    private static final String[] ZONES = {"Europe/Warsaw", "Asia/Kolkata", "America/Toronto", "UTC"};

    /** One line's life over a good day, with the clock change of most zones in it. */
    private static final class Life {
        final Random random;
        final long start;
        final long end;
        final List<LineReport> reports = new ArrayList<>();
        final PlainLine plain = new PlainLine();
        final HeapHourStore hours = new HeapHourStore();
        final RowBook book = new RowBook();
        LineHead head = new LineHead();
        boolean rewriteState;
        long watermark = Long.MIN_VALUE;
        int late;

        Life(long seed) {
            random = new Random(seed);
            start = Instant.parse(random.nextBoolean() ? "2026-10-24T20:00:00Z" : "2026-03-28T17:30:00Z")
                    .toEpochMilli();
            end = start + 26 * HOUR;
            report();
        }

        LineTimeline timeline() {
            if (rewriteState) {
                head = LineHead.decode(head.encode());
                for (long hour : hours.hours()) {
                    HourChunk kept = hours.get(hour);
                    if (kept != null) {
                        hours.put(hour, HourChunk.decode(kept.encode()));
                    }
                }
            }
            return new LineTimeline("line-1", head, hours, HORIZON);
        }

        long seconds(int bound) {
            return random.nextInt(bound) * SECOND;
        }

        private void report() {
            long at = start + seconds(7_200);
            long session = start;
            long sequence = 0;
            long good = random.nextInt(1_000);
            long scrap = random.nextInt(100);
            int pace = 20 + random.nextInt(400);
            MachineState state = MachineState.EXECUTE;
            String product = null;
            while (at < end) {
                long eventTime = at - (random.nextInt(15) == 0 ? seconds(900) : 0);
                eventTime += random.nextInt(40) == 0 ? seconds(random.nextInt(10) == 0 ? 9_000 : 600) : 0;
                reports.add(new LineReport(
                        "line-1",
                        session,
                        sequence,
                        Math.min(eventTime, end),
                        state,
                        random.nextInt(3) == 0 ? "R" + random.nextInt(3) : null,
                        random.nextInt(3) == 0 ? "order-" + random.nextInt(3) : null,
                        product,
                        good,
                        scrap,
                        random.nextInt(4) == 0 ? LineReport.NOT_REPORTED : good / 7));
                at += random.nextInt(12) == 0 ? 0 : seconds(pace) + (random.nextInt(60) == 0 ? seconds(14_000) : 0);
                good += random.nextInt(9);
                scrap += random.nextInt(2);
                if (random.nextInt(30) == 0) {
                    good = good * random.nextInt(100) / 100;
                }
                sequence += random.nextInt(25) == 0 ? 3 : 1;
                if (random.nextInt(80) == 0) {
                    session += 1 + random.nextInt(1_000);
                    sequence = random.nextInt(5);
                }
                if (random.nextInt(5) == 0) {
                    state = MachineState.values()[random.nextInt(MachineState.values().length)];
                }
                if (random.nextInt(12) == 0) {
                    product = random.nextInt(3) == 0 ? null : "p" + random.nextInt(3);
                }
            }
        }

        void reference(boolean changing) {
            plant(new PlantVersion(
                    "PL001", Versions.ALWAYS, 0, ZoneId.of(ZONES[random.nextInt(4)]), 60 * random.nextInt(8)));
            line(lineVersion(Versions.ALWAYS, 0));
            for (int i = 0; i < 4; i++) {
                plan(plan(i, 0));
            }
            if (changing) {
                plant(new PlantVersion(
                        "PL001",
                        start + 60 * seconds(1_440),
                        0,
                        ZoneId.of(ZONES[random.nextInt(4)]),
                        60 * random.nextInt(8)));
            }
        }

        LineVersion lineVersion(long validFrom, long revision) {
            return new LineVersion(
                    "line-1",
                    validFrom,
                    revision,
                    "PL001",
                    "p" + random.nextInt(3),
                    1_000_003L * (1 + random.nextInt(60)),
                    Map.of("p1", 7_654_321L),
                    (30 + random.nextInt(300)) * SECOND,
                    random.nextInt(3) == 0 ? LineCalendar.AROUND_THE_CLOCK : LineCalendar.PLANNED,
                    10);
        }

        ShiftPlanVersion plan(int number, long revision) {
            long from = start + number * 7 * HOUR + seconds(7_200);
            long to = from + seconds(30_000);
            long pause = from + seconds(10_000);
            return new ShiftPlanVersion(
                    "plan-" + number,
                    "line-1",
                    random.nextInt(4) == 0 ? start + seconds(80_000) : Versions.ALWAYS,
                    revision,
                    from,
                    to,
                    List.of(new Break(pause, pause + seconds(3_000))),
                    random.nextInt(4) == 0);
        }

        private long appliesFrom() {
            return watermark == Long.MIN_VALUE ? Long.MIN_VALUE : watermark - HORIZON;
        }

        void plan(ShiftPlanVersion plan) {
            if (timeline().plan(plan, watermark) == Outcome.ACCEPTED) {
                plain.plans
                        .computeIfAbsent(plan.planId(), id -> new ArrayList<>())
                        .add(new PlainLine.Applied<>(plan, plan.validFromMs(), plan.revision(), appliesFrom()));
            }
        }

        void line(LineVersion line) {
            if (timeline().line(line, watermark) == Outcome.ACCEPTED) {
                plain.lines.add(new PlainLine.Applied<>(line, line.validFromMs(), line.revision(), appliesFrom()));
            }
        }

        void plant(PlantVersion plant) {
            if (timeline().plant(plant, watermark) == Outcome.ACCEPTED) {
                plain.plants.add(new PlainLine.Applied<>(plant, plant.validFromMs(), plant.revision(), appliesFrom()));
            }
        }

        void tell(LineReport report) {
            Long change = plain.firstChange(report);
            Outcome expected = change == null
                    ? Outcome.DUPLICATE
                    : watermark != Long.MIN_VALUE && change < watermark - HORIZON ? Outcome.LATE : Outcome.ACCEPTED;
            Outcome outcome = timeline().report(report, watermark);
            if (change != null || outcome != Outcome.LATE) {
                assertThat(outcome).as("%s at %d", report, watermark).isEqualTo(expected);
            }
            if (outcome == Outcome.ACCEPTED) {
                plain.take(report);
            }
            late += outcome == Outcome.LATE ? 1 : 0;
        }

        /** Lets time pass as the timers of a stream would: no call unless something is due. */
        void passTo(long newWatermark) {
            watermark = Math.max(watermark, newWatermark);
            LineTimeline timeline = timeline();
            for (int calls = 0; timeline.nextDue() <= watermark; calls++) {
                assertThat(calls).as("calls until nothing is due").isLessThan(3);
                timeline.advance(watermark, book);
                timeline = timeline();
            }
            if (random.nextInt(3) == 0) {
                timeline.early(watermark, random.nextBoolean(), random.nextBoolean(), random.nextBoolean(), book);
            }
        }

        void writeAll() {
            timeline().advance(watermark, book);
            timeline().early(watermark, true, true, true, book);
        }

        void assertRowsAreRight() {
            assertThat(book.comparable()).isEqualTo(plain.rows(start - 4 * HOUR, watermark));
            assertThat(book.changedAfterFinal).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void shuffled_and_repeated_reports_give_the_rows_of_the_plain_rules(long seed) {
        Life life = new Life(seed);
        life.reference(true);
        List<LineReport> told = new ArrayList<>(life.reports);
        told.addAll(life.reports.subList(0, told.size() / 2));
        Collections.shuffle(told, life.random);
        told.forEach(life::tell);

        life.watermark = life.end;
        life.writeAll();

        life.assertRowsAreRight();
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 41, 42})
    void stream_with_changing_plans_lines_and_late_reports_gives_the_rows_of_the_plain_rules(long seed) {
        live(new Life(seed));
    }

    @ParameterizedTest
    @ValueSource(longs = {51, 52})
    void writing_and_reading_the_state_between_all_calls_changes_nothing(long seed) {
        Life plain = new Life(seed);
        live(plain);
        Life rewritten = new Life(seed);
        rewritten.rewriteState = true;
        live(rewritten);

        assertThat(rewritten.book.rows).isEqualTo(plain.book.rows);
        assertThat(rewritten.timeline().version()).isEqualTo(plain.timeline().version());
    }

    private static void live(Life life) {
        life.reference(life.random.nextBoolean());
        List<LineReport> arriving = new ArrayList<>(life.reports);
        for (int i = arriving.size() / 3; i > 0; i--) {
            arriving.add(arriving.get(life.random.nextInt(life.reports.size())));
        }
        List<long[]> order = new ArrayList<>();
        for (int i = 0; i < arriving.size(); i++) {
            long delay = life.random.nextInt(4) == 0
                    ? life.seconds((int) (HORIZON / SECOND) + (life.random.nextInt(10) == 0 ? 9_000 : -3_600))
                    : life.seconds(60);
            order.add(new long[] {arriving.get(i).eventTimeMs() + delay, i});
        }
        order.sort(Comparator.comparingLong(entry -> entry[0]));
        long highest = Long.MIN_VALUE;
        for (long[] entry : order) {
            LineReport report = arriving.get((int) entry[1]);
            if (life.random.nextInt(25) == 0 && report.eventTimeMs() < life.end - HOUR) {
                report = otherContent(report, life);
            }
            life.tell(report);
            highest = Math.max(highest, report.eventTimeMs());
            if (life.random.nextInt(3) > 0) {
                life.passTo(highest - 30 * SECOND);
            }
            switch (life.random.nextInt(60)) {
                case 0 -> life.plan(life.plan(life.random.nextInt(4), life.random.nextInt(9)));
                case 1 -> life.line(life.lineVersion(life.start + 60 * life.seconds(1_500), life.random.nextInt(3)));
                case 2 -> life.timeline().rewriteFrom(life.start + life.seconds(80_000));
                default -> {}
            }
        }
        life.passTo(life.end);
        life.writeAll();
        life.assertRowsAreRight();

        life.passTo(life.end + 30 * HOUR);
        life.writeAll();
        life.assertRowsAreRight();
    }

    /** A content of its own for every event time, so that the event time alone decides which one counts. */
    private static LineReport otherContent(LineReport report, Life life) {
        long eventTimeMs = report.eventTimeMs() + SECOND + life.seconds(600);
        return new LineReport(
                report.lineId(),
                report.sessionId(),
                report.sequence(),
                eventTimeMs,
                MachineState.values()[(int) (eventTimeMs / SECOND % 11)],
                null,
                null,
                report.productId(),
                report.goodCount() + 5,
                report.scrapCount(),
                report.reworkCount());
    }

    @Test
    void generator_reaches_late_reports() {
        int late = 0;
        for (long seed = 21; seed < 23; seed++) {
            Life life = new Life(seed);
            live(life);
            late += life.late;
        }
        assertThat(late).isPositive();
    }
}
