package org.capacityboard.bench.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.capacityboard.domain.throughput.HourChunk;
import org.capacityboard.domain.throughput.HourStore;
import org.capacityboard.domain.throughput.LineHead;
import org.capacityboard.domain.throughput.LineReport;
import org.capacityboard.domain.throughput.LineTimeline;
import org.jspecify.annotations.Nullable;

/**
 * Timelines in the stores that Kafka Streams offers, the way it is meant: what belongs to a record is read from the store, changed, and put back, and Streams
 * caches it until the task commits. A line's head, with its newest reports, has a key of its own and so has each of its hours: most reports touch a few hundred bytes.
 */
final class StoredTimelines implements TaskLines {
    private static final String HEADS = "heads";
    private static final String HOURS = "hours";
    private static final char SLASH = '/';
    private static final char BEHIND_SLASH = SLASH + 1;
    private static final long HORIZON_MS = 48 * 3_600_000L;
    private static final long NO_WATERMARK = Long.MIN_VALUE;

    private final LoadLines reference;
    private final KeyValueStore<String, LineHead> heads;
    private final KeyValueStore<String, HourChunk> hours;

    StoredTimelines(ProcessorContext<?, ?> context, LoadLines reference) {
        this.reference = reference;
        this.heads = context.getStateStore(HEADS);
        this.hours = context.getStateStore(HOURS);
    }

    /** In memory, cached and logged to a topic. */
    static List<StoreBuilder<?>> builders() {
        return List.of(
                builder(HEADS, serde(LineHead::encode, LineHead::decode)),
                builder(HOURS, serde(HourChunk::encode, HourChunk::decode)));
    }

    private static <V> StoreBuilder<KeyValueStore<String, V>> builder(String name, Serde<V> values) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.String(), values)
                .withCachingEnabled()
                .withLoggingEnabled(Map.of());
    }

    private static <V> Serde<V> serde(Function<V, byte[]> write, Function<byte[], V> read) {
        return Serdes.serdeFrom((topic, value) -> write.apply(value), (topic, bytes) -> read.apply(bytes));
    }

    @Override
    public void report(LineReport report) {
        String lineId = report.lineId();
        LineHead stored = heads.get(lineId);
        LineHead head = stored == null ? new LineHead() : stored;
        LineTimeline timeline = timeline(lineId, head);
        if (stored == null) {
            reference.describe(lineId, timeline);
        }
        timeline.report(report, NO_WATERMARK);
        heads.put(lineId, head);
    }

    @Override
    public void close(long watermarkMs, ForwardedRows rows) {
        try (KeyValueIterator<String, LineHead> all = heads.all()) {
            while (all.hasNext()) {
                KeyValue<String, LineHead> line = all.next();
                timeline(line.key, line.value).advance(watermarkMs, rows.of(line.key));
                heads.put(line.key, line.value);
            }
        }
    }

    private LineTimeline timeline(String lineId, LineHead head) {
        return new LineTimeline(lineId, head, new HoursOfLine(lineId), HORIZON_MS);
    }

    private final class HoursOfLine implements HourStore {
        private final String lineId;

        HoursOfLine(String lineId) {
            this.lineId = lineId;
        }

        private String key(long hour) {
            return lineId + SLASH + hour;
        }

        @Override
        public @Nullable HourChunk get(long hour) {
            return hours.get(key(hour));
        }

        @Override
        public void put(long hour, HourChunk chunk) {
            hours.put(key(hour), chunk);
        }

        @Override
        public void remove(long hour) {
            hours.delete(key(hour));
        }

        @Override
        public Iterable<Long> hours() {
            List<Long> kept = new ArrayList<>();
            try (KeyValueIterator<String, HourChunk> own = hours.range(lineId + SLASH, lineId + BEHIND_SLASH)) {
                own.forEachRemaining(hour -> kept.add(Long.parseLong(hour.key.substring(lineId.length() + 1))));
            }
            return kept;
        }
    }
}
