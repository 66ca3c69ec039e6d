package koc.cli.explain;

import java.time.LocalDate;
import java.util.List;

/**
 * What the stored numbers say about a KOC, a recommendation or a user.
 *
 * @param subject what is explained, such as {@code KOC u0042}
 * @param day run date of the numbers
 * @param sections in the order to read them
 */
public record Explanation(String subject, LocalDate day, List<Section> sections) {
    public Explanation {
        sections = List.copyOf(sections);
    }

    /** All values that were computed again. */
    public List<Entry.Check> checks() {
        return sections.stream()
                .flatMap(section -> section.entries().stream())
                .filter(Entry.Check.class::isInstance)
                .map(Entry.Check.class::cast)
                .toList();
    }

    /** The values that differ from the stored ones. */
    public List<Entry.Check> differences() {
        return checks().stream().filter(check -> !check.isEqual()).toList();
    }
}
