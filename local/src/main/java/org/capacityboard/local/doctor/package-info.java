/** Looks at a machine, its brokers and its database, and says what is wrong and what to do. */
@NullMarked
package org.capacityboard.local.doctor;

import org.jspecify.annotations.NullMarked;
