package koc.growth.coverage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import koc.growth.coverage.GreedyCoverage.Pick;
import koc.growth.coverage.GreedyCoverage.Uncompared;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * Runs {@link GreedyCoverage} on the rows of one county, on the executor that has them.
 *
 * <p>Rows are read once and kept as bitmaps only. A county needs candidates x users / 8 bytes and the ids of its
 * users; the caller bounds both.
 *
 * @param secondKocWeight gain of a second KOC for a user, where the first counts 1; 0..1
 */
public record CountyGreedySelection(double secondKocWeight) implements FlatMapGroupsFunction<String, Row, Row> {
    /** One row per candidate and user; the last three columns are the same in all rows of a county. */
    public static final StructType INPUT = StructType.fromDDL("""
            region STRING, koc_id STRING, user_id STRING, reaching_kocs LONG, max_picks INT, uncompared LONG,
            max_uncompared_gain DOUBLE""");

    /** One row per selected KOC, with rank 1 for the first. */
    public static final StructType SELECTED = StructType.fromDDL("""
            koc_id STRING, rank INT, new_users LONG, second_koc_users LONG, gain DOUBLE, total_gain DOUBLE,
            greedy_bound DOUBLE, data_bound DOUBLE""");

    @Override
    public Iterator<Row> call(String region, Iterator<Row> additions) {
        // Sorted by id, so that the result does not depend on the order of the rows.
        Map<String, Bitmap> pools = new TreeMap<>();
        Map<String, Integer> userIndexes = new HashMap<>();
        Bitmap reachedOnce = new Bitmap();
        int maxPicks = 0;
        Uncompared uncompared = Uncompared.NONE;
        while (additions.hasNext()) {
            Row addition = additions.next();
            int nextIndex = userIndexes.size();
            int user = userIndexes.computeIfAbsent(addition.getString(2), id -> nextIndex);
            pools.computeIfAbsent(addition.getString(1), id -> new Bitmap()).set(user);
            if (addition.getLong(3) > 0) {
                reachedOnce.set(user);
            }
            maxPicks = addition.getInt(4);
            uncompared = new Uncompared(addition.getLong(5), addition.getDouble(6));
        }
        int users = userIndexes.size();
        int length = (users + 63) >> 6;
        long[][] bitmaps =
                pools.values().stream().map(pool -> pool.words(length)).toArray(long[][]::new);
        return rows(
                List.copyOf(pools.keySet()),
                GreedyCoverage.select(
                        bitmaps, reachedOnce.words(length), users, secondKocWeight, maxPicks, uncompared));
    }

    private static Iterator<Row> rows(List<String> candidates, List<Pick> picks) {
        List<Row> rows = new ArrayList<>();
        for (Pick pick : picks) {
            int rank = rows.size() + 1;
            rows.add(RowFactory.create(
                    candidates.get(pick.candidate()),
                    rank,
                    pick.newUsers(),
                    pick.secondKocUsers(),
                    pick.gain(),
                    pick.totalGain(),
                    GreedyCoverage.greedyBound(rank),
                    pick.dataBound()));
        }
        return rows.iterator();
    }

    /** A bitmap that grows with its highest bit. */
    private static final class Bitmap {
        private long[] words = new long[4];

        void set(int bit) {
            int word = bit >> 6;
            if (word >= words.length) {
                words = Arrays.copyOf(words, Math.max(word + 1, 2 * words.length));
            }
            words[word] |= 1L << bit;
        }

        long[] words(int length) {
            return Arrays.copyOf(words, length);
        }
    }
}
