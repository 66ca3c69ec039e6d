package koc.clean.inspect;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import koc.clean.RowReader;
import koc.clean.Source;
import org.jspecify.annotations.Nullable;

/**
 * Finds the columns by which events refer to users or products: those whose ids are the same. So a file with a customer number
 * and an address is read by the one that the other file has too.
 */
final class KeyMatching {
    /** Ids of different files are the same when this fraction of them matches. */
    private static final double MIN_JOIN = 0.2;
    /** A column is found by its ids alone when this fraction of them matches. */
    private static final double MIN_JOIN_OF_UNNAMED = 0.6;
    /** Fractions that differ by less do not decide between two columns. */
    private static final double CLOSE = 0.05;

    private static final int UNNAMED = 9;
    private static final double MIN_KEY_DISTINCT = 0.45;

    private final SourceSample events;
    private final SourceSample others;
    private final String key;
    private final RowReader reader;

    /** @param key {@code user_id} or {@code product_id} */
    KeyMatching(SourceSample events, SourceSample others, String key, RowReader reader) {
        this.events = events;
        this.others = others;
        this.key = key;
        this.reader = reader;
    }

    /**
     * Two columns with the same ids.
     *
     * @param inEvents the column of events
     * @param inOthers the column of users or products
     * @param join fraction of the ids in events that the other file has
     * @param rank how sure the names are, less is surer
     * @param rival another column of events that may be meant as well; null for none
     */
    record Pair(
            String inEvents,
            String inOthers,
            double join,
            int rank,
            @Nullable String rival) {
        String reason() {
            return String.format(
                    Locale.ROOT, "%.0f%% of its ids are in \"%s\" of the other file", 100 * join, inOthers);
        }
    }

    /** The pair with the best match; null if no ids match. */
    @Nullable
    Pair find() {
        Map<String, Integer> here = ranks(Source.EVENTS, events);
        Map<String, Integer> there = ranks(others.source(), others);
        Map<String, Set<String>> idsOfEvents = new HashMap<>();
        here.keySet().forEach(column -> idsOfEvents.put(column, ids(events, column)));
        Pair best = null;
        for (Map.Entry<String, Integer> other : there.entrySet()) {
            Set<String> ids = ids(others, other.getKey());
            boolean isKey = ids.size() >= MIN_KEY_DISTINCT * others.rows();
            for (Map.Entry<String, Integer> own : here.entrySet()) {
                boolean isNamed = own.getValue() < UNNAMED && other.getValue() < UNNAMED;
                Set<String> found = idsOfEvents.getOrDefault(own.getKey(), Set.of());
                if (!isKey || found.size() < 2) {
                    continue;
                }
                long same = found.stream().filter(ids::contains).count();
                double join = (double) same / found.size();
                if (join >= (isNamed ? MIN_JOIN : MIN_JOIN_OF_UNNAMED)) {
                    best = better(
                            best,
                            new Pair(own.getKey(), other.getKey(), join, own.getValue() + other.getValue(), null));
                }
            }
        }
        return best;
    }

    /** Fraction of the ids in a column of events that a column of the other file has; 1 without ids. */
    double join(String inEvents, String inOthers) {
        Set<String> ids = ids(others, inOthers);
        Set<String> found = ids(events, inEvents);
        return found.isEmpty()
                ? 1
                : (double) found.stream().filter(ids::contains).count() / found.size();
    }

    private Pair better(@Nullable Pair best, Pair other) {
        if (best == null) {
            return other;
        }
        boolean isClose = Math.abs(best.join() - other.join()) <= CLOSE;
        if (isClose && best.rank() == other.rank() && !best.inEvents().equals(other.inEvents())) {
            return new Pair(best.inEvents(), best.inOthers(), best.join(), best.rank(), other.inEvents());
        }
        boolean isBetter = isClose ? other.rank() < best.rank() : other.join() > best.join();
        return isBetter ? other : best;
    }

    /** The columns of a file, each with how sure its name is. */
    private Map<String, Integer> ranks(Source source, SourceSample sample) {
        Map<String, Integer> ranks = new TreeMap<>();
        sample.columns().forEach(column -> ranks.put(column, UNNAMED));
        ColumnMatching.candidates(source, key, sample.columns())
                .forEach(
                        (group, columns) -> columns.forEach(column -> ranks.put(column, Math.min(group, UNNAMED - 1))));
        // A name that says something else rules a column out.
        ranks.entrySet().removeIf(entry -> entry.getValue() == UNNAMED && isNamedOtherwise(source, entry.getKey()));
        return ranks;
    }

    private static boolean isNamedOtherwise(Source source, String column) {
        return source.landed().stream().anyMatch(field -> ColumnNames.group(source, field.name(), column) >= 0);
    }

    private Set<String> ids(SourceSample sample, String column) {
        Set<String> ids = sample.values(column).stream()
                .map(value -> String.valueOf(reader.strip(key, value)))
                .collect(Collectors.toCollection(HashSet::new));
        // Quantities and flags are the same everywhere.
        boolean areSmallNumbers = ids.stream().allMatch(id -> id.matches("\\d{1,2}"));
        return areSmallNumbers ? Set.of() : ids;
    }

    /** The columns that may be meant, for a question. */
    static List<String> both(Pair pair) {
        return pair.rival() == null ? List.of(pair.inEvents()) : List.of(pair.inEvents(), pair.rival());
    }
}
