package koc.evaluation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;

/**
 * Users of fitted portraits compared with the portraits that were planted.
 *
 * @param portraits number of fitted portraits
 * @param adjustedRandIndex agreement of both groupings, corrected for chance: 1 is perfect, 0 chance (Hubert and Arabie 1985)
 * @param reliability confidence and whether it was right, by user
 */
record PlantedMembership(int portraits, double adjustedRandIndex, Reliability reliability) {

    /**
     * Compares the users whose planted portrait is known.
     *
     * @param members rows of user_portraits by user
     * @param planted planted portraits by user
     */
    static PlantedMembership of(Map<String, Row> members, Map<String, String> planted) {
        Map<String, Map<String, Long>> counts = new TreeMap<>();
        List<Map.Entry<String, Row>> known = members.entrySet().stream()
                .filter(member -> planted.containsKey(member.getKey()))
                .sorted(Map.Entry.comparingByKey())
                .toList();
        for (Map.Entry<String, Row> member : known) {
            counts.computeIfAbsent(portrait(member.getValue()), any -> new TreeMap<>())
                    .merge(planted.get(member.getKey()), 1L, Long::sum);
        }
        Map<String, String> mostFrequent = counts.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, portrait -> mostFrequent(portrait.getValue())));
        Reliability reliability = new Reliability();
        for (Map.Entry<String, Row> member : known) {
            boolean isRight = planted.get(member.getKey()).equals(mostFrequent.get(portrait(member.getValue())));
            reliability.add(member.getValue().<Double>getAs("confidence"), isRight);
        }
        return new PlantedMembership(counts.size(), adjustedRandIndex(counts), reliability);
    }

    private static String portrait(Row member) {
        return member.getAs("portrait_id");
    }

    private static String mostFrequent(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
    }

    /** The index from the number of users by fitted and planted portrait. */
    static double adjustedRandIndex(Map<String, Map<String, Long>> counts) {
        Map<String, Long> columns = new HashMap<>();
        double pairs = 0;
        double rowPairs = 0;
        long users = 0;
        for (Map<String, Long> row : counts.values()) {
            long sum = 0;
            for (Map.Entry<String, Long> cell : row.entrySet()) {
                pairs += pairs(cell.getValue());
                columns.merge(cell.getKey(), cell.getValue(), Long::sum);
                sum += cell.getValue();
            }
            rowPairs += pairs(sum);
            users += sum;
        }
        double columnPairs =
                columns.values().stream().mapToDouble(PlantedMembership::pairs).sum();
        double expected = rowPairs * columnPairs / pairs(users);
        double max = (rowPairs + columnPairs) / 2;
        return max == expected ? 1 : (pairs - expected) / (max - expected);
    }

    private static double pairs(long users) {
        return users * (users - 1) / 2.0;
    }
}
