/** Tests of the rows that the jobs write. */
@NullMarked
package org.capacityboard.flink.rows;

import org.jspecify.annotations.NullMarked;
