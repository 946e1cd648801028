/** What the runs of the ladder come to: a table for people, the same for programs, and a picture. */
@NullMarked
package org.capacityboard.bench.report;

import org.jspecify.annotations.NullMarked;
