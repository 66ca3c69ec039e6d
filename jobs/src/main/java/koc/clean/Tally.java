package koc.clean;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How many rows of one source were read, kept, rejected for each reason, and left for later; by arrival. */
final class Tally {
    static final String READ = "read";
    static final String KEPT = "kept";
    static final String LATER = RowChecks.LATER;

    private final TreeMap<LocalDate, Map<String, Long>> byArrival = new TreeMap<>();

    /** Counts rows of an arrival under a check: read, kept, later or the code of a reason. */
    void add(LocalDate arrived, String check, long rows) {
        byArrival.computeIfAbsent(arrived, any -> new LinkedHashMap<>()).merge(check, rows, Long::sum);
    }

    /** Forgets everything about these arrivals. */
    void forget(Collection<LocalDate> arrivals) {
        byArrival.keySet().removeAll(arrivals);
    }

    /** The rows of a check, over all arrivals. */
    long rows(String check) {
        return byArrival.values().stream()
                .mapToLong(checks -> checks.getOrDefault(check, 0L))
                .sum();
    }

    /** The rows of a reason, over all arrivals. */
    long rejected(RejectReason reason) {
        return rows(reason.code());
    }

    /** The rejected rows, for any reason. */
    long rejected() {
        return sum(List.of(RejectReason.values()));
    }

    /** The rejected rows that speak against the source. */
    long againstLimit() {
        List<RejectReason> counted = new ArrayList<>(List.of(RejectReason.values()));
        counted.removeIf(reason -> !reason.countsTowardLimit());
        return sum(counted);
    }

    /** The share that is held against the reject limit: of the rows that were read and not left for later. */
    double rejectedShare() {
        long judged = rows(READ) - rows(LATER);
        return judged <= 0 ? 0 : (double) againstLimit() / judged;
    }

    /** Rows that came in and are nowhere. */
    long missing() {
        return Math.abs(rows(READ) - rows(KEPT) - rejected() - rows(LATER));
    }

    /** The counts, by arrival and check. */
    Map<LocalDate, Map<String, Long>> byArrival() {
        return byArrival;
    }

    /** The counts of arrivals up to this day. */
    Tally upTo(LocalDate day) {
        Tally tally = new Tally();
        byArrival
                .headMap(day, true)
                .forEach((arrived, checks) -> checks.forEach((check, rows) -> tally.add(arrived, check, rows)));
        return tally;
    }

    private long sum(List<RejectReason> reasons) {
        return reasons.stream().mapToLong(this::rejected).sum();
    }
}
