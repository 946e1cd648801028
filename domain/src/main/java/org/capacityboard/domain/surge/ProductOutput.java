package org.capacityboard.domain.surge;

/**
 * What all lines made of a product in the last 13 weeks: how fast its inputs are used up now, and how much of it turns out good.
 *
 * @param productId the product
 * @param goodUnits good units
 * @param producedUnits good and scrapped units
 * @param days days they cover: 91, or those since its first fact if that are fewer; 1 or more
 */
public record ProductOutput(String productId, long goodUnits, long producedUnits, int days) {
    /** Days of 13 weeks. */
    public static final int MOST_DAYS = 91;

    public ProductOutput {
        Checks.id("Product of output", productId);
        Checks.within("Days of output of " + productId, days, 1, MOST_DAYS);
    }

    /** Share of good units, 0..1; 1 if nothing was made. */
    public double qualityRatio() {
        return producedUnits <= 0 ? 1 : Math.min(1, Math.max(0, goodUnits) / (double) producedUnits);
    }

    /** Units begun a day so that the good ones come out: what draws inputs. */
    double begunPerDay() {
        return Math.max(0, Math.max(goodUnits, producedUnits)) / (double) days;
    }
}
