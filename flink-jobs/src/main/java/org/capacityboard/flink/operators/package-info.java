/** Workflows from streams to streams, and the keyed state and timers they are made of; every decision is a call into the domain. */
@NullMarked
package org.capacityboard.flink.operators;

import org.jspecify.annotations.NullMarked;
