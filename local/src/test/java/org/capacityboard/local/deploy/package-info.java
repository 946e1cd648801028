/** What ships beside the jars: dashboards, provisioning, containers, the stack without containers. */
@NullMarked
package org.capacityboard.local.deploy;

import org.jspecify.annotations.NullMarked;
