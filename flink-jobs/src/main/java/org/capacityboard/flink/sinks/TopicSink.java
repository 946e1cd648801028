package org.capacityboard.flink.sinks;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Properties;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.capacityboard.domain.leadtime.OrderRecord;
import org.capacityboard.domain.leadtime.OrderStanding;
import org.capacityboard.domain.surge.CoverRow;
import org.capacityboard.domain.surge.ReadinessRow;
import org.capacityboard.domain.throughput.CurrentState;
import org.capacityboard.domain.throughput.Fact;
import org.capacityboard.events.CapacityEvidence;
import org.capacityboard.events.FactWindow;
import org.capacityboard.events.LineFacts;
import org.capacityboard.events.LineStatus;
import org.capacityboard.events.MachineState;
import org.capacityboard.events.MaterialCover;
import org.capacityboard.events.OrderState;
import org.capacityboard.events.OrderStatus;
import org.capacityboard.events.Posture;
import org.capacityboard.events.RejectedEvent;
import org.capacityboard.events.SurgeReadiness;
import org.capacityboard.flink.ingest.Rejection;
import org.capacityboard.flink.rows.LeadTimeRow;
import org.capacityboard.flink.rows.SurgeRow;
import org.capacityboard.flink.rows.ThroughputRow;
import org.capacityboard.process.settings.KafkaSettings;
import org.capacityboard.schemas.Topic;
import org.jspecify.annotations.Nullable;

/**
 * What other jobs and programs read of a job's rows, in Kafka. Every event is sent at least once; those who read keep the highest (generation, version,
 * watermark) of each key, so a repeat changes nothing.
 */
public final class TopicSink {
    /** How long a record waits for a broker that is gone before the job gives up and goes back to its checkpoint. */
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    /** How long a record waits for others: each batch costs the broker more than a record in it. Who watches a line does not see the difference. */
    private static final Duration COMPANY = Duration.ofMillis(50);

    private static final int BATCH_BYTES = 128 * 1024;

    private TopicSink() {}

    /** Facts per hour and day to {@code line-facts}; of other rows nothing is sent. */
    public static KafkaSink<ThroughputRow> lineFacts(KafkaSettings kafka) {
        return sink(kafka, Topic.LINE_FACTS, TopicSink::lineFacts);
    }

    /** Current states to {@code line-status}; of other rows nothing is sent. */
    public static KafkaSink<ThroughputRow> lineStatus(KafkaSettings kafka) {
        return sink(kafka, Topic.LINE_STATUS, TopicSink::lineStatus);
    }

    /** Where orders stand to {@code order-status}; of other rows nothing is sent. */
    public static KafkaSink<LeadTimeRow> orderStatus(KafkaSettings kafka) {
        return sink(kafka, Topic.ORDER_STATUS, TopicSink::orderStatus);
    }

    /** How far products can be made at the rates required to {@code surge-readiness}; of other rows nothing is sent. */
    public static KafkaSink<SurgeRow> surgeReadiness(KafkaSettings kafka) {
        return sink(kafka, Topic.SURGE_READINESS, TopicSink::surgeReadiness);
    }

    /** How long materials last to {@code material-cover}; of other rows nothing is sent. */
    public static KafkaSink<SurgeRow> materialCover(KafkaSettings kafka) {
        return sink(kafka, Topic.MATERIAL_COVER, TopicSink::materialCover);
    }

    /** Refused records to {@code rejected}. */
    public static KafkaSink<Rejection> rejections(KafkaSettings kafka) {
        return sink(kafka, Topic.REJECTED, TopicSink::rejected);
    }

    private static <T> KafkaSink<T> sink(KafkaSettings kafka, Topic topic, EventRecords.Event<T> event) {
        return KafkaSink.<T>builder()
                .setBootstrapServers(kafka.bootstrap())
                .setKafkaProducerConfig(producerProperties(kafka))
                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                .setRecordSerializer(new EventRecords<>(topic, kafka.topicPrefix(), event))
                .build();
    }

    private static Properties producerProperties(KafkaSettings kafka) {
        Properties properties = new Properties();
        properties.setProperty("delivery.timeout.ms", String.valueOf(PATIENCE.toMillis()));
        properties.setProperty("max.block.ms", String.valueOf(PATIENCE.toMillis()));
        properties.setProperty("compression.type", "lz4");
        properties.setProperty("linger.ms", String.valueOf(COMPANY.toMillis()));
        properties.setProperty("batch.size", String.valueOf(BATCH_BYTES));
        properties.putAll(kafka.clientProperties());
        return properties;
    }

