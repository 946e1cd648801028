/** The dashboard files: what they show and ask, and which of them cannot be read. */
@NullMarked
package org.capacityboard.viewer.dashboard;

import org.jspecify.annotations.NullMarked;
