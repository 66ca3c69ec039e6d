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

    private record Member(String portrait, String planted, double confidence) {}

    /**
     * Compares the users whose planted portrait is known.
     *
     * @param members rows of user_portraits, without newcomers
     * @param planted planted portraits by user
     */
    static PlantedMembership of(List<Row> members, Map<String, String> planted) {
        List<Member> known = members.stream()
                .map(row -> new Member(
                        row.getAs("portrait_id"),
                        planted.getOrDefault(row.<String>getAs("user_id"), ""),
                        row.<Double>getAs("confidence")))
                .filter(member -> !member.planted().isEmpty())
                .toList();
        Map<String, Map<String, Long>> counts = new TreeMap<>();
        known.forEach(member -> counts.computeIfAbsent(member.portrait(), any -> new TreeMap<>())
                .merge(member.planted(), 1L, Long::sum));
        Map<String, String> mostFrequent = counts.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, portrait -> mostFrequent(portrait.getValue())));
        Reliability reliability = new Reliability();
        known.forEach(member ->
                reliability.add(member.confidence(), member.planted().equals(mostFrequent.get(member.portrait()))));
        return new PlantedMembership(counts.size(), adjustedRandIndex(counts), reliability);
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
