package org.capacityboard.flink.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.capacityboard.flink.ingest.Events.FIVE_MINUTES;
import static org.capacityboard.flink.ingest.Events.T0;
import static org.capacityboard.flink.ingest.Events.T0_MS;
import static org.capacityboard.flink.ingest.Events.delivery;
import static org.capacityboard.flink.ingest.Events.order;
import static org.capacityboard.flink.ingest.Events.plant;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.capacityboard.domain.leadtime.DeliveryRecord;
import org.capacityboard.domain.leadtime.DeliveryStage;
import org.capacityboard.domain.leadtime.OrderChange;
import org.capacityboard.domain.leadtime.OrderPlant;
import org.capacityboard.domain.leadtime.OrderProduct;
import org.capacityboard.domain.leadtime.OrderRecord;
import org.capacityboard.domain.reference.Versions;
import org.capacityboard.events.CapabilityArea;
import org.capacityboard.events.OrderEvent;
import org.capacityboard.events.Product;
import org.capacityboard.schemas.EventCodec;
import org.capacityboard.schemas.EventJson;
import org.capacityboard.schemas.SchemaLookup;
import org.capacityboard.schemas.Topic;
import org.junit.jupiter.api.Test;

final class OrderReaderTest {
    private final EventReader reader = new EventReader(SchemaLookup.ofThisRelease(), FIVE_MINUTES);

    @Test
    void order_is_read_field_by_field_and_written_as_it_was_sent() {
        OrderEvent sent =
                order().setPriority(2).setFrameworkId("F1").setRevision(3).build();

        OrderRecord read = OrderReader.order(accepted(sent));

        assertThat(read)
                .usingRecursiveComparison()
                .isEqualTo(new OrderRecord(
                        "O1",
                        OrderChange.CONFIRMED,
                        T0_MS,
                        3,
                        "shell",
                        "0A1B2",
                        "NLD",
                        10,
                        T0_MS,
                        T0.plus(Duration.ofDays(30)).toEpochMilli(),
                        2,
                        "F1",
                        EventCodec.body(sent)));
        assertThat(Payloads.json(read)).isEqualTo(EventJson.write(sent));
    }

    @Test
    void order_without_priority_comes_after_all_others() {
        OrderRecord read = OrderReader.order(accepted(order().build()));

        assertThat(read.priority()).isEqualTo(OrderRecord.NO_PRIORITY);
        assertThat(read.frameworkId()).isNull();
        assertThat(Payloads.json(read)).isEqualTo(EventJson.write(order().build()));
    }

    @Test
    void delivery_is_read_field_by_field_and_written_as_it_was_sent() {
        var sent = delivery().build();

        DeliveryRecord read = OrderReader.delivery(accepted(sent));

        assertThat(read)
                .usingRecursiveComparison()
                .isEqualTo(new DeliveryRecord("D1", "O1", DeliveryStage.ACCEPTED, T0_MS, 4, EventCodec.body(sent)));
        assertThat(Payloads.json(read)).isEqualTo(EventJson.write(sent));
    }

    @Test
    void plant_and_product_are_read_as_the_order_book_knows_them() {
        OrderPlant plant = OrderReader.plant(
                (Ingested.Reference) read(plant().setDayStartsAt("06:00").build()));
        OrderProduct product = OrderReader.product((Ingested.Reference) read(Product.newBuilder()
                .setProductId("shell")
                .setName("Shell")
                .setCapabilityArea(CapabilityArea.AMMUNITION)
                .setBillOfMaterials(List.of())
                .setRevision(4)
                .build()));

        assertThat(plant.nation()).isEqualTo("POL");
        assertThat(plant.version().dayStartsAtMinute()).isEqualTo(360);
        assertThat(product).isEqualTo(new OrderProduct("shell", Versions.ALWAYS, 4, "AMMUNITION"));
    }

