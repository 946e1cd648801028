package org.capacityboard.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.time.Duration;
import org.capacityboard.events.Material;
import org.capacityboard.events.Posture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the shipped scenarios are made to show, found by plain arithmetic from what they send. */
class SurgeStoryTest {
    private static final String ROUND = "round-155-he";
    private static final String EXTENDED = "round-155-er";
    private static final String POWDER_PARENT = "Synthetic Energetics West";

    @ParameterizedTest
    @ValueSource(ints = {7, 21, 41})
    void before_the_funded_line_is_accepted_charges_bind_the_round_and_fuzes_come_next(int days) throws IOException {
        SurgeByHand board = new SurgeByHand(Feed.alliance(), days);
        for (Posture posture : new Posture[] {Posture.CRISIS, Posture.CONFLICT}) {
            SurgeByHand.Bound bound = board.bound(ROUND, posture);
            assertThat(bound.binding()).isEqualTo("charge-155");
            assertThat(bound.next()).isEqualTo("fuze-155-impact");
        }
        assertThat(board.bound(ROUND, Posture.CONFLICT).readiness()).isBetween(0.5, 0.6);
        assertThat(board.bound(ROUND, Posture.CRISIS).readiness()).isBetween(0.7, 0.85);
    }

    @ParameterizedTest
    @ValueSource(ints = {43, 70, 120, 182})
    void once_it_is_accepted_fuzes_bind_the_round_and_charges_come_next(int days) throws IOException {
        SurgeByHand board = new SurgeByHand(Feed.alliance(), days);
        for (Posture posture : new Posture[] {Posture.CRISIS, Posture.CONFLICT}) {
            SurgeByHand.Bound bound = board.bound(ROUND, posture);
            assertThat(bound.binding()).isEqualTo("fuze-155-impact");
            assertThat(bound.next()).isEqualTo("charge-155");
        }
        assertThat(board.bound(ROUND, Posture.CONFLICT).readiness()).isBetween(0.6, 0.65);
        assertThat(board.bound(ROUND, Posture.CRISIS).readiness()).isBetween(0.85, 0.95);
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 41, 49, 120, 182})
    void one_powder_maker_is_the_single_point_of_failure_of_the_extended_range(int days) throws IOException {
        SurgeByHand board = new SurgeByHand(Feed.alliance(), days);
        assertThat(board.largestShare("propellant-powder-top")).isGreaterThan(0.95);
        assertThat(board.criticality(POWDER_PARENT, EXTENDED, Posture.CONFLICT)).isGreaterThan(0.15);
        for (String parent : board.parents()) {
            assertThat(board.criticality(parent, ROUND, Posture.CONFLICT))
                    .as(parent)
                    .isZero();
            if (!parent.equals(POWDER_PARENT)) {
                for (Posture posture : Posture.values()) {
                    assertThat(board.criticality(parent, EXTENDED, posture))
                            .as(parent)
                            .isLessThan(0.15);
                }
            }
        }
        SurgeByHand.Bound bound = board.bound(EXTENDED, Posture.CONFLICT);
        assertThat(bound.binding()).isEqualTo("propellant-powder-top");
        assertThat(bound.readiness()).isBetween(0.15, 0.5);
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 49, 120})
    void in_peacetime_everything_suffices_and_stocks_last_days_to_months(int days) throws IOException {
        SurgeByHand board = new SurgeByHand(Feed.alliance(), days);
        assertThat(board.bound(ROUND, Posture.PEACETIME).readiness()).isEqualTo(1);
        assertThat(board.bound(EXTENDED, Posture.PEACETIME).readiness()).isEqualTo(1);
        for (Material it : Feed.alliance().scenario().materials()) {
            assertThat(board.daysOfSupply(it.getMaterialId(), Posture.PEACETIME))
                    .as(it.getMaterialId())
                    .isBetween(8.0, 300.0);
            assertThat(board.daysOfSupply(it.getMaterialId(), Posture.CONFLICT))
                    .as(it.getMaterialId())
                    .isBetween(3.0, 150.0);
        }
    }

    @Test
    void one_plant_has_not_counted_for_more_than_14_days() throws IOException {
        SurgeByHand board = new SurgeByHand(Feed.alliance(), 42);
        assertThat(Duration.between(board.oldestCount(), Feed.START.plus(Duration.ofDays(42))))
                .isGreaterThan(Duration.ofDays(14));
    }

    @Test
    void a_round_takes_of_shared_inputs_through_all_levels_of_its_bill() throws IOException {
        SurgeByHand board = new SurgeByHand(Feed.alliance(), 28);
        double charges = board.usage(EXTENDED).getOrDefault("charge-155", 0.0);
        assertThat(charges).isBetween(1.0, 1.01);
        assertThat(board.usage(EXTENDED)).containsKeys("propellant-powder", "propellant-powder-top");
        assertThat(board.usage(EXTENDED)).doesNotContainKey("charge-155-top");
        assertThat(board.usage(ROUND).getOrDefault("propellant-powder", 0.0)).isBetween(11.2, 11.5);
    }

    @Test
    void the_clean_line_makes_62_percent_of_what_is_required_by_contract() throws IOException {
        SurgeByHand.Bound bound = new SurgeByHand(Feed.cleanLine(), 7).bound("widget", Posture.PEACETIME);
        assertThat(bound.readiness()).isCloseTo(56 * 102 * 30.4375 / 7 / 40_000, within(1e-9));
        assertThat(bound.binding()).isEqualTo("widget");
        assertThat(bound.next()).isEqualTo("blank");
    }
}
