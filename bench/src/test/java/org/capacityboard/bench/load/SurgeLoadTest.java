package org.capacityboard.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.capacityboard.events.BillOfMaterialsItem;
import org.capacityboard.events.Line;
import org.capacityboard.events.Material;
import org.capacityboard.events.MaterialStock;
import org.capacityboard.events.Product;
import org.junit.jupiter.api.Test;

class SurgeLoadTest {
    private static final Instant NOW = Instant.parse("2026-03-03T12:00:00Z");
    private static final SurgeLoad LOAD = new SurgeLoad(5_000, 500, 2_000, 200, NOW);

    @Test
    void a_bill_names_only_what_was_sent_before_it_so_nothing_leads_back_to_itself() {
        Set<String> known = new HashSet<>();

        for (Object event : LOAD.reference()) {
            if (event instanceof Material material) {
                known.add(material.getMaterialId());
            } else if (event instanceof Product product) {
                assertThat(known)
                        .containsAll(product.getBillOfMaterials().stream()
                                .map(BillOfMaterialsItem::getInputId)
                                .toList());
                known.add(product.getProductId());
            }
        }

        assertThat(known).hasSize(2_500);
    }

    @Test
    void every_product_is_made_by_ten_lines_and_every_material_is_counted_at_two_plants() {
        List<String> made = LOAD.reference().stream()
                .filter(Line.class::isInstance)
                .map(event -> ((Line) event).getProductId())
                .toList();
        List<String> counts = LOAD.reports().stream()
                .filter(MaterialStock.class::isInstance)
                .map(event -> ((MaterialStock) event).getPlantId() + " " + ((MaterialStock) event).getMaterialId())
                .toList();

        assertThat(made).hasSize(5_000);
        assertThat(new HashSet<>(made)).hasSize(500);
        assertThat(counts).hasSize(LOAD.stocks()).doesNotHaveDuplicates();
    }

    @Test
    void the_same_values_make_the_same_events() {
        assertThat(new SurgeLoad(5_000, 500, 2_000, 200, NOW).reports()).isEqualTo(LOAD.reports());
    }

    @Test
    void an_alliance_with_a_product_that_nobody_makes_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new SurgeLoad(9, 10, 100, 5, NOW));
    }
}
