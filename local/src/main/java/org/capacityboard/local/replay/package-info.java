/** From files to figures: the jobs' workflows over JSON Lines, their tables and views as CSV. */
@NullMarked
package org.capacityboard.local.replay;

import org.jspecify.annotations.NullMarked;
