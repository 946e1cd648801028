package org.capacityboard.bench.load;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.capacityboard.oracle.OracleKey;
import org.capacityboard.oracle.OracleRow;
import org.jspecify.annotations.Nullable;

/** Sums over the rows of a load, in any order: two sets of rows are the same if their digests are, and if not, the digest tells of which lines. */
public final class RowDigest {
    private static final int MOST_BUCKETS = 1_000;

    private final StandardLoad load;
    private final long[] sums;
    private long rows;

    public RowDigest(StandardLoad load) {
        this.load = load;
        this.sums = new long[Math.min(MOST_BUCKETS, load.lines())];
    }

    public void add(OracleKey key, OracleRow row) {
        long hash = mix(key.toString());
        List<String> columns = key.table().columns();
        for (int i = 0; i < columns.size(); i++) {
            // How often a report came is told by the arrival alone; the oracle does not look at it.
            if (!columns.get(i).equals("duplicates") && !columns.get(i).equals("late_reports")) {
                hash = (hash ^ row.values().get(i)) * 0x9E3779B97F4A7C15L;
                hash ^= hash >>> 29;
            }
        }
        sums[bucket(load.line(key.lineId()))] += hash;
        rows++;
    }

    /** Adds the rows of another digest of the same load. */
    void add(RowDigest other) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += other.sums[i];
        }
        rows += other.rows;
    }

    /** How many rows there were. */
    public long rows() {
        return rows;
    }

    /** Whether two digests differ at the rows of a line, or of one of those it shares a place with. */
    boolean differsAt(RowDigest other, int line) {
        return sums[bucket(line)] != other.sums[bucket(line)];
    }

    private int bucket(int line) {
        return line % sums.length;
    }

    private static long mix(String text) {
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
        }
        return hash;
    }

    public void write(Path file) throws IOException {
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
            out.writeLong(rows);
            for (long sum : sums) {
                out.writeLong(sum);
            }
        }
    }

    public static RowDigest read(StandardLoad load, Path file) throws IOException {
        RowDigest digest = new RowDigest(load);
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            digest.rows = in.readLong();
            for (int i = 0; i < digest.sums.length; i++) {
                digest.sums[i] = in.readLong();
            }
        }
        return digest;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RowDigest that && rows == that.rows && Arrays.equals(sums, that.sums);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sums);
    }
}
