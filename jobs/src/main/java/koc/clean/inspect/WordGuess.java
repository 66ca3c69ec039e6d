package koc.clean.inspect;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import koc.clean.RowReader;
import org.jspecify.annotations.Nullable;

/**
 * What the words of a column with fixed words seem to mean.
 *
 * @param meanings words that are not built in and their meaning here
 * @param unknown words without a meaning, with the number of their values
 * @param known number of values with a meaning
 * @param total number of values
 */
record WordGuess(Map<String, String> meanings, Map<String, Long> unknown, long known, long total) {
    /** Our words by column, each with those of other systems. */
    private static final Map<String, Map<String, String>> WORDS = Vocabulary.read("words.txt");

    /**
     * The meanings of these values.
     *
     * @param reader reads the words that are built in
     */
    static WordGuess of(String column, List<String> values, RowReader reader) {
        Map<String, Long> counts = new TreeMap<>();
        values.forEach(value -> counts.merge(value, 1L, Long::sum));
        Map<String, String> meanings = new LinkedHashMap<>();
        Map<String, Long> unknown = new TreeMap<>();
        long known = 0;
        for (Map.Entry<String, Long> entry : counts.entrySet()) {
            String word = entry.getKey();
            String meaning = meaning(column, word);
            if (reader.read(column, word) != null) {
                known += entry.getValue();
            } else if (meaning != null) {
                meanings.put(word, meaning);
                known += entry.getValue();
            } else {
                unknown.put(word, entry.getValue());
            }
        }
        return new WordGuess(meanings, unknown, known, values.size());
    }

    private static @Nullable String meaning(String column, String word) {
        String key = word.strip().toLowerCase(Locale.ROOT).replaceAll("[\\s-]+", "_");
        for (Map.Entry<String, String> entry :
                WORDS.getOrDefault(column, Map.of()).entrySet()) {
            if (List.of(entry.getValue().split(" ", -1)).contains(key)) {
                return entry.getKey();
            }
        }
        return null;
    }

    double rate() {
        return total == 0 ? 0 : (double) known / total;
    }
}
