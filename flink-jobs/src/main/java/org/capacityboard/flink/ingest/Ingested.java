package org.capacityboard.flink.ingest;

import java.nio.charset.StandardCharsets;

/** A record of an input topic after reading: valid, or refused. */
public sealed interface Ingested {
    /** {@link #eventTimeMs()} of a record that does not move the watermark. */
    long NO_EVENT_TIME = Long.MIN_VALUE;

    Origin origin();

    /** Event time that may move the watermark, ms since 1970 UTC; {@link #NO_EVENT_TIME} for refused records and reference data. */
    long eventTimeMs();

    /**
     * A valid report of a line. It goes to its line as the bytes that it is; {@link ReportReader} takes them apart there.
     *
     * @param record marker, fingerprint and body in the topic's current schema
     * @param lineIdFrom where in the record the line's id begins, which is ASCII
     * @param lineIdTo where it ends
     */
    record Telemetry(Origin origin, long eventTimeMs, byte[] record, int lineIdFrom, int lineIdTo) implements Ingested {
        public String lineId() {
            return new String(record, lineIdFrom, lineIdTo - lineIdFrom, StandardCharsets.US_ASCII);
        }
    }

    /**
     * A valid version of reference data, of a shift plan, a rule or a requirement.
     *
     * @param id what the version is of: for a shift plan its planId, otherwise the key within its topic
     * @param validFromMs {@link org.capacityboard.domain.reference.Versions#ALWAYS} if absent
     * @param body the event in the topic's current schema, Avro binary without header: equal contents have equal bytes
     */
    record Reference(Origin origin, String id, long validFromMs, long revision, byte[] body) implements Ingested {
        @Override
        public long eventTimeMs() {
            return NO_EVENT_TIME;
        }
    }

    /** A valid event of a topic that the caller does not look into further; {@code body} as in {@link Reference}. */
    record Other(Origin origin, String id, long eventTimeMs, byte[] body) implements Ingested {}

    /** A record that was refused while reading. */
    record Refused(Rejection rejection) implements Ingested {
        @Override
        public Origin origin() {
            return rejection.origin();
        }

        @Override
        public long eventTimeMs() {
            return NO_EVENT_TIME;
        }
    }
}
