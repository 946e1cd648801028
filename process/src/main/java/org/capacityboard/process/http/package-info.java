/** What a process tells over HTTP: that it lives, whether it can work, and its metrics. */
@NullMarked
package org.capacityboard.process.http;

import org.jspecify.annotations.NullMarked;
