package org.capacityboard.domain.leadtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.capacityboard.domain.leadtime.OrderSaid.DAY;
import static org.capacityboard.domain.leadtime.OrderSaid.HOUR;
import static org.capacityboard.domain.leadtime.OrderSaid.MINUTE;
import static org.capacityboard.domain.leadtime.OrderSaid.T0;

import java.util.List;
import java.util.Random;
import org.capacityboard.domain.leadtime.OrderLives.Arrival;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same records, in whatever order and with whatever restarts, end in the same rows. */
final class OrderBookAnyOrderTest {
    private static final long HORIZON_MS = BookScene.HORIZON.toMillis();
    private static final long NEW_CLOCK = T0 + 30 * DAY;

    private static BookScene scene(long dropAfterMs) {
        return new BookScene(BookScene.HORIZON, dropAfterMs).plant("PWAW1", "POL", "Europe/Warsaw", 6 * 60);
    }

    /** From day 30 on a plant has another clock and nation, and a product is of another kind. */
    private static void changeReference(BookScene scene) {
        scene.plant("PWAW1", "DEU", "Asia/Tokyo", 0, NEW_CLOCK, 0);
        scene.product("charge", "ARTILLERY", NEW_CLOCK, 0);
    }

    private static BookScene batch(List<Arrival> arrivals, long untilMs) {
        BookScene scene = scene(BookScene.AS_USUAL);
        changeReference(scene);
        OrderLives.Intake intake = new OrderLives.Intake();
        arrivals.forEach(arrival -> intake.take(scene.book, arrival));
        return scene.writeAll(untilMs);
    }

    private static BookScene stream(BookScene scene, List<Arrival> arrivals, long seed, long untilMs, long stepMs) {
        Random random = new Random(seed);
        OrderLives.Intake intake = new OrderLives.Intake();
        boolean changed = false;
        boolean early = random.nextBoolean();
        long nextStep = T0;
        for (Arrival arrival : arrivals) {
            while (nextStep < Math.min(arrival.atMs(), untilMs)) {
                scene.advance(nextStep, early);
                if (!changed && nextStep > NEW_CLOCK - 3 * DAY) {
                    changeReference(scene);
                    changed = true;
                }
                if (random.nextInt(10) == 0) {
                    early = random.nextBoolean();
                }
                if (random.nextInt(25) == 0) {
                    scene.restart();
                }
                if (random.nextInt(40) == 0) {
                    scene.writeAll(nextStep);
                }
                nextStep += 1 + (long) (random.nextDouble() * stepMs);
            }
            intake.take(scene.book, arrival);
        }
        return scene.writeAll(untilMs);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void shuffled_records_with_duplicates_end_in_the_same_rows(long seed) {
        OrderLives lives = new OrderLives(seed, 60, 60 * DAY, HORIZON_MS);
        long untilMs = lives.lastMs + 5 * HOUR;
        BookScene inOrder = batch(lives.arrivals, untilMs);

        BookScene shuffled = batch(lives.shuffled(seed), untilMs);

        assertThat(shuffled.rows.saidWithCurves()).isEqualTo(inOrder.rows.saidWithCurves());
        assertThat(inOrder.rows.statuses).hasSize(60);
        assertThat(inOrder.rows.weeks).hasSizeGreaterThan(50);
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16})
    void a_stream_with_delays_and_restarts_ends_in_the_rows_of_a_batch(long seed) {
        OrderLives lives = new OrderLives(seed, 60, 60 * DAY, HORIZON_MS);
        long untilMs = lives.lastMs + 5 * DAY;
        BookScene batch = batch(lives.arrivals, untilMs);

        BookScene stream = stream(scene(BookScene.AS_USUAL), lives.arrivals, seed, untilMs, 12 * HOUR);

        assertThat(stream.rows.changedAfterFinal).isEmpty();
        assertThat(stream.rows.saidWithCurves()).isEqualTo(batch.rows.saidWithCurves());
    }

    @Test
    void early_rows_every_few_minutes_change_nothing_in_the_end() {
        OrderLives lives = new OrderLives(21, 12, 5 * DAY, HORIZON_MS);
        long untilMs = lives.lastMs + 5 * DAY;
        BookScene batch = batch(lives.arrivals, untilMs);

        BookScene stream = stream(scene(BookScene.AS_USUAL), lives.arrivals, 21, untilMs, 20 * MINUTE);

        assertThat(stream.rows.changedAfterFinal).isEmpty();
        assertThat(stream.rows.saidWithCurves()).isEqualTo(batch.rows.saidWithCurves());
    }

    @ParameterizedTest
    @ValueSource(longs = {31, 32, 33})
    void a_book_that_drops_old_orders_says_what_one_says_that_never_does(long seed) {
        OrderLives lives = new OrderLives(seed, 120, 700 * DAY, HORIZON_MS);
        List<Arrival> arrivals = lives.arrivals.stream()
                .filter(arrival -> arrival.atMs() < lives.lastMs)
                .toList();
        long untilMs = lives.lastMs + 300 * DAY;
        BookScene never = stream(scene(100_000 * DAY), arrivals, seed, untilMs, 2 * DAY);

        BookScene dropping = stream(scene(BookScene.AS_USUAL), arrivals, seed, untilMs, 2 * DAY);

        assertThat(dropping.stored).hasSizeLessThan(90);
        assertThat(never.stored).hasSize(120);
        assertThat(dropping.rows.saidWithCurves()).isEqualTo(never.rows.saidWithCurves());
        assertThat(withoutStatus(dropping)).isEqualTo(withoutStatus(never));
        assertThat(dropping.rows.changedAfterFinal).isEmpty();
    }

    private static List<String> withoutStatus(BookScene scene) {
        return scene.rows.log.stream()
                .filter(line -> !line.startsWith("status"))
                .sorted()
                .toList();
    }
}
