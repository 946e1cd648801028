package org.capacityboard.oracle;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.capacityboard.events.BillOfMaterialsItem;
import org.capacityboard.events.CapabilityArea;
import org.capacityboard.events.MaterialStock;
import org.capacityboard.events.Posture;
import org.capacityboard.events.Product;
import org.capacityboard.events.SurgeRequirement;
import org.capacityboard.events.WorkforceReport;
import org.capacityboard.schemas.EventCodec;
import org.capacityboard.schemas.Topic;
import org.jspecify.annotations.Nullable;

/** Records on stocks, people, bills and requirements that must be refused, one kind after the other, each under its reason code. */
final class SurgeRubbish {
    private static final int KINDS = 11;

    /** A record, and why it is refused. */
    record Refused(Topic topic, byte[] value, @Nullable SpecificRecord event, String reason) {}

    private final SurgeScene scene;
    private final Chance chance;
    private int kind;

    SurgeRubbish(SurgeScene scene, Chance chance) {
        this.scene = scene;
        this.chance = chance;
        this.kind = chance.upTo(KINDS - 1);
    }

    Refused next(Instant at) {
        kind = (kind + 1) % KINDS;
        return switch (kind) {
            case 0 -> refused(stock(at).setOnHand(-1).build(), "NEGATIVE_COUNT");
            case 1 -> refused(stock(at).setMaterialId("stuff-of-nobody").build(), "UNKNOWN_REFERENCE");
            case 2 -> refused(stock(at).setPlantId("NOONE").build(), "UNKNOWN_REFERENCE");
            case 3 ->
                refused(
                        stock(at)
                                .setEventTime(Instant.parse("2090-01-01T00:00:00Z"))
                                .build(),
                        "FUTURE_EVENT");
            case 4 -> refused(crew(at).setPeoplePerShift(0).build(), "BAD_VALUE");
            case 5 -> refused(crew(at).setLineId("line-of-nobody").build(), "UNKNOWN_LINE");
            case 6 -> refused(crew(at).setCertifiedPeople(-3).build(), "NEGATIVE_COUNT");
            case 7 -> refused(requirement("product-of-nobody", at), "UNKNOWN_REFERENCE");
            case 8 -> refused(bill("product-0", at), "BILL_CYCLE");
            case 9 -> refused(bill("part-of-nobody", at), "UNKNOWN_REFERENCE");
            default -> {
                byte[] noise = "\u0011 {\"plantId\": nonsense".getBytes(StandardCharsets.ISO_8859_1);
                yield new Refused(Topic.MATERIAL_STOCKS, noise, null, "UNREADABLE");
            }
        };
    }

    private static Refused refused(SpecificRecord event, String reason) {
        return new Refused(Topic.of(event), EventCodec.encode(event), event, reason);
    }

    private MaterialStock.Builder stock(Instant at) {
        return MaterialStock.newBuilder()
                .setPlantId(chance.oneOf(scene.plants()))
                .setMaterialId(chance.oneOf(scene.materials()))
                .setEventTime(at)
                .setOnHand(chance.upTo(1_000_000))
                .setReceipts(List.of())
                .setRevision(1_000);
    }

    private WorkforceReport.Builder crew(Instant at) {
        return WorkforceReport.newBuilder()
                .setLineId(chance.oneOf(scene.lines()).getLineId())
                .setEventTime(at)
                .setCertifiedPeople(chance.upTo(50))
                .setPeoplePerShift(5)
                .setRevision(1_000);
    }

    private SurgeRequirement requirement(String productId, Instant at) {
        return SurgeRequirement.newBuilder()
                .setProductId(productId)
                .setPosture(Posture.CONFLICT)
                .setUnitsPerMonth(chance.upTo(10_000))
                .setValidFrom(at)
                .setRevision(1_000)
                .build();
    }

    private Product bill(String inputId, Instant at) {
        return Product.newBuilder()
                .setProductId("product-0")
                .setName("Product of itself")
                .setCapabilityArea(CapabilityArea.AMMUNITION)
                .setBillOfMaterials(List.of(new BillOfMaterialsItem(inputId, 1.0)))
                .setValidFrom(at)
                .setRevision(1_000 + chance.upTo(1_000_000))
                .build();
    }
}
