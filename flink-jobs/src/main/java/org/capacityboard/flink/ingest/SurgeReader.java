package org.capacityboard.flink.ingest;

import java.time.Instant;
import java.time.LocalDate;
import org.capacityboard.domain.surge.BillItem;
import org.capacityboard.domain.surge.Crew;
import org.capacityboard.domain.surge.HoursPerWeek;
import org.capacityboard.domain.surge.MaterialCount;
import org.capacityboard.domain.surge.Posture;
import org.capacityboard.domain.surge.Receipt;
import org.capacityboard.domain.surge.Requirement;
import org.capacityboard.domain.surge.SupplierOffer;
import org.capacityboard.domain.surge.SurgeLine;
import org.capacityboard.domain.surge.SurgeMaterial;
import org.capacityboard.domain.surge.SurgeProduct;
import org.capacityboard.domain.surge.SurgeSupplier;
import org.capacityboard.domain.throughput.Fact;
import org.capacityboard.events.Line;
import org.capacityboard.events.LineFacts;
import org.capacityboard.events.Material;
import org.capacityboard.events.MaterialStock;
import org.capacityboard.events.Product;
import org.capacityboard.events.Supplier;
import org.capacityboard.events.SurgeRequirement;
import org.capacityboard.events.WorkforceReport;
import org.capacityboard.flink.rows.FactWindow;
import org.capacityboard.flink.rows.RowStamp;
import org.capacityboard.flink.rows.ThroughputRow;
import org.capacityboard.schemas.EventCodec;
import org.capacityboard.schemas.Topic;
import org.jspecify.annotations.Nullable;

/** Turns valid events into what surge readiness is computed from. */
public final class SurgeReader {
    private SurgeReader() {}

    /** A line's contract, from a reference of topic lines. */
    public static SurgeLine line(Ingested.Reference reference) {
        Line line = (Line) ReferenceReader.event(reference);
        Instant availableFrom = line.getAvailableFrom();
        return new SurgeLine(
                line.getLineId(),
                line.getPlantId(),
                line.getProductId(),
                line.getDeclaredUnitsPerHour(),
                new HoursPerWeek(
                        line.getHoursPerWeek().getPeacetime(),
                        line.getHoursPerWeek().getCrisis(),
                        line.getHoursPerWeek().getConflict()),
                availableFrom == null ? null : availableFrom.toEpochMilli());
    }

    /** A product and its bill, from a reference of topic products. */
    public static SurgeProduct product(Ingested.Reference reference) {
        Product product = (Product) ReferenceReader.event(reference);
        return new SurgeProduct(
                product.getProductId(),
                product.getName(),
                product.getInterchangeabilityGroup(),
                product.getBillOfMaterials().stream()
                        .map(item -> new BillItem(item.getInputId(), item.getQuantityPerUnit()))
                        .toList());
    }

    /** A material, from a reference of topic materials. */
    public static SurgeMaterial material(Ingested.Reference reference) {
        Material material = (Material) ReferenceReader.event(reference);
        return new SurgeMaterial(material.getMaterialId(), material.getName(), material.getUnit());
    }

    /** Days from order to receipt of a material, from a reference of topic materials. */
    public static int leadTimeDays(Ingested.Reference reference) {
        return ((Material) ReferenceReader.event(reference)).getLeadTimeDays();
    }

    /** A supplier, from a reference of topic suppliers. */
    public static SurgeSupplier supplier(Ingested.Reference reference) {
        Supplier supplier = (Supplier) ReferenceReader.event(reference);
        return new SurgeSupplier(
                supplier.getSupplierId(),
                supplier.getParentEntity(),
                supplier.getNation(),
                supplier.getAllied(),
                supplier.getSupplies().stream()
                        .map(offer -> new SupplierOffer(offer.getMaterialId(), offer.getUnitsPerMonth()))
                        .toList());
    }

    /** A required rate, from a reference of topic surge-requirements. */
    public static Requirement requirement(Ingested.Reference reference) {
        SurgeRequirement required = (SurgeRequirement) ReferenceReader.event(reference);
        return new Requirement(
                required.getProductId(),
                Posture.valueOf(required.getPosture().name()),
                required.getUnitsPerMonth(),
                required.getReachWithinDays(),
                required.getSustainDays());
    }

    /** A count of stock, from an event of topic material-stocks. */
    public static MaterialCount count(Ingested.Other read) {
        MaterialStock stock = stock(read);
        return new MaterialCount(
                stock.getPlantId(),
                stock.getMaterialId(),
                stock.getEventTime().toEpochMilli(),
                stock.getOnHand(),
                stock.getReceipts().stream()
                        .map(receipt -> new Receipt(
                                receipt.getDueAt().toEpochMilli(), receipt.getQuantity(), receipt.getSupplierId()))
                        .toList());
    }

    /** Revision of an event of topic material-stocks. */
    public static long countRevision(Ingested.Other read) {
        return stock(read).getRevision();
    }

    private static MaterialStock stock(Ingested.Other read) {
        return (MaterialStock) EventCodec.fromBody(read.body(), Topic.MATERIAL_STOCKS);
    }

    /** People of a line, from an event of topic workforce. */
    public static Crew crew(Ingested.Other read) {
        WorkforceReport report = workforce(read);
        return new Crew(report.getLineId(), report.getCertifiedPeople(), report.getPeoplePerShift());
    }

    /** Revision of an event of topic workforce. */
    public static long crewRevision(Ingested.Other read) {
        return workforce(read).getRevision();
    }

    private static WorkforceReport workforce(Ingested.Other read) {
        return (WorkforceReport) EventCodec.fromBody(read.body(), Topic.WORKFORCE);
    }

    /** Facts of a line by hour or day, from an event of topic line-facts; of the facts only what surge readiness looks at. Null if the window is another. */
    public static ThroughputRow.@Nullable Facts facts(Ingested.Other read) {
        LineFacts sent = (LineFacts) EventCodec.fromBody(read.body(), Topic.LINE_FACTS);
        String day = sent.getProductionDay();
        if (day != null) {
            return facts(sent, FactWindow.DAY, LocalDate.parse(day).toEpochDay());
        }
        Instant start = sent.getWindowStart();
        return start == null ? null : facts(sent, FactWindow.HOUR, start.toEpochMilli());
    }

    private static ThroughputRow.Facts facts(LineFacts sent, FactWindow window, long start) {
        long[] facts = new long[Fact.values().length];
        facts[Fact.GOOD_UNITS.ordinal()] = sent.getGoodUnits();
        facts[Fact.SCRAP_UNITS.ordinal()] = sent.getScrapUnits();
        facts[Fact.REPORTS.ordinal()] = sent.getReports();
        return new ThroughputRow.Facts(
                window,
                sent.getLineId(),
                sent.getProductId(),
                start,
                facts,
                sent.getFinal$(),
                new RowStamp(
                        sent.getGeneration(),
                        sent.getVersion(),
                        sent.getWatermark().toEpochMilli()));
    }

    /** A report as a line of JSON, for a refusal. */
    public static String json(Ingested.Other read) {
        return Payloads.json(EventCodec.fromBody(
                read.body(), Topic.fromBaseName(read.origin().topic())));
    }
}
