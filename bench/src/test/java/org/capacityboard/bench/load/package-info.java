/** Tests of the loads. */
@NullMarked
package org.capacityboard.bench.load;

import org.jspecify.annotations.NullMarked;
