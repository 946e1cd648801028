/** How every process tells a person what is wrong: the thing, its value, the rule, and perhaps the remedy. */
@NullMarked
package org.capacityboard.process.errors;

import org.jspecify.annotations.NullMarked;
