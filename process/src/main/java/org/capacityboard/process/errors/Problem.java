package org.capacityboard.process.errors;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * One thing that keeps a process from doing its work, said so that its reader can mend it.
 *
 * @param thing what is wrong, as its owner knows it: {@code http.port (flag --set)}
 * @param value its value; null if there is none, or none that may be shown
 * @param rule what it breaks, going on from the value: {@code must be 0..65535}
 * @param maybe the likely remedy, going on from "Maybe": {@code another process has it}; null if none is known
 */
public record Problem(
        String thing,
        @Nullable String value,
        String rule,
        @Nullable String maybe) implements Serializable {
    private static final String MAYBE = "Maybe ";

    public Problem {
        if (maybe != null && maybe.startsWith(MAYBE)) {
            maybe = maybe.substring(MAYBE.length());
        }
    }

    public Problem(String thing, @Nullable String value, String rule) {
        this(thing, value, rule, null);
    }

    /** One line, and a second one starting "Maybe" where a remedy is known. */
    public String text() {
        String first = sentence(thing + (value == null ? "" : " '" + value + "'") + " " + rule);
        return maybe == null ? first : first + "\n" + MAYBE + sentence(maybe);
    }

    private static String sentence(String words) {
        return words.endsWith(".") || words.endsWith("?") ? words : words + ".";
    }
}
