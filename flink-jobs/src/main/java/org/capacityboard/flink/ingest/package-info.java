/** From bytes to valid records, or to rejections that say why. */
@NullMarked
package org.capacityboard.flink.ingest;

import org.jspecify.annotations.NullMarked;
