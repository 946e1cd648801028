package org.capacityboard.domain.throughput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.capacityboard.domain.throughput.Scene.MIDNIGHT;
import static org.capacityboard.domain.throughput.Scene.MINUTE;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.capacityboard.domain.reference.LineCalendar;
import org.capacityboard.domain.reference.LineVersion;
import org.capacityboard.domain.reference.PlantVersion;
import org.capacityboard.domain.throughput.LineTimeline.Outcome;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A line that reports every second or two, mostly the same again: long runs, sealed hours, and late reports into them. */
final class SteadyLineTest {
    private static final long SECOND = 1_000;
    private static final long HOUR = 3_600 * SECOND;
    private static final long HORIZON = 3 * HOUR;
    private static final int HOURS = 6;
    private static final long END = MIDNIGHT + HOURS * HOUR;

    /** A report and when it comes. */
    private record Arrival(LineReport report, long atMs) {}

    /** Never keeps a sealed hour. */
    private static final class OpenHours implements HourStore {
        private final HeapHourStore kept = new HeapHourStore();

        @Override
        public @Nullable HourChunk get(long hour) {
            return kept.get(hour);
        }

        @Override
        public void put(long hour, HourChunk chunk) {
            if (chunk instanceof SealedDay day) {
                for (long inDay = 0; inDay < SealedDay.HOURS; inDay++) {
                    SealedHour found = day.get((hour - KeptHours.FIRST_DAY) * SealedDay.HOURS + inDay);
                    if (found != null) {
                        kept.put(found.hour(), found.opened());
                    }
                }
            } else {
                kept.put(hour, chunk);
            }
        }

        @Override
        public void remove(long hour) {
            kept.remove(hour);
        }

        @Override
        public Iterable<Long> hours() {
            return kept.hours();
        }
    }

    /** The line's timeline, fed in the order of arrival. */
    private static final class Life {
        final HourStore hours;
        final RowBook book = new RowBook();
        final List<CurrentState> currents = new ArrayList<>();
        final Random restores;
        final int restorePercent;
        LineHead head = new LineHead();
        int sealed;

        Life(HourStore hours, int restorePercent, long seed) {
            this.hours = hours;
            this.restorePercent = restorePercent;
            this.restores = new Random(seed);
            timeline().plant(Scene.plantIn("Asia/Kolkata"), Scene.NO_WATERMARK);
            timeline().line(line(), Scene.NO_WATERMARK);
        }

        LineTimeline timeline() {
            if (restores.nextInt(1_000) < restorePercent * 10) {
                head = LineHead.decode(head.encode());
                for (long hour : hours.hours()) {
                    HourChunk kept = hours.get(hour);
                    if (kept != null) {
                        hours.put(hour, HourChunk.decode(kept.encode()).frozen().thawed());
                    }
                }
            }
            return new LineTimeline("line-1", head, hours, HORIZON);
        }

        void live(List<Arrival> arrivals, PlainLine plain) {
            long highest = MIDNIGHT;
            long closed = Long.MIN_VALUE;
            for (Arrival arrival : arrivals) {
                LineReport report = arrival.report;
                highest = Math.max(highest, report.eventTimeMs());
                long watermark = highest - 30 * SECOND;
                if (timeline().report(report, watermark) == Outcome.ACCEPTED) {
                    plain.reports.add(report);
                }
                if (report.sequence() % 16 == 0) {
                    assertThat(timeline().nextDue())
                            .isEqualTo(new LineTimeline("line-1", LineHead.decode(head.encode()), hours, HORIZON)
                                    .nextDue());
                }
                if (Ms.minuteStart(watermark) > closed) {
                    closed = Ms.minuteStart(watermark);
                    passTo(watermark);
                }
            }
            passTo(END);
            timeline().early(END, true, true, true, book);
        }

        void passTo(long watermark) {
            timeline().advance(watermark, book);
            timeline().early(watermark, true, watermark / MINUTE % 7 == 0, watermark / MINUTE % 9 == 0, book);
            CurrentState current = book.current;
            if (current != null) {
                currents.add(current);
            }
            for (long hour : hours.hours()) {
                sealed += hours.get(hour) instanceof SealedDay ? 1 : 0;
            }
        }

        @Nullable
        Hour hour(long number) {
            return new KeptHours(hours).get(number);
        }

        long hourBytes() {
            long bytes = 0;
            for (long hour : hours.hours()) {
                HourChunk chunk = hours.get(hour);
                bytes += chunk == null ? 0 : chunk.encode().length;
            }
            return bytes;
        }
    }

    private static LineVersion line() {
        return Scene.line(2, LineCalendar.AROUND_THE_CLOCK);
    }

