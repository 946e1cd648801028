/**
 * How much more, how soon, for how long, and what stops it: what products could be made at, given lines, people, materials and suppliers. Pure functions over a
 * snapshot of what is known.
 */
@NullMarked
package org.capacityboard.domain.surge;

import org.jspecify.annotations.NullMarked;
