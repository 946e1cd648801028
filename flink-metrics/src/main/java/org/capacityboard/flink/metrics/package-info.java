/** Flink's metrics on the page where all other metrics of the board are. */
@NullMarked
package org.capacityboard.flink.metrics;

import org.jspecify.annotations.NullMarked;
