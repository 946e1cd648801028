package org.capacityboard.simulator;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.capacityboard.events.PlanBreak;
import org.capacityboard.events.ShiftPlan;

/**
 * The planners: at the start they plan the days ahead, then every midnight UTC one day more; and they cancel, the day
 * before, the shifts that will not be worked.
 */
final class ShiftPlanEvents implements EventSource {
    private static final long DAY_MS = 86_400_000;
    /** The production day in which a scenario starts may have begun this long before, in the west of the world. */
    private static final int DAYS_BEFORE = 2;

    private final List<SimulatedLine> lines;
    private final double cancelledRatio;
    private final int aheadDays;
    private final long startMs;
    private final Queue<SimulatedEvent> ready = new ArrayDeque<>();
    private long sendTimeMs;
    private int nextLine;

    ShiftPlanEvents(Scenario scenario, List<SimulatedLine> lines, long startMs) {
        this.lines = lines.stream().filter(line -> !line.aroundTheClock()).toList();
        this.cancelledRatio = scenario.cancelledShiftRatio();
        this.aheadDays = scenario.shiftPlansAheadDays();
        this.startMs = startMs;
    }

    @Override
    public void seek(long fromMs) {
        ready.clear();
        nextLine = 0;
        sendTimeMs = fromMs <= startMs ? startMs : Math.floorDiv(fromMs - 1, DAY_MS) * DAY_MS + DAY_MS;
        fill();
    }

    @Override
    public long nextSendTimeMs() {
        return ready.isEmpty() ? NEVER : sendTimeMs;
    }

    @Override
    public SimulatedEvent next() {
        SimulatedEvent event = ready.remove();
        fill();
        return event;
    }

    private void fill() {
        while (ready.isEmpty() && !lines.isEmpty()) {
            if (nextLine == lines.size()) {
                nextLine = 0;
                sendTimeMs = Math.floorDiv(sendTimeMs, DAY_MS) * DAY_MS + DAY_MS;
            }
            SimulatedLine line = lines.get(nextLine++);
            LocalDate today =
                    Instant.ofEpochMilli(sendTimeMs).atOffset(ZoneOffset.UTC).toLocalDate();
            int earliest = sendTimeMs == startMs ? -DAYS_BEFORE : 1;
            for (int days = earliest; days <= aheadDays; days++) {
                boolean isNew = sendTimeMs == startMs || days == aheadDays;
                for (PlannedShift shift :
                        isNew || days == 1 ? shifts(line, today.plusDays(days)) : List.<PlannedShift>of()) {
                    if (isNew) {
                        ready.add(plan(line, today.plusDays(days), shift, false));
                    }
                    if (shift.cancelled() && days <= 1) {
                        ready.add(plan(line, today.plusDays(days), shift, true));
                    }
                }
            }
        }
    }

    private List<PlannedShift> shifts(SimulatedLine line, LocalDate day) {
        return PlannedShift.of(line, day, cancelledRatio);
    }

    private SimulatedEvent plan(SimulatedLine line, LocalDate day, PlannedShift shift, boolean cancelled) {
        return SimulatedEvent.of(
                ShiftPlan.newBuilder()
                        .setPlanId(line.lineId() + "." + day + "." + shift.number())
                        .setLineId(line.lineId())
                        .setStart(Instant.ofEpochMilli(shift.startMs()))
                        .setEnd(Instant.ofEpochMilli(shift.endMs()))
                        .setBreaks(shift.breaks().stream()
                                .map(it -> new PlanBreak(
                                        Instant.ofEpochMilli(it.startMs()), Instant.ofEpochMilli(it.endMs())))
                                .toList())
                        .setCancelled(cancelled)
                        .setRevision(cancelled ? 1 : 0)
                        .build(),
                sendTimeMs);
    }
}
