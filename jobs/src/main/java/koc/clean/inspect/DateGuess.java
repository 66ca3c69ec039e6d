package koc.clean.inspect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import koc.clean.DateText;
import koc.clean.RowReader;
import org.jspecify.annotations.Nullable;

/**
 * In which formats the dates and times of a column seem to be written.
 *
 * @param added formats that the default setting does not have
 * @param read number of values that are read with them
 * @param total number of values
 * @param reason what was seen
 * @param question what is ambiguous; null if nothing is
 */
record DateGuess(
        List<String> added,
        long read,
        long total,
        String reason,
        @Nullable String question) {
    /** Formats that no other of them explains. */
    private static final List<String> FORMATS = List.of(
            "yyyyMMddHHmmss",
            "yyyyMMdd H:mm[:ss]",
            "yyyyMMdd",
            "epoch-seconds",
            "epoch-millis",
            "epoch-micros",
            "d.M.yyyy[ H:mm[:ss]]",
            "yyyy/M/d h:mm[:ss] a",
            "yyyy-M-d H:mm:ss[.SSSSSS]",
            "d MMM yyyy[ H:mm[:ss]]",
            "d-MMM-yyyy[ H:mm[:ss]]",
            "MMM d, yyyy[ H:mm[:ss]]",
            "MMM d, yyyy h:mm[:ss] a",
            "MMM d, yyyy, h:mm[:ss] a",
            "excel-serial");
    /** Pairs of formats that only days above 12 tell apart. */
    private static final List<List<String>> PAIRS = List.of(
            List.of("d/M/yyyy[ H:mm[:ss]]", "M/d/yyyy[ H:mm[:ss]]"),
            List.of("d/M/yyyy h:mm[:ss] a", "M/d/yyyy h:mm[:ss] a"),
            List.of("d-M-yyyy[ H:mm[:ss]]", "M-d-yyyy[ H:mm[:ss]]"));
    /** Numbers of the day and the month, before the year. */
    private static final Pattern DAY_FIRST = Pattern.compile("(?<![-/dM])dd?[-/]MM?[-/]");

    private static final Pattern MONTH_FIRST = Pattern.compile("(?<![-/dM])MM?[-/]dd?[-/]");
    /** A format is proposed when it reads this fraction of the values that the others do not read. */
    private static final double MIN_NEW = 0.02;
    /** Days above 12 are 60% of all; fewer than this fraction are slips. */
    private static final double MIN_EVIDENCE = 0.02;

    /**
     * The formats of these values, of which it looks at some.
     *
     * @param defaults formats of the default setting
     */
    static DateGuess of(List<String> all, List<String> defaults) {
        List<String> values = SourceSample.some(all);
        List<String> unread = unread(values, defaults, List.of());
        List<String> added = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        Map<String, String> reasonOf = new LinkedHashMap<>();
        if (unread.size() < values.size()) {
            reasons.add(share(values.size() - unread.size(), values.size()) + " in a default format");
        }
        String question = null;
        while (!unread.isEmpty() && unread.size() >= MIN_NEW * values.size()) {
            String best = best(unread, added);
            long reads = best == null ? 0 : count(best, unread);
            if (best == null || reads < MIN_NEW * values.size()) {
                break;
            }
            String rival = rival(best);
            if (rival != null && count(rival, unread) > reads * (1 - MIN_EVIDENCE)) {
                question = "dates such as " + unread.get(0) + " may be " + best + " or " + rival
                        + "; add the right one to dates";
                break;
            }
            List<String> configured = opposite(best, defaults);
            if (!configured.isEmpty()) {
                question = "dates such as " + example(best, unread) + " have day and month in another order than "
                        + configured.get(0)
                        + " in the setting dates; write all in one order, and have only its format in dates";
                break;
            }
            List<String> opposite = opposite(best, added);
            if (!opposite.isEmpty()) {
                question = mixed(example(best, unread), example(opposite.get(0), values));
                added.removeAll(opposite);
                opposite.forEach(reasonOf::remove);
                unread = unread(values, defaults, added);
                break;
            }
            added.add(best);
            reasonOf.put(
                    best,
                    share(reads, values.size()) + " as " + best
                            + (rival == null
                                    ? ""
                                    : " (" + (reads - count(rival, unread)) + " of them have a day above 12)"));
            DateText reader = new DateText(List.of(best));
            unread =
                    unread.stream().filter(value -> reader.toIso(value) == null).toList();
        }
        reasons.addAll(reasonOf.values());
        return new DateGuess(added, values.size() - unread.size(), values.size(), String.join(", ", reasons), question);
    }

    private static List<String> unread(List<String> values, List<String> defaults, List<String> added) {
        DateText known = new DateText(defaults);
        DateText other = new DateText(added);
        return values.stream()
                .filter(value -> !RowReader.isIso(value) && known.toIso(value) == null && other.toIso(value) == null)
                .toList();
    }

    /** The formats among these that have day and month in the other order. */
    static List<String> opposite(String format, List<String> formats) {
        return formats.stream()
                .filter(other -> areOpposite(format, other) || areOpposite(other, format))
                .toList();
    }

    private static boolean areOpposite(String dayFirst, String monthFirst) {
        return DAY_FIRST.matcher(dayFirst).find()
                && MONTH_FIRST.matcher(monthFirst).find();
    }

    private static String example(String format, List<String> values) {
        DateText reader = new DateText(List.of(format));
        return values.stream()
                .filter(value -> reader.toIso(value) != null && !isDayUpTo12(value))
                .findFirst()
                .orElse("");
    }

    /** Whether day and month could change places: both are 12 or less. */
    private static boolean isDayUpTo12(String value) {
        return PAIRS.stream()
                .anyMatch(pair -> pair.stream().allMatch(format -> new DateText(List.of(format)).toIso(value) != null));
    }

    /** The question about dates of which some have the day first, and some the month. */
    static String mixed(String first, String second) {
        return "some dates have the day first, and some the month: " + first + " and " + second
                + "; write all in one order, and add its format to dates";
    }

    private static String share(long part, long all) {
        return String.format(Locale.ROOT, "%,d of %,d values", part, all);
    }

    private static @Nullable String best(List<String> unread, List<String> added) {
        String best = null;
        long most = 0;
        for (String format : candidates()) {
            long reads = added.contains(format) ? 0 : count(format, unread);
            if (reads > most) {
                most = reads;
                best = format;
            }
        }
        return best;
    }

    private static List<String> candidates() {
        List<String> candidates = new ArrayList<>(FORMATS);
        PAIRS.forEach(candidates::addAll);
        return candidates;
    }

    /** The format with day and month in the other order; null for a format that cannot be mistaken. */
    private static @Nullable String rival(String format) {
        return PAIRS.stream()
                .filter(pair -> pair.contains(format))
                .map(pair -> pair.get(pair.get(0).equals(format) ? 1 : 0))
                .findFirst()
                .orElse(null);
    }

    private static long count(String format, List<String> values) {
        DateText reader = new DateText(List.of(format));
        return values.stream().filter(value -> reader.toIso(value) != null).count();
    }

    /** Fraction of values that are read, or would be if the question were answered. */
    double rate() {
        return total == 0 ? 0 : question == null ? (double) read / total : 1;
    }
}
