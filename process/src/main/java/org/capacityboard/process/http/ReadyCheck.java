package org.capacityboard.process.http;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One thing a process needs before it can work.
 *
 * @param name what it is: {@code database}
 * @param problem why it cannot be used now; null if it can. Asked on every request, so it answers at once.
 */
public record ReadyCheck(String name, Supplier<@Nullable String> problem) {}
