/** Tests of the live figures. */
@NullMarked
package org.capacityboard.bench.live;

import org.jspecify.annotations.NullMarked;
