package koc.clean.inspect;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which columns of the files of a source are ours, and what could not be decided. */
final class SourceMapping {
    private final Map<String, Choice> choices = new LinkedHashMap<>();
    private final List<String> questions = new ArrayList<>();

    /**
     * The column of the files for one of ours.
     *
     * @param column its name in the files
     * @param reason why it was chosen
     */
    record Choice(String column, String reason) {}

    void choose(String target, String column, String reason) {
        choices.put(target, new Choice(column, reason));
    }

    void ask(String question) {
        questions.add(question);
    }

    /** Our columns in the order in which they were found. */
    Map<String, Choice> choices() {
        return choices;
    }

    List<String> questions() {
        return questions;
    }

    boolean has(String target) {
        return choices.containsKey(target);
    }

    /** The name in the files of one of our columns; null if it was not found. */
    @Nullable
    String column(String target) {
        Choice choice = choices.get(target);
        return choice == null ? null : choice.column();
    }

    /** The columns of the files that are taken. */
    Set<String> used() {
        Set<String> used = new HashSet<>();
        choices.values().forEach(choice -> used.add(choice.column()));
        return used;
    }
}
