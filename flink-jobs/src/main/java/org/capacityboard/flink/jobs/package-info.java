/** The jobs: each plugs Kafka and PostgreSQL, or files, into one workflow. */
@NullMarked
package org.capacityboard.flink.jobs;

import org.jspecify.annotations.NullMarked;
