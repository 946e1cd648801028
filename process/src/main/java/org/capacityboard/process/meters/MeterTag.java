package org.capacityboard.process.meters;

/** What a metric may be told apart by: only what has few values, however many plants report. */
public enum MeterTag {
    TOPIC("topic", "base name of a topic"),
    REASON("reason", "reason code of a refusal"),
    TABLE("table", "table of the database"),
    PATH("path", "path of the server with its ids left out (`/d/{uid}`), `other` for unknown ones"),
    STATUS("status", "HTTP status code"),
    DASHBOARD("dashboard", "uid of a dashboard that is served");

    private final String key;
    private final String meaning;

    MeterTag(String key, String meaning) {
        this.key = key;
        this.meaning = meaning;
    }

    public String key() {
        return key;
    }

    /** What its values are, in words. */
    public String meaning() {
        return meaning;
    }
}
