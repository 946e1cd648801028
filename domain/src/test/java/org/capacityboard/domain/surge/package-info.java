/** Tests of surge readiness. */
@NullMarked
package org.capacityboard.domain.surge;

import org.jspecify.annotations.NullMarked;
