package org.capacityboard.local.proof;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.capacityboard.events.CapabilityArea;
import org.capacityboard.events.FactWindow;
import org.capacityboard.events.HoursPerWeek;
import org.capacityboard.events.Line;
import org.capacityboard.events.LineCalendar;
import org.capacityboard.events.LineFacts;
import org.capacityboard.events.LineTelemetry;
import org.capacityboard.events.Material;
import org.capacityboard.events.MaterialStock;
import org.capacityboard.events.Plant;
import org.capacityboard.events.Product;
import org.capacityboard.events.WorkforceReport;
import org.capacityboard.local.proof.StagedStream.Sending;
import org.capacityboard.oracle.Arrival;
import org.capacityboard.oracle.Oracle;
import org.capacityboard.oracle.OracleEvent;
import org.capacityboard.oracle.OracleInput;
import org.capacityboard.oracle.OracleKey;
import org.capacityboard.oracle.OracleRow;
import org.capacityboard.oracle.OracleTable;
import org.capacityboard.oracle.SurgeRows;
import org.capacityboard.oracle.SurgeStream;
import org.capacityboard.schemas.EventCodec;
import org.capacityboard.schemas.Topic;
import org.jspecify.annotations.Nullable;

/**
 * A stream of surge readiness cut into days, as the surge job sees it: counts, people, and the facts that the throughput job would send.
 * The first stage is all that came before; at the end of every stage each partition is told of a moment after midnight, which closes
 * the day.
 */
final class OracleSurgeStages {
    private static final Duration AFTER_MIDNIGHT = Duration.ofMinutes(1);
    private static final String PULSE = "pulse";
    private static final String PULSE_PLANT = "PULSE";

    /**
     * A part of the stream.
     *
     * @param closes the day that ends with it
     */
    record Stage(List<Sending> records, LocalDate closes) {}

    private final SurgeStream stream;
    private final List<Sending> references = new ArrayList<>();
    private final List<Stage> stages = new ArrayList<>();
    private final List<OracleEvent> events = new ArrayList<>();
    private final Map<LocalDate, List<LineFacts>> facts = new TreeMap<>();
    private final LocalDate firstDay;
    private final LocalDate lastDay;

    /**
     * @param stream without delays
     * @param historyDays days that the first stage lasts
     * @param days days that have a stage of their own
     */
    OracleSurgeStages(SurgeStream stream, int historyDays, int days) {
        this.stream = stream;
        this.firstDay = dayOf(stream.start()).plusDays(historyDays);
        this.lastDay = firstDay.plusDays(days - 1L);
        List<SpecificRecord> versions = new ArrayList<>(pulseReferences());
        Map<LocalDate, List<Arrival>> byDay = new TreeMap<>();
        for (Arrival arrival : stream.arrivals()) {
            Instant time = SurgeStream.time(arrival);
            if (arrival.topic().isReference()) {
                references.add(new Sending(arrival, null));
                if (arrival.refusedAs() == null) {
                    versions.add(Objects.requireNonNull(arrival.event()));
                }
            } else {
                LocalDate day = dayOf(time == null ? arrival.receivedAt() : time);
                byDay.computeIfAbsent(day.isBefore(firstDay) ? firstDay.minusDays(1) : day, any -> new ArrayList<>())
                        .add(arrival);
            }
        }
        for (SpecificRecord version : pulseReferences()) {
            references.add(sending(version, null));
        }
        versions.forEach(version -> events.add(new OracleEvent(version, stream.start(), null)));
        foretellFacts(versions);
        for (LocalDate day = firstDay.minusDays(1); !day.isAfter(lastDay); day = day.plusDays(1)) {
            stages.add(stage(byDay.getOrDefault(day, List.of()), day));
        }
    }

    private static LocalDate dayOf(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }

