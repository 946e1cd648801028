package org.capacityboard.simulator;

import org.apache.avro.specific.SpecificRecord;
import org.capacityboard.schemas.EventCodec;
import org.capacityboard.schemas.Topic;

/**
 * One record as it goes into a topic.
 *
 * @param value its bytes, marker and fingerprint included
 * @param eventTimeMs when it happened by the sender's clock, ms since 1970 UTC
 * @param sendTimeMs when it is sent, ms since 1970 UTC
 */
@SuppressWarnings("ArrayRecordComponent") // a million a second pass through; nobody compares them
public record SimulatedEvent(Topic topic, String key, byte[] value, long eventTimeMs, long sendTimeMs) {
    static SimulatedEvent of(SpecificRecord event, long sendTimeMs) {
        Topic topic = Topic.of(event);
        return new SimulatedEvent(topic, topic.key(event), EventCodec.encode(event), sendTimeMs, sendTimeMs);
    }
}
