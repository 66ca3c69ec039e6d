package koc.cli.explain;

import java.util.List;
import java.util.Locale;

/** An explanation for a person: one line for each value, with the place where it is stored. */
public final class ExplanationText {
    private static final int MAX_NAME = 40;
    private static final int MAX_VALUE = 18;

    private ExplanationText() {}

    /**
     * The text, which ends with the number of values that were computed again, and whether they are the stored ones.
     */
    public static String of(Explanation explanation) {
        StringBuilder text = new StringBuilder();
        text.append(explanation.subject())
                .append(" on ")
                .append(explanation.day())
                .append('\n');
        for (Section section : explanation.sections()) {
            text.append('\n').append(section.title()).append('\n');
            section.entries().forEach(entry -> append(entry, text));
        }
        return text.append('\n').append(summary(explanation)).append('\n').toString();
    }

    private static void append(Entry entry, StringBuilder text) {
        if (entry instanceof Entry.Value value) {
            text.append(line("  ", value.name(), Numbers.text(value.value()), value.source()));
        } else if (entry instanceof Entry.Check check) {
            text.append(line("= ", check.name(), Numbers.text(check.recomputed()), check.source()))
                    .append("      = ")
                    .append(check.formula())
                    .append('\n')
                    .append("      computed ")
                    .append(Numbers.text(check.recomputed()))
                    .append(", stored ")
                    .append(Numbers.text(check.stored()))
                    .append(check.precision() > 0 ? " (rounded)" : "")
                    .append(check.isEqual() ? ": equal\n" : ": DIFFERENT\n");
        } else if (entry instanceof Entry.Remark remark) {
            text.append("  ").append(remark.text()).append('\n');
        }
    }

    private static String line(String start, String name, String value, String source) {
        return String.format(
                Locale.ROOT, "%s%-" + MAX_NAME + "s %" + MAX_VALUE + "s   %s%n", start, name, value, source);
    }

    private static String summary(Explanation explanation) {
        List<Entry.Check> differences = explanation.differences();
        int checks = explanation.checks().size();
        if (checks == 0) {
            return "nothing was computed again";
        }
        return differences.isEmpty()
                ? checks + " numbers were computed again: all equal the stored ones"
                : checks + " numbers were computed again: " + differences.size() + " DIFFER from the stored ones";
    }
}