    static @Nullable LineFacts lineFacts(ThroughputRow row) {
        if (!(row instanceof ThroughputRow.Facts given)
                || given.window() == org.capacityboard.flink.rows.FactWindow.MINUTE) {
            return null;
        }
        boolean hour = given.window() == org.capacityboard.flink.rows.FactWindow.HOUR;
        long[] facts = given.facts();
        return LineFacts.newBuilder()
                .setLineId(given.lineId())
                .setProductId(given.productId())
                .setWindow(hour ? FactWindow.HOUR : FactWindow.DAY)
                .setWindowStart(hour ? Instant.ofEpochMilli(given.windowStart()) : null)
                .setProductionDay(
                        hour ? null : LocalDate.ofEpochDay(given.windowStart()).toString())
                .setPlannedMs(facts[Fact.PLANNED_MS.ordinal()])
                .setProducingMs(facts[Fact.PRODUCING_MS.ordinal()])
                .setSetupMs(facts[Fact.SETUP_MS.ordinal()])
                .setDelayMs(facts[Fact.DELAY_MS.ordinal()])
                .setDownMs(facts[Fact.DOWN_MS.ordinal()])
                .setUnknownMs(facts[Fact.UNKNOWN_MS.ordinal()])
                .setUnplannedProducingMs(facts[Fact.UNPLANNED_PRODUCING_MS.ordinal()])
                .setGoodUnits(facts[Fact.GOOD_UNITS.ordinal()])
                .setScrapUnits(facts[Fact.SCRAP_UNITS.ordinal()])
                .setReworkUnits(facts[Fact.REWORK_UNITS.ordinal()])
                .setIdealUs(facts[Fact.IDEAL_US.ordinal()])
                .setIdealGoodUs(facts[Fact.IDEAL_GOOD_US.ordinal()])
                .setReports(facts[Fact.REPORTS.ordinal()])
                .setDuplicates(facts[Fact.DUPLICATES.ordinal()])
                .setLostReports(facts[Fact.LOST_REPORTS.ordinal()])
                .setLateReports(facts[Fact.LATE_REPORTS.ordinal()])
                .setGeneration(given.stamp().generation())
                .setVersion(given.stamp().version())
                .setWatermark(Instant.ofEpochMilli(given.stamp().watermarkMs()))
                .setFinal$(given.isFinal())
                .build();
    }

    static @Nullable LineStatus lineStatus(ThroughputRow row) {
        if (!(row instanceof ThroughputRow.Current given)) {
            return null;
        }
        CurrentState state = given.state();
        return LineStatus.newBuilder()
                .setLineId(given.lineId())
                .setAsOf(Instant.ofEpochMilli(given.stamp().watermarkMs()))
                .setState(
                        state.state() == null
                                ? null
                                : MachineState.valueOf(state.state().name()))
                .setSince(instant(state.sinceMs()))
                .setReasonCode(state.reasonCode())
                .setProductId(state.productId())
                .setPlannedNow(state.plannedNow())
                .setLastReportAt(instant(state.lastReportMs()))
                .setGoodUnitsToday(state.unitsToday())
                .setGoodUnitsLastHour(state.unitsLastHour())
                .setCompletenessToday(state.completenessToday())
                .setGeneration(given.stamp().generation())
                .setVersion(given.stamp().version())
                .build();
    }

    static @Nullable OrderStatus orderStatus(LeadTimeRow row) {
        if (!(row instanceof LeadTimeRow.Status given)) {
            return null;
        }
        org.capacityboard.domain.leadtime.OrderStatus order = given.row();
        return OrderStatus.newBuilder()
                .setOrderId(order.orderId())
                .setProductId(order.productId())
                .setPlantId(order.plantId())
                .setBuyerNation(order.buyerNation())
                .setFrameworkId(order.frameworkId())
                .setPriority(order.priority() == OrderRecord.NO_PRIORITY ? null : order.priority())
                .setAsOf(Instant.ofEpochMilli(given.stamp().watermarkMs()))
                .setState(OrderState.valueOf(order.state().name()))
                .setOrderedUnits(order.orderedUnits())
                .setDispatchedUnits(order.dispatchedUnits())
                .setAcceptedUnits(order.acceptedUnits())
                .setRejectedUnits(order.rejectedUnits())
                .setQueueUnits(order.queueUnits())
                .setConfirmedAt(Instant.ofEpochMilli(order.confirmedAtMs()))
                .setBaselinePromisedAt(Instant.ofEpochMilli(order.baselinePromisedAtMs()))
                .setPromisedAt(Instant.ofEpochMilli(order.promisedAtMs()))
                .setFirstAcceptedAt(unlessNever(order.firstAcceptedAtMs()))
                .setCompletedAt(unlessNever(order.completedAtMs()))
                .setCancelledAt(unlessNever(order.cancelledAtMs()))
                .setForecastP50At(orNull(order.forecastP50AtMs()))
                .setForecastP80At(orNull(order.forecastP80AtMs()))
                .setSlipDays(order.slipDays())
                .setStalled(order.isStalled())
                .setFlags(order.flags().stream().sorted().map(Enum::name).toList())
                .setGeneration(given.stamp().generation())
                .setVersion(given.stamp().version())
                .setFinal$(order.isFinal())
                .build();
    }

