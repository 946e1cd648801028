package org.capacityboard.flink.operators;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One object for texts that come again and again, such as ids of plants. Not for use by several threads. */
final class SharedTexts {
    /** More are texts that do not come again. */
    private static final int MOST = 50_000;

    private final Map<String, String> texts = new HashMap<>();

    String share(String text) {
        if (texts.size() >= MOST) {
            texts.clear();
        }
        String known = texts.putIfAbsent(text, text);
        return known == null ? text : known;
    }

    @Nullable
    String shareMaybe(@Nullable String text) {
        return text == null ? null : share(text);
    }
}
