/**
 * A second opinion on every fact: a plain batch recomputation that shares neither code nor data structures with the
 * streaming one, and seeded streams on which the two must agree.
 */
@NullMarked
package org.capacityboard.oracle;

import org.jspecify.annotations.NullMarked;
