package org.capacityboard.bench.peers;

import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.kafka.common.serialization.Deserializer;
import org.capacityboard.domain.throughput.LineReport;
import org.capacityboard.domain.throughput.MachineState;
import org.capacityboard.events.LineTelemetry;
import org.capacityboard.schemas.EventCodec;
import org.jspecify.annotations.Nullable;

/** Reads reports with Avro's own reader into the class that Avro generated; null for what is none. All tasks share it: each thread has a reader of its own. */
final class AvroReports implements Deserializer<LineReport> {
    private static final MachineState[] STATES = MachineState.values();
    private static final Schema SCHEMA = LineTelemetry.getClassSchema();
    private static final long FINGERPRINT = EventCodec.fingerprint(SCHEMA);

    private final ThreadLocal<Reader> readers = ThreadLocal.withInitial(Reader::new);

    @Override
    public @Nullable LineReport deserialize(String topic, byte[] bytes) {
        LineTelemetry event = readers.get().read(bytes);
        if (event == null || event.getGoodCount() < 0 || event.getScrapCount() < 0) {
            return null;
        }
        Long rework = event.getReworkCount();
        return new LineReport(
                event.getLineId(),
                event.getSessionId(),
                event.getSequence(),
                event.getEventTime().toEpochMilli(),
                STATES[event.getState().ordinal()],
                event.getReasonCode(),
                event.getOrderId(),
                event.getProductId(),
                event.getGoodCount(),
                event.getScrapCount(),
                rework == null ? LineReport.NOT_REPORTED : rework);
    }

    private static final class Reader {
        private final SpecificDatumReader<LineTelemetry> reader =
                new SpecificDatumReader<>(SCHEMA, SCHEMA, SpecificData.getForClass(LineTelemetry.class));
        private @Nullable BinaryDecoder decoder;

        @Nullable
        LineTelemetry read(byte[] bytes) {
            try {
                if (EventCodec.fingerprint(bytes) != FINGERPRINT) {
                    return null;
                }
                int header = EventCodec.HEADER_BYTES;
                decoder = DecoderFactory.get().binaryDecoder(bytes, header, bytes.length - header, decoder);
                LineTelemetry event = reader.read(null, decoder);
                return decoder.isEnd() ? event : null;
            } catch (IOException | RuntimeException e) {
                // Avro meets rubbish with many kinds of exceptions; all of them speak of the bytes.
                return null;
            }
        }
    }
}
