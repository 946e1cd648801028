package org.capacityboard.domain.surge;

/** A change names something that is not known. */
public final class UnknownSubjectException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private UnknownSubjectException(String message) {
        super(message);
    }

    static void unless(boolean known, String what, String id) {
        if (!known) {
            throw new UnknownSubjectException(what + " '" + id + "' is not known");
        }
    }
}
