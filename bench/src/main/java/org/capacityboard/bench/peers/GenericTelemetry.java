package org.capacityboard.bench.peers;

import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.formats.avro.typeutils.GenericRecordAvroTypeInfo;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.capacityboard.events.LineTelemetry;
import org.capacityboard.schemas.EventCodec;
import org.jspecify.annotations.Nullable;

/** Reads telemetry with Avro's own reader into generic records; what is unreadable is dropped and counted. */
public final class GenericTelemetry implements DeserializationSchema<GenericRecord> {
    /** Counts records, rubbish included. */
    static final String TAKEN = "capacity.bench.taken";

    /** Counts rubbish. */
    static final String REFUSED = "capacity.bench.refused";

    private static final long serialVersionUID = 1L;
    private static final Schema SCHEMA = LineTelemetry.getClassSchema();
    private static final long FINGERPRINT = EventCodec.fingerprint(SCHEMA);

    private transient Counter taken = new SimpleCounter();
    private transient Counter refused = new SimpleCounter();
    private transient GenericDatumReader<GenericRecord> reader = new GenericDatumReader<>(SCHEMA);
    private transient @Nullable BinaryDecoder decoder;

    /** What travels between operators. */
    static TypeInformation<GenericRecord> type() {
        return new GenericRecordAvroTypeInfo(SCHEMA);
    }

    @Override
    public void open(InitializationContext context) {
        taken = context.getMetricGroup().counter(TAKEN);
        refused = context.getMetricGroup().counter(REFUSED);
        reader = new GenericDatumReader<>(SCHEMA);
    }

    @Override
    public @Nullable GenericRecord deserialize(byte[] bytes) {
        taken.inc();
        GenericRecord record = read(bytes);
        if (record == null) {
            refused.inc();
        }
        return record;
    }

    private @Nullable GenericRecord read(byte[] bytes) {
        try {
            if (EventCodec.fingerprint(bytes) != FINGERPRINT) {
                return null;
            }
            int header = EventCodec.HEADER_BYTES;
            decoder = DecoderFactory.get().binaryDecoder(bytes, header, bytes.length - header, decoder);
            GenericRecord record = reader.read(null, decoder);
            return decoder.isEnd() ? record : null;
        } catch (IOException | RuntimeException e) {
            // Avro meets rubbish with many kinds of exceptions; all of them speak of the bytes.
            return null;
        }
    }

    @Override
    public boolean isEndOfStream(GenericRecord next) {
        return false;
    }

    @Override
    public TypeInformation<GenericRecord> getProducedType() {
        return type();
    }
}
