package org.capacityboard.process.settings;

import java.io.Serializable;

/** A password: it reaches the database or the broker, never a log line, an error or a printed setting. */
public final class Secret implements Serializable {
    static final String REDACTED = "(secret)";

    private final String value;

    public Secret(String value) {
        this.value = value;
    }

    /** The password itself, for the one call that needs it. */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && value.equals(secret.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return REDACTED;
    }
}
