package org.capacityboard.local.deploy;

import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a colour means, on every page; and the words that it stands beside, so that nobody has to tell colours apart. */
enum Meaning {
    AS_IT_SHOULD_BE("#1B9E77", "Producing", "On time in full", "Moving", "Fresh"),
    BELOW(
            "#C98500",
            "Waiting",
            "Waiting for others",
            "Idle",
            "Held",
            "Order complete",
            "Late",
            "Suspect",
            "Overdue",
            "Stale"),
    FAR_BELOW("#C8401E", "Down", "Stopped", "Aborted", "Clearing", "Maintenance", "Scrap", "Lost", "Stalled"),
    SETUP("#4A9BD9", "Setup"),
    /** Also what rests on so little that it is as good as unknown. */
    UNKNOWN(
            "#8A919B",
            "Unknown",
            "No forecast",
            "Half within, few at risk",
            "Four in five within, few at risk",
            "Too short",
            "Biased mean",
            "At least",
            "Products unknown",
            "Never counted"),
    NOTHING_TO_SAY(
            "#636B76",
            "Not planned",
            "No",
            "Fits",
            "May change",
            "Never",
            "Cancelled",
            "Cancelled share",
            "Nothing needed",
            "Not needed"),
    FIGURE_WITHOUT_VERDICT(
            "#2F6DB5",
            "Good units",
            "Reports lost",
            "Repeated",
            "Producing outside the plan",
            "Yes",
            "Final",
            "Half within",
            "Four in five within",
            "Nine in ten within",
            "After 30 days",
            "After 60 days",
            "After 90 days",
            "After 180 days",
            "After 365 days",
            "As of",
            "At risk",
            "Still waiting",
            "Open orders",
            "Open",
            "Completed",
            "Backlog",
            "Backlog, units",
            "Cover",
            "Last unit",
            "First unit",
            "Each unit",
            "Last 365 days",
            "All time",
            "Stock lasts"),
    PLAN("#9C4F96", "Plan", "Lead time"),
    PEACETIME("#A89054", "Peacetime"),
    CRISIS("#7860F0", "Crisis"),
    CONFLICT("#CC0C48", "Conflict");

    /** Colours that judge a figure. */
    static final Set<Meaning> VERDICTS = Set.of(AS_IT_SHOULD_BE, BELOW, FAR_BELOW);

    private final String colour;
    private final Set<String> words;

    Meaning(String colour, String... words) {
        this.colour = colour;
        this.words = Set.of(words);
    }

    String colour() {
        return colour;
    }

    static @Nullable Meaning ofColour(String colour) {
        return Arrays.stream(values())
                .filter(meaning -> meaning.colour.equals(colour))
                .findFirst()
                .orElse(null);
    }

    static @Nullable Meaning ofWord(String word) {
        return Arrays.stream(values())
                .filter(meaning -> meaning.words.contains(word))
                .findFirst()
                .orElse(null);
    }
}
