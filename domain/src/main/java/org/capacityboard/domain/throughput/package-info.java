/** Throughput and effectiveness of a line, after ISO 22400-2: the timeline of its reports and the additive facts taken from it. */
@NullMarked
package org.capacityboard.domain.throughput;

import org.jspecify.annotations.NullMarked;
