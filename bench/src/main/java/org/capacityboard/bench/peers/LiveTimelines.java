package org.capacityboard.bench.peers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;
import org.capacityboard.domain.throughput.LineHead;
import org.capacityboard.domain.throughput.LineReport;
import org.jspecify.annotations.Nullable;

/**
 * A task's timelines as a store of Kafka Streams: objects while records come, bytes in an in-memory store with a changelog when the task commits. Only lines
 * that changed are written, the head and each changed hour under a key of its own. The hook is that of Streams' own caching stores: it is called before the
 * transaction ends, so what is committed and what is remembered agree. A restart reads all of it from the changelog.
 */
final class LiveTimelines implements StateStore, CachedStateStore<String, byte[]>, LiveLine.Shelf, TaskLines {
    private static final String NAME = "timelines";

    private static final char HOUR = '/';
    private static final long NO_WATERMARK = Long.MIN_VALUE;

    private final LoadLines reference;
    private final KeyValueStore<String, byte[]> stored;
    private final Map<String, LiveLine> lines = new HashMap<>();
    private final List<LiveLine> changed = new ArrayList<>();

    private LiveTimelines(LoadLines reference, KeyValueStore<String, byte[]> stored) {
        this.reference = reference;
        this.stored = stored;
    }

    @Override
    public void report(LineReport report) {
        LiveLine line = lines.get(report.lineId());
        if (line == null) {
            line = new LiveLine(report.lineId(), new LineHead());
            reference.describe(report.lineId(), line.timeline());
            lines.put(report.lineId(), line);
        }
        note(line);
        line.timeline().report(report, NO_WATERMARK);
    }

    @Override
    public void close(long watermarkMs, ForwardedRows rows) {
        for (LiveLine line : lines.values()) {
            note(line);
            line.timeline().advance(watermarkMs, rows.of(line.lineId()));
        }
    }

    private void note(LiveLine line) {
        if (line.change()) {
            changed.add(line);
        }
    }

    /** Those of a task, which it has restored. */
    static LiveTimelines of(ProcessorContext<?, ?> context) {
        LiveTimelines restored = context.getStateStore(NAME);
        restored.load();
        return restored;
    }

    /** Makes objects of all that was restored. */
    private void load() {
        lines.clear();
        changed.clear();
        // The head's key is the beginning of its hours' keys and comes first.
        try (KeyValueIterator<String, byte[]> all = stored.all()) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> entry = all.next();
                int slash = entry.key.indexOf(HOUR);
                if (slash < 0) {
                    lines.put(entry.key, new LiveLine(entry.key, LineHead.decode(entry.value)));
                } else {
                    LiveLine line = lines.get(entry.key.substring(0, slash));
                    if (line == null) {
                        throw new IllegalStateException("the changelog has an hour without its line: " + entry.key);
                    }
                    line.restore(Long.parseLong(entry.key.substring(slash + 1)), entry.value);
                }
            }
        }
    }

    @Override
    public void flushCache() {
        for (LiveLine line : changed) {
            line.write(this);
        }
        changed.clear();
    }

    @Override
    public void clearCache() {
        lines.clear();
        changed.clear();
    }

    @Override
    public boolean setFlushListener(CacheFlushListener<String, byte[]> listener, boolean sendOldValues) {
        return false;
    }

    @Override
    public void head(String lineId, byte[] bytes) {
        stored.put(lineId, bytes);
    }

    @Override
    public void hour(String lineId, long hour, byte @Nullable [] bytes) {
        String key = lineId + HOUR + hour;
        if (bytes == null) {
            stored.delete(key);
        } else {
            stored.put(key, bytes);
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        stored.init(context, root);
    }

    @Override
    public void commit(Map<TopicPartition, Long> changelogOffsets) {
        stored.commit(changelogOffsets);
    }

    @Override
    public void close() {
        stored.close();
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return stored.isOpen();
    }

    /** Makes the store of each task. */
    static StoreBuilder<LiveTimelines> builder(LoadLines reference) {
        return new Builder(
                reference,
                Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(NAME), Serdes.String(), Serdes.ByteArray())
                        .withLoggingEnabled(Map.of()));
    }

    private static final class Builder implements StoreBuilder<LiveTimelines> {
        private final LoadLines reference;
        private final StoreBuilder<KeyValueStore<String, byte[]>> stored;

        Builder(LoadLines reference, StoreBuilder<KeyValueStore<String, byte[]>> stored) {
            this.reference = reference;
            this.stored = stored;
        }

        @Override
        public LiveTimelines build() {
            return new LiveTimelines(reference, stored.build());
        }

        @Override
        public StoreBuilder<LiveTimelines> withCachingEnabled() {
            return this;
        }

        @Override
        public StoreBuilder<LiveTimelines> withCachingDisabled() {
            throw new UnsupportedOperationException("live timelines are a cache");
        }

        @Override
        public StoreBuilder<LiveTimelines> withLoggingEnabled(Map<String, String> config) {
            stored.withLoggingEnabled(config);
            return this;
        }

        @Override
        public StoreBuilder<LiveTimelines> withLoggingDisabled() {
            throw new UnsupportedOperationException("live timelines are lost without a changelog");
        }

        @Override
        public Map<String, String> logConfig() {
            return stored.logConfig();
        }

        @Override
        public boolean loggingEnabled() {
            return stored.loggingEnabled();
        }

        @Override
        public String name() {
            return NAME;
        }
    }
}
