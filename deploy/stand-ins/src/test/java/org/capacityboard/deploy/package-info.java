/** The stack without containers, started and asked. */
@NullMarked
package org.capacityboard.deploy;

import org.jspecify.annotations.NullMarked;
