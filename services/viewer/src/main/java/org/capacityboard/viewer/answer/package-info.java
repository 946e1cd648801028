/** What the browser is told of dashboards, panels and lines. */
@NullMarked
package org.capacityboard.viewer.answer;

import org.jspecify.annotations.NullMarked;
