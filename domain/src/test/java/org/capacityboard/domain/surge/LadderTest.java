package org.capacityboard.domain.surge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.capacityboard.domain.surge.Evidence.CONTRACTED;
import static org.capacityboard.domain.surge.Evidence.DEMONSTRATED;
import static org.capacityboard.domain.surge.Posture.CONFLICT;
import static org.capacityboard.domain.surge.Posture.PEACETIME;
import static org.capacityboard.domain.surge.Scene.takes;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What binds, what binds next, and so on. */
class LadderTest {
    private static final int INPUTS = 12;

    @Test
    void the_steps_of_a_round_are_its_inputs_the_scarcest_first() {
        Scene scene = new Scene()
                .material("powder", "kg")
                .supplier("s", "Mill", true, "powder", 60_000)
                .product("round", takes("shell", 1), takes("charge", 1))
                .product("charge", takes("powder", 2.4))
                .line("l", "round", 50_000)
                .line("s1", "shell", 40_000)
                .line("c1", "charge", 30_000)
                .need("round", PEACETIME, 100_000);

        List<LadderRow> steps = steps(scene, PEACETIME, CONTRACTED);

        assertThat(steps).extracting(LadderRow::step).containsExactly(1, 2, 3, 4);
        assertThat(steps).extracting(LadderRow::nodeId).containsExactly("powder", "charge", "shell", "round");
        assertThat(steps).extracting(LadderRow::nodeName).containsExactly("powder", "charge", "shell", "round");
        assertThat(steps).extracting(LadderRow::unit).containsExactly("kg", "units", "units", "units");
        assertThat(steps)
                .extracting(LadderRow::achievablePerMonth)
                .usingComparatorForType((a, b) -> Math.abs(a - b) < 1e-6 ? 0 : Double.compare(a, b), Double.class)
                .containsExactly(25_000.0, 30_000.0, 40_000.0, 50_000.0);
        assertThat(steps.get(0).suppliedPerMonth()).isCloseTo(60_000, within(1e-6));
        assertThat(steps.get(0).drawnPerMonth()).isCloseTo(240_000, within(1e-6));
        assertThat(steps.get(1).drawnPerMonth()).isEqualTo(100_000);
    }

    @Test
    void eight_steps_are_told_at_most() {
        BillItem[] bill = new BillItem[INPUTS];
        for (int i = 0; i < INPUTS; i++) {
            bill[i] = takes("input-" + (char) ('a' + i), 1);
        }
        Scene scene = new Scene().product("round", bill).need("round", PEACETIME, 10);
        for (int i = 0; i < INPUTS; i++) {
            scene.line("line-" + i, bill[i].inputId(), 100 - i);
        }

        assertThat(steps(scene, PEACETIME, CONTRACTED))
                .hasSize(LadderRow.MOST_STEPS)
                .first()
                .satisfies(step -> assertThat(step.nodeId()).isEqualTo("input-l"));
    }

    @Test
    void in_a_conflict_the_steps_are_those_without_the_lost_parent() {
        Scene scene = new Scene()
                .material("powder", "kg")
                .supplier("a", "Big", true, "powder", 30)
                .supplier("b", "Small", true, "powder", 10)
                .product("shot", takes("powder", 1))
                .line("l", "shot", 20)
                .need("shot", CONFLICT, 100, 0, 90)
                .need("shot", PEACETIME, 100, 0, 90);

        assertThat(steps(scene, CONFLICT, CONTRACTED))
                .extracting(LadderRow::nodeId)
                .containsExactly("powder", "shot");
        assertThat(steps(scene, PEACETIME, CONTRACTED))
                .extracting(LadderRow::nodeId)
                .containsExactly("shot", "powder");
    }

    @Test
    void a_draw_without_end_allows_nothing() {
        Scene scene = new Scene()
                .product("round", takes("shell", 1))
                .line("l", "round", 10)
                .line("s", "shell", 10)
                .made("round", 0, 50, 10)
                .need("round", PEACETIME, 10);

        assertThat(steps(scene, PEACETIME, CONTRACTED)).first().satisfies(step -> {
            assertThat(step.nodeId()).isEqualTo("shell");
            assertThat(step.drawnPerMonth()).isNull();
            assertThat(step.achievablePerMonth()).isZero();
        });
    }

    @Test
    void where_nothing_is_needed_or_known_there_are_no_steps() {
        Scene scene = new Scene().line("l", "a", 5).need("a", PEACETIME, 0).need("b", PEACETIME, 7);

        assertThat(scene.readiness().ladder()).isEmpty();
    }

    @Test
    void equal_steps_come_lines_first_then_by_id_on_every_evidence() {
        Scene scene = new Scene()
                .material("a-powder", "kg")
                .product("shot", takes("a-powder", 1), takes("y", 1), takes("x", 1))
                .line("ly", "y", 5)
                .line("lx", "x", 5)
                .need("shot", PEACETIME, 10);

        assertThat(steps(scene, PEACETIME, DEMONSTRATED))
                .extracting(LadderRow::nodeId)
                .containsExactly("x", "y", "a-powder");
    }

    private static List<LadderRow> steps(Scene scene, Posture posture, Evidence evidence) {
        return scene.readiness().ladder().stream()
                .filter(step -> step.posture() == posture && step.evidence() == evidence)
                .toList();
    }
}
