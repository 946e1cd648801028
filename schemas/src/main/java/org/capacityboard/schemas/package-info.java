/** The contracts of the event log: which topics there are, what they carry, and how it is written as bytes and as JSON. */
@NullMarked
package org.capacityboard.schemas;

import org.jspecify.annotations.NullMarked;
