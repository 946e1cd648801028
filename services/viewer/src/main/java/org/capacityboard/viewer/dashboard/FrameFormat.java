package org.capacityboard.viewer.dashboard;

/** What a query's rows are to its panel. */
public enum FrameFormat {
    TABLE("table"),
    /** Rows ordered by a column {@code time}. */
    TIME_SERIES("time_series");

    private final String word;

    FrameFormat(String word) {
        this.word = word;
    }

    /** As the files have it. */
    public String word() {
        return word;
    }

    /** Grafana's rule: what is not called a table is a time series. */
    static FrameFormat of(String word) {
        return word.equals(TABLE.word) ? TABLE : TIME_SERIES;
    }
}
