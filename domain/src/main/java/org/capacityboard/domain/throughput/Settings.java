package org.capacityboard.domain.throughput;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.capacityboard.domain.reference.LineVersion;
import org.capacityboard.domain.reference.PlantVersion;
import org.capacityboard.domain.reference.Versions;
import org.jspecify.annotations.Nullable;

/** What holds of a line, by time: pieces in which neither the line's version nor its plant's changes. Derived, never stored. */
final class Settings {
    private final long[] from;
    private final @Nullable Setting[] pieces;

    // The production day asked for last: the next question is nearly always about the same one.
    private @Nullable ProductionCalendar dayCalendar;
    private long day;
    private long dayStartMs;
    private long dayEndMs;

    private Settings(long[] from, @Nullable Setting[] pieces) {
        this.from = from;
        this.pieces = pieces;
    }

    static Settings of(List<Acting<LineVersion>> lines, List<Acting<PlantVersion>> plants) {
        long[] bounds = new long[1 + lines.size() + plants.size()];
        int count = 0;
        bounds[count++] = Versions.ALWAYS;
        for (Acting<LineVersion> line : lines) {
            bounds[count++] = line.actsFromMs();
        }
        for (Acting<PlantVersion> plant : plants) {
            bounds[count++] = plant.actsFromMs();
        }
        Arrays.sort(bounds);
        int pieceCount = 1;
        for (int i = 1; i < bounds.length; i++) {
            if (bounds[i] != bounds[pieceCount - 1]) {
                bounds[pieceCount++] = bounds[i];
            }
        }
        long[] from = Arrays.copyOf(bounds, pieceCount);
        @Nullable Setting[] pieces = new @Nullable Setting[pieceCount];
        for (int i = 0; i < pieceCount; i++) {
            pieces[i] = at(lines, plants, from[i]);
        }
        return new Settings(from, pieces);
    }

    private static @Nullable Setting at(List<Acting<LineVersion>> lines, List<Acting<PlantVersion>> plants, long ms) {
        LineVersion line = Acting.at(lines, ms);
        if (line == null) {
            return null;
        }
        List<Acting<PlantVersion>> ofLine = new ArrayList<>();
        for (Acting<PlantVersion> plant : plants) {
            if (plant.version().plantId().equals(line.plantId())) {
                ofLine.add(plant);
            }
        }
        PlantVersion plant = Acting.at(ofLine, ms);
        return plant == null ? null : new Setting(line, ProductionCalendar.of(plant));
    }

    int indexAt(long ms) {
        int i = from.length - 1;
        while (from[i] > ms) {
            i--;
        }
        return i;
    }

    int size() {
        return from.length;
    }

    @Nullable
    Setting get(int i) {
        return pieces[i];
    }

    long from(int i) {
        return from[i];
    }

    long to(int i) {
        return i + 1 < from.length ? from[i + 1] : Long.MAX_VALUE;
    }

    @Nullable
    Setting at(long ms) {
        return pieces[indexAt(ms)];
    }

    /** What decides over a whole minute, such as its production day: what holds at its start, else the first to hold inside. */
    @Nullable
    Setting ofMinute(long minuteStartMs) {
        for (int i = indexAt(minuteStartMs); i < from.length && from[i] < minuteStartMs + Ms.MINUTE; i++) {
            Setting setting = pieces[i];
            if (setting != null) {
                return setting;
            }
        }
        return null;
    }

    /** Production day of a minute that has facts, so that something holds in it. */
    long dayOfMinute(long minuteStartMs) {
        Setting setting = ofMinute(minuteStartMs);
        if (setting == null) {
            throw new IllegalStateException(
                    "The minute " + minuteStartMs + " has facts, but no line version holds in it");
        }
        ProductionCalendar calendar = setting.calendar();
        if (!calendar.equals(dayCalendar) || minuteStartMs < dayStartMs || minuteStartMs >= dayEndMs) {
            dayCalendar = calendar;
            day = calendar.dayAt(minuteStartMs);
            dayStartMs = calendar.startMs(day);
            dayEndMs = calendar.endMs(day);
        }
        return day;
    }

    /** First and last bound of a production day: changes of the clock may cut it into several stretches. */
    long[] extentOf(long day) {
        long start = Long.MAX_VALUE;
        long end = Long.MIN_VALUE;
        for (int i = 0; i < from.length; i++) {
            Setting setting = pieces[i];
            if (setting != null) {
                boolean first = i == 0 || pieces[i - 1] == null;
                long a = Math.max(
                        setting.calendar().startMs(day), first ? minuteFloor(from[i]) : minuteCeiling(from[i]));
                long b = Math.min(setting.calendar().endMs(day), minuteCeiling(to(i)));
                if (a < b) {
                    start = Math.min(start, a);
                    end = Math.max(end, b);
                }
            }
        }
        return new long[] {start, end};
    }

    private static long minuteFloor(long ms) {
        return ms == Versions.ALWAYS ? ms : Ms.minuteStart(ms);
    }

    private static long minuteCeiling(long ms) {
        return ms == Versions.ALWAYS || ms == Long.MAX_VALUE ? ms : Ms.minuteStart(ms + Ms.MINUTE - 1);
    }
}
