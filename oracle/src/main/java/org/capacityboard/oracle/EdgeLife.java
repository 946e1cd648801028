package org.capacityboard.oracle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.capacityboard.events.Line;
import org.capacityboard.events.LineTelemetry;
import org.capacityboard.events.MachineState;
import org.jspecify.annotations.Nullable;

/** The edge of one line: what it reports, with all that goes wrong on the way. */
final class EdgeLife {
    private static final MachineState[] STATES = MachineState.values();

    private final Line line;
    private final StreamScene scene;
    private final Chance chance;
    private final boolean countsRework;
    private final List<Dispatch> dispatches = new ArrayList<>();

    private long nowMs;
    private long clockOffMs;
    private long sessionId;
    private long sequence;
    private long good;
    private long scrap;
    private long rework;
    private MachineState state = MachineState.EXECUTE;
    private @Nullable String reasonCode;
    private @Nullable String orderId;
    private @Nullable String productId;
    private long outageStartMs = Long.MAX_VALUE;
    private long outageEndMs = Long.MAX_VALUE;

    EdgeLife(Line line, StreamScene scene, Chance chance) {
        this.line = line;
        this.scene = scene;
        this.chance = chance;
        this.countsRework = chance.inPercent(70);
        this.nowMs = scene.startMs() + chance.between(0, scene.step().toMillis() * 20);
        this.sessionId = nowMs;
        this.good = chance.upTo(2_000);
        this.scrap = chance.upTo(50);
    }

    List<Dispatch> dispatches() {
        while (nowMs < scene.endMs()) {
            disturb();
            produce();
            report();
            passTime();
        }
        return dispatches;
    }

    private void passTime() {
        long stepMs = scene.step().toMillis();
        if (chance.inPercent(3)) {
            return;
        }
        nowMs += chance.inPercent(2)
                ? (long) (stepMs * chance.share(3, 20))
                : Math.max(1, (long) (stepMs * chance.share(0.2, 1.8)));
    }

    private void disturb() {
        if (chance.inPercent(1)) {
            restart();
        }
        if (chance.inPercent(1.5)) {
            stepClock();
        }
        if (chance.inPercent(15)) {
            state = chance.inPercent(60) ? MachineState.EXECUTE : chance.oneOf(STATES);
            reasonCode = chance.inPercent(50) ? null : chance.oneOf("R1", "no-material", "Werkzeug, \"4\"");
        }
        if (chance.inPercent(3)) {
            productId = chance.inPercent(30) ? null : chance.oneOf(StreamScene.PRODUCTS);
            orderId = chance.inPercent(30) ? null : "order-" + chance.upTo(5);
        }
        if (nowMs > outageEndMs || (outageStartMs == Long.MAX_VALUE && chance.inPercent(0.5))) {
            outageStartMs = nowMs;
            outageEndMs = nowMs + chance.between(0, SeededStream.longestDelayMs(scene.horizon()) - 60_000);
        }
        if (chance.inPercent(0.3)) {
            outageStartMs = Long.MAX_VALUE;
            outageEndMs = Long.MAX_VALUE;
        }
    }

    private void restart() {
        sessionId = Math.max(sessionId + 1, nowMs + clockOffMs);
        sequence = chance.upTo(3);
        if (chance.inPercent(40)) {
            good = 0;
            scrap = 0;
            rework = 0;
        }
    }

    private void stepClock() {
        // Half a minute is left to the second content of a report.
        clockOffMs = switch (chance.upTo(2)) {
            case 0 -> 0;
            case 1 -> chance.upTo(SeededStream.CLOCK_AHEAD.minusSeconds(30));
            default -> -chance.upTo(SeededStream.CLOCK_BACK.minusSeconds(30));
        };
    }

    private void produce() {
        if (state == MachineState.EXECUTE || chance.inPercent(2)) {
            good += chance.upTo(40);
            scrap += chance.inPercent(20) ? chance.upTo(5) : 0;
            rework += chance.inPercent(10) ? chance.upTo(3) : 0;
        }
        if (chance.inPercent(1)) {
            good = chance.upTo(20);
            scrap = chance.inPercent(50) ? 0 : scrap;
        }
        if (chance.inPercent(2)) {
            // Around the tenth that tells a correction from a reset.
            good = Math.max(0, good - good / 10 + chance.between(-1, 3));
            scrap = Math.max(0, scrap - chance.upTo(2));
            rework = Math.max(0, rework - chance.upTo(1));
        }
    }

    private void report() {
        sequence++;
        if (chance.inPercent(2)) {
            sequence += chance.inPercent(80) ? 0 : chance.upTo(20);
            return;
        }
        send(telemetry(nowMs + clockOffMs, good));
        if (chance.inPercent(1.5)) {
            long otherClockMs = nowMs + clockOffMs + (chance.inPercent(50) ? 0 : chance.between(-30_000, 30_000));
            send(telemetry(otherClockMs, good + chance.upTo(3)));
        }
    }

    private void send(LineTelemetry report) {
        int copies = chance.inPercent(85) ? 1 : chance.between(2, 3);
        for (int i = 0; i < copies; i++) {
            long longestMs = SeededStream.longestDelayMs(scene.horizon());
            long delayMs = chance.between(0L, chance.oneOf(500L, 3_000L, 3_000L, 60_000L));
            if (chance.inPercent(15)) {
                delayMs = chance.between(0, chance.inPercent(70) ? 600_000 : longestMs);
            }
            if (outageStartMs <= nowMs && nowMs < outageEndMs) {
                delayMs = Math.max(delayMs, outageEndMs - nowMs);
            }
            long arrivesMs = nowMs + Math.min(delayMs, longestMs);
            long reachesBackMs = nowMs - SeededStream.CLOCK_BACK.toMillis();
            dispatches.add(Dispatch.valid(arrivesMs, reachesBackMs, report));
        }
    }

    private LineTelemetry telemetry(long clockMs, long goodCount) {
        return LineTelemetry.newBuilder()
                .setLineId(line.getLineId())
                .setSessionId(sessionId)
                .setSequence(sequence)
                .setEventTime(Instant.ofEpochMilli(clockMs))
                .setState(state)
                .setReasonCode(reasonCode)
                .setOrderId(orderId)
                .setProductId(productId)
                .setGoodCount(goodCount)
                .setScrapCount(scrap)
                .setReworkCount(countsRework || chance.inPercent(20) ? (Long) rework : null)
                .build();
    }
}
