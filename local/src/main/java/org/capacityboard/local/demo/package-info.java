/** Everything in one JVM, for somebody with a JDK and nothing else. */
@NullMarked
package org.capacityboard.local.demo;

import org.jspecify.annotations.NullMarked;
