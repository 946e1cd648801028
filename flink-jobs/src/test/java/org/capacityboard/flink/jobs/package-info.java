@NullMarked
package org.capacityboard.flink.jobs;

import org.jspecify.annotations.NullMarked;