    /** Mostly plain reports; sometimes stops with a reason, silence, other products, scrap, resets, a new session, clocks that step back; some late, some twice. */
    private static List<Arrival> arrivals(long seed) {
        Random random = new Random(seed);
        List<Arrival> arrivals = new ArrayList<>();
        long good = 1_000;
        long scrap = 0;
        long session = MIDNIGHT;
        long sequence = 40;
        MachineState state = MachineState.EXECUTE;
        String reason = null;
        String product = null;
        int cycle = 2 + random.nextInt(20);
        for (long at = MIDNIGHT; at < END; at += (1 + random.nextInt(30) / 29) * SECOND) {
            switch (random.nextInt(900)) {
                case 0 -> state = MachineState.values()[random.nextInt(MachineState.values().length)];
                case 1, 2, 3 -> state = MachineState.EXECUTE;
                case 4 -> reason = random.nextBoolean() ? "R" + random.nextInt(3) : null;
                case 5 -> product = random.nextBoolean() ? "b" : null;
                case 6 -> scrap++;
                case 7 -> good = good * random.nextInt(100) / 100;
                case 8 -> {
                    session += 1 + random.nextInt(9);
                    sequence = random.nextInt(3);
                }
                case 9 -> at += random.nextInt(300) * SECOND;
                case 10 -> sequence += 2;
                case 11 -> good += random.nextInt(9);
                default -> good += at / SECOND % cycle == 0 ? 1 : 0;
            }
            LineReport report = new LineReport(
                    "line-1",
                    session,
                    sequence++,
                    Math.min(at, END) - (random.nextInt(500) == 0 ? 5 * SECOND : 0),
                    state,
                    reason,
                    null,
                    product,
                    good,
                    scrap,
                    LineReport.NOT_REPORTED);
            long delay = random.nextInt(20) == 0 ? (1 + random.nextInt(20)) * SECOND : 0;
            delay += random.nextInt(400) == 0 ? random.nextInt((int) (HORIZON - HOUR)) : 0;
            arrivals.add(new Arrival(report, at + delay));
            if (random.nextInt(70) == 0) {
                long again = random.nextInt(9) == 0 ? random.nextInt((int) (HORIZON - HOUR)) : 10 * SECOND;
                arrivals.add(new Arrival(report, at + delay + again));
            }
        }
        arrivals.sort(Comparator.comparingLong(Arrival::atMs));
        return arrivals;
    }

    private static PlainLine plain() {
        PlainLine plain = new PlainLine();
        PlantVersion plant = Scene.plantIn("Asia/Kolkata");
        plain.plants.add(new PlainLine.Applied<>(plant, plant.validFromMs(), plant.revision(), Long.MIN_VALUE));
        plain.lines.add(new PlainLine.Applied<>(line(), line().validFromMs(), line().revision(), Long.MIN_VALUE));
        return plain;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void rows_are_those_of_the_plain_rules(long seed) {
        PlainLine plain = plain();
        Life life = new Life(new HeapHourStore(), 0, seed);
        life.live(arrivals(seed), plain);

        assertThat(life.book.comparable()).isEqualTo(plain.rows(MIDNIGHT - HOUR, END));
        assertThat(life.book.changedAfterFinal).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void sealing_hours_and_restoring_them_changes_no_row(long seed) {
        List<Arrival> arrivals = arrivals(seed);
        Life open = new Life(new OpenHours(), 0, seed);
        Life sealing = new Life(new HeapHourStore(), 0, seed);
        Life restored = new Life(new HeapHourStore(), 2, seed);
        for (Life life : List.of(open, sealing, restored)) {
            life.live(arrivals, plain());
            life.passTo(END + 30 * HOUR);
        }

        assertThat(open.sealed).isZero();
        for (Life life : List.of(sealing, restored)) {
            assertThat(life.sealed).isGreaterThan(100);
            assertThat(life.book.rows).isEqualTo(open.book.rows);
            assertThat(life.book.finals).isEqualTo(open.book.finals);
            assertThat(life.book.written).isEqualTo(open.book.written);
            assertThat(life.currents).isEqualTo(open.currents);
        }
    }

    @Test
    void report_into_a_sealed_hour_opens_it_until_its_rows_are_written_again() {
        Life life = new Life(new HeapHourStore(), 0, 0);
        for (int second = 0; second < 4 * 3_600; second++) {
            if (second != 1_800) {
                life.timeline().report(steady(second, second / 10), MIDNIGHT + (second - 30) * SECOND);
            }
            if (second % 60 == 30) {
                life.passTo(MIDNIGHT + (second - 30) * SECOND);
            }
        }
        long hour = Ms.hour(MIDNIGHT) + 1;
        long finalHour = hour - 1;
        long watermark = MIDNIGHT + 3 * HOUR - MINUTE;
        assertThat(life.hour(finalHour)).isInstanceOf(OpenHour.class);
        assertThat(life.hour(hour)).isInstanceOf(SealedHour.class);

        assertThat(life.timeline().report(steady(5_000, 500), watermark)).isEqualTo(Outcome.DUPLICATE);
        assertThat(life.hour(hour)).isInstanceOf(OpenHour.class);
        life.passTo(watermark + MINUTE);
        assertThat(life.hour(hour)).isInstanceOf(SealedHour.class);
    }

    private static LineReport steady(int second, long good) {
        return Scene.report(second, MIDNIGHT + second * SECOND, MachineState.EXECUTE, null, good, 0);
    }

    @Test
    void hour_of_a_steady_line_takes_a_few_hundred_bytes() {
        Life life = new Life(new HeapHourStore(), 0, 0);
        for (int second = 0; second < 3 * 3_600; second++) {
            life.timeline().report(steady(second, second / 10), MIDNIGHT + (second - 30) * SECOND);
            if (second % 60 == 30) {
                life.passTo(MIDNIGHT + (second - 30) * SECOND);
            }
        }

        assertThat(life.hour(Ms.hour(MIDNIGHT)))
                .isInstanceOfSatisfying(
                        SealedHour.class, packed -> assertThat(packed.bytes()).hasSizeLessThan(150));
        assertThat(life.hourBytes()).isLessThan(1_600);
    }
}
