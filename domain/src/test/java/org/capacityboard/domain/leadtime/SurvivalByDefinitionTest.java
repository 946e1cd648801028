package org.capacityboard.domain.leadtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.capacityboard.domain.leadtime.Sample.Waited;
import org.junit.jupiter.api.Test;

/** Thousands of small samples with ties, late entries, cancellations and weights, each compared with the definition. */
final class SurvivalByDefinitionTest {
    private static final int SAMPLES = 4_000;
    private static final long QUARTER_DAY = Sample.DAY / 4;

    private static Sample sample(Random random) {
        int size = 1 + random.nextInt(random.nextBoolean() ? 5 : 30);
        int longest = 1 + random.nextInt(60);
        int lateOfTen = random.nextInt(8);
        int heavyOfTen = random.nextInt(4);
        List<Waited> all = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            long time = random.nextInt(longest + 1) * QUARTER_DAY;
            long entry = random.nextInt(10) < lateOfTen ? random.nextInt(longest) * QUARTER_DAY : 0;
            long weight = random.nextInt(10) < heavyOfTen ? 1 + random.nextInt(200_000) : 1 + random.nextInt(3);
            all.add(new Waited(entry, time, Ending.values()[random.nextInt(3)], weight));
        }
        return new Sample(all);
    }

    @Test
    void percentiles_are_those_of_the_definition() {
        Random random = new Random(41);
        int reached = 0;
        int undefined = 0;
        for (int i = 0; i < SAMPLES; i++) {
            Sample sample = sample(random);
            SurvivalCurve curve = sample.curve();
            CurveByDefinition expected = new CurveByDefinition(sample);
            for (double share : new double[] {.5, .2, .1, 0, random.nextDouble()}) {
                assertThat(curve.daysUntil(share)).as("%s at %s", sample, share).isEqualTo(expected.daysUntil(share));
                assertThat(curve.atRiskAt(share)).as("%s at %s", sample, share).isEqualTo(expected.atRiskAt(share));
                reached += curve.daysUntil(share) == null ? 0 : 1;
            }
            assertThat(curve.atRiskAtLastEvent()).as("%s", sample).isEqualTo(expected.atRiskAtLastEvent());
            undefined += expected.undefinedFromMs() == Long.MAX_VALUE ? 0 : 1;
        }
        assertThat(reached).as("all cases were met").isGreaterThan(SAMPLES);
        assertThat(undefined).as("all cases were met").isGreaterThan(SAMPLES / 100);
    }

    @Test
    void days_are_those_of_the_definition() {
        Random random = new Random(42);
        for (int i = 0; i < SAMPLES; i++) {
            Sample sample = sample(random);
            SurvivalCurve curve = sample.curve();
            CurveByDefinition expected = new CurveByDefinition(sample);
            int longestDays = random.nextInt(20);
            double[] survival = curve.survivalByDay(longestDays);
            double[] cancelled = curve.cancelledByDay(longestDays);
            long[] atRisk = curve.atRiskByDay(longestDays);
            long longestMs = sample.all().stream()
                    .filter(one -> one.timeMs() > one.entryMs())
                    .mapToLong(Waited::timeMs)
                    .max()
                    .orElse(0);
            assertThat(survival).hasSize((int) Math.min(longestDays, Math.ceil(longestMs / (double) Sample.DAY)));
            assertThat(cancelled).hasSameSizeAs(survival);
            assertThat(atRisk).hasSameSizeAs(survival);
            for (int day = 0; day < survival.length; day++) {
                long end = (day + 1) * Sample.DAY;
                if (end >= expected.undefinedFromMs()) {
                    assertThat(survival[day]).as("%s on %s", sample, day).isNaN();
                } else {
                    assertThat(survival[day])
                            .as("%s on %s", sample, day)
                            .isCloseTo(expected.survival(end), within(1e-12));
                }
                assertThat(cancelled[day])
                        .as("%s on %s", sample, day)
                        .isCloseTo(expected.cancelled(end), within(1e-12));
                assertThat(atRisk[day]).as("%s on %s", sample, day).isEqualTo(expected.underObservation(end));
            }
        }
    }

    @Test
    void delivered_cancelled_and_waiting_are_all() {
        Random random = new Random(43);
        for (int i = 0; i < SAMPLES; i++) {
            Sample sample = sample(random);
            double[] cancelled = sample.curve().cancelledByDay(30);
            double[] delivered = endings(sample, Ending.CANCELLED, Ending.CENSORED, Ending.EVENT)
                    .curve()
                    .cancelledByDay(30);
            double[] leaving = endings(sample, Ending.EVENT, Ending.CENSORED, Ending.EVENT)
                    .curve()
                    .survivalByDay(30);
            CurveByDefinition expected = new CurveByDefinition(sample);
            for (int day = 0; day < cancelled.length; day++) {
                long end = (day + 1) * Sample.DAY;
                double waiting = Double.isNaN(leaving[day]) ? 0 : leaving[day];
                assertThat(cancelled[day] + delivered[day] + waiting)
                        .as("%s on %s", sample, day)
                        .isCloseTo(1, within(1e-12));
                assertThat(delivered[day]).isCloseTo(expected.delivered(end), within(1e-12));
                assertThat(waiting).isCloseTo(expected.waiting(end), within(1e-12));
            }
        }
    }

    /** The sample with other endings in place of an event, a censoring and a cancellation. */
    private static Sample endings(Sample sample, Ending... endings) {
        return new Sample(sample.all().stream()
                .map(one -> new Waited(
                        one.entryMs(), one.timeMs(), endings[one.ending().ordinal()], one.weight()))
                .toList());
    }

    @Test
    void order_of_the_observations_does_not_matter() {
        Random random = new Random(44);
        for (int i = 0; i < SAMPLES / 4; i++) {
            Sample sample = sample(random);
            List<Waited> shuffled = new ArrayList<>(sample.all());
            Collections.shuffle(shuffled, random);
            SurvivalCurve curve = sample.curve();
            SurvivalCurve other = new Sample(shuffled).curve();

            assertThat(other.survivalByDay(30)).isEqualTo(curve.survivalByDay(30));
            assertThat(other.cancelledByDay(30)).isEqualTo(curve.cancelledByDay(30));
            assertThat(other.cancelledShare()).isEqualTo(curve.cancelledShare());
            assertThat(other.daysUntil(.5)).isEqualTo(curve.daysUntil(.5));
        }
    }

    @Test
    void large_sample_is_drawn_as_by_definition() {
        Random random = new Random(45);
        List<Waited> all = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            long time = 1 + (long) (random.nextDouble() * 900 * Sample.DAY);
            long entry = random.nextInt(4) == 0 ? (long) (random.nextDouble() * time) : 0;
            all.add(new Waited(entry, time, Ending.values()[random.nextInt(3)], 1 + random.nextInt(100_000)));
        }
        Sample sample = new Sample(all);
        SurvivalCurve curve = sample.curve();
        CurveByDefinition expected = new CurveByDefinition(sample);

        for (double share : new double[] {.5, .2, .1, .9, .75}) {
            assertThat(curve.daysUntil(share)).isEqualTo(expected.daysUntil(share));
            assertThat(curve.atRiskAt(share)).isEqualTo(expected.atRiskAt(share));
        }
        assertThat(curve.cancelledShare()).isCloseTo(expected.cancelled(Long.MAX_VALUE), within(1e-12));
    }
}
