package org.capacityboard.process.settings;

import java.util.Collection;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** The known word a person may have meant. */
public final class Nearest {
    private Nearest() {}

    /** "you meant 'word'" for the word with the fewest letters changed; null if none is near. */
    public static @Nullable String youMeant(String written, Collection<String> words) {
        return words.stream()
                .filter(word -> lettersChanged(written, word) <= Math.max(2, written.length() / 4))
                .min(Comparator.comparingInt((String word) -> lettersChanged(written, word))
                        .thenComparing(Comparator.naturalOrder()))
                .map(word -> "you meant '" + word + "'")
                .orElse(null);
    }

    /** Edit distance after Levenshtein, one row of the table at a time. */
    private static int lettersChanged(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int column = 0; column < row.length; column++) {
            row[column] = column;
        }
        for (int line = 1; line <= from.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column < row.length; column++) {
                int replaced = diagonal + (from.charAt(line - 1) == to.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(replaced, 1 + Math.min(row[column], row[column - 1]));
            }
        }
        return row[to.length()];
    }
}
