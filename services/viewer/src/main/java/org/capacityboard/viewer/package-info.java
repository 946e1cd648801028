/** The dashboards without Grafana, as a process or within another one. */
@NullMarked
package org.capacityboard.viewer;

import org.jspecify.annotations.NullMarked;
