package org.capacityboard.viewer.query;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a column holds for whoever draws it. */
public enum ColumnType {
    /** Milliseconds of the epoch; a date is its midnight in UTC. */
    TIME,
    NUMBER,
    STRING,
    BOOLEAN;

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
