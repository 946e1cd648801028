/** JSON Lines files into topics, by the rules that the jobs judge by. */
@NullMarked
package org.capacityboard.local.ingest;

import org.jspecify.annotations.NullMarked;
