package org.capacityboard.flink.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.capacityboard.flink.operators.BookInputs.confirmedAt;
import static org.capacityboard.flink.operators.BookInputs.day;

import org.junit.jupiter.api.Test;

class WaitingInputsTest {
    private static final String PLANT_A = BookInput.Plant.keyOf("AAAAA");
    private static final String PLANT_B = BookInput.Plant.keyOf("BBBBB");

    private final WaitingInputs waiting = new WaitingInputs();

    @Test
    void what_an_expired_input_waited_for_finds_the_order_no_more_though_another_input_of_it_waits() {
        waiting.hold(held("AAAAA", "O1", 1), PLANT_A);
        waiting.hold(held("BBBBB", "O1", 2), PLANT_B);

        assertThat(waiting.takeExpired(day(1))).hasSize(1);

        assertThat(waiting.takeOrdersThatNeed(PLANT_A)).isEmpty();
        assertThat(waiting.takeOrdersThatNeed(PLANT_B)).containsExactly("O1");
        assertThat(waiting.count()).isEqualTo(1);
    }

    @Test
    void what_another_input_still_waits_for_finds_the_order() {
        waiting.hold(held("AAAAA", "O1", 1), PLANT_A);
        waiting.hold(held("AAAAA", "O1", 2), PLANT_A);
        waiting.hold(held("AAAAA", "O2", 1), PLANT_A);

        assertThat(waiting.takeExpired(day(1))).hasSize(2);

        assertThat(waiting.takeOrdersThatNeed(PLANT_A)).containsExactly("O1");
    }

    private static HeldBookInput held(String plantId, String orderId, double untilDay) {
        return new HeldBookInput((BookInput.OfOrder) confirmedAt(plantId, "shell", orderId, 0), day(untilDay));
    }
}
