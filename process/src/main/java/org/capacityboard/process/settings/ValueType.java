package org.capacityboard.process.settings;

import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How the text of a setting becomes a value.
 *
 * @param word what the settings table calls it
 * @param parser text to value
 */
record ValueType<T>(String word, Parser<T> parser) {
    /** Text to value. */
    interface Parser<T> {
        T parse(String text) throws RuleBroken;
    }

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9}) ?(ms|s|m|h|d)");
    private static final Pattern BROKER = Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]):(\\d{1,5})");
    private static final Pattern LOGIN = Pattern.compile("(?i)(user|password)=|//[^/]*@");
    private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final Pattern SENT_BY_BROWSERS = Pattern.compile(
            "(?i)host|connection|user-agent|accept(-.*)?|sec-.*|upgrade-insecure-requests|cookie|referer|origin|cache-control|pragma|range|if-.*");
    private static final Pattern SCHEME = Pattern.compile("[a-z][a-z0-9+]+:.*");

    static final ValueType<String> NAME =
            matching("name", "[A-Za-z0-9._-]{1,100}", "must be 1..100 of A-Z a-z 0-9 . _ -");

    static final ValueType<String> NAME_OR_FILE =
            matching("name or file", "\\S(.*\\S)?", "must be the name of a scenario or the path of a YAML file");

    static final ValueType<String> HOST = matching("host", "\\S+", "must be a host name or an address");

    static final ValueType<String> BROKERS = new ValueType<>("brokers", text -> {
        for (String broker : text.split(",", -1)) {
            Matcher matcher = BROKER.matcher(broker.trim());
            if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > 65_535) {
                throw new RuleBroken("must be host:port, several joined with commas", null);
            }
        }
        return text.replace(" ", "");
    });

    static final ValueType<String> JDBC_URL = new ValueType<>("JDBC address", text -> {
        if (LOGIN.matcher(text).find()) {
            throw new RuleBroken("must not carry user or password", "you mean database.writer.user and its kin", false);
        }
        if (!text.startsWith("jdbc:postgresql:")) {
            throw new RuleBroken("must start with jdbc:postgresql:", "you mean jdbc:postgresql://HOST:PORT/DATABASE");
        }
        return text;
    });

    static final ValueType<Path> FILE = new ValueType<>("file", ValueType::path);

    static final ValueType<Path> FOLDER = new ValueType<>("folder", ValueType::path);

    /** A header that only a proxy sends: with one of every browser, everybody would be a user. */
    static final ValueType<String> HEADER = new ValueType<>("header", text -> {
        if (!HEADER_NAME.matcher(text).matches()) {
            throw new RuleBroken("must be 1..64 of A-Z a-z 0-9 -", "you mean X-Forwarded-User");
        }
        if (SENT_BY_BROWSERS.matcher(text).matches()) {
            throw new RuleBroken("is sent by every browser and names no user", "you mean X-Forwarded-User");
        }
        return text;
    });

    /** A directory of this machine, or any other URI that Flink has a file system for. */
    static final ValueType<String> DIRECTORY = new ValueType<>(
            "directory",
            text -> SCHEME.matcher(text).matches()
                    ? text
                    : path(text).toAbsolutePath().normalize().toUri().toString());

    static final ValueType<Secret> SECRET = new ValueType<>("secret", Secret::new);

    static final ValueType<Double> SPEED = new ValueType<>("number", text -> {
        double speed = number(text).doubleValue();
        if (speed <= 0 || speed > 1e9) {
            throw new RuleBroken("must be above 0", null);
        }
        return speed;
    });

    static ValueType<Long> wholeNumber(long least, long most) {
        return new ValueType<>("whole number", text -> {
            try {
                long value = number(text).longValueExact();
                if (value >= least && value <= most) {
                    return value;
                }
            } catch (ArithmeticException | RuleBroken notWhole) {
                throw new RuleBroken("must be a whole number, " + least + ".." + most, null);
            }
            throw new RuleBroken("must be a whole number, " + least + ".." + most, null);
        });
    }

    static ValueType<Integer> count(int least, int most) {
        ValueType<Long> whole = wholeNumber(least, most);
        return new ValueType<>(whole.word, text -> Math.toIntExact(whole.parser.parse(text)));
    }

    static ValueType<Duration> duration(Duration least, Duration most) {
        return new ValueType<>("duration", text -> {
            Matcher matcher = DURATION.matcher(text);
            if (!matcher.matches()) {
                throw new RuleBroken(
                        "must be a whole number with a unit: ms, s, m, h or d",
                        text.matches("\\d+") ? "you mean " + text + "s" : null);
            }
            long amount = Long.parseLong(matcher.group(1));
            Duration duration =
                    switch (matcher.group(2)) {
                        case "ms" -> Duration.ofMillis(amount);
                        case "s" -> Duration.ofSeconds(amount);
                        case "m" -> Duration.ofMinutes(amount);
                        case "h" -> Duration.ofHours(amount);
                        default -> Duration.ofDays(amount);
                    };
            if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
                throw new RuleBroken("must be " + shown(least) + ".." + shown(most), null);
            }
            return duration;
        });
    }

    /** A duration of whole days. */
    static ValueType<Duration> days(int least, int most) {
        ValueType<Duration> duration = duration(Duration.ofDays(least), Duration.ofDays(most));
        return new ValueType<>(duration.word, text -> {
            Duration days = duration.parser.parse(text);
            if (!days.equals(Duration.ofDays(days.toDays()))) {
                throw new RuleBroken("must be whole days", "you mean " + (days.toDays() + 1) + "d");
            }
            return days;
        });
    }

    static <E extends Enum<E>> ValueType<E> choice(Class<E> type) {
        List<String> words = Arrays.stream(type.getEnumConstants())
                .map(choice -> choice.name().toLowerCase(Locale.ROOT))
                .toList();
        return new ValueType<>(String.join(" or ", words), text -> {
            int index = words.indexOf(text.toLowerCase(Locale.ROOT));
            if (index < 0) {
                throw new RuleBroken("must be " + String.join(" or ", words), Nearest.youMeant(text, words));
            }
            return type.getEnumConstants()[index];
        });
    }

    private static ValueType<String> matching(String word, String pattern, String rule) {
        Pattern compiled = Pattern.compile(pattern);
        return new ValueType<>(word, text -> {
            if (!compiled.matcher(text).matches()) {
                throw new RuleBroken(rule, null);
            }
            return text;
        });
    }

    private static Path path(String text) throws RuleBroken {
        try {
            if (!text.isBlank()) {
                return Path.of(text);
            }
        } catch (InvalidPathException unusable) {
            throw new RuleBroken("must be a path: " + unusable.getReason(), null);
        }
        throw new RuleBroken("must be a path", null);
    }

    private static BigDecimal number(String text) throws RuleBroken {
        try {
            if (text.length() <= 20) {
                return new BigDecimal(text);
            }
        } catch (NumberFormatException noNumber) {
            throw new RuleBroken("must be a number", null);
        }
        throw new RuleBroken("must be a number of at most 20 characters", null);
    }

    private static String shown(Duration duration) {
        @Nullable String days = exact(duration.toMillis(), 86_400_000, "d");
        @Nullable String hours = days != null ? days : exact(duration.toMillis(), 3_600_000, "h");
        @Nullable String seconds = hours != null ? hours : exact(duration.toMillis(), 1_000, "s");
        return seconds != null ? seconds : duration.toMillis() + "ms";
    }

    private static @Nullable String exact(long millis, long unitMillis, String unit) {
        return millis > 0 && millis % unitMillis == 0 ? millis / unitMillis + unit : null;
    }
}
