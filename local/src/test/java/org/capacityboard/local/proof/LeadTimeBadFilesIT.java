package org.capacityboard.local.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.capacityboard.local.proof.OrderFiles.order;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.capacityboard.local.kit.CapacityCall;
import org.capacityboard.local.proof.OrderFiles.Order;
import org.capacityboard.schemas.Topic;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wrong lines among the orders and deliveries of a replay: each is refused in a sentence, and all other files are those of a replay without them. */
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LeadTimeBadFilesIT {
    private static final Instant END = Instant.parse("2026-06-29T00:00:00Z");
    private static final String PLANT = "0LT01";
    private static final String PRODUCT = "shell";
    private static final String ROW_END = "\r\n";

    private final OrderFiles files = new OrderFiles();
    private Path good = Path.of("");
    private Path bad = Path.of("");

    @BeforeAll
    void replay_without_the_wrong_lines_and_with_them(@TempDir Path directory) throws IOException {
        files.plant(PLANT, "POL", "UTC", "00:00").product(PRODUCT, "AMMUNITION");
        healthy();
        odd();
        good = replay(files.writeInOrder(directory.resolve("good-events")), directory.resolve("good"));
        wrong();
        bad = replay(files.writeInOrder(directory.resolve("bad-events")), directory.resolve("bad"));
    }

    private static Path replay(Path input, Path output) {
        CapacityCall call = CapacityCall.of(
                "replay", "--input", input.toString(), "--output", output.toString(), "--until", END.toString());
        assertThat(call.exitCode()).as(call.err()).isZero();
        return output;
    }

    private void healthy() {
        for (int i = 1; i <= 12; i++) {
            Order healthy =
                    order("healthy-" + i, PRODUCT, PLANT, before(40 - i)).of(10);
            files.confirmed(healthy);
            files.delivered(healthy, "healthy-" + i + "-a", before(30 - i), 6);
            if (i % 3 != 0) {
                files.delivered(healthy, "healthy-" + i + "-b", before(20 - i), 4);
            }
        }
    }

    private void odd() {
        Order twice = confirmed("more-than-ordered");
        files.delivered(twice, "more-a", before(5), 12);

        Order early = confirmed("before-dispatch");
        files.delivery(early, "early-a", "DISPATCHED", before(4), 5);
        files.accepted(early, "early-a", before(5), 5);

        Order grown = confirmed("more-than-dispatched");
        files.delivery(grown, "grown-a", "DISPATCHED", before(6), 4);
        files.accepted(grown, "grown-a", before(5), 5);

        Order foreseen = confirmed("before-confirmation");
        files.delivered(foreseen, "foreseen-a", before(25), 5);

        Order complete = confirmed("cancelled-when-complete");
        files.delivered(complete, "complete-a", before(6), 10);
        files.cancelled(complete, before(5));

        Order cancelled = confirmed("accepted-when-cancelled");
        files.cancelled(cancelled, before(6));
        files.delivered(cancelled, "cancelled-a", before(5), 10);

        Order cut = confirmed("cut-below-accepted");
        files.delivered(cut, "cut-a", before(6), 5);
        files.amended(cut, before(5), 4, before(1));
    }

    private Order confirmed(String id) {
        Order order = order(id, PRODUCT, PLANT, before(20)).of(10);
        files.confirmed(order);
        return order;
    }

    private void wrong() {
        Order known = order("healthy-1", PRODUCT, PLANT, before(39));
        files.confirmed(wrongOrder("none-ordered").of(0));
        files.confirmed(wrongOrder("minus-ordered").of(-5));
        files.accepted(known, "none-delivered", before(8), 0);
        files.accepted(known, "minus-delivered", before(8), -5);
        files.confirmed(wrongOrder("promise-first").promised(before(9)));
        files.confirmed(order("not-yet-confirmed", PRODUCT, PLANT, before(3)).promised(before(1)), before(8));
        files.confirmed(wrongOrder("nowhere").at("9Z9Z9"));
        files.confirmed(order("unmade", "no-such-product", PLANT, before(8)));
        files.confirmed(wrongOrder("a sentence"));
        files.delivered(wrongOrder("unheard-1"), "unheard-delivery", before(8), 5);
        files.amended(wrongOrder("unheard-2"), before(8), 5, before(1));
        files.cancelled(wrongOrder("unheard-3"), before(8));
        files.raw(Topic.ORDERS, before(8), "{\"orderId\":\"half a line}");
        files.raw(Topic.DELIVERIES, before(8), "{\"deliveryId\":\"no-more-of-it\"}");
    }

    private static Order wrongOrder(String id) {
        return order(id, PRODUCT, PLANT, before(8));
    }

    private static Instant before(int days) {
        return END.minus(Duration.ofDays(days));
    }

    @Test
    void all_other_files_are_those_of_a_replay_without_the_wrong_lines() throws IOException {
        Map<String, String> without = OrderFiles.contents(good);
        Map<String, String> with = OrderFiles.contents(bad);

        assertThat(refusals(good)).isEmpty();
        without.remove("rejected_event.csv");
        with.remove("rejected_event.csv");
        assertThat(with).isEqualTo(without);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    none-ordered      | orders     | BAD_VALUE         | Field 'quantity' of orders is 0
                    minus-ordered     | orders     | NEGATIVE_COUNT    | Field 'quantity' of orders is -5
                    none-delivered    | deliveries | BAD_VALUE         | Field 'quantity' of deliveries is 0
                    minus-delivered   | deliveries | NEGATIVE_COUNT    | Field 'quantity' of deliveries is -5
                    promise-first     | orders     | BAD_INTERVAL      | Field 'promisedAt' of orders is
                    not-yet-confirmed | orders     | BAD_VALUE         | Field 'confirmedAt' of orders is
                    nowhere           | orders     | UNKNOWN_REFERENCE | plant 9Z9Z9
                    unmade            | orders     | UNKNOWN_REFERENCE | product no-such-product
                    a sentence        | orders     | MALFORMED_ID      | Field 'orderId' of orders is
                    unheard-2         | orders     | UNKNOWN_ORDER     | unheard-2
                    unheard-3         | orders     | UNKNOWN_ORDER     | unheard-3
                    half a line       | orders     | UNREADABLE        | line
                    no-more-of-it     | deliveries | MISSING_ID        | Field 'orderId' of deliveries is missing
                    """)
    void a_wrong_line_is_refused(String part, String topic, String code, String sentence) throws IOException {
        assertThat(refusals(bad).stream().filter(row -> row.contains(part)))
                .singleElement()
                .asString()
                .startsWith(topic + ",0,")
                .contains("," + code + ",", sentence, "\nMaybe ");
    }

    @Test
    void both_stages_of_a_delivery_of_an_unknown_order_are_refused_at_the_end() throws IOException {
        assertThat(refusals(bad).stream().filter(row -> row.contains("unheard-delivery")))
                .hasSize(2)
                .allSatisfy(row -> assertThat(row)
                        .startsWith("deliveries,0,")
                        .contains(",UNKNOWN_ORDER,", "unheard-1", "\nMaybe "));
    }

    @Test
    void nothing_else_is_refused() throws IOException {
        assertThat(refusals(bad)).hasSize(15);
    }

    @ParameterizedTest
    @CsvSource({
        "more-than-ordered,COMPLETED,10,12,ACCEPTED_MORE_THAN_ORDERED",
        "before-dispatch,OPEN,10,5,ACCEPTED_BEFORE_DISPATCH",
        "more-than-dispatched,OPEN,10,5,ACCEPTED_MORE_THAN_DISPATCHED",
        "before-confirmation,OPEN,10,5,ACCEPTED_BEFORE_CONFIRMATION",
        "cancelled-when-complete,COMPLETED,10,10,CANCELLED_AFTER_COMPLETION",
        "accepted-when-cancelled,CANCELLED,10,0,ACCEPTED_AFTER_CANCELLATION",
        "cut-below-accepted,COMPLETED,4,5,ACCEPTED_MORE_THAN_ORDERED"
    })
    void what_is_odd_is_a_flag_of_its_order(String order, String state, String ordered, String accepted, String flags)
            throws IOException {
        assertThat(Figures.of(bad.resolve("order_status.csv"), "order_id=" + order)
                        .texts("state", "ordered_units", "accepted_units", "flags"))
                .containsExactly(state, ordered, accepted, flags);
    }

    /** Rows of what was refused; a reason has a line break of its own. */
    private static List<String> refusals(Path folder) throws IOException {
        String[] rows = OrderFiles.contents(folder)
                .getOrDefault("rejected_event.csv", "")
                .split(ROW_END, -1);
        return Arrays.asList(rows).subList(1, rows.length - 1);
    }
}
