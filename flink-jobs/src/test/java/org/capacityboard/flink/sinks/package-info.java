/** The sinks against a real database. */
@NullMarked
package org.capacityboard.flink.sinks;

import org.jspecify.annotations.NullMarked;
