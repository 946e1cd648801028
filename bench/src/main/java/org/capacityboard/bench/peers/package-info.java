/** Others than the product's job that are given the same load: what else one might have built, written with care. */
@NullMarked
package org.capacityboard.bench.peers;

import org.jspecify.annotations.NullMarked;
