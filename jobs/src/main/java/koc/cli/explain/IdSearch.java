package koc.cli.explain;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Finds the ids that are most similar to one that does not exist. */
final class IdSearch {
    private static final int SHOWN = 5;

    private IdSearch() {}

    /** The ids that differ from this one in the fewest letters, joined by commas. */
    static String nearest(String id, Collection<String> ids) {
        if (ids.isEmpty()) {
            return "there are none on this day";
        }
        List<String> nearest = ids.stream()
                .sorted(Comparator.comparingInt((String other) -> distance(id, other))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(SHOWN)
                .toList();
        return "the nearest of " + ids.size() + " are " + nearest.stream().collect(Collectors.joining(", "));
    }

    /** The letters to insert, delete or replace (Levenshtein 1966). Worked: u042 and u0042 differ by 1. */
    static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
