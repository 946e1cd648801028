/** What integration tests share: one broker, one database server and one Flink cluster for all of them, a board of its own for each class. */
@NullMarked
package org.capacityboard.local.kit;

import org.jspecify.annotations.NullMarked;
