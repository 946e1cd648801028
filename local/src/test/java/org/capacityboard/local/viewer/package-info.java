/** The pages of the viewer as a person sees them: in a real browser, on a real database. */
@NullMarked
package org.capacityboard.local.viewer;

import org.jspecify.annotations.NullMarked;
