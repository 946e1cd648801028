/** Every metric of the product, by name, unit, tags and meaning. */
@NullMarked
package org.capacityboard.process.meters;

import org.jspecify.annotations.NullMarked;
