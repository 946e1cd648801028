/** Stored queries, asked as the reader: bounded in time and rows, and never from a browser. */
@NullMarked
package org.capacityboard.viewer.query;

import org.jspecify.annotations.NullMarked;
