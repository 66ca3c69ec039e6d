package koc.report;

import java.util.List;
import java.util.Map;
import koc.text.Texts;

/**
 * What the template {@code jte/report/page.jte} needs. Types are public because compiled templates are in a package of their
 * own.
 *
 * @param texts of the language in which the page opens
 * @param languages that the page can show, this one first
 * @param day of the run
 * @param parts the sections, rendered
 * @param data JSON by name, safe in a script element
 * @param style the style sheet
 * @param charts the library that draws charts
 * @param script what fills the page
 */
public record PageView(
        Texts texts,
        List<String> languages,
        String day,
        List<Part> parts,
        Map<String, String> data,
        String style,
        String charts,
        String script) {
    public PageView {
        languages = List.copyOf(languages);
        parts = List.copyOf(parts);
    }

    /** A section of the page, rendered. */
    public record Part(String id, String title, String html) {}
}
