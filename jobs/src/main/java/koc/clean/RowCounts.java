package koc.clean;

import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** How many rows of one source were read, kept, rejected for each reason, or left for later; by arrival. */
final class RowCounts {
    static final String READ = "read";
    static final String KEPT = "kept";
    static final String LATER = Verdict.LATER;

    private final TreeMap<LocalDate, Map<String, Long>> byArrival = new TreeMap<>();

    /**
     * Adds rows of an arrival.
     *
     * @param check what they are counted under: read, kept, later, or the code of a reject reason
     */
    void add(LocalDate arrived, String check, long rows) {
        byArrival.computeIfAbsent(arrived, any -> new LinkedHashMap<>()).merge(check, rows, Long::sum);
    }

    /** Adds all counts of another source or run. */
    void addAll(RowCounts other) {
        other.byArrival.forEach((arrived, checks) -> checks.forEach((check, rows) -> add(arrived, check, rows)));
    }

    /** Removes all counts of these arrivals. */
    void remove(Collection<LocalDate> arrivals) {
        byArrival.keySet().removeAll(arrivals);
    }

    /** The rows counted under a check, over all arrivals. */
    long rows(String check) {
        return byArrival.values().stream()
                .mapToLong(checks -> checks.getOrDefault(check, 0L))
                .sum();
    }

    /** The names of everything that is counted. */
    SortedSet<String> checks() {
        SortedSet<String> names = new TreeSet<>();
        byArrival.values().forEach(checks -> names.addAll(checks.keySet()));
        return names;
    }

    /** The rows rejected for a reason, over all arrivals. */
    long rejected(RejectReason reason) {
        return rows(reason.code());
    }

    /** The rows rejected for any reason. */
    long rejected() {
        return Stream.of(RejectReason.values()).mapToLong(this::rejected).sum();
    }

    /** The rejected rows that count towards the reject limit: all but duplicates. */
    long rejectedWithoutDuplicates() {
        return Stream.of(RejectReason.values())
                .filter(RejectReason::countsTowardLimit)
                .mapToLong(this::rejected)
                .sum();
    }

    /** The rows that were accepted or rejected, not left for later. */
    long checked() {
        return rows(READ) - rows(LATER);
    }

    /** The fraction of checked rows that were rejected, duplicates not counted; 0 without rows. */
    double rejectRate() {
        return checked() <= 0 ? 0 : (double) rejectedWithoutDuplicates() / checked();
    }

    /** The absolute value of read - kept - rejected - later: 0 when every row is accounted for. */
    long missing() {
        return Math.abs(rows(READ) - rows(KEPT) - rejected() - rows(LATER));
    }

    /** The counts by arrival, then by check. */
    Map<LocalDate, Map<String, Long>> byArrival() {
        return byArrival;
    }

    /** The counts of arrivals up to this day. */
    RowCounts upTo(LocalDate day) {
        RowCounts counts = new RowCounts();
        byArrival
                .headMap(day, true)
                .forEach((arrived, checks) -> checks.forEach((check, rows) -> counts.add(arrived, check, rows)));
        return counts;
    }
}
