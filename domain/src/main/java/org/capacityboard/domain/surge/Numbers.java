package org.capacityboard.domain.surge;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as a person reads them: thousands apart, three digits where they are small. */
public final class Numbers {
    private static final MathContext THREE_DIGITS = new MathContext(3, RoundingMode.HALF_UP);
    private static final double SMALLEST = 1e-6;
    private static final int GROUP = 3;

    private Numbers() {}

    /** A quantity; without end if it is infinite. */
    public static String text(double number) {
        if (Double.isInfinite(number)) {
            return "without end";
        }
        if (Math.abs(number) < SMALLEST) {
            return "0";
        }
        if (Math.abs(number) < 999.5) {
            return BigDecimal.valueOf(number)
                    .round(THREE_DIGITS)
                    .stripTrailingZeros()
                    .toPlainString();
        }
        StringBuilder text = new StringBuilder().append(Math.round(number));
        int firstDigit = number < 0 ? 1 : 0;
        for (int at = text.length() - GROUP; at > firstDigit; at -= GROUP) {
            text.insert(at, ',');
        }
        return text.toString();
    }
}
