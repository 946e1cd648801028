@NullMarked
package org.capacityboard.flink.operators;

import org.jspecify.annotations.NullMarked;
