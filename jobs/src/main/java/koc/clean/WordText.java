package koc.clean;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Replaces the words of a file by those of the tables. Upper case, blanks and hyphens make no difference. */
final class WordText implements Serializable {
    private static final long serialVersionUID = 1;

    private final HashMap<String, String> words = new HashMap<>();

    /** @param words word in the file -> word in the table */
    WordText(Map<String, String> words) {
        words.forEach((word, meaning) -> this.words.put(key(word), meaning));
    }

    /** The word of the table; a word without a meaning as it is: {@code Share-Open} becomes {@code share_open}. */
    @Nullable
    String translate(@Nullable String word) {
        if (word == null) {
            return null;
        }
        String meaning = words.get(word);
        return meaning != null ? meaning : words.getOrDefault(key(word), word);
    }

    /** The word of the table; null for a word without a meaning. */
    @Nullable
    String translateOrNull(@Nullable String word) {
        return word == null ? null : words.get(key(word));
    }

    private static String key(String word) {
        return word.strip().toLowerCase(Locale.ROOT).replaceAll("[\\s-]+", "_");
    }
}
