package org.capacityboard.local.doctor;

import org.capacityboard.process.errors.Problem;
import org.jspecify.annotations.Nullable;

/**
 * What an examination of one thing found.
 *
 * @param thing what was looked at: {@code broker}
 * @param detail what was seen
 * @param problem what is wrong; null if all is well
 */
public record Finding(String thing, String detail, @Nullable Problem problem) {

    static Finding well(String thing, String detail) {
        return new Finding(thing, detail, null);
    }

    static Finding wrong(String thing, Problem problem) {
        return new Finding(thing, problem.text().lines().findFirst().orElse(""), problem);
    }
}
