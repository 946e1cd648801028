/** Rows that the jobs write: to PostgreSQL, and the coarse ones to Kafka as well. */
@NullMarked
package org.capacityboard.flink.rows;

import org.jspecify.annotations.NullMarked;
