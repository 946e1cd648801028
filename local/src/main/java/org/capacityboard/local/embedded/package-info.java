/** Broker, database and Flink cluster inside one JVM: real ones, on loopback, with data that outlives the process. */
@NullMarked
package org.capacityboard.local.embedded;

import org.jspecify.annotations.NullMarked;
