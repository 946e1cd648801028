@NullMarked
package org.capacityboard.domain.throughput;

import org.jspecify.annotations.NullMarked;
