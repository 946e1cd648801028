/** Workflows from streams to streams, and the jobs that plug Kafka and PostgreSQL into them. */
@NullMarked
package org.capacityboard.flink.jobs;

import org.jspecify.annotations.NullMarked;
