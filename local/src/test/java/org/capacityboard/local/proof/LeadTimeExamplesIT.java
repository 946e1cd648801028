package org.capacityboard.local.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.capacityboard.local.proof.OrderFiles.order;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.capacityboard.local.kit.CapacityCall;
import org.capacityboard.local.proof.OrderFiles.Order;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The worked examples of lead time through {@code capacity replay}: each is a product of its own, all end at one Monday's midnight. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LeadTimeExamplesIT {
    private static final Instant END = Instant.parse("2026-06-29T00:00:00Z");
    private static final String LAST_DAY = "as_of=2026-06-28";
    private static final String PLANT = "0LT01";
    private static final String EARLY_SHIFT_PLANT = "0LT02";
    /** Lead times of the examples end before; whoever is still open waits until the end. */
    private static final int LONGEST_DAYS = 160;

    private static final int WEEKLY_UNITS = 10;

    private static final Set<String> LEAD_TIME_FILES =
            Set.of("lead_time.csv", "lead_time_curve.csv", "order_backlog.csv", "on_time_week.csv", "order_status.csv");

    private final OrderFiles files = new OrderFiles();
    private final Map<String, Integer> ordersOfProduct = new TreeMap<>();
    private Path first = Path.of("");
    private Path second = Path.of("");
    private Path shuffled = Path.of("");

    @BeforeAll
    void replay_in_order_twice_and_once_in_any_order(@TempDir Path directory) throws IOException {
        files.plant(PLANT, "POL", "UTC", "00:00").plant(EARLY_SHIFT_PLANT, "DEU", "Europe/Warsaw", "06:00");
        waitingTimes();
        deliveriesOfTen();
        promises();
        orderBooks();
        Path inOrder = files.writeInOrder(directory.resolve("in-order"));
        Path anyOrder = files.writeShuffled(directory.resolve("any-order"), Duration.ofHours(40), END, 7);
        first = replay(inOrder, directory.resolve("first"));
        second = replay(inOrder, directory.resolve("second"));
        shuffled = replay(anyOrder, directory.resolve("shuffled"));
    }

    private static Path replay(Path input, Path output) {
        CapacityCall call = CapacityCall.of(
                "replay", "--input", input.toString(), "--output", output.toString(), "--until", END.toString());
        assertThat(call.exitCode()).as(call.err()).isZero();
        return output;
    }

    private void waitingTimes() {
        product("eight");
        for (int days : new int[] {1, 1, 4, 5, 9, 22}) {
            completed("eight", 0, days);
        }
        open("eight", 0, 6);
        open("eight", 0, 9);

        product("five");
        for (int days : new int[] {10, 20, 30, 40, 50}) {
            completed("five", 0, days);
        }

        product("three-late");
        completed("three-late", 0, 4);
        open("three-late", 0, 4);
        completed("three-late", 0, 8);

        product("three-early");
        completed("three-early", 0, 4);
        open("three-early", 0, 3);
        completed("three-early", 0, 8);

        product("entry");
        completed("entry", 0, 30);
        open("entry", 0, 50);
        completed("entry", 0, 80);
        completed("entry", 40, 60);
        completed("entry", 40, 120);
        open("entry", 70, 90);
        completed("entry", 70, 150);

        product("cancelled");
        completed("cancelled", 0, 2);
        cancelled("cancelled", 4);
        completed("cancelled", 0, 6);
        open("cancelled", 0, 8);
        completed("cancelled", 0, 10);

        product("patient");
        completed("patient", 0, 3);
        open("patient", 0, 10);
        open("patient", 0, 10);
        open("patient", 0, 10);

        product("gap");
        completed("gap", 0, 5);
        completed("gap", 10, 20);

        product("old");
        Order old = order("old-1", "old", PLANT, before(400));
        files.confirmed(old);
        files.delivered(old, "old-1-a", before(380), 1);
        files.confirmed(order("old-2", "old", PLANT, before(400)));
        completed("old", 0, 50);

        product("hours");
        Order hours = order("hours-1", "hours", PLANT, before(20));
        files.confirmed(hours);
        files.delivered(hours, "hours-1-a", before(20).plus(Duration.ofHours(36)), 1);
    }

    private void deliveriesOfTen() {
        product("ten");
        Order ten = order("ten", "ten", PLANT, before(26)).of(10).promised(before(20));
        files.confirmed(ten);
        files.delivered(ten, "ten-a", before(23), 6);
        files.rejected(ten, "ten-x", before(22), 3);
        files.delivered(ten, "ten-b", before(21), 4);
    }

    private void promises() {
        product("late-ten");
        Order late = order("late-ten", "late-ten", PLANT, before(40)).of(10).promised(before(20));
        files.confirmed(late);
        files.amended(late, before(24), 10, before(10));
        files.delivered(late, "late-ten-a", before(21), 6);
        files.delivered(late, "late-ten-b", before(18), 4);

        product("called-off");
        Order calledOff = order("called-off", "called-off", PLANT, before(40)).promised(before(20));
        files.confirmed(calledOff);
        files.cancelled(calledOff, before(21));

        product("just-due");
        Order justDue = order("just-due", "just-due", PLANT, before(5)).promised(before(1));
        files.confirmed(justDue);
        files.delivered(justDue, "just-due-a", END.minusMillis(1), 1);
        files.confirmed(order("not-yet-due", "just-due", PLANT, before(5)).promised(END));

        // 05:30 on a Monday in Warsaw: still Sunday's production day, which ends at 06:00, that is 04:00 UTC.
        product("early-shift");
        Instant promise = Instant.parse("2026-06-08T03:30:00Z");
        Instant dayEnds = Instant.parse("2026-06-08T04:00:00Z");
        Order inTime = order("early-shift-1", "early-shift", EARLY_SHIFT_PLANT, before(40))
                .promised(promise);
        files.confirmed(inTime);
        files.delivered(inTime, "early-shift-1-a", dayEnds.minusMillis(1), 1);
        Order tooLate = order("early-shift-2", "early-shift", EARLY_SHIFT_PLANT, before(40))
                .promised(promise);
        files.confirmed(tooLate);
        files.delivered(tooLate, "early-shift-2-a", dayEnds, 1);
    }

    private void orderBooks() {
        product("steady");
        Order steady = order("steady-1", "steady", PLANT, before(84))
                .of(200)
                .promised(before(28))
                .withPriority(1);
        files.confirmed(steady);
        weekly(steady, 12, 12);
        Order postponed = order("steady-2", "steady", PLANT, before(21))
                .of(25)
                .promised(after(10))
                .withPriority(2);
        files.confirmed(postponed);
        files.amended(postponed, before(20), 25, after(40));
        files.confirmed(order("steady-3", "steady", PLANT, before(14))
                .of(15)
                .promised(after(20))
                .withPriority(2));
        files.confirmed(order("steady-4", "steady", PLANT, before(14)).promised(after(5)));

        product("idle");
        Order idle = order("idle-1", "idle", PLANT, before(84)).of(100).promised(before(28));
        files.confirmed(idle);
        weekly(idle, 12, 8);

        product("young");
        Order young = order("young-1", "young", PLANT, before(84)).of(100).promised(before(28));
        files.confirmed(young);
        weekly(young, 7, 7);
    }

    /** Ten units each Wednesday noon, beginning so many weeks before the end. */
    private void weekly(Order order, int weeksBeforeEnd, int weeks) {
        for (int week = 0; week < weeks; week++) {
            Instant wednesday =
                    before(7 * (weeksBeforeEnd - week)).plus(Duration.ofDays(2)).plus(Duration.ofHours(12));
            files.delivered(order, order.id() + "-" + week, wednesday, WEEKLY_UNITS);
        }
    }

    private void product(String id) {
        files.product(id, "AMMUNITION");
    }

    private void completed(String product, int entryDays, int days) {
        Order order = order(nextId(product), product, PLANT, before(LONGEST_DAYS));
        files.confirmed(order, order.confirmedAt().plus(Duration.ofDays(entryDays)));
        files.delivered(order, order.id() + "-a", order.confirmedAt().plus(Duration.ofDays(days)), 1);
    }

    private void open(String product, int entryDays, int days) {
        Order order = order(nextId(product), product, PLANT, before(days));
        files.confirmed(order, order.confirmedAt().plus(Duration.ofDays(entryDays)));
    }

    private void cancelled(String product, int days) {
        Order order = order(nextId(product), product, PLANT, before(LONGEST_DAYS));
        files.confirmed(order);
        files.cancelled(order, order.confirmedAt().plus(Duration.ofDays(days)));
    }

    private String nextId(String product) {
        return product + "-w" + ordersOfProduct.merge(product, 1, Integer::sum);
    }

    private static Instant before(int days) {
        return END.minus(Duration.ofDays(days));
    }

    private static Instant after(int days) {
        return END.plus(Duration.ofDays(days));
    }

    @Test
    void replay_gives_the_same_bytes_twice() throws IOException {
        assertThat(OrderFiles.contents(first)).containsKeys(LEAD_TIME_FILES.toArray(String[]::new));
        assertThat(OrderFiles.contents(second)).isEqualTo(OrderFiles.contents(first));
    }

    @Test
    void everything_twice_in_any_order_inside_the_horizon_gives_the_same_files() throws IOException {
        Map<String, String> inOrder = OrderFiles.contents(first);
        Map<String, String> anyOrder = OrderFiles.contents(shuffled);
        inOrder.keySet().retainAll(LEAD_TIME_FILES);
        anyOrder.keySet().retainAll(LEAD_TIME_FILES);

        assertThat(anyOrder).isEqualTo(inOrder);
    }

    @Test
    void nothing_of_the_examples_is_refused() throws IOException {
        assertThat(Files.readAllLines(first.resolve("rejected_event.csv"))).hasSize(1);
        assertThat(Files.readAllLines(shuffled.resolve("rejected_event.csv"))).hasSize(1);
    }

    @Test
    void eight_orders() throws IOException {
        Figures eight = leadTime("eight", "all", "LAST_UNIT");

        assertThat(eight.texts("p50_days", "p80_days", "p90_days")).containsExactly("5", "22", "22");
        assertThat(eight.text("completed_only_mean_days")).isEqualTo("7");
        assertThat(eight.texts("orders_total", "orders_completed", "orders_open", "orders_cancelled"))
                .containsExactly("8", "6", "2", "0");
        assertThat(eight.texts("at_risk", "p80_at_risk", "p90_at_risk")).containsExactly("5", "1", "1");
        assertThat(eight.text("cancelled_share")).isEqualTo("0");
        assertThat(survival("eight", 1, 3, 4, 5, 9, 21, 22))
                .containsExactly("0.7500", "0.7500", "0.6250", "0.5000", "0.3333", "0.3333", "0.0000");
        assertThat(atRisk("eight", 1, 4, 5, 6, 9, 22)).containsExactly("6", "5", "4", "3", "1", "0");
    }

    @Test
    void units_of_orders_of_one_wait_as_long_as_their_orders() throws IOException {
        Map<String, String> orders = leadTime("eight", "all", "LAST_UNIT").values();

        for (String basis : List.of("FIRST_UNIT", "PER_UNIT")) {
            Map<String, String> expected = new TreeMap<>(orders);
            expected.put("basis", basis);
            assertThat(leadTime("eight", "all", basis).values()).isEqualTo(expected);
        }
    }

    @Test
    void five_orders() throws IOException {
        assertThat(leadTime("five", "all", "LAST_UNIT").texts("p50_days", "p80_days", "p90_days"))
                .containsExactly("30", "40", "50");
    }

    @Test
    void an_event_comes_before_a_censoring_at_the_same_time() throws IOException {
        assertThat(leadTime("three-late", "all", "LAST_UNIT").text("p50_days")).isEqualTo("8");
        assertThat(leadTime("three-early", "all", "LAST_UNIT").text("p50_days")).isEqualTo("4");
    }

    @Test
    void orders_that_became_known_late_enter_late() throws IOException {
        assertThat(leadTime("entry", "all", "LAST_UNIT").texts("p50_days", "p80_days", "p90_days"))
                .containsExactly("60", "120", "150");
        assertThat(survival("entry", 29, 30, 60, 80, 120, 150))
                .containsExactly("1.0000", "0.6667", "0.4444", "0.3333", "0.1667", "0.0000");
        assertThat(atRisk("entry", 1, 40, 70, 150)).containsExactly("3", "4", "4", "0");
    }

    @Test
    void a_cancellation_censors_and_its_share_stands_beside() throws IOException {
        Figures figures = leadTime("cancelled", "all", "LAST_UNIT");

        assertThat(figures.text("p50_days")).isEqualTo("10");
        assertThat(figures.printed("cancelled_share", 9)).isEqualTo("0.200000000");
        assertThat(figures.texts("orders_total", "orders_completed", "orders_open", "orders_cancelled"))
                .containsExactly("5", "3", "1", "1");
        assertThat(survival("cancelled", 2, 4, 6, 8, 10))
                .containsExactly("0.8000", "0.8000", "0.5333", "0.5333", "0.0000");
        assertThat(curve("cancelled", 3).printed("cancelled_share", 9)).isEqualTo("0.000000000");
        assertThat(curve("cancelled", 4).printed("cancelled_share", 9)).isEqualTo("0.200000000");
    }

    @Test
    void what_is_not_reached_is_empty() throws IOException {
        Figures patient = leadTime("patient", "all", "LAST_UNIT");

        assertThat(patient.texts("p50_days", "p80_days", "p90_days", "p80_at_risk", "p90_at_risk"))
                .containsOnly("");
        assertThat(patient.text("at_risk")).isEqualTo("4");
        assertThat(patient.text("completed_only_mean_days")).isEqualTo("3");
    }

    @Test
    void a_curve_that_ends_before_a_later_entry_has_no_percentiles() throws IOException {
        assertThat(leadTime("gap", "all", "LAST_UNIT").texts("p50_days", "p80_days", "p90_days"))
                .containsOnly("");
    }

    @Test
    void trailing_follows_the_last_365_days_only() throws IOException {
        assertThat(leadTime("old", "all", "LAST_UNIT").texts("p50_days", "at_risk", "orders_total", "orders_completed"))
                .containsExactly("50", "2", "3", "2");
        assertThat(leadTime("old", "trailing", "LAST_UNIT")
                        .texts("p50_days", "at_risk", "orders_total", "orders_completed"))
                .containsExactly("50", "2", "2", "1");
        assertThat(survival("old", 20, 50)).containsExactly("0.6667", "0.3333");
        assertThat(curve("old", "trailing", 50).printed("survival", 4)).isEqualTo("0.5000");
    }

    @Test
    void days_are_fractional() throws IOException {
        assertThat(leadTime("hours", "all", "LAST_UNIT").text("p50_days")).isEqualTo("1.5");
    }

    @Test
    void six_then_four_of_ten_before_the_promise_are_on_time_in_full() throws IOException {
        assertThat(onTime("ten", "2026-W24")
                        .texts(
                                "lines_due",
                                "lines_on_time_in_full",
                                "units_due",
                                "units_on_time",
                                "on_time_in_full_ratio",
                                "units_on_time_ratio",
                                "final"))
                .containsExactly("1", "1", "10", "10", "1", "1", "true");
        assertThat(status("ten").texts("state", "ordered_units", "accepted_units", "rejected_units", "flags"))
                .containsExactly("COMPLETED", "10", "10", "3", "");
    }

    @Test
    void each_unit_waits_on_its_own() throws IOException {
        assertThat(leadTime("ten", "all", "LAST_UNIT").text("p50_days")).isEqualTo("5");
        assertThat(leadTime("ten", "all", "FIRST_UNIT").text("p50_days")).isEqualTo("3");
        assertThat(leadTime("ten", "all", "PER_UNIT")
                        .texts("p50_days", "p80_days", "at_risk", "p80_at_risk", "completed_only_mean_days"))
                .containsExactly("3", "5", "10", "4", "3.8");
        assertThat(leadTime("ten", "all", "PER_UNIT").texts("orders_total", "orders_completed"))
                .containsExactly("1", "1");
    }

    @Test
    void a_new_promise_never_heals_an_old_miss() throws IOException {
        assertThat(onTime("late-ten", "2026-W24")
                        .texts(
                                "lines_due",
                                "lines_on_time_in_full",
                                "units_due",
                                "units_on_time",
                                "on_time_in_full_ratio",
                                "units_on_time_ratio"))
                .containsExactly("1", "0", "10", "6", "0", "0.6");
        assertThat(status("late-ten").texts("baseline_promised_at", "promised_at"))
                .containsExactly(before(20).toString(), before(10).toString());
    }

    @Test
    void a_line_that_was_cancelled_before_its_day_is_not_due() throws IOException {
        assertThat(Files.readAllLines(first.resolve("on_time_week.csv")))
                .noneMatch(row -> row.contains(",called-off,"));
        assertThat(status("called-off").texts("state", "cancelled_at", "queue_units"))
                .containsExactly("CANCELLED", before(21).toString(), "");
    }

    @Test
    void a_line_is_due_when_its_day_is_past() throws IOException {
        assertThat(onTime("just-due", "2026-W26").texts("lines_due", "lines_on_time_in_full", "final"))
                .containsExactly("1", "1", "false");
    }

    @Test
    void the_day_of_a_promise_is_the_plants_own() throws IOException {
        assertThat(onTime("early-shift", "2026-W23").texts("lines_due", "lines_on_time_in_full"))
                .containsExactly("2", "1");
    }

    @Test
    void orders_of_a_book_wait_for_all_before_them() throws IOException {
        assertForecast("steady-1", 80, 8, -28);
        assertForecast("steady-3", 95, 10, 20);
        assertForecast("steady-2", 120, 12, 10);
        assertForecast("steady-4", 121, 13, 5);
        assertThat(status("steady-2").text("promised_at")).isEqualTo(after(40).toString());
        assertThat(status("steady-4").text("priority")).isEmpty();
    }

    /** A plant of the same output every week has one future: as many weeks as that takes. */
    private void assertForecast(String order, int queueUnits, int weeks, int baselineDays) throws IOException {
        String forecast = after(7 * weeks).toString();
        assertThat(status(order)
                        .texts(
                                "queue_units",
                                "forecast_p50_at",
                                "forecast_p80_at",
                                "slip_days",
                                "baseline_promised_at",
                                "stalled"))
                .as(order)
                .containsExactly(
                        String.valueOf(queueUnits),
                        forecast,
                        forecast,
                        String.valueOf(7 * weeks - baselineDays),
                        after(baselineDays).toString(),
                        "false");
    }

    @Test
    void four_weeks_without_output_are_a_stall_and_have_no_forecast() throws IOException {
        assertThat(status("idle-1").texts("queue_units", "forecast_p50_at", "forecast_p80_at", "slip_days", "stalled"))
                .containsExactly("20", "", "", "", "true");
    }

    @Test
    void seven_weeks_of_output_are_too_few_for_a_forecast() throws IOException {
        assertThat(status("young-1").texts("queue_units", "forecast_p50_at", "forecast_p80_at", "slip_days", "stalled"))
                .containsExactly("30", "", "", "", "false");
    }

    @Test
    void backlog_is_covered_by_weeks_of_accepted_output() throws IOException {
        assertThat(group("order_backlog.csv", "steady", LAST_DAY)
                        .texts(
                                "open_orders",
                                "backlog_units",
                                "overdue_orders",
                                "overdue_units",
                                "accepted_units",
                                "rate_weeks",
                                "cover_weeks"))
                .containsExactly("4", "121", "1", "80", "120", "12", "12.1");
        assertThat(group("order_backlog.csv", "called-off", LAST_DAY).text("cover_weeks"))
                .isEmpty();
    }

    @Test
    void there_is_a_row_a_day_from_the_first_order_on() throws IOException {
        List<String> days = Files.readAllLines(first.resolve("lead_time.csv")).stream()
                .filter(row -> row.contains(",product,ten,all,LAST_UNIT,"))
                .map(row -> row.substring(0, row.indexOf(',')))
                .toList();

        assertThat(days)
                .isEqualTo(IntStream.rangeClosed(1, 26)
                        .mapToObj(day -> before(27 - day).toString().substring(0, 10))
                        .toList());
    }

    @Test
    void days_are_final_two_days_after_their_end() throws IOException {
        assertThat(group("lead_time.csv", "ten", "as_of=2026-06-26", "cohort=all", "basis=LAST_UNIT")
                        .text("final"))
                .isEqualTo("true");
        assertThat(group("lead_time.csv", "ten", "as_of=2026-06-27", "cohort=all", "basis=LAST_UNIT")
                        .text("final"))
                .isEqualTo("false");
    }

    private Figures leadTime(String product, String cohort, String basis) throws IOException {
        return group("lead_time.csv", product, LAST_DAY, "cohort=" + cohort, "basis=" + basis);
    }

    private Figures onTime(String product, String week) throws IOException {
        return group("on_time_week.csv", product, "iso_week=" + week);
    }

    /** What the curve says after so many days; day 0 is the first of them. */
    private Figures curve(String product, int days) throws IOException {
        return curve(product, "all", days);
    }

    private Figures curve(String product, String cohort, int days) throws IOException {
        return group("lead_time_curve.csv", product, "cohort=" + cohort, "basis=LAST_UNIT", "day=" + (days - 1));
    }

    private Figures group(String file, String product, String... wanted) throws IOException {
        String[] all = new String[wanted.length + 2];
        all[0] = "group_kind=product";
        all[1] = "group_id=" + product;
        System.arraycopy(wanted, 0, all, 2, wanted.length);
        return Figures.of(first.resolve(file), all);
    }

    private Figures status(String order) throws IOException {
        return Figures.of(first.resolve("order_status.csv"), "order_id=" + order);
    }

    private List<String> survival(String product, int... days) throws IOException {
        String[] values = new String[days.length];
        for (int i = 0; i < days.length; i++) {
            values[i] = curve(product, days[i]).printed("survival", 4);
        }
        return List.of(values);
    }

    private List<String> atRisk(String product, int... days) throws IOException {
        String[] values = new String[days.length];
        for (int i = 0; i < days.length; i++) {
            values[i] = curve(product, days[i]).text("at_risk");
        }
        return List.of(values);
    }
}
