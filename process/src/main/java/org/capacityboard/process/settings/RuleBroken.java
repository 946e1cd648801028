package org.capacityboard.process.settings;

import org.jspecify.annotations.Nullable;

/** A text that is no value of its type. */
final class RuleBroken extends Exception {
    private final String rule;
    private final @Nullable String maybe;
    private final boolean valueShown;

    RuleBroken(String rule, @Nullable String maybe) {
        this(rule, maybe, true);
    }

    /** @param valueShown false if the text may hold a secret */
    RuleBroken(String rule, @Nullable String maybe, boolean valueShown) {
        super(rule);
        this.rule = rule;
        this.maybe = maybe;
        this.valueShown = valueShown;
    }

    String rule() {
        return rule;
    }

    boolean valueShown() {
        return valueShown;
    }

    @Nullable
    String maybe() {
        return maybe;
    }
}
