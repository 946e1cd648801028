package org.capacityboard.flink.ingest;

/** Why a record was refused. The names are stored and counted: only append. */
public enum RejectReason {
    /** The bytes, or the JSON line, are not what the topic carries. */
    UNREADABLE,
    /** Its writer schema was never registered. */
    UNKNOWN_SCHEMA,
    /** Its writer schema cannot be read as the topic's. */
    INCOMPATIBLE_SCHEMA,
    MISSING_ID,
    MALFORMED_ID,
    /** eventTime too far after the receive time. */
    FUTURE_EVENT,
    /** eventTime before the year 2000. */
    ANCIENT_EVENT,
    NEGATIVE_COUNT,
    /** Another value that the field's rule forbids. */
    BAD_VALUE,
    /** An interval that ends before it starts. */
    BAD_INTERVAL,
    UNKNOWN_ZONE,
    UNKNOWN_LINE,
    /** A plant, product or other thing that it refers to does not exist. */
    UNKNOWN_REFERENCE,
    /** Same validFrom and revision as a version that stands, other content. */
    CONFLICTING_REVISION,
    /** It would change what is older than the correction horizon. */
    LATE,
    /** No order of that id was confirmed. */
    UNKNOWN_ORDER,
    /** By its bill of materials a product would go into itself. */
    BILL_CYCLE,
    /** Its order has as many records as one may have. */
    TOO_MANY_RECORDS
}
