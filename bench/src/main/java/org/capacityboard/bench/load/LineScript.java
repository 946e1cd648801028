package org.capacityboard.bench.load;

import org.capacityboard.events.MachineState;
import org.jspecify.annotations.Nullable;

/** What one line does, second by second: it makes a unit every cycle, scraps one in a hundred, and stands still 3 % of the time. */
final class LineScript {
    static final int SHORTEST_CYCLE_SECONDS = 2;
    static final int CYCLES = 30;

    private static final int BREAKDOWN = 1;
    private static final int CAUSE = 2;
    private static final int LENGTH = 3;
    private static final int UNIT = 4;
    private static final int PACE = 5;
    /** Stops of 60 to 299 s, so that they make 3 % of the time. */
    private static final double BREAKDOWNS_PER_SECOND = 0.03 / 0.97 / 180;

    private static final MachineState[] STANDING = {
        MachineState.STOPPED, MachineState.HELD, MachineState.SUSPENDED, MachineState.IDLE, MachineState.SETUP
    };
    private static final String[] REASONS = {"R01", "R02", "R03", "R04", "R05", "R06", "R07", "R08"};

    private final StandardLoad load;
    private final int line;
    private final long cycleMs;
    private int second = -1;
    private int standsUntil = -1;
    private long workedMs;

    MachineState state = MachineState.EXECUTE;

    @Nullable
    String reasonCode;

    long good;
    long scrap;

    LineScript(StandardLoad load, int line) {
        this.load = load;
        this.line = line;
        this.cycleMs = cycleSeconds(line) * 1_000L;
    }

    /** Ideal seconds a unit. */
    static int cycleSeconds(int line) {
        return SHORTEST_CYCLE_SECONDS + line % CYCLES * 2;
    }

    /** Goes on by one second. */
    void next() {
        second++;
        if (second < standsUntil) {
            return;
        }
        if (load.chance(line, second, BREAKDOWN) < BREAKDOWNS_PER_SECOND) {
            standsUntil = second + 60 + (int) (load.chance(line, second, LENGTH) * 240);
            int cause = (int) (load.chance(line, second, CAUSE) * REASONS.length);
            state = STANDING[cause % STANDING.length];
            reasonCode = REASONS[cause];
            return;
        }
        state = MachineState.EXECUTE;
        reasonCode = null;
        workedMs += 850 + (long) (load.chance(line, second, PACE) * 200);
        while (workedMs >= cycleMs) {
            workedMs -= cycleMs;
            if (load.chance(line, second, UNIT) < 0.01) {
                scrap++;
            } else {
                good++;
            }
        }
    }
}
