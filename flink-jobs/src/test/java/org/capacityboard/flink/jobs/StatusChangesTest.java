package org.capacityboard.flink.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import org.capacityboard.domain.throughput.CurrentState;
import org.capacityboard.domain.throughput.MachineState;
import org.capacityboard.flink.rows.RowStamp;
import org.capacityboard.flink.rows.ThroughputRow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StatusChangesTest {
    private static final long T0 = 1_000_000;

    private final StatusChanges changes = new StatusChanges();

    @Test
    void the_first_state_of_a_line_is_sent() {
        assertThat(changes.filter(current("a", MachineState.EXECUTE, T0))).isTrue();
        assertThat(changes.filter(current("b", MachineState.EXECUTE, T0))).isTrue();
    }

    @Test
    void the_same_state_is_sent_once_a_minute() {
        changes.filter(current("a", MachineState.EXECUTE, T0));

        assertThat(changes.filter(current("a", MachineState.EXECUTE, T0 + 59_999)))
                .isFalse();
        assertThat(changes.filter(current("a", MachineState.EXECUTE, T0 + 60_000)))
                .isTrue();
    }

    @Test
    void another_state_or_silence_is_sent_at_once() {
        changes.filter(current("a", MachineState.EXECUTE, T0));

        assertThat(changes.filter(current("a", MachineState.STOPPED, T0 + 1))).isTrue();
        assertThat(changes.filter(current("a", null, T0 + 2))).isTrue();
    }

    private static ThroughputRow current(String line, @Nullable MachineState state, long watermarkMs) {
        return new ThroughputRow.Current(
                line, new CurrentState(state, 1, null, "shell", 1, true, 7, 7, 1.0), new RowStamp(0, 1, watermarkMs));
    }
}
