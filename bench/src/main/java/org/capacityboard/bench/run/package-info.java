/** One run of one rung, in a process of its own: what it is told, how it is timed, what it tells. */
@NullMarked
package org.capacityboard.bench.run;

import org.jspecify.annotations.NullMarked;
