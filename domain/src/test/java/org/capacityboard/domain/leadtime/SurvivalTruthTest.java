package org.capacityboard.domain.leadtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * 50,000 orders whose true lead times are known, seen as a plant shows them: three years of a growing intake, a register that was begun when the first orders
 * had long been placed (who was done by then is not in it), some orders cancelled, and a day on which one has to say how long it takes, with 46 % of the
 * orders still open.
 *
 * <p>The mean of what is complete is far too low, and no amount of data mends it: an order can only be complete if it took no longer than it is old, most
 * orders are young as the intake grows, so the slow ones are exactly those that are missing. Waiting for them is information: an order open for 400 days says
 * that it takes more than 400. The curve uses that, so its median is right.
 */
final class SurvivalTruthTest {
    private static final int ORDERS = 50_000;
    private static final double MEDIAN_DAYS = 300;
    private static final double SPREAD = .6;
    private static final double MEAN_DAYS = MEDIAN_DAYS * Math.exp(SPREAD * SPREAD / 2);
    private static final double THREE_YEARS = 3 * 365;
    private static final double REGISTER_BEGINS = 240;
    private static final double INTAKE_GROWTH = 5;
    private static final double MEAN_DAYS_TO_CANCELLATION = 4_300;
    private static final double CANCELLED_SHARE = .08;

    /** The register on the last day of the three years. */
    private static final class Register {
        private final Observations observations = new Observations();
        private double completedDays;
        private int completed;
        private int open;

        Register(long seed) {
            Random random = new Random(seed);
            while (observations.size() < ORDERS) {
                double confirmed =
                        THREE_YEARS * Math.log1p(random.nextDouble() * (INTAKE_GROWTH - 1)) / Math.log(INTAKE_GROWTH);
                double leadTime = MEDIAN_DAYS * Math.exp(SPREAD * random.nextGaussian());
                double cancellation = -MEAN_DAYS_TO_CANCELLATION * Math.log1p(-random.nextDouble());
                order(Math.max(0, REGISTER_BEGINS - confirmed), leadTime, cancellation, THREE_YEARS - confirmed);
            }
        }

        private void order(double entry, double leadTime, double cancellation, double age) {
            double end = Math.min(Math.min(leadTime, cancellation), age);
            if (end <= entry) {
                return;
            }
            Ending ending = Ending.CENSORED;
            if (end == leadTime) {
                ending = Ending.EVENT;
                completedDays += leadTime;
                completed++;
            } else if (end == cancellation) {
                ending = Ending.CANCELLED;
            } else {
                open++;
            }
            observations.add(Math.round(entry * Sample.DAY), Math.round(end * Sample.DAY), ending, 1);
        }
    }

    @Test
    void median_is_true_where_the_mean_of_completed_orders_is_a_fifth_too_low() {
        for (long seed = 1; seed <= 5; seed++) {
            Register register = new Register(seed);
            SurvivalCurve curve = SurvivalCurve.of(register.observations);

            assertThat(curve.daysUntil(.5))
                    .as("median of seed %s", seed)
                    .isCloseTo(MEDIAN_DAYS, within(.02 * MEDIAN_DAYS));
            assertThat(register.completedDays / register.completed)
                    .as("mean of completed orders of seed %s: only orders quicker than their age can be complete", seed)
                    .isLessThan(.8 * MEAN_DAYS);
            assertThat(register.open).as("orders that the mean leaves out").isGreaterThan(ORDERS / 3);
            assertThat(curve.atRiskAt(.5)).as("what the median rests on").isGreaterThan(ORDERS / 10);
        }
    }

    @Test
    void percentiles_and_cancelled_share_are_true_as_well() {
        SurvivalCurve curve = SurvivalCurve.of(new Register(6).observations);
        double p80Days = MEDIAN_DAYS * Math.exp(SPREAD * .8416212335729143);
        double p90Days = MEDIAN_DAYS * Math.exp(SPREAD * 1.2815515655446004);

        assertThat(curve.daysUntil(.2)).isCloseTo(p80Days, within(.03 * p80Days));
        assertThat(curve.daysUntil(.1)).isCloseTo(p90Days, within(.03 * p90Days));
        assertThat(curve.cancelledShare()).isCloseTo(CANCELLED_SHARE, within(.01));
    }
}
