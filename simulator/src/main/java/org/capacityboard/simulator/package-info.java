/** Seeded plants that send events as real ones would: shifts, stops, scrap, and everything that goes wrong on the way. */
@NullMarked
package org.capacityboard.simulator;

import org.jspecify.annotations.NullMarked;
