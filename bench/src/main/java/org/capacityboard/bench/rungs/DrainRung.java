package org.capacityboard.bench.rungs;

import java.util.ArrayList;
import java.util.List;
import org.capacityboard.bench.run.Course;
import org.capacityboard.bench.run.RunPlan;
import org.capacityboard.bench.run.Rung;
import org.capacityboard.schemas.EventCodec;
import org.capacityboard.schemas.TelemetryDecoder;
import org.capacityboard.schemas.UnreadableEventException;

/** A consumer and nothing more, or the consumer and the decoder: no figures come of it, so there are no rows to compare, only counts. */
public final class DrainRung implements Rung {
    private final boolean decodes;

    /**
     * @param decodes whether records are decoded, too
     */
    public DrainRung(boolean decodes) {
        this.decodes = decodes;
    }

    @Override
    public void run(RunPlan plan, Course course) throws Exception {
        List<Drain> drains = new ArrayList<>();
        List<PartitionReader> readers = new ArrayList<>();
        for (int i = 0; i < plan.parallelism(); i++) {
            Drain drain = new Drain();
            drains.add(drain);
            readers.add(new PartitionReader(plan, i, decodes ? drain::decode : drain::drop));
        }
        readers.forEach(Thread::start);
        course.time(
                () -> readers.stream().mapToLong(PartitionReader::taken).sum(),
                plan.size().records(),
                () -> true);
        for (PartitionReader reader : readers) {
            reader.finish();
        }
        long refused = drains.stream().mapToLong(drain -> drain.refused).sum();
        if (decodes && refused != plan.size().rubbish()) {
            throw new IllegalStateException(
                    refused + " records were refused, must be " + plan.size().rubbish());
        }
    }

    private static final class Drain {
        private final TelemetryDecoder decoder = new TelemetryDecoder();
        private long refused;
        private long bytes;
        private long units;

        void drop(org.apache.kafka.clients.consumer.ConsumerRecord<byte[], byte[]> record) {
            bytes += record.value().length;
        }

        void decode(org.apache.kafka.clients.consumer.ConsumerRecord<byte[], byte[]> record) {
            bytes += record.value().length;
            try {
                EventCodec.fingerprint(record.value());
                if (decoder.decode(record.value())) {
                    units += decoder.goodCount();
                } else {
                    refused++;
                }
            } catch (UnreadableEventException e) {
                refused++;
            }
        }
    }
}
