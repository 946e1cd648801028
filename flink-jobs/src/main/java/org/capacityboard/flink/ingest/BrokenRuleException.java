package org.capacityboard.flink.ingest;

/** A value that its rule forbids; the message is fit for a plant engineer. It carries no stack trace: bad input is daily life. */
final class BrokenRuleException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final RejectReason code;

    BrokenRuleException(RejectReason code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    RejectReason code() {
        return code;
    }
}
