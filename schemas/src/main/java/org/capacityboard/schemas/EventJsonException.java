package org.capacityboard.schemas;

/** A line of JSON that is not an event of its topic. The message names field, value and rule, and ends with a remedy. */
public final class EventJsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What is wrong with the line. */
    public enum Problem {
        /** It is not one JSON object. */
        NOT_JSON,
        /** It has a field that its topic does not know, or one field twice. */
        UNEXPECTED_FIELD,
        /** A field that must be there is not. */
        MISSING_FIELD,
        /** A value is of the wrong type, or none of the names that are allowed. */
        WRONG_TYPE,
        /** A number is below zero where only zero and more make sense. */
        NEGATIVE,
        /** A number or an instant is outside the range of its field. */
        OUT_OF_RANGE
    }

    private final Problem problem;
    private final String field;

    EventJsonException(Problem problem, String field, String message) {
        super(message);
        this.problem = problem;
        this.field = field;
    }

    public Problem problem() {
        return problem;
    }

    /** The field it is about, such as {@code receipts[1].dueAt}; empty if it is about the whole line. */
    public String field() {
        return field;
    }
}
