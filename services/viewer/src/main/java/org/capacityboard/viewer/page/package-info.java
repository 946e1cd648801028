/** The pages over HTTP: who may look, what is where, and with which headers. */
@NullMarked
package org.capacityboard.viewer.page;

import org.jspecify.annotations.NullMarked;
