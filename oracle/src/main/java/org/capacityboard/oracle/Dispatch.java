package org.capacityboard.oracle;

import org.apache.avro.specific.SpecificRecord;
import org.capacityboard.schemas.EventCodec;
import org.capacityboard.schemas.Topic;
import org.jspecify.annotations.Nullable;

/**
 * A record on its way.
 *
 * @param arrivesMs when it is received
 * @param reachesBackMs no instant before this is changed by it
 */
record Dispatch(
        long arrivesMs,
        long reachesBackMs,
        Topic topic,
        byte[] value,
        @Nullable SpecificRecord event,
        @Nullable String refusedAs) {
    static final long NOTHING = Long.MAX_VALUE;

    static Dispatch valid(long arrivesMs, long reachesBackMs, SpecificRecord event) {
        return new Dispatch(arrivesMs, reachesBackMs, Topic.of(event), EventCodec.encode(event), event, null);
    }

    static Dispatch refused(long arrivesMs, SpecificRecord event, String refusedAs) {
        return new Dispatch(arrivesMs, NOTHING, Topic.of(event), EventCodec.encode(event), event, refusedAs);
    }

    static Dispatch unreadable(long arrivesMs, byte[] value, String refusedAs) {
        return new Dispatch(arrivesMs, NOTHING, Topic.LINE_TELEMETRY, value, null, refusedAs);
    }
}
