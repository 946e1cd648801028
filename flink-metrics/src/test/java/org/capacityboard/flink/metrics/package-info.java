@NullMarked
package org.capacityboard.flink.metrics;

import org.jspecify.annotations.NullMarked;
