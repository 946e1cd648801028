package org.capacityboard.local.whatif;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.capacityboard.domain.surge.Numbers;
import org.capacityboard.domain.surge.Posture;
import org.capacityboard.domain.surge.SurgeSnapshot;
import org.capacityboard.domain.surge.SurgeSupplier;
import org.capacityboard.domain.surge.UnknownSubjectException;
import org.capacityboard.domain.surge.WhatIf;
import org.capacityboard.process.errors.Problem;
import org.capacityboard.process.errors.UserError;
import org.capacityboard.process.settings.Nearest;
import org.jspecify.annotations.Nullable;

/** One thing that is taken to be so, as an option of the command says it. */
public final class Assumption {
    private static final Pattern STOCK = Pattern.compile("(?<material>[^=]+)=(?<quantity>[+-][0-9][0-9.]*)");
    private static final Pattern REQUIREMENT =
            Pattern.compile("(?<product>[^/=]+)/(?<posture>[A-Za-z]+)=(?<rate>[0-9][0-9.]*)");
    private static final BigDecimal LARGEST = BigDecimal.valueOf(1_000_000_000_000_000L);
    private static final int MOST_NAMES = 8;

    private final String option;
    private final String value;
    private final WhatIf change;
    private final Function<Names, String> words;
    private final @Nullable String line;

    private Assumption(
            String option, String value, WhatIf change, Function<Names, String> words, @Nullable String line) {
        this.option = option;
        this.value = value;
        this.change = change;
        this.words = words;
        this.line = line;
    }

    /** So many more shifts on a line. */
    public static Assumption addShifts(String lineId, int shifts) {
        WhatIf change = WhatIf.nothing();
        for (int i = 0; i < shifts; i++) {
            change = change.then(WhatIf.addShift(lineId));
        }
        String more = shifts == 1 ? "one more shift, " : shifts + " more shifts, ";
        return new Assumption(
                "--add-shift",
                lineId,
                change,
                names -> "line " + lineId + " (" + names.productOf(lineId) + ") works " + more
                        + Numbers.text(shifts * WhatIf.SHIFT_HOURS)
                        + " hours a week more, as far as the week has them (168), with the people it has",
                lineId);
    }

    /** All suppliers of a parent, or else a supplier, deliver nothing. */
    public static Assumption loseSupplier(String supplierOrParent) {
        return new Assumption(
                "--lose-supplier",
                supplierOrParent,
                WhatIf.loseSupplier(supplierOrParent),
                names -> lost(names, supplierOrParent) + " from today on",
                null);
    }

    private static String lost(Names names, String supplierOrParent) {
        List<SurgeSupplier> ofParent = names.suppliersOf(supplierOrParent);
        SurgeSupplier supplier = ofParent.size() == 1 ? ofParent.get(0) : names.supplier(supplierOrParent);
        if (ofParent.size() > 1) {
            return "all " + ofParent.size() + " suppliers of " + supplierOrParent + " deliver nothing";
        }
        if (supplier == null) {
            return supplierOrParent + " delivers nothing";
        }
        return supplier.supplierId() + " (" + supplier.parentEntity() + ", " + supplier.nation() + ")"
                + (ofParent.isEmpty() ? "" : ", the only supplier of " + supplierOrParent + ",") + " delivers nothing";
    }

    /** The suppliers of a nation deliver nothing. */
    public static Assumption loseNationSupply(String nation) {
        String code = nation.toUpperCase(Locale.ROOT);
        return new Assumption(
                "--lose-nation-supply",
                nation,
                WhatIf.loseNation(code),
                names -> "no supplier in " + code + " delivers from today on",
                null);
    }

    /** A plant with its lines and stocks is lost. */
    public static Assumption losePlant(String plantId) {
        return new Assumption(
                "--lose-plant",
                plantId,
                WhatIf.losePlant(plantId),
                names -> "plant " + plantId + " is lost with its lines and stocks",
                null);
    }

    /**
     * So much more of a material is in stock, or less.
     *
     * @param text {@code MATERIAL=+500} or {@code MATERIAL=-500}
     */
    public static Assumption stock(String text) {
        Matcher stock = STOCK.matcher(text);
        BigDecimal quantity = stock.matches() ? number(stock.group("quantity")) : null;
        if (quantity == null) {
            int equals = text.indexOf('=');
            String material = equals > 0 ? text.substring(0, equals) : text.isEmpty() ? "MATERIAL" : text;
            String digits = equals < 0 ? "" : text.substring(equals + 1).replaceAll("[^0-9.]", "");
            throw UserError.wrongUsage(new Problem(
                    "--stock",
                    text,
                    "must be MATERIAL=+N for more or MATERIAL=-N for less, N up to 1e15",
                    "you meant " + material + "=+" + (number(digits) == null ? "500" : digits)));
        }
        String material = stock.group("material");
        return new Assumption(
                "--stock",
                text,
                WhatIf.addStock(material, quantity.doubleValue()),
                names -> Numbers.text(quantity.abs().doubleValue()) + " " + names.unit(material)
                        + (quantity.signum() < 0 ? " less of " : " more of ") + names.material(material)
                        + " in stock today" + floor(names, material),
                null);
    }

