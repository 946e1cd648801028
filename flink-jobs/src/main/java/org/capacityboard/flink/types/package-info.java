/** Types of the records between operators: slim, with serializers of our own, never generic. */
@NullMarked
package org.capacityboard.flink.types;

import org.jspecify.annotations.NullMarked;
