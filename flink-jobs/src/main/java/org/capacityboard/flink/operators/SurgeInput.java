package org.capacityboard.flink.operators;

import org.capacityboard.flink.ingest.Ingested;
import org.capacityboard.flink.rows.RowStamp;

/** What surge readiness is computed from. Every input carries the watermark at which it was read ({@code Long.MIN_VALUE}: none yet). */
public sealed interface SurgeInput {
    /** Under which its state lies: a word for its kind, a colon, and what it is of. */
    String key();

    long readAtWatermarkMs();

    /** A count of stock or a report of people. */
    record Report(Ingested.Other event, long readAtWatermarkMs) implements SurgeInput {
        @Override
        public String key() {
            return keyOf(event.origin().topic(), event.id());
        }
    }

    /** An accepted version of reference data. */
    record Version(Ingested.Reference reference, long readAtWatermarkMs) implements SurgeInput {
        @Override
        public String key() {
            return keyOf(reference.origin().topic(), reference.id());
        }
    }

    /** What a line made of a product on a production day (an epoch day), absolute: the newest stamp counts. */
    record Output(
            String lineId,
            String productId,
            long productionDay,
            long goodUnits,
            long scrapUnits,
            RowStamp stamp,
            long readAtWatermarkMs)
            implements SurgeInput {
        @Override
        public String key() {
            return keyOf("output", lineId + "|" + productId);
        }
    }

    /** A line reported no later than at {@code atMs}, ms since 1970 UTC, and less than an hour before. */
    record Heard(String lineId, long atMs, long readAtWatermarkMs) implements SurgeInput {
        @Override
        public String key() {
            return keyOf("heard", lineId);
        }
    }

    static String keyOf(String kind, String id) {
        return kind + ":" + id;
    }
}
