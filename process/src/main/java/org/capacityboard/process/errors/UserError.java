package org.capacityboard.process.errors;

import java.util.List;
import java.util.stream.Collectors;

/** Work that cannot be done for reasons outside the program: its reader gets the problems, never a stack trace. */
public class UserError extends RuntimeException {
    /** Exit code of a process whose work failed. */
    public static final int FAILED = 1;

    /** Exit code of a process that was asked for something it does not know. */
    public static final int WRONG_USAGE = 2;

    private final List<Problem> problems;
    private final int exitCode;

    protected UserError(int exitCode, List<Problem> problems) {
        super(problems.stream().map(Problem::text).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
        this.exitCode = exitCode;
    }

    /** The work failed: exit code 1. */
    public static UserError failed(Problem... problems) {
        return new UserError(FAILED, List.of(problems));
    }

    /** The work failed: exit code 1. */
    public static UserError failed(List<Problem> problems) {
        return new UserError(FAILED, problems);
    }

    /** The command or its settings make no sense: exit code 2. */
    public static UserError wrongUsage(Problem... problems) {
        return new UserError(WRONG_USAGE, List.of(problems));
    }

    public List<Problem> problems() {
        return problems;
    }

    public int exitCode() {
        return exitCode;
    }
}
