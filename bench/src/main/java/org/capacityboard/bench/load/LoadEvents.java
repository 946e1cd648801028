package org.capacityboard.bench.load;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.capacityboard.schemas.EventCodec;
import org.capacityboard.schemas.TelemetryEncoder;

/** The telemetry of a load as bytes, in the order in which it is sent: second by second, late reports and repeats in the second in which they arrive. */
public final class LoadEvents {
    private static final int DELAYED = 11;
    private static final int DELAY = 12;
    private static final int REPEATED = 13;
    private static final int REPEAT = 14;
    private static final int SPOILT = 15;
    private static final int SPOILT_HOW = 16;
    private static final int FARTHEST = StandardLoad.LONGEST_DELAY_SECONDS + StandardLoad.LONGEST_REPEAT_SECONDS;

    private final StandardLoad load;
    private final TelemetryEncoder encoder = new TelemetryEncoder();
    private final LineScript[] scripts;
    private final byte[][] keys;
    private final byte[][] prefixes;
    private final int[] partitions;
    /** What arrives later, by second modulo its length. */
    private final List<List<Sent>> pending = new ArrayList<>();

    private int second;

    /** Receives events. */
    public interface Output {
        void send(int partition, byte[] key, byte[] value);
    }

    private record Sent(int line, byte[] value) {}

    public LoadEvents(StandardLoad load) {
        this.load = load;
        scripts = new LineScript[load.lines()];
        keys = new byte[load.lines()][];
        prefixes = new byte[load.lines()][];
        partitions = new int[load.lines()];
        for (int line = 0; line < load.lines(); line++) {
            scripts[line] = new LineScript(load, line);
            keys[line] = load.lineId(line).getBytes(StandardCharsets.UTF_8);
            prefixes[line] = TelemetryEncoder.prefix(load.lineId(line));
            partitions[line] = load.partition(line);
        }
        for (int i = 0; i <= FARTHEST; i++) {
            pending.add(new ArrayList<>());
        }
    }

    /** Sends everything that is left. */
    public void writeAll(Output output) {
        while (hasNext()) {
            next(output);
        }
    }

    /** Whether there is another second. */
    public boolean hasNext() {
        return second < load.seconds();
    }

    /** Sends what arrives in the next second; with the last one, all that would still come. */
    public void next(Output output) {
        flush(slot(second), output);
        for (int line = 0; line < scripts.length; line++) {
            LineScript script = scripts[line];
            script.next();
            if (!load.reports(line, second)) {
                continue;
            }
            byte[] value = encoder.encode(
                    prefixes[line],
                    load.sessionId(),
                    load.sequence(line, second),
                    load.eventTimeMs(second),
                    script.state,
                    script.reasonCode,
                    null,
                    script.good,
                    script.scrap,
                    TelemetryEncoder.NOT_COUNTED);
            int delay = 0;
            if (load.chance(line, second, DELAYED) < StandardLoad.DELAYED_RATIO) {
                delay = 1 + (int) (load.chance(line, second, DELAY) * StandardLoad.LONGEST_DELAY_SECONDS);
                slot(second + delay).add(new Sent(line, value));
            } else {
                output.send(partitions[line], keys[line], value);
            }
            if (isRepeated(load, line, second)) {
                int later = 1 + (int) (load.chance(line, second, REPEAT) * StandardLoad.LONGEST_REPEAT_SECONDS);
                slot(second + delay + later).add(new Sent(line, value));
            }
            if (isSpoilt(load, line, second)) {
                output.send(
                        partitions[line], keys[line], spoilt(value, (int) (load.chance(line, second, SPOILT_HOW) * 4)));
            }
        }
        second++;
        if (!hasNext()) {
            for (int later = 0; later <= FARTHEST; later++) {
                flush(slot(second + later), output);
            }
        }
    }

    /** Whether the report of a line and second comes twice. */
    static boolean isRepeated(StandardLoad load, int line, int second) {
        return load.chance(line, second, REPEATED) < StandardLoad.REPEATED_RATIO;
    }

    /** Whether rubbish follows the report of a line and second. */
    static boolean isSpoilt(StandardLoad load, int line, int second) {
        return load.chance(line, second, SPOILT) < StandardLoad.RUBBISH_RATIO;
    }

    private List<Sent> slot(int ofSecond) {
        return pending.get(ofSecond % (FARTHEST + 1));
    }

    private void flush(List<Sent> due, Output output) {
        for (Sent sent : due) {
            output.send(partitions[sent.line], keys[sent.line], sent.value);
        }
        due.clear();
    }

    /** Cut off, without a marker, of a schema nobody registered, or followed by bytes that do not belong there. */
    private static byte[] spoilt(byte[] value, int how) {
        byte[] rubbish = how == 0 ? Arrays.copyOf(value, value.length / 2) : value.clone();
        switch (how) {
            case 1 -> rubbish[0] = 0;
            case 2 -> rubbish[EventCodec.HEADER_BYTES - 1] ^= 0x55;
            case 3 -> rubbish = Arrays.copyOf(value, value.length + 3);
            default -> {}
        }
        return rubbish;
    }
}
