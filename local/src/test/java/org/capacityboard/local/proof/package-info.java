/** What the whole path promises, shown on seeded streams: through the broker and the jobs into the database, killed on the way, live and replayed. */
@NullMarked
package org.capacityboard.local.proof;

import org.jspecify.annotations.NullMarked;
