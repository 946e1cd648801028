/** Keyed state and timers; every decision is a call into the domain. */
@NullMarked
package org.capacityboard.flink.operators;

import org.jspecify.annotations.NullMarked;