    @Test
    void nothing_ordered_or_delivered_is_refused_with_the_remedy() {
        Rejection order = refusal(order().setQuantity(0).build());
        Rejection delivery = refusal(delivery().setQuantity(0).build());

        assertThat(List.of(order.code(), delivery.code())).containsOnly(RejectReason.BAD_VALUE);
        assertThat(order.reason()).contains("'quantity' of orders is 0").contains("\nMaybe cancel it instead");
        assertThat(delivery.reason()).contains("'quantity' of deliveries is 0").contains("\nMaybe ");
    }

    @Test
    void negative_and_absurd_quantities_are_refused() {
        assertThat(refusal(order().setQuantity(-1).build()).code()).isEqualTo(RejectReason.NEGATIVE_COUNT);
        assertThat(refusal(delivery().setQuantity(-1).build()).code()).isEqualTo(RejectReason.NEGATIVE_COUNT);
        assertThat(refusal(order().setQuantity(Long.MAX_VALUE).build()).code()).isEqualTo(RejectReason.BAD_VALUE);
        assertThat(refusal(delivery().setQuantity(Long.MAX_VALUE).build()).code())
                .isEqualTo(RejectReason.BAD_VALUE);
    }

    @Test
    void a_negative_quantity_is_refused_in_words_of_quantities() {
        assertThat(refusal(order().setQuantity(-1).build()).reason())
                .contains("'quantity' of orders is -1: it must be 0 or more")
                .contains("\nMaybe ", "AMENDED", "CANCELLED")
                .doesNotContain("counter");
        assertThat(refusal(delivery().setQuantity(-1).build()).reason())
                .contains("'quantity' of deliveries is -1: it must be 0 or more")
                .contains("\nMaybe ", "deliveryId")
                .doesNotContain("counter");
    }

    @Test
    void promise_more_than_30_years_after_the_confirmation_is_refused() {
        Instant last = Instant.parse(T0.toString().replaceFirst("^2026", "2056"));

        assertThat(read(order().setPromisedAt(last).build())).isInstanceOf(Ingested.Other.class);
        Rejection refused = refusal(order().setPromisedAt(last.plusMillis(1)).build());
        assertThat(refused.code()).isEqualTo(RejectReason.BAD_VALUE);
        assertThat(refused.reason())
                .contains("'promisedAt' of orders is ", "at most 30 years after confirmedAt", "\nMaybe ");
    }

    @Test
    void promise_before_the_confirmation_is_refused_and_one_at_it_is_not() {
        Rejection refused = refusal(order().setPromisedAt(T0.minusMillis(1)).build());

        assertThat(refused.code()).isEqualTo(RejectReason.BAD_INTERVAL);
        assertThat(refused.reason()).contains("'promisedAt'").contains("\nMaybe ");
        assertThat(refused.eventTimeMs()).isEqualTo(T0_MS);
        assertThat(read(order().setPromisedAt(T0).build())).isInstanceOf(Ingested.Other.class);
    }

    @Test
    void order_can_be_confirmed_by_the_future_guard_after_its_event_and_no_later() {
        Instant latest = T0.plus(FIVE_MINUTES);

        assertThat(read(order().setConfirmedAt(latest).build())).isInstanceOf(Ingested.Other.class);
        Rejection refused = refusal(order().setConfirmedAt(latest.plusMillis(1)).build());
        assertThat(refused.code()).isEqualTo(RejectReason.BAD_VALUE);
        assertThat(refused.reason()).contains("'confirmedAt'").contains("\nMaybe ");
    }

    private Ingested.Other accepted(SpecificRecord event) {
        return (Ingested.Other) read(event);
    }

    private Rejection refusal(SpecificRecord event) {
        return ((Ingested.Refused) read(event)).rejection();
    }

    private Ingested read(SpecificRecord event) {
        return reader.read(Topic.of(event), 0, 0, T0_MS, EventCodec.encode(event));
    }
}
