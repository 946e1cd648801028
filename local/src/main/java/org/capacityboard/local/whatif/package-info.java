/** Surge readiness as it would be: where the known state comes from, what is assumed, and the answer in words and as JSON. What is true is reckoned in the domain. */
@NullMarked
package org.capacityboard.local.whatif;

import org.jspecify.annotations.NullMarked;
