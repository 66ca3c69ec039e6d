package koc.cli.explain;

import java.time.LocalDate;
import java.util.List;

/**
 * What the stored numbers say about a KOC, a recommendation or a user.
 *
 * @param subject what is explained, such as {@code KOC u0042}
 * @param day run date of the numbers
 * @param sections in the order to read them
 * @param checks all values that were computed again
 */
public record Explanation(String subject, LocalDate day, List<Section> sections, List<Entry.Check> checks) {
    public Explanation {
        sections = List.copyOf(sections);
        checks = List.copyOf(checks);
    }

    /** An explanation that shows every value that was computed again. */
    static Explanation of(String subject, LocalDate day, List<Section> sections) {
        return new Explanation(
                subject,
                day,
                sections,
                sections.stream()
                        .flatMap(section -> Entry.checks(section.entries()))
                        .toList());
    }

    /** The values that differ from the stored ones. */
    public List<Entry.Check> differences() {
        return checks.stream().filter(check -> !check.isEqual()).toList();
    }
}
