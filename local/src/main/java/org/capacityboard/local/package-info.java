/** The {@code capacity} command line: it only starts and joins what the other modules know how to do. */
@NullMarked
package org.capacityboard.local;

import org.jspecify.annotations.NullMarked;
