package org.capacityboard.local.deploy;

import java.util.Map;
import java.util.Set;

/** What dashboards may say about a panel: no more than the built-in viewer draws as Grafana does. */
final class KnownOptions {
    /** By type of panel, the options beside its fields. */
    static final Map<String, Set<String>> BY_TYPE = Map.of(
            "row",
            Set.of(),
            "text",
            Set.of("mode", "content"),
            "stat",
            Set.of("reduceOptions", "colorMode", "graphMode", "justifyMode", "orientation", "textMode", "wideLayout"),
            "gauge",
            Set.of("reduceOptions", "orientation", "showThresholdLabels", "showThresholdMarkers"),
            "bargauge",
            Set.of(
                    "reduceOptions",
                    "displayMode",
                    "orientation",
                    "valueMode",
                    "showUnfilled",
                    "namePlacement",
                    "sizing",
                    "minVizHeight",
                    "minVizWidth",
                    "maxVizHeight"),
            "timeseries",
            Set.of("legend", "tooltip"),
            "barchart",
            Set.of("orientation", "xField", "showValue", "stacking", "barWidth", "groupWidth", "legend", "tooltip"),
            "table",
            Set.of("showHeader", "cellHeight", "footer"),
            "state-timeline",
            Set.of("mergeValues", "showValue", "rowHeight", "legend", "tooltip"));

    /** What the fields of a panel may say; parts of {@code custom} by type of panel. */
    static final Set<String> OF_FIELDS =
            Set.of("unit", "decimals", "min", "max", "noValue", "color", "thresholds", "mappings", "links", "custom");

    private static final Map<String, Set<String>> CUSTOM = Map.of(
            "timeseries",
            Set.of(
                    "drawStyle",
                    "lineWidth",
                    "fillOpacity",
                    "showPoints",
                    "spanNulls",
                    "stacking",
                    "lineInterpolation",
                    "lineStyle",
                    "thresholdsStyle"),
            "state-timeline",
            Set.of("fillOpacity", "lineWidth"),
            "table",
            Set.of("cellOptions", "hidden"));

    /** The units, and for each whether figures in it need to say how many decimals they have. */
    private static final Map<String, Boolean> UNITS = Map.of(
            "percentunit",
            true,
            "s",
            true,
            "locale",
            true,
            "suffix:days",
            true,
            "suffix:weeks",
            true,
            "none",
            false,
            "string",
            false,
            "dateTimeAsIso",
            false);

    private KnownOptions() {}

    static Set<String> custom(String panelType) {
        return CUSTOM.getOrDefault(panelType, Set.of());
    }

    static Set<String> units() {
        return UNITS.keySet();
    }

    static boolean needsDecimals(String unit) {
        return UNITS.getOrDefault(unit, true);
    }
}
