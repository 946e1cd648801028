@NullMarked
package org.capacityboard.bench.peers;

import org.jspecify.annotations.NullMarked;
