package koc.report;

import java.util.List;
import koc.text.Texts;

/**
 * A text with its values, which can be said in any language. The tables say theirs in the language of the run only; with
 * the same name and values, a phrase is the same text.
 *
 * @param name of the text in {@link Texts}
 * @param values of its placeholders: names, numbers, and other phrases
 */
record Phrase(String name, List<Object> values) {
    Phrase {
        values = List.copyOf(values);
    }

    static Phrase of(String name, Object... values) {
        return new Phrase(name, List.of(values));
    }

    String in(Texts texts) {
        return texts.text(
                name,
                values.stream()
                        .map(value -> value instanceof Phrase phrase ? phrase.in(texts) : value)
                        .toArray());
    }
}
