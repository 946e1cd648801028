/** The load that every rung is given: seeded, so that all of them, and the oracle, see the same events. */
@NullMarked
package org.capacityboard.bench.load;

import org.jspecify.annotations.NullMarked;
