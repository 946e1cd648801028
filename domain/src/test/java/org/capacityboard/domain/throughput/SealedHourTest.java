package org.capacityboard.domain.throughput;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hours of any content, sealed and opened again. */
final class SealedHourTest {
    private static final long HOUR = 498_384;

    private static long anyOf(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> random.nextLong();
            case 1 -> Long.MAX_VALUE;
            case 2 -> Long.MIN_VALUE;
            default -> random.nextInt(100_000);
        };
    }

    private static OpenHour anyHour(long seed) {
        Random random = new Random(seed);
        int wild = new int[] {0, 2, 30, 600}[random.nextInt(4)];
        OpenHour hour = new OpenHour(HOUR);
        HourLog.Filler filler = new HourLog.Filler(hour.log());
        Report before = new Report().setOrigin(hour.startMs());
        before.sequence = anyOf(random);
        before.rework = LineReport.NOT_REPORTED;
        int reports = random.nextInt(4_000);
        int most = (int) (Ms.HOUR / (reports + 1));
        for (int i = 0; i < reports; i++) {
            Report next = new Report().set(before);
            next.sequence++;
            next.lagMs = 0;
            next.duplicates = random.nextInt(1_000) < wild + 5 ? 1 + random.nextInt(3) : 0;
            next.atMs += random.nextInt(1_000) < wild ? random.nextInt(most + 1) : most;
            next.good += random.nextInt(9) == 0 ? 1 : 0;
            if (random.nextInt(1_000) < wild) {
                makeWild(next, random);
            }
            filler.add(next);
            before = next;
        }
        filler.close();
        for (int i = random.nextInt(3); i > 0; i--) {
            hour.written().addMinute("p" + i, random.nextInt(60));
            if (random.nextBoolean()) {
                hour.written().addHour("p" + i);
            }
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            hour.countLate(hour.startMs() + random.nextInt((int) Ms.HOUR));
        }
        return random.nextBoolean() ? hour : withTotals(hour, random);
    }

    private static void makeWild(Report next, Random random) {
        switch (random.nextInt(9)) {
            case 0 -> next.session = anyOf(random);
            case 1 -> next.sequence = anyOf(random);
            case 2 -> next.lagMs = random.nextInt(1_000_000);
            case 3 -> next.state = MachineState.values()[random.nextInt(MachineState.values().length)];
            case 4 -> next.reason = random.nextBoolean() ? "R" + random.nextInt(5) : null;
            case 5 -> next.order = random.nextBoolean() ? "order-" + random.nextInt(5) : "";
            case 6 -> next.product = random.nextBoolean() ? "p" + random.nextInt(5) : null;
            case 7 -> next.good = anyOf(random);
            default -> {
                next.scrap = anyOf(random);
                next.rework = anyOf(random);
            }
        }
    }

    private static OpenHour withTotals(OpenHour hour, Random random) {
        HourTotals totals = new HourTotals();
        for (int i = random.nextInt(4); i > 0; i--) {
            long[] facts = new long[Fact.COUNT];
            for (int f = 0; f < Fact.COUNT; f++) {
                facts[f] =
                        random.nextBoolean() ? 0 : random.nextBoolean() ? anyOf(random) : random.nextInt(99) * 1_000L;
            }
            totals.add("p" + i, HOUR / 24 + random.nextInt(3) - 1, facts);
            totals.addLoss(
                    HOUR / 24 + i, LossCategory.DOWN, random.nextBoolean() ? "" : "R" + i, random.nextInt(9_000));
        }
        return OpenHour.of(
                HOUR,
                hour.log(),
                hour.written(),
                totals,
                hour.startMs() + (1 + random.nextInt(60)) * Ms.MINUTE,
                hour.late());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 50, 100, 150, 200, 250})
    void opened_hour_holds_what_was_sealed(int firstSeed) {
        for (long seed = firstSeed; seed < firstSeed + 50; seed++) {
            OpenHour open = anyHour(seed);
            byte[] bytes = open.encode();

            SealedHour sealed = SealedHour.of(open);

            assertThat(open.encode()).isEqualTo(bytes);
            assertThat(sealed.opened().encode()).as("seed %d", seed).isEqualTo(bytes);
            assertThat(sealed.totalsToMs()).isEqualTo(open.totalsToMs());
            assertThat(sealed.lastAtMs()).isEqualTo(open.lastAtMs());
            assertThat(sealed.nextWrittenEnd(open.startMs() + seed * Ms.MINUTE / 4))
                    .isEqualTo(open.nextWrittenEnd(open.startMs() + seed * Ms.MINUTE / 4));
            assertThat(sealed.compareFirstKey(0, 0)).isEqualTo(open.compareFirstKey(0, 0));
            assertThat(HourChunk.decode(bytes).encode()).isEqualTo(bytes);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 350})
    void sealed_hour_without_its_sums_is_the_open_one_without_them(int firstSeed) {
        for (long seed = firstSeed; seed < firstSeed + 50; seed++) {
            OpenHour open = anyHour(seed);
            SealedHour sealed = SealedHour.of(open);
            byte[] before = sealed.bytes().clone();

            Hour without = sealed.withoutTotals();

            open.forgetTotals();
            assertThat(without.opened().encode()).as("seed %d", seed).isEqualTo(open.encode());
            assertThat(sealed.bytes()).isEqualTo(before);
        }
    }

    @Test
    void day_of_sealed_hours_gives_each_as_it_is_through_puts_and_removals() {
        Random random = new Random(7);
        HeapHourStore store = new HeapHourStore();
        KeptHours kept = new KeptHours(store);
        Map<Long, byte[]> expected = new TreeMap<>();
        for (int i = 0; i < 600; i++) {
            long number = HOUR - 30 + random.nextInt(60);
            Hour hour = kept.get(number);
            assertThat(hour == null ? null : hour.opened().encode()).isEqualTo(expected.get(number));
            OpenHour open = hour == null ? new OpenHour(number) : hour.opened();
            open.written().addMinute("p" + random.nextInt(3), random.nextInt(60));
            switch (random.nextInt(4)) {
                case 0 -> {
                    kept.remove(number);
                    expected.remove(number);
                }
                case 1 -> {
                    kept.put(open);
                    expected.put(number, open.encode());
                }
                default -> {
                    kept.put(SealedHour.of(open));
                    expected.put(number, open.encode());
                }
            }
            if (random.nextInt(9) == 0) {
                for (long key : store.hours()) {
                    HourChunk chunk = store.get(key);
                    if (chunk != null) {
                        store.put(key, HourChunk.decode(chunk.encode()));
                    }
                }
            }
        }
        for (long number = HOUR - 30; number < HOUR + 30; number++) {
            kept.remove(number);
        }
        assertThat(store.hours()).isEmpty();
    }
}
