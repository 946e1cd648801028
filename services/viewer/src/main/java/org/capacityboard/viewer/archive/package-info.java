/** A dashboard as one file that opens anywhere. */
@NullMarked
package org.capacityboard.viewer.archive;

import org.jspecify.annotations.NullMarked;
