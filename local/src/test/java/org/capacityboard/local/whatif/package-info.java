/** What would be, asked on the command line. */
@NullMarked
package org.capacityboard.local.whatif;

import org.jspecify.annotations.NullMarked;
