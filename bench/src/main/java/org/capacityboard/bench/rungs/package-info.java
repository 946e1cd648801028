/** The rungs of the ladder, from the bare consumer up to the whole stack. */
@NullMarked
package org.capacityboard.bench.rungs;

import org.jspecify.annotations.NullMarked;