    static @Nullable SurgeReadiness surgeReadiness(SurgeRow row) {
        if (!(row instanceof SurgeRow.Readiness given)) {
            return null;
        }
        ReadinessRow product = given.row();
        return SurgeReadiness.newBuilder()
                .setAsOf(LocalDate.ofEpochDay(given.asOf()).toString())
                .setProductId(product.productId())
                .setPosture(Posture.valueOf(product.posture().name()))
                .setEvidence(CapacityEvidence.valueOf(product.evidence().name()))
                .setRequiredPerMonth(product.requiredPerMonth())
                .setAchievablePerMonth(product.achievablePerMonth())
                .setReadiness(product.readiness())
                .setReadinessLow(product.readinessLow())
                .setReadinessHigh(product.readinessHigh())
                .setBindingConstraint(word(product.bindingConstraint()))
                .setBindingId(product.bindingId())
                .setNextConstraint(word(product.nextConstraint()))
                .setNextId(product.nextId())
                .setNextAchievablePerMonth(product.nextAchievablePerMonth())
                .setTimeToSurgeDays(product.timeToSurgeDays())
                .setSustainedDays(product.sustainedDays())
                .setUnitsShort(product.unitsShort())
                .setLostParent(product.lostParent())
                .setWhy(product.why())
                .setGeneration(given.stamp().generation())
                .setVersion(given.stamp().version())
                .setWatermark(Instant.ofEpochMilli(given.stamp().watermarkMs()))
                .setFinal$(given.isFinal())
                .build();
    }

    static @Nullable MaterialCover materialCover(SurgeRow row) {
        if (!(row instanceof SurgeRow.Cover given)) {
            return null;
        }
        CoverRow material = given.row();
        return MaterialCover.newBuilder()
                .setAsOf(LocalDate.ofEpochDay(given.asOf()).toString())
                .setPlantId(material.plantId())
                .setMaterialId(material.materialId())
                .setPosture(Posture.valueOf(material.posture().name()))
                .setDaysOfSupply(material.daysOfSupply())
                .setLeadTimeDays(given.leadTimeDays())
                .setSingleSource(Boolean.TRUE.equals(material.singleSource()))
                .setSourceKnown(material.singleSource() != null)
                .setOnHand(material.onHand())
                .setDailyDraw(material.dailyDraw())
                .setGeneration(given.stamp().generation())
                .setVersion(given.stamp().version())
                .setWatermark(Instant.ofEpochMilli(given.stamp().watermarkMs()))
                .setFinal$(given.isFinal())
                .build();
    }

    static RejectedEvent rejected(Rejection rejection) {
        return RejectedEvent.newBuilder()
                .setTopic(rejection.origin().topic())
                .setRecordPartition(rejection.origin().partition())
                .setRecordOffset(rejection.origin().offset())
                .setReasonCode(rejection.code().name())
                .setReason(rejection.reason())
                .setEventTime(instant(rejection.eventTimeMs()))
                .setReceivedAt(instant(rejection.origin().receivedAtMs()))
                .setPayload(rejection.payload())
                .build();
    }

    private static @Nullable String word(@Nullable Enum<?> value) {
        return value == null ? null : value.name();
    }

    private static @Nullable Instant instant(long ms) {
        return ms == Long.MIN_VALUE ? null : Instant.ofEpochMilli(ms);
    }

    private static @Nullable Instant unlessNever(long ms) {
        return ms == OrderStanding.NEVER ? null : Instant.ofEpochMilli(ms);
    }

    private static @Nullable Instant orNull(@Nullable Long ms) {
        return ms == null ? null : Instant.ofEpochMilli(ms);
    }
}
