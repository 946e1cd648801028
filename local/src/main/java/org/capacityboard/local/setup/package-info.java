/** What must be there before a job can work: a migrated database, topics and schemas; and how to tell that it is not. */
@NullMarked
package org.capacityboard.local.setup;

import org.jspecify.annotations.NullMarked;
