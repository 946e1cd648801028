package org.capacityboard.domain.surge;

import org.jspecify.annotations.Nullable;

/** Rules that every figure of a snapshot keeps, so that no sum or product of them can become infinite or undefined. */
final class Checks {
    private static final double LARGEST = 1e15;

    private Checks() {}

    static String id(String what, @Nullable String id) {
        if (id == null || id.isEmpty()) {
            throw new IllegalArgumentException(what + " is '" + id + "', must not be empty");
        }
        return id;
    }

    static double amount(String what, double amount) {
        if (!(amount >= 0 && amount <= LARGEST)) {
            throw new IllegalArgumentException(what + " is " + amount + ", must be 0 to 1e15");
        }
        // A zero with a sign would show in what is printed.
        return amount == 0 ? 0 : amount;
    }

    static void within(String what, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(what + " is " + value + ", must be " + least + " to " + most);
        }
    }
}
