/** What is known of plants and lines, and from when on it held. */
@NullMarked
package org.capacityboard.domain.reference;

import org.jspecify.annotations.NullMarked;
