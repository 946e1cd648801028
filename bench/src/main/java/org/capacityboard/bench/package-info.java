/** The performance ladder: the command, and how one run becomes one line of the table. */
@NullMarked
package org.capacityboard.bench;

import org.jspecify.annotations.NullMarked;