    private static Instant endOf(LocalDate day) {
        return day.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    private Stage stage(List<Arrival> own, LocalDate day) {
        boolean isHistory = day.isBefore(firstDay);
        Instant watermark = endOf(day.minusDays(1)).plus(AFTER_MIDNIGHT).minus(OracleInput.DISORDER);
        List<Sending> records = new ArrayList<>();
        for (Arrival arrival : own) {
            // Reports are not sent: the facts that follow from them are.
            if (arrival.topic() != Topic.LINE_TELEMETRY) {
                records.add(new Sending(arrival, null));
            }
            if (arrival.event() != null && arrival.refusedAs() == null) {
                events.add(new OracleEvent(arrival.event(), arrival.receivedAt(), isHistory ? null : watermark));
            }
        }
        facts.getOrDefault(day, List.of()).forEach(fact -> records.add(sending(fact, null)));
        Instant pulseAt = endOf(day).plus(AFTER_MIDNIGHT);
        for (int partition = 0; partition < Topic.LINE_FACTS.partitions(); partition++) {
            records.add(sending(
                    facts(PULSE, PULSE, new HashMap<>(), pulseAt)
                            .setWindow(FactWindow.HOUR)
                            .setWindowStart(endOf(day))
                            .build(),
                    partition));
        }
        MaterialStock count = MaterialStock.newBuilder()
                .setPlantId(PULSE_PLANT)
                .setMaterialId(PULSE)
                .setEventTime(pulseAt)
                .setOnHand(day.getDayOfMonth())
                .setReceipts(List.of())
                .build();
        WorkforceReport crew = WorkforceReport.newBuilder()
                .setLineId(PULSE)
                .setEventTime(pulseAt)
                .setCertifiedPeople(day.getDayOfMonth())
                .setPeoplePerShift(2)
                .build();
        for (SpecificRecord event : List.of(count, crew)) {
            events.add(new OracleEvent(event, pulseAt, isHistory ? null : watermark));
            for (int partition = 0; partition < Topic.of(event).partitions(); partition++) {
                records.add(sending(event, partition));
            }
        }
        return new Stage(records, day);
    }

    private static Sending sending(SpecificRecord event, @Nullable Integer partition) {
        return new Sending(
                new Arrival(Topic.of(event), EventCodec.encode(event), event, Instant.EPOCH, null), partition);
    }

    /** What the throughput job says of each day: its hours with reports, and the production days that are over when it ends. */
    private void foretellFacts(List<SpecificRecord> versions) {
        Map<String, String> plantOfLine = new HashMap<>();
        Map<String, Plant> plants = new HashMap<>();
        List<OracleEvent> reports = new ArrayList<>();
        for (SpecificRecord version : versions) {
            reports.add(new OracleEvent(version, stream.start(), null));
            if (version instanceof Line line) {
                plantOfLine.put(line.getLineId(), line.getPlantId());
            } else if (version instanceof Plant plant) {
                plants.put(plant.getPlantId(), plant);
            }
        }
        for (Arrival arrival : stream.arrivals()) {
            if (arrival.event() instanceof LineTelemetry report
                    && report.getEventTime().isBefore(endOf(lastDay))) {
                reports.add(new OracleEvent(report, arrival.receivedAt(), null));
            }
        }
        OracleInput input = new OracleInput(reports, endOf(lastDay), stream.horizon());
        Oracle.throughput(input).rows().forEach((key, row) -> {
            if (key.table() == OracleTable.LINE_PRODUCT_DAY) {
                LocalDate production = LocalDate.parse(key.window().substring(0, 10));
                Plant plant = Objects.requireNonNull(plants.get(plantOfLine.get(key.lineId())));
                Instant over = production
                        .plusDays(1)
                        .atTime(LocalTime.parse(plant.getDayStartsAt() == null ? "00:00" : plant.getDayStartsAt()))
                        .atZone(ZoneId.of(plant.getTimeZone()))
                        .toInstant();
                tell(dayOf(over.minusMillis(1)), key, row, at -> at.setWindow(FactWindow.DAY)
                        .setProductionDay(production.toString()));
            } else if (key.table() == OracleTable.LINE_PRODUCT_HOUR && value(key, row, "reports") > 0) {
                Instant start = Instant.parse(key.window());
                tell(dayOf(start), key, row, at -> at.setWindow(FactWindow.HOUR).setWindowStart(start));
            }
        });
    }

    /** Which window a fact is of. */
    private interface Window {
        LineFacts.Builder of(LineFacts.Builder fact);
    }

    private void tell(LocalDate day, OracleKey key, OracleRow row, Window window) {
        LocalDate stage = day.isBefore(firstDay) ? firstDay.minusDays(1) : day;
        Map<String, Long> values = new HashMap<>();
        for (int i = 0; i < key.table().columns().size(); i++) {
            values.put(key.table().columns().get(i), row.values().get(i));
        }
        facts.computeIfAbsent(stage, any -> new ArrayList<>())
                .add(window.of(facts(
                                key.lineId(), key.subject(), values, endOf(day).minusMillis(1)))
                        .build());
    }

    private static long value(OracleKey key, OracleRow row, String column) {
        return row.values().get(key.table().columns().indexOf(column));
    }

    private static LineFacts.Builder facts(
            String lineId, String productId, Map<String, Long> values, Instant watermark) {
        return LineFacts.newBuilder()
                .setLineId(lineId)
                .setProductId(productId)
                .setPlannedMs(0)
                .setProducingMs(0)
                .setSetupMs(0)
                .setDelayMs(0)
                .setDownMs(0)
                .setUnknownMs(0)
                .setUnplannedProducingMs(0)
                .setGoodUnits(values.getOrDefault("good_units", 0L))
                .setScrapUnits(values.getOrDefault("scrap_units", 0L))
                .setReworkUnits(0)
                .setIdealUs(0)
                .setIdealGoodUs(0)
                .setReports(values.getOrDefault("reports", 0L))
                .setDuplicates(0)
                .setLostReports(0)
                .setLateReports(0)
                .setGeneration(0)
                .setVersion(1)
                .setWatermark(watermark)
                .setFinal$(false);
    }

    private static List<SpecificRecord> pulseReferences() {
        return List.of(
                Plant.newBuilder()
                        .setPlantId(PULSE_PLANT)
                        .setName("Pulse")
                        .setNation("NOR")
                        .setParentEntity("Synthetic works")
                        .setLatitude(60)
                        .setLongitude(10)
                        .setTimeZone("UTC")
                        .build(),
                Material.newBuilder()
                        .setMaterialId(PULSE)
                        .setName("Pulse")
                        .setUnit("kg")
                        .setLeadTimeDays(1)
                        .build(),
                Product.newBuilder()
                        .setProductId(PULSE + "-product")
                        .setName("Pulse")
                        .setCapabilityArea(CapabilityArea.COMPONENT)
                        .setBillOfMaterials(List.of())
                        .build(),
                Line.newBuilder()
                        .setLineId(PULSE)
                        .setPlantId(PULSE_PLANT)
                        .setProductId(PULSE + "-product")
                        .setIdealCycleSeconds(1)
                        .setCycles(List.of())
                        .setCalendar(LineCalendar.PLANNED)
                        .setDeclaredUnitsPerHour(100)
                        .setHoursPerWeek(new HoursPerWeek(40.0, 120.0, 160.0))
                        .build());
    }

    SurgeStream stream() {
        return stream;
    }

    /** What is to be known before all else. */
    List<Sending> references() {
        return List.copyOf(references);
    }

    List<Stage> stages() {
        return List.copyOf(stages);
    }

    /** What the oracle says of the days that have stages of their own. */
    SurgeRows expected() {
        return ofStages(Oracle.surge(new OracleInput(events, endOf(lastDay), stream.horizon())));
    }

    /** Only the days that have stages of their own. */
    SurgeRows ofStages(SurgeRows rows) {
        return rows.filter(key -> ChronoUnit.DAYS.between(firstDay, key.asOf()) >= 0
                && !key.asOf().isAfter(lastDay));
    }
}
