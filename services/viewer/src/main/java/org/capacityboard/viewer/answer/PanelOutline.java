package org.capacityboard.viewer.answer;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A panel without its figures: how it looks and where it is.
 *
 * @param row id of the collapsed row that it lies in; null if it is seen at once
 * @param html the text of a text panel, safe to insert; null for others
 * @param queries how many it asks
 * @param notDrawn why a box stands in its place; null if it is drawn
 */
public record PanelOutline(
        int id,
        String type,
        String title,
        String description,
        JsonNode gridPos,
        boolean collapsed,
        @Nullable Integer row,
        JsonNode options,
        JsonNode fieldConfig,
        JsonNode links,
        @Nullable String html,
        int queries,
        @Nullable String notDrawn) {}
