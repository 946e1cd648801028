package org.capacityboard.simulator;

import java.time.Instant;
import java.time.LocalDate;

/**
 * What the edge of a line reports when nothing goes wrong: every few seconds, and at once when the state changes. Counters
 * at any instant follow from the stretch it lies in, so seeking costs a walk over stretches, not over reports.
 */
final class LineReports implements Reports {
    private static final long US_PER_MS = 1_000;
    private static final long MILLION = 1_000_000;

    private final SimulatedLine line;
    private final double cancelledRatio;
    private final long intervalMs;
    private final long phaseMs;
    private final long latencyMs;

    private LocalDate date;
    private LineDay day;
    private int index;
    private LineDay.Stretch stretch;
    private long nextMs;
    private long sequence;
    /** Units of earlier products, then ideal time worth of units of this one, until the start of the stretch. */
    private long goodUnits;

    private long scrapUnits;
    private long goodUs;
    private long scrapUs;

    /** @param scattered whether lines report at different moments and their reports take different times to arrive */
    LineReports(SimulatedLine line, double cancelledRatio, long intervalMs, boolean scattered) {
        this.line = line;
        this.cancelledRatio = cancelledRatio;
        this.intervalMs = intervalMs;
        this.phaseMs = scattered ? (long) (Dice.share(line.seed(), 1) * intervalMs) : 0;
        this.latencyMs = scattered ? 20 + (long) (Dice.share(line.seed(), 2) * 180) : 0;
        this.date = firstDate();
        this.day = day(date);
        this.stretch = day.stretches.get(0);
        restart();
    }

    @Override
    public void seek(long sendTimeMs) {
        long timeMs = Math.max(sendTimeMs - latencyMs, line.availableFromMs());
        restart();
        while (stretch.endMs() <= timeMs) {
            sequence += reportsBefore(stretch.endMs());
            enterNext();
        }
        sequence += reportsBefore(timeMs);
        nextMs = firstReportFrom(timeMs);
        if (nextMs >= stretch.endMs()) {
            enterNext();
        }
    }

    @Override
    public void next(Report into) {
        long elapsedMs = nextMs - stretch.startMs();
        into.sessionId = line.availableFromMs();
        into.sequence = sequence++;
        into.eventTimeMs = nextMs;
        into.sendTimeMs = nextMs + latencyMs;
        into.state = stretch.state();
        into.reasonCode = stretch.reasonCode();
        into.productId = day.productId;
        into.goodCount = goodUnits + (goodUs + us(elapsedMs, stretch.goodPpm())) / day.cycleUs;
        into.scrapCount = scrapUnits + (scrapUs + us(elapsedMs, stretch.scrapPpm())) / day.cycleUs;
        into.reworkCount = line.group().reworkCounted() ? into.scrapCount / 3 : Report.NOT_COUNTED;
        nextMs = firstReportFrom(nextMs + 1);
        if (nextMs >= stretch.endMs()) {
            enterNext();
        }
    }

    /** Back to the first production day; reports before the line is available are not counted. */
    private void restart() {
        date = firstDate();
        day = day(date);
        index = -1;
        sequence = 0;
        goodUnits = 0;
        scrapUnits = 0;
        goodUs = 0;
        scrapUs = 0;
        nextMs = day.stretches.get(0).startMs();
        stretch = new LineDay.Stretch(nextMs, nextMs, day.stretches.get(0).state(), null, 0, 0);
        enterNext();
    }

    private void enterNext() {
        long lengthMs = stretch.endMs() - stretch.startMs();
        goodUs += us(lengthMs, stretch.goodPpm());
        scrapUs += us(lengthMs, stretch.scrapPpm());
        if (++index == day.stretches.size()) {
            date = date.plusDays(1);
            LineDay tomorrow = day(date);
            if (tomorrow.cycleUs != day.cycleUs) {
                goodUnits += goodUs / day.cycleUs;
                scrapUnits += scrapUs / day.cycleUs;
                goodUs = 0;
                scrapUs = 0;
            }
            day = tomorrow;
            index = 0;
        }
        stretch = day.stretches.get(index);
        nextMs = stretch.startMs();
    }

    /** Reports of this stretch before an instant in it. */
    private long reportsBefore(long timeMs) {
        long fromMs = Math.max(stretch.startMs(), line.availableFromMs());
        if (timeMs <= fromMs) {
            return 0;
        }
        long onGrid = Math.floorDiv(timeMs - 1 - phaseMs, intervalMs) - Math.floorDiv(fromMs - 1 - phaseMs, intervalMs);
        boolean startOffGrid =
                stretch.startMs() >= fromMs && Math.floorMod(stretch.startMs() - phaseMs, intervalMs) != 0;
        return startOffGrid ? onGrid + 1 : onGrid;
    }

    private long firstReportFrom(long timeMs) {
        if (timeMs <= stretch.startMs()) {
            return stretch.startMs();
        }
        return timeMs + Math.floorMod(phaseMs - timeMs, intervalMs);
    }

    private LocalDate firstDate() {
        LocalDate guess =
                Instant.ofEpochMilli(line.availableFromMs()).atZone(line.zone()).toLocalDate();
        return line.dayStartMs(guess) <= line.availableFromMs() ? guess : guess.minusDays(1);
    }

    private LineDay day(LocalDate of) {
        return new LineDay(line, of, cancelledRatio);
    }

    static long us(long elapsedMs, long ppm) {
        return elapsedMs * US_PER_MS * ppm / MILLION;
    }
}
