/** Tests of what concerns the whole module: its documents and its logging. */
@NullMarked
package org.capacityboard.process;

import org.jspecify.annotations.NullMarked;
