package org.capacityboard.process.errors;

import java.io.PrintStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The last words of a process on standard error. */
public final class ProblemReport {
    private ProblemReport() {}

    /** Prints every problem, an empty line between two of them. */
    public static void print(List<Problem> problems, PrintStream err) {
        for (int i = 0; i < problems.size(); i++) {
            if (i > 0) {
                err.println();
            }
            problems.get(i).text().lines().forEach(err::println);
        }
        err.flush();
    }

    /**
     * Prints the problems of a {@link UserError}, wherever in the chain of causes it stands. Anything else is a fault of the
     * program and keeps its stack trace.
     *
     * @return the exit code
     */
    public static int print(Throwable failure, PrintStream err) {
        UserError userError = userErrorIn(failure);
        if (userError != null) {
            print(userError.problems(), err);
            return userError.exitCode();
        }
        err.println("A fault of the program, not of its user: " + failure);
        failure.printStackTrace(err);
        err.flush();
        return UserError.FAILED;
    }

    private static @Nullable UserError userErrorIn(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UserError userError) {
                return userError;
            }
        }
        return null;
    }
}
