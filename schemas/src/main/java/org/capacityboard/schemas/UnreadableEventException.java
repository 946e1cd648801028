package org.capacityboard.schemas;

import org.jspecify.annotations.Nullable;

/** Bytes that are not the event they should be. The message is fit for a plant engineer. */
public final class UnreadableEventException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableEventException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
