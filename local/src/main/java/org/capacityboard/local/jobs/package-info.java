/** The jobs of the board as things that this process can start, watch and stop. */
@NullMarked
package org.capacityboard.local.jobs;

import org.jspecify.annotations.NullMarked;
