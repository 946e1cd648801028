/** How long an order takes, how much of it came on time, what waits, and when it will come. Plain functions over the orders of the alliance. */
@NullMarked
package org.capacityboard.domain.leadtime;

import org.jspecify.annotations.NullMarked;
