package org.capacityboard.flink.operators;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.capacityboard.domain.reference.Versions;
import org.capacityboard.events.BillOfMaterialsItem;
import org.capacityboard.events.CapabilityArea;
import org.capacityboard.events.HoursPerWeek;
import org.capacityboard.events.Line;
import org.capacityboard.events.LineCalendar;
import org.capacityboard.events.Material;
import org.capacityboard.events.MaterialStock;
import org.capacityboard.events.Plant;
import org.capacityboard.events.Posture;
import org.capacityboard.events.Product;
import org.capacityboard.events.SurgeRequirement;
import org.capacityboard.events.WorkforceReport;
import org.capacityboard.flink.ingest.Ingested;
import org.capacityboard.flink.ingest.Origin;
import org.capacityboard.flink.rows.RowStamp;
import org.capacityboard.schemas.EventCodec;
import org.capacityboard.schemas.Topic;

/** Inputs of surge readiness, as a test says them. Days count from {@link #T0}, a Monday's midnight. */
final class SurgeInputs {
    static final long NO_WATERMARK = Long.MIN_VALUE;
    static final Instant T0 = Instant.parse("2026-11-02T00:00:00Z");
    static final String PLANT_ID = "AB123";

    /** Weekly hours by which a declared rate of one unit an hour makes 400 units a month. */
    private static final double HOURS = 400 * 7 / 30.4375;

    private SurgeInputs() {}

    static long day(double days) {
        return T0.toEpochMilli() + Math.round(days * Duration.ofDays(1).toMillis());
    }

    static long epochDay(long days) {
        return T0.toEpochMilli() / Duration.ofDays(1).toMillis() + days;
    }

    static SurgeInput version(SpecificRecord event) {
        return new SurgeInput.Version(reference(event), NO_WATERMARK);
    }

    static Ingested.Reference reference(SpecificRecord event) {
        Topic topic = Topic.of(event);
        return new Ingested.Reference(
                new Origin(topic.baseName(), 0, 0, T0.toEpochMilli()),
                topic.key(event),
                Versions.ALWAYS,
                0,
                EventCodec.body(event));
    }

    static Plant plant() {
        return Plant.newBuilder()
                .setPlantId(PLANT_ID)
                .setName("Works")
                .setNation("NOR")
                .setParentEntity("Works")
                .setLatitude(60)
                .setLongitude(10)
                .setTimeZone("UTC")
                .build();
    }

    static Product product(String id, String... inputs) {
        return Product.newBuilder()
                .setProductId(id)
                .setName(id)
                .setCapabilityArea(CapabilityArea.AMMUNITION)
                .setBillOfMaterials(Arrays.stream(inputs)
                        .map(input -> BillOfMaterialsItem.newBuilder()
                                .setInputId(input)
                                .setQuantityPerUnit(1)
                                .build())
                        .toList())
                .build();
    }

    static Material material(String id) {
        return Material.newBuilder()
                .setMaterialId(id)
                .setName(id)
                .setUnit("kg")
                .setLeadTimeDays(90)
                .build();
    }

    /** A line that makes so many hundred units a month, in every posture. */
    static Line line(String id, String productId, double fourHundreds) {
        return Line.newBuilder()
                .setLineId(id)
                .setPlantId(PLANT_ID)
                .setProductId(productId)
                .setIdealCycleSeconds(1)
                .setCalendar(LineCalendar.PLANNED)
                .setDeclaredUnitsPerHour(fourHundreds)
                .setHoursPerWeek(new HoursPerWeek(HOURS, HOURS, HOURS))
                .build();
    }

    static SurgeRequirement requirement(String productId, Posture posture, double unitsPerMonth) {
        return SurgeRequirement.newBuilder()
                .setProductId(productId)
                .setPosture(posture)
                .setUnitsPerMonth(unitsPerMonth)
                .build();
    }

    /** A kit round of one shell and one charge: 400 shells and 800 charges a month can be made, 1,000 rounds are required. */
    static List<SurgeInput> kitRound() {
        return List.of(
                version(plant()),
                version(product("shell")),
                version(product("charge")),
                version(product("round", "shell", "charge")),
                version(line("s1", "shell", 1)),
                version(line("c1", "charge", 2)),
                version(requirement("round", Posture.CONFLICT, 1_000)));
    }

    static SurgeInput.Report stock(String plantId, String materialId, double atDay, double onHand, long revision) {
        MaterialStock event = MaterialStock.newBuilder()
                .setPlantId(plantId)
                .setMaterialId(materialId)
                .setEventTime(Instant.ofEpochMilli(day(atDay)))
                .setOnHand(onHand)
                .setRevision(revision)
                .build();
        return report(event, day(atDay));
    }

    static SurgeInput.Report crew(String lineId, double atDay, int certified, int perShift) {
        WorkforceReport event = WorkforceReport.newBuilder()
                .setLineId(lineId)
                .setEventTime(Instant.ofEpochMilli(day(atDay)))
                .setCertifiedPeople(certified)
                .setPeoplePerShift(perShift)
                .build();
        return report(event, day(atDay));
    }

    private static SurgeInput.Report report(SpecificRecord event, long eventTimeMs) {
        Topic topic = Topic.of(event);
        return new SurgeInput.Report(
                new Ingested.Other(
                        new Origin(topic.baseName(), 0, eventTimeMs, eventTimeMs),
                        topic.key(event),
                        eventTimeMs,
                        EventCodec.body(event)),
                NO_WATERMARK);
    }

    static SurgeInput.Output made(String lineId, String productId, long onDay, long good, long version) {
        return new SurgeInput.Output(
                lineId, productId, epochDay(onDay), good, 0, new RowStamp(0, version, day(onDay + 1)), NO_WATERMARK);
    }
}
