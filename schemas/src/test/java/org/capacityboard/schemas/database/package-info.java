/** The database as the migrations make it. */
@NullMarked
package org.capacityboard.schemas.database;

import org.jspecify.annotations.NullMarked;
