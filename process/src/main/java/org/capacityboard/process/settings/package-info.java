/** What a process can be told: one immutable tree of typed settings, read once at the start. */
@NullMarked
package org.capacityboard.process.settings;

import org.jspecify.annotations.NullMarked;
