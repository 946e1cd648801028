package org.capacityboard.flink.operators;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.InternalTimerService;

/**
 * What waits for the line that is the current key to be known: so long as the settings say, in files until the end of the input. State until the line is
 * known or the wait is over.
 */
final class HeldInputs {
    static final long END_OF_INPUT = Long.MAX_VALUE;

    private final ListState<HeldInput> waiting;
    private final InternalTimerService<VoidNamespace> timers;
    private final TimelineTiming timing;

    HeldInputs(ListState<HeldInput> waiting, InternalTimerService<VoidNamespace> timers, TimelineTiming timing) {
        this.waiting = waiting;
        this.timers = timers;
        this.timing = timing;
    }

    void hold(LineInput input) throws Exception {
        if (timing.bounded()) {
            waiting.add(new HeldInput(input, END_OF_INPUT));
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, END_OF_INPUT);
        } else {
            long untilMs =
                    timers.currentProcessingTime() + timing.unknownLineWait().toMillis();
            waiting.add(new HeldInput(input, untilMs));
            timers.registerProcessingTimeTimer(VoidNamespace.INSTANCE, untilMs);
        }
    }

    /** Everything that waits, which then waits no longer. */
    List<LineInput> takeAll() throws Exception {
        return take(END_OF_INPUT);
    }

    /** What has waited long enough; the rest goes on waiting. */
    List<LineInput> takeExpired(long nowMs) throws Exception {
        return take(nowMs);
    }

    private List<LineInput> take(long nowMs) throws Exception {
        List<LineInput> taken = new ArrayList<>();
        List<HeldInput> kept = new ArrayList<>();
        Iterable<HeldInput> state = waiting.get();
        if (state != null) {
            for (HeldInput held : state) {
                if (held.untilMs() <= nowMs) {
                    taken.add(held.input());
                } else {
                    kept.add(held);
                }
            }
        }
        if (!taken.isEmpty()) {
            waiting.update(kept);
        }
        return taken;
    }
}
