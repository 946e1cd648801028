/** Where rows, facts and rejections go. */
@NullMarked
package org.capacityboard.flink.sinks;

import org.jspecify.annotations.NullMarked;
