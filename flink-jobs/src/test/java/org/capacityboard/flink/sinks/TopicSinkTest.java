package org.capacityboard.flink.sinks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.capacityboard.flink.sinks.ThroughputRows.DAY_0;
import static org.capacityboard.flink.sinks.ThroughputRows.ONE_DAY;
import static org.capacityboard.flink.sinks.ThroughputRows.T0;
import static org.capacityboard.flink.sinks.ThroughputRows.facts;
import static org.capacityboard.flink.sinks.ThroughputRows.minute;
import static org.capacityboard.flink.sinks.ThroughputRows.neverHeardOf;
import static org.capacityboard.flink.sinks.ThroughputRows.producing;
import static org.capacityboard.flink.sinks.ThroughputRows.stamp;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.flink.util.InstantiationUtil;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.capacityboard.domain.leadtime.OrderFlag;
import org.capacityboard.domain.surge.LineConstraint;
import org.capacityboard.events.LineFacts;
import org.capacityboard.events.LineStatus;
import org.capacityboard.events.MachineState;
import org.capacityboard.events.MaterialCover;
import org.capacityboard.events.OrderState;
import org.capacityboard.events.OrderStatus;
import org.capacityboard.events.RejectedEvent;
import org.capacityboard.events.SurgeReadiness;
import org.capacityboard.flink.ingest.Origin;
import org.capacityboard.flink.ingest.RejectReason;
import org.capacityboard.flink.ingest.Rejection;
import org.capacityboard.flink.rows.FactWindow;
import org.capacityboard.flink.rows.LeadTimeRow;
import org.capacityboard.flink.rows.SurgeRow;
import org.capacityboard.flink.rows.ThroughputRow;
import org.capacityboard.process.settings.DatabaseSettings;
import org.capacityboard.process.settings.KafkaSettings;
import org.capacityboard.process.settings.MinuteRetention;
import org.capacityboard.process.settings.RoleLogin;
import org.capacityboard.process.settings.Secret;
import org.capacityboard.process.settings.SinkSettings;
import org.capacityboard.schemas.EventCodec;
import org.capacityboard.schemas.Topic;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TopicSinkTest {
    private final EventRecords<ThroughputRow> lineFacts =
            new EventRecords<>(Topic.LINE_FACTS, "capacity", TopicSink::lineFacts);
    private final EventRecords<LeadTimeRow> orderStatus =
            new EventRecords<>(Topic.ORDER_STATUS, "capacity", TopicSink::orderStatus);
    private final EventRecords<SurgeRow> surgeReadiness =
            new EventRecords<>(Topic.SURGE_READINESS, "capacity", TopicSink::surgeReadiness);
    private final EventRecords<SurgeRow> materialCover =
            new EventRecords<>(Topic.MATERIAL_COVER, "capacity", TopicSink::materialCover);

    @Test
    void hours_and_days_are_published_and_minutes_are_not() {
        LineFacts hour = (LineFacts) read(record(facts(FactWindow.HOUR, "press", T0, 60, stamp(4))), Topic.LINE_FACTS);
        LineFacts day =
                (LineFacts) read(record(facts(FactWindow.DAY, "press", DAY_0, 480, stamp(4))), Topic.LINE_FACTS);

        assertThat(hour.getWindowStart()).isEqualTo(Instant.ofEpochMilli(T0));
        assertThat(hour.getProductionDay()).isNull();
        assertThat(day.getWindowStart()).isNull();
        assertThat(day.getProductionDay()).isEqualTo("2026-11-20");
        assertThat(day.getGoodUnits()).isEqualTo(480);
        assertThat(day.getReports()).isEqualTo(6);
        assertThat(day.getVersion()).isEqualTo(4);
        assertThat(record(minute("press", T0, 1, stamp(4)))).isNull();
        assertThat(record(producing("press", stamp(4)))).isNull();
    }

    @Test
    void record_stands_in_the_topic_of_the_prefix_under_the_key_of_the_catalogue() {
        ProducerRecord<byte[], byte[]> record =
                requireNonNull(record(facts(FactWindow.HOUR, "press", T0, 60, stamp(4))));

        assertThat(record.topic()).isEqualTo("capacity.line-facts.v1");
        assertThat(new String(record.key(), UTF_8)).isEqualTo("press|shell");
    }

    @Test
    void status_of_a_line_never_heard_of_has_neither_state_nor_since() {
        LineStatus known = requireNonNull(TopicSink.lineStatus(producing("press", stamp(4))));
        LineStatus unknown = requireNonNull(TopicSink.lineStatus(neverHeardOf("press", stamp(4))));

        assertThat(known.getState()).isEqualTo(MachineState.EXECUTE);
        assertThat(known.getSince()).isEqualTo(Instant.ofEpochMilli(T0));
        assertThat(known.getAsOf()).isEqualTo(Instant.ofEpochMilli(T0));
        assertThat(unknown.getState()).isNull();
        assertThat(unknown.getSince()).isNull();
        assertThat(unknown.getLastReportAt()).isNull();
    }

    @Test
    void order_is_told_with_what_it_waits_for_and_what_is_odd_about_it() {
        LeadTimeRow row = LeadTimeRows.open(
                "order-1",
                stamp(4),
                OrderFlag.ACCEPTED_AFTER_CANCELLATION,
                OrderFlag.ACCEPTED_MORE_THAN_ORDERED,
                OrderFlag.ACCEPTED_BEFORE_DISPATCH);
        ProducerRecord<byte[], byte[]> record = requireNonNull(orderStatus.serialize(row, null, null));

        OrderStatus told = (OrderStatus) read(record, Topic.ORDER_STATUS);

        assertThat(record.topic()).isEqualTo("capacity.order-status.v1");
        assertThat(new String(record.key(), UTF_8)).isEqualTo("order-1");
        assertThat(told.getState()).isEqualTo(OrderState.OPEN);
        assertThat(told.getAsOf()).isEqualTo(Instant.ofEpochMilli(T0));
        assertThat(told.getPriority()).isNull();
        assertThat(told.getFrameworkId()).isNull();
        assertThat(told.getQueueUnits()).isEqualTo(140);
        assertThat(told.getRejectedUnits()).isEqualTo(5);
        assertThat(told.getFirstAcceptedAt()).isEqualTo(Instant.ofEpochMilli(T0 - 1));
        assertThat(told.getCompletedAt()).isNull();
        assertThat(told.getCancelledAt()).isNull();
        assertThat(told.getForecastP50At()).isEqualTo(Instant.ofEpochMilli(T0 + 2 * ONE_DAY));
        assertThat(told.getForecastP80At()).isEqualTo(Instant.ofEpochMilli(T0 + 9 * ONE_DAY));
        assertThat(told.getSlipDays()).isEqualTo(2);
        assertThat(told.getFlags())
                .containsExactly(
                        "ACCEPTED_MORE_THAN_ORDERED", "ACCEPTED_BEFORE_DISPATCH", "ACCEPTED_AFTER_CANCELLATION");
        assertThat(told.getVersion()).isEqualTo(4);
        assertThat(told.getFinal$()).isFalse();
    }

    @Test
    void order_that_ended_has_neither_queue_nor_forecast() {
        OrderStatus told =
                requireNonNull(TopicSink.orderStatus(LeadTimeRows.cancelled("order-2", "framework.7", stamp(4))));

        assertThat(told.getState()).isEqualTo(OrderState.CANCELLED);
        assertThat(told.getCancelledAt()).isEqualTo(Instant.ofEpochMilli(T0));
        assertThat(told.getPriority()).isEqualTo(3);
        assertThat(told.getFrameworkId()).isEqualTo("framework.7");
        assertThat(told.getQueueUnits()).isNull();
        assertThat(told.getForecastP50At()).isNull();
        assertThat(told.getSlipDays()).isNull();
        assertThat(told.getFinal$()).isTrue();
    }

    @Test
    void rows_of_groups_are_not_published() {
        assertThat(orderStatus.serialize(
                        LeadTimeRows.percentiles(LeadTimeRows.product("shell"), 5.0, stamp(4)), null, null))
                .isNull();
    }

    @Test
    void product_is_told_with_what_binds_it_and_what_binds_next() {
        SurgeRow row = SurgeRows.readiness("round", 18_000, stamp(4));
        ProducerRecord<byte[], byte[]> record = requireNonNull(surgeReadiness.serialize(row, null, null));

        SurgeReadiness told = (SurgeReadiness) read(record, Topic.SURGE_READINESS);

        assertThat(record.topic()).isEqualTo("capacity.surge-readiness.v1");
        assertThat(new String(record.key(), UTF_8)).isEqualTo("round|CONFLICT|CONTRACTED");
        assertThat(told.getAsOf()).isEqualTo("2026-11-20");
        assertThat(told.getRequiredPerMonth()).isEqualTo(100_000);
        assertThat(told.getAchievablePerMonth()).isEqualTo(18_000);
        assertThat(told.getReadiness()).isEqualTo(0.18);
        assertThat(told.getReadinessLow()).isZero();
        assertThat(told.getReadinessHigh()).isEqualTo(0.18);
        assertThat(told.getBindingConstraint()).isEqualTo("LINES");
        assertThat(told.getBindingId()).isEqualTo("charge");
        assertThat(told.getNextConstraint()).isEqualTo("MATERIAL");
        assertThat(told.getNextId()).isEqualTo("powder");
        assertThat(told.getNextAchievablePerMonth()).isEqualTo(60_000);
        assertThat(told.getTimeToSurgeDays()).isEqualTo(58);
        assertThat(told.getSustainedDays()).isEqualTo(91);
        assertThat(told.getUnitsShort()).isEqualTo(82_000);
        assertThat(told.getLostParent()).isEqualTo("Parent");
        assertThat(told.getWhy()).isEqualTo("Why, in words.");
        assertThat(told.getVersion()).isEqualTo(4);
        assertThat(told.getWatermark()).isEqualTo(Instant.ofEpochMilli(T0));
        assertThat(told.getFinal$()).isFalse();
    }

    @Test
    void product_that_nobody_knows_how_to_make_has_neither_readiness_nor_constraint() {
        SurgeReadiness told = requireNonNull(TopicSink.surgeReadiness(SurgeRows.unknown("riddle", stamp(4))));

        assertThat(told.getAchievablePerMonth()).isNull();
        assertThat(told.getReadiness()).isNull();
        assertThat(told.getBindingConstraint()).isNull();
        assertThat(told.getNextId()).isNull();
        assertThat(told.getTimeToSurgeDays()).isNull();
        assertThat(told.getLostParent()).isNull();
        assertThat(told.getFinal$()).isTrue();
    }

    @Test
    void material_is_told_with_whether_anybody_knows_who_brings_it() {
        SurgeRow known = SurgeRows.cover("powder", "ALL", 500.0, true, 90, stamp(4));
        ProducerRecord<byte[], byte[]> record = requireNonNull(materialCover.serialize(known, null, null));

        MaterialCover told = (MaterialCover) read(record, Topic.MATERIAL_COVER);
        MaterialCover unknown =
                requireNonNull(TopicSink.materialCover(SurgeRows.cover("powder", "0AAA1", 0.0, null, null, stamp(4))));

        assertThat(new String(record.key(), UTF_8)).isEqualTo("ALL|powder|CRISIS");
        assertThat(told.getDaysOfSupply()).isEqualTo(10);
        assertThat(told.getLeadTimeDays()).isEqualTo(90);
        assertThat(told.getOnHand()).isEqualTo(5_000);
        assertThat(told.getDailyDraw()).isEqualTo(500);
        assertThat(told.getSingleSource()).isTrue();
        assertThat(told.getSourceKnown()).isTrue();
        assertThat(unknown.getDaysOfSupply()).isNull();
        assertThat(unknown.getLeadTimeDays()).isNull();
        assertThat(unknown.getSingleSource()).isFalse();
        assertThat(unknown.getSourceKnown()).isFalse();
    }

    @Test
    void limits_of_lines_suppliers_and_whole_dates_are_not_published() {
        for (SurgeRow row : List.of(
                SurgeRows.constraint("press", LineConstraint.WORKFORCE, null, stamp(4)),
                SurgeRows.criticality("Parent", "round", 0.5, stamp(4)),
                SurgeRows.whole(stamp(4)))) {
            assertThat(surgeReadiness.serialize(row, null, null)).isNull();
            assertThat(materialCover.serialize(row, null, null)).isNull();
        }
    }

    @Test
    void sinks_travel_to_the_cluster() {
        KafkaSettings kafka = new KafkaSettings("localhost:9092", "capacity", Map.of("security.protocol", "SSL"));
        RoleLogin login = new RoleLogin("capacity_writer", new Secret("word"));
        DatabaseSettings database = new DatabaseSettings("jdbc:postgresql://localhost/capacity", login, login, login);
        SinkSettings settings = new SinkSettings(5_000, Duration.ofMillis(200));

        assertThat(List.of(
                        TopicSink.lineFacts(kafka),
                        TopicSink.lineStatus(kafka),
                        TopicSink.orderStatus(kafka),
                        TopicSink.surgeReadiness(kafka),
                        TopicSink.materialCover(kafka),
                        TopicSink.rejections(kafka),
                        PostgresSink.throughput(database, settings, new MinuteRetention(90)),
                        PostgresSink.leadTimes(database, settings),
                        PostgresSink.surge(database, settings),
                        PostgresSink.references(database, settings),
                        PostgresSink.rejections(database, settings)))
                .allSatisfy(sink ->
                        assertThat(InstantiationUtil.serializeObject(sink)).isNotEmpty());
    }

    @Test
    void refusal_tells_where_the_record_came_from() {
        Rejection rejection = new Rejection(
                new Origin("orders", 2, 9, Origin.NOT_RECEIVED),
                RejectReason.UNREADABLE,
                "Why.",
                Long.MIN_VALUE,
                "hex:00");

        RejectedEvent told = TopicSink.rejected(rejection);

        assertThat(Topic.REJECTED.key(told)).isEqualTo("orders|2|9");
        assertThat(told.getReasonCode()).isEqualTo("UNREADABLE");
        assertThat(told.getEventTime()).isNull();
        assertThat(told.getReceivedAt()).isNull();
    }

    private @Nullable ProducerRecord<byte[], byte[]> record(ThroughputRow row) {
        return lineFacts.serialize(row, null, null);
    }

    private static Object read(@Nullable ProducerRecord<byte[], byte[]> record, Topic topic) {
        return EventCodec.decode(requireNonNull(record).value(), requireNonNull(topic.schema()), topic);
    }
}
