/** How Grafana turns the query of a dashboard file into SQL, and the text of a time into an instant. */
@NullMarked
package org.capacityboard.viewer.grafana;

import org.jspecify.annotations.NullMarked;
