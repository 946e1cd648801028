package org.capacityboard.flink.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.capacityboard.flink.ingest.Events.FIVE_MINUTES;
import static org.capacityboard.flink.ingest.Events.T0;
import static org.capacityboard.flink.ingest.Events.T0_MS;

import java.util.List;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.capacityboard.domain.surge.MaterialCount;
import org.capacityboard.domain.throughput.Fact;
import org.capacityboard.events.BillOfMaterialsItem;
import org.capacityboard.events.CapabilityArea;
import org.capacityboard.events.FactWindow;
import org.capacityboard.events.LineFacts;
import org.capacityboard.events.MaterialStock;
import org.capacityboard.events.Posture;
import org.capacityboard.events.Product;
import org.capacityboard.events.Receipt;
import org.capacityboard.events.Supplier;
import org.capacityboard.events.SurgeRequirement;
import org.capacityboard.events.WorkforceReport;
import org.capacityboard.flink.rows.RowStamp;
import org.capacityboard.flink.rows.ThroughputRow;
import org.capacityboard.schemas.EventCodec;
import org.capacityboard.schemas.SchemaLookup;
import org.capacityboard.schemas.Topic;
import org.junit.jupiter.api.Test;

final class SurgeReaderTest {
    private final EventReader reader = new EventReader(SchemaLookup.ofThisRelease(), FIVE_MINUTES);

    @Test
    void facts_of_a_day_are_read_with_their_stamp_and_move_time_to_their_watermark() {
        Ingested.Other read = (Ingested.Other) read(LineFacts.newBuilder()
                .setLineId("L1")
                .setProductId("shell")
                .setWindow(FactWindow.DAY)
                .setProductionDay("1970-01-11")
                .setPlannedMs(0)
                .setProducingMs(0)
                .setSetupMs(0)
                .setDelayMs(0)
                .setDownMs(0)
                .setUnknownMs(0)
                .setUnplannedProducingMs(0)
                .setGoodUnits(100)
                .setScrapUnits(7)
                .setReworkUnits(0)
                .setIdealUs(0)
                .setIdealGoodUs(0)
                .setReports(3)
                .setDuplicates(0)
                .setLostReports(0)
                .setLateReports(0)
                .setGeneration(1)
                .setVersion(12)
                .setWatermark(T0)
                .setFinal$(true)
                .build());

        ThroughputRow.Facts facts = Objects.requireNonNull(SurgeReader.facts(read));
        assertThat(read.eventTimeMs()).isEqualTo(T0_MS);
        assertThat(facts.window()).isEqualTo(org.capacityboard.flink.rows.FactWindow.DAY);
        assertThat(facts.windowStart()).isEqualTo(10);
        assertThat(facts.facts()[Fact.GOOD_UNITS.ordinal()]).isEqualTo(100);
        assertThat(facts.facts()[Fact.SCRAP_UNITS.ordinal()]).isEqualTo(7);
        assertThat(facts.stamp()).isEqualTo(new RowStamp(1, 12, T0_MS));
    }

    @Test
    void a_count_is_read_with_its_receipts() {
        MaterialCount count = SurgeReader.count((Ingested.Other) read(stock(500)));

        assertThat(count.onHand()).isEqualTo(500);
        assertThat(count.countedAtMs()).isEqualTo(T0_MS);
        assertThat(count.receipts()).singleElement().satisfies(receipt -> {
            assertThat(receipt.supplierId()).isEqualTo("mill");
            assertThat(receipt.dueAtMs()).isEqualTo(T0_MS);
        });
    }

    @Test
    void a_stock_beyond_all_measure_is_refused() {
        Rejection refused = refusal(stock(1e16));

        assertThat(refused.code()).isEqualTo(RejectReason.BAD_VALUE);
        assertThat(refused.reason()).contains("onHand", "1e15 or less");
    }

    @Test
    void a_shift_of_nobody_is_refused() {
        Rejection refused = refusal(WorkforceReport.newBuilder()
                .setLineId("L1")
                .setEventTime(T0)
                .setCertifiedPeople(4)
                .setPeoplePerShift(0)
                .build());

        assertThat(refused.code()).isEqualTo(RejectReason.BAD_VALUE);
        assertThat(refused.reason()).contains("peoplePerShift", "1 or more", "\nMaybe ");
    }

    @Test
    void a_rate_to_be_held_for_longer_than_ten_years_is_refused() {
        Rejection refused = refusal(SurgeRequirement.newBuilder()
                .setProductId("shell")
                .setPosture(Posture.CRISIS)
                .setUnitsPerMonth(10)
                .setSustainDays(3_651)
                .build());

        assertThat(refused.code()).isEqualTo(RejectReason.BAD_VALUE);
        assertThat(refused.reason()).contains("'sustainDays' of surge-requirements is 3651", "3650 or less");
    }

    @Test
    void a_supplier_without_an_owner_is_refused() {
        Rejection refused = refusal(Supplier.newBuilder()
                .setSupplierId("mill")
                .setParentEntity("")
                .setNation("NOR")
                .setAllied(true)
                .build());

        assertThat(refused.code()).isEqualTo(RejectReason.BAD_VALUE);
        assertThat(refused.reason()).contains("'parentEntity' of suppliers is empty", "\nMaybe ");
    }

    @Test
    void a_group_without_a_name_is_refused() {
        Rejection refused = refusal(product().setInterchangeabilityGroup(" ").build());

        assertThat(refused.code()).isEqualTo(RejectReason.BAD_VALUE);
        assertThat(refused.reason()).contains("interchangeabilityGroup", "\nMaybe ");
    }

    @Test
    void an_input_of_which_nothing_is_taken_is_refused() {
        for (double quantity : new double[] {0, 1e-10}) {
            Rejection refused = refusal(product()
                    .setBillOfMaterials(List.of(BillOfMaterialsItem.newBuilder()
                            .setInputId("powder")
                            .setQuantityPerUnit(quantity)
                            .build()))
                    .build());

            assertThat(refused.code()).isEqualTo(RejectReason.BAD_VALUE);
            assertThat(refused.reason())
                    .contains(
                            "'billOfMaterials[0].quantityPerUnit' of products is " + quantity,
                            "\nMaybe the product takes none of powder");
        }
    }

    @Test
    void a_rate_held_for_no_day_is_refused_with_what_may_have_been_meant() {
        Rejection refused = refusal(SurgeRequirement.newBuilder()
                .setProductId("shell")
                .setPosture(Posture.CRISIS)
                .setUnitsPerMonth(10)
                .setSustainDays(0)
                .build());

        assertThat(refused.code()).isEqualTo(RejectReason.BAD_VALUE);
        assertThat(refused.reason()).contains("is 0: it must be 1 or more", "\nMaybe the default of the posture");
    }

    private static Product.Builder product() {
        return Product.newBuilder().setProductId("shell").setName("Shell").setCapabilityArea(CapabilityArea.AMMUNITION);
    }

    private static MaterialStock stock(double onHand) {
        return MaterialStock.newBuilder()
                .setPlantId("0A1B2")
                .setMaterialId("powder")
                .setEventTime(T0)
                .setOnHand(onHand)
                .setReceipts(List.of(Receipt.newBuilder()
                        .setDueAt(T0)
                        .setQuantity(10)
                        .setSupplierId("mill")
                        .build()))
                .build();
    }

    private Ingested read(SpecificRecord event) {
        return reader.read(Topic.of(event), 0, 0, T0_MS, EventCodec.encode(event));
    }

    private Rejection refusal(SpecificRecord event) {
        return ((Ingested.Refused) read(event)).rejection();
    }
}
