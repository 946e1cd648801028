@NullMarked
package org.capacityboard.simulator;

import org.jspecify.annotations.NullMarked;
