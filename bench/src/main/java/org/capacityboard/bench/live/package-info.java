/** Figures of the whole job while events come in by the clock: how fresh its rows are, how soon it is back after a kill, and what rate it holds. */
@NullMarked
package org.capacityboard.bench.live;

import org.jspecify.annotations.NullMarked;
