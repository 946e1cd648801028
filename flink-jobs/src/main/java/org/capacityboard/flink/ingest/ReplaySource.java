package org.capacityboard.flink.ingest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.capacityboard.flink.types.SlimType;
import org.capacityboard.schemas.Topic;
import org.jspecify.annotations.Nullable;

/**
 * Files in place of Kafka: {@code <topic>.jsonl} of every topic, merged into the order in which the events were received, reference data and plans
 * without {@code receivedAt} first. After every record the watermark is the highest event time so far less the disorder; it ends at {@code until}. Lines
 * with a time after that are passed over. To be run with parallelism 1 and no watermark strategy: the order of records and watermarks is the source's.
 */
public final class ReplaySource
        implements Source<Ingested, ReplaySource.Progress, Long>, ResultTypeQueryable<Ingested> {
    private static final long serialVersionUID = 1L;
    private static final long NOTHING_READ = 0;
    private static final long ASSIGNED = -1;

    private final String directory;
    private final List<Topic> topics;
    private final Duration futureGuard;
    private final Duration disorder;
    private final @Nullable Instant until;
    private final Instant now;

    /**
     * @param topics topics whose files are read; of lines received at one instant the first topic's come first
     * @param until null: the time of the last event, or its receive time if that is later, that is not ahead of {@code now}
     * @param now the wall clock
     */
    public ReplaySource(
            Path directory,
            List<Topic> topics,
            Duration futureGuard,
            Duration disorder,
            @Nullable Instant until,
            Instant now) {
        this.directory = directory.toString();
        this.topics = List.copyOf(topics);
        this.futureGuard = futureGuard;
        this.disorder = disorder;
        this.until = until;
        this.now = now;
    }

    @Override
    public TypeInformation<Ingested> getProducedType() {
        return SlimType.of(IngestedCodec.INSTANCE);
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.BOUNDED;
    }

    @Override
    public SourceReader<Ingested, Progress> createReader(SourceReaderContext context) {
        return new ReplayReader(this);
    }

    /** Opens the files; reads all of them once to know their order. */
    ReplayOrder open() throws IOException {
        return ReplayOrder.open(Path.of(directory), topics, until, now.toEpochMilli(), futureGuard.toMillis());
    }

    Duration futureGuard() {
        return futureGuard;
    }

    Duration disorder() {
        return disorder;
    }

    Instant now() {
        return now;
    }

    /**
     * How far the files have been read: the whole directory is one split, because its order is one.
     *
     * @param records how many records were emitted
     */
    public record Progress(long records) implements SourceSplit {
        @Override
        public String splitId() {
            return "files";
        }
    }

    @Override
    public SplitEnumerator<Progress, Long> createEnumerator(SplitEnumeratorContext<Progress> context) {
        return new Enumerator(context, NOTHING_READ);
    }

    @Override
    public SplitEnumerator<Progress, Long> restoreEnumerator(
            SplitEnumeratorContext<Progress> context, Long unassigned) {
        return new Enumerator(context, unassigned);
    }

    @Override
    public SimpleVersionedSerializer<Progress> getSplitSerializer() {
        return new ProgressSerializer();
    }

    @Override
    public SimpleVersionedSerializer<Long> getEnumeratorCheckpointSerializer() {
        return new LongSerializer();
    }

    /** Gives the one split to the first reader that comes. Its state: records already read by the split it holds, or that it holds none. */
    private static final class Enumerator implements SplitEnumerator<Progress, Long> {
        private final SplitEnumeratorContext<Progress> context;
        private long unassigned;

        Enumerator(SplitEnumeratorContext<Progress> context, long unassigned) {
            this.context = context;
            this.unassigned = unassigned;
        }

        @Override
        public void start() {}

        @Override
        public void handleSplitRequest(int subtaskId, @Nullable String requesterHostname) {}

        @Override
        public void addSplitsBack(List<Progress> splits, int subtaskId) {
            for (Progress split : splits) {
                unassigned = split.records();
            }
        }

        @Override
        public void addReader(int subtaskId) {
            if (unassigned != ASSIGNED) {
                context.assignSplit(new Progress(unassigned), subtaskId);
                unassigned = ASSIGNED;
            }
            context.signalNoMoreSplits(subtaskId);
        }

        @Override
        public Long snapshotState(long checkpointId) {
            return unassigned;
        }

        @Override
        public void close() {}
    }

    private static final class ProgressSerializer implements SimpleVersionedSerializer<Progress> {
        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(Progress progress) {
            return ByteBuffer.allocate(Long.BYTES).putLong(progress.records()).array();
        }

        @Override
        public Progress deserialize(int version, byte[] bytes) {
            return new Progress(ByteBuffer.wrap(bytes).getLong());
        }
    }

    private static final class LongSerializer implements SimpleVersionedSerializer<Long> {
        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(Long number) {
            return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
        }

        @Override
        public Long deserialize(int version, byte[] bytes) {
            return ByteBuffer.wrap(bytes).getLong();
        }
    }
}
