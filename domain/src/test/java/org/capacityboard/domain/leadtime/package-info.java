@NullMarked
package org.capacityboard.domain.leadtime;

import org.jspecify.annotations.NullMarked;
