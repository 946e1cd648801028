package org.capacityboard.flink.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.capacityboard.domain.leadtime.Group;
import org.capacityboard.domain.leadtime.OrderBacklog;
import org.capacityboard.domain.leadtime.OrderFlag;
import org.capacityboard.domain.leadtime.OrderRecord;
import org.capacityboard.domain.leadtime.OrderStanding;
import org.capacityboard.domain.leadtime.OrderState;
import org.capacityboard.domain.leadtime.OrderStatus;
import org.capacityboard.flink.rows.LeadTimeRow;
import org.capacityboard.flink.rows.RowStamp;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OrderNewsTest {
    private static final Set<OrderFlag> NO_FLAGS = Set.of();

    private final OrderNews news = new OrderNews();

    @Test
    void the_first_status_of_an_order_is_sent_and_its_repetition_is_not() {
        assertThat(news.filter(status("a", 10, 7L, NO_FLAGS, false))).isTrue();
        assertThat(news.filter(status("b", 10, 7L, NO_FLAGS, false))).isTrue();
        assertThat(news.filter(status("a", 10, 7L, NO_FLAGS, false))).isFalse();
    }

    @Test
    void other_units_another_forecast_and_a_flag_are_news() {
        news.filter(status("a", 10, 7L, NO_FLAGS, false));

        assertThat(news.filter(status("a", 11, 7L, NO_FLAGS, false))).isTrue();
        assertThat(news.filter(status("a", 11, null, NO_FLAGS, false))).isTrue();
        assertThat(news.filter(status("a", 11, null, Set.of(OrderFlag.ACCEPTED_BEFORE_DISPATCH), false)))
                .isTrue();
        assertThat(news.filter(status("a", 11, null, Set.of(OrderFlag.ACCEPTED_BEFORE_DISPATCH), false)))
                .isFalse();
    }

    @Test
    void the_final_status_is_sent_and_forgotten() {
        news.filter(status("a", 10, null, NO_FLAGS, false));

        assertThat(news.filter(status("a", 10, null, NO_FLAGS, true))).isTrue();
        assertThat(news.filter(status("a", 10, null, NO_FLAGS, false))).isTrue();
    }

    @Test
    void rows_of_groups_are_not_sent() {
        OrderBacklog backlog = new OrderBacklog(1, Group.ALLIANCE, 1, 1, 0, 0, 0, 1, false, 1);

        assertThat(news.filter(new LeadTimeRow.Backlog(backlog, new RowStamp(0, 1, 1))))
                .isFalse();
    }

    private static LeadTimeRow status(
            String orderId, long accepted, @Nullable Long forecastMs, Set<OrderFlag> flags, boolean isFinal) {
        return new LeadTimeRow.Status(
                new OrderStatus(
                        orderId,
                        "shell",
                        "0A1B2",
                        "NLD",
                        null,
                        OrderRecord.NO_PRIORITY,
                        OrderState.OPEN,
                        100,
                        20,
                        accepted,
                        0,
                        90L,
                        1,
                        2,
                        3,
                        OrderStanding.NEVER,
                        OrderStanding.NEVER,
                        OrderStanding.NEVER,
                        forecastMs,
                        forecastMs,
                        forecastMs == null ? null : 5.0,
                        false,
                        flags,
                        isFinal,
                        1),
                new RowStamp(0, 1, 1));
    }
}
