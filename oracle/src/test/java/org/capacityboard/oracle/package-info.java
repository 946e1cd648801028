@NullMarked
package org.capacityboard.oracle;

import org.jspecify.annotations.NullMarked;
