package org.capacityboard.viewer.query;

import org.jspecify.annotations.Nullable;

/** A query without an answer. The message is for whoever looks and holds no SQL; the cause is for the log. */
public final class QueryFailed extends Exception {
    /** Why there is no answer. */
    public enum Reason {
        /** It took too long. */
        CUT,
        /** The database does not answer. */
        UNREACHABLE,
        /** All connections are taken. */
        BUSY,
        /** The database said no, or the query makes no sense. */
        REFUSED
    }

    private final Reason reason;

    QueryFailed(Reason reason, String problem, @Nullable Throwable cause) {
        super(problem, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** What to tell whoever looks. */
    public String problem() {
        return String.valueOf(getMessage());
    }
}
