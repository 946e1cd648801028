package org.capacityboard.local.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The colours can be read and told apart, by the colour-blind too. */
final class MeaningTest {
    private static final String LIGHT_THEME = "#FFFFFF";
    private static final String DARK_THEME = "#181B1F";

    /** Asked of large text and of graphics by WCAG 2.1, success criteria 1.4.3 and 1.4.11. */
    private static final double LEAST_CONTRAST = 3;

    /** In CIELAB; 2.3 is the least that people notice side by side. */
    private static final double LEAST_DISTANCE = 10;

    /** How linear red, green and blue look to an eye: Machado, Oliveira and Fernandes 2009, severity 1. */
    enum Eye {
        USUAL(1, 0, 0, 0, 1, 0, 0, 0, 1),
        WITHOUT_GREEN(0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881),
        WITHOUT_RED(0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998);

        private final double[] matrix;

        Eye(double... matrix) {
            this.matrix = matrix;
        }

        double[] sees(double[] rgb) {
            double[] seen = new double[3];
            for (int i = 0; i < 9; i++) {
                seen[i / 3] += matrix[i] * rgb[i % 3];
            }
            return seen;
        }
    }

    @ParameterizedTest
    @EnumSource(Meaning.class)
    void colours_stand_out_from_the_page_in_both_themes(Meaning meaning) {
        assertThat(Stream.of(LIGHT_THEME, DARK_THEME)).allSatisfy(page -> assertThat(contrast(meaning.colour(), page))
                .as("contrast on %s", page)
                .isGreaterThanOrEqualTo(LEAST_CONTRAST));
    }

    @ParameterizedTest
    @EnumSource(Eye.class)
    void colours_can_be_told_apart(Eye eye) {
        for (Meaning one : Meaning.values()) {
            for (Meaning other : Meaning.values()) {
                if (one.ordinal() < other.ordinal()) {
                    assertThat(distance(lab(eye.sees(linear(one.colour()))), lab(eye.sees(linear(other.colour())))))
                            .as("%s beside %s", one, other)
                            .isGreaterThanOrEqualTo(LEAST_DISTANCE);
                }
            }
        }
    }

    private static double contrast(String one, String other) {
        double a = luminance(one);
        double b = luminance(other);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    private static double luminance(String colour) {
        double[] rgb = linear(colour);
        return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
    }

    private static double[] linear(String colour) {
        byte[] bytes = HexFormat.of().parseHex(colour.substring(1));
        double[] rgb = new double[3];
        for (int i = 0; i < 3; i++) {
            double share = (bytes[i] & 0xFF) / 255.0;
            rgb[i] = share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
        }
        return rgb;
    }

    /** Linear sRGB in CIELAB, white point D65. */
    private static double[] lab(double[] rgb) {
        double r = Math.max(0, Math.min(1, rgb[0]));
        double g = Math.max(0, Math.min(1, rgb[1]));
        double b = Math.max(0, Math.min(1, rgb[2]));
        double x = labPart((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047);
        double y = labPart(0.2126 * r + 0.7152 * g + 0.0722 * b);
        double z = labPart((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883);
        return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
    }

    private static double labPart(double share) {
        return share > 0.008856 ? Math.cbrt(share) : 7.787 * share + 16.0 / 116;
    }

    private static double distance(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += (one[i] - other[i]) * (one[i] - other[i]);
        }
        return Math.sqrt(sum);
    }
}