    /** That less than nothing cannot be left, where more is taken than there is. */
    private static String floor(Names names, String materialId) {
        Double stock = names.stockOverdrawn(materialId);
        if (stock == null) {
            return "";
        }
        return stock == 0
                ? ": there is none, and it cannot go below nothing"
                : ": there are only " + Numbers.text(stock) + " " + names.unit(materialId)
                        + ", and it cannot go below nothing";
    }

    /**
     * Another rate is required.
     *
     * @param text {@code PRODUCT/POSTURE=N}, units a month
     */
    public static Assumption requirement(String text) {
        Matcher required = REQUIREMENT.matcher(text);
        BigDecimal rate = required.matches() ? number(required.group("rate")) : null;
        Posture posture = required.matches() ? posture(required.group("posture")) : null;
        if (rate == null || posture == null) {
            int end = text.indexOf('/') > 0 ? text.indexOf('/') : text.indexOf('=');
            String product = end > 0 ? text.substring(0, end) : text.isEmpty() ? "PRODUCT" : text;
            throw UserError.wrongUsage(new Problem(
                    "--requirement",
                    text,
                    "must be PRODUCT/POSTURE=N: POSTURE one of " + postures() + ", N units a month, 0 to 1e15",
                    "you meant " + product + "/CONFLICT=100000"));
        }
        String product = required.group("product");
        return new Assumption(
                "--requirement",
                text,
                WhatIf.require(product, posture, rate.doubleValue()),
                names -> Numbers.text(rate.doubleValue()) + " a month of " + names.product(product) + " are needed in "
                        + posture.words(),
                null);
    }

    private static @Nullable Posture posture(String text) {
        return Arrays.stream(Posture.values())
                .filter(posture -> posture.name().equalsIgnoreCase(text))
                .findFirst()
                .orElse(null);
    }

    private static String postures() {
        return Arrays.stream(Posture.values()).map(Posture::name).collect(Collectors.joining(", "));
    }

    private static @Nullable BigDecimal number(String text) {
        try {
            BigDecimal number = new BigDecimal(text);
            return number.abs().compareTo(LARGEST) <= 0 ? number : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    String option() {
        return option;
    }

    String value() {
        return value;
    }

    WhatIf change() {
        return change;
    }

    /** What is taken to be so, as a sentence without its dot. */
    String words(Names names) {
        return words.apply(names);
    }

    /** The line that works longer; null if it is about something else. */
    @Nullable
    String line() {
        return line;
    }

    /** Why it cannot be assumed of what is known; null if it can. */
    @Nullable
    Problem problemIn(SurgeSnapshot snapshot) {
        try {
            change.applyTo(snapshot);
            return null;
        } catch (UnknownSubjectException unknown) {
            return unknown(option, value, unknown.what().toLowerCase(Locale.ROOT), unknown.id(), unknown.known());
        } catch (IllegalArgumentException rule) {
            return new Problem(option, value, "cannot be assumed: " + rule.getMessage());
        }
    }

    /** That nothing has a name, with those that may have been meant. */
    static Problem unknown(String option, String value, String kind, String id, List<String> known) {
        String maybe = Nearest.youMeant(id, known);
        if (maybe == null) {
            String wanted = id.toLowerCase(Locale.ROOT);
            maybe = known.stream()
                    .filter(name -> name.toLowerCase(Locale.ROOT).contains(wanted))
                    .findFirst()
                    .map(name -> "you meant '" + name + "'")
                    .orElse(listed(kind, known));
        }
        return new Problem(option, value, "names a " + kind + " that is not known", maybe);
    }

    private static String listed(String kind, List<String> known) {
        if (known.isEmpty()) {
            return "the reference data has not arrived: no " + kind + " is known at all";
        }
        String names = String.join(", ", known.subList(0, Math.min(MOST_NAMES, known.size())));
        int more = known.size() - MOST_NAMES;
        return "you meant one of " + names + (more > 0 ? " or " + more + " more" : "");
    }
}
