package org.capacityboard.domain.leadtime;

/**
 * A version of a product as the order book knows it.
 *
 * @param validFromMs {@link org.capacityboard.domain.reference.Versions#ALWAYS} if it holds always
 */
public record OrderProduct(String productId, long validFromMs, long revision, String capabilityArea) {}
