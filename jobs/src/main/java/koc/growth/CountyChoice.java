package koc.growth;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import koc.growth.GreedyReach.Pick;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * The greedy choice in one county, on the executor that has its rows: they stream by, and only bitmaps are kept, so that
 * a county costs candidates x users / 8 bytes and the ids of its users; both are bounded before.
 *
 * @param secondWeight what a second KOC for a user counts, 0..1
 */
record CountyChoice(double secondWeight) implements FlatMapGroupsFunction<String, Row, Row> {
    /** What {@link #call} needs: place, koc_id, user_id, times_reached (0 or 1), picks, left_out, most_left_out. */
    static final StructType NEEDED = StructType.fromDDL("""
            place STRING, koc_id STRING, user_id STRING, times_reached LONG, picks INT, left_out LONG, most_left_out DOUBLE""");

    static final StructType CHOSEN = StructType.fromDDL("""
            koc_id STRING, rank INT, first LONG, second LONG, gain DOUBLE, total_gain DOUBLE, greedy_bound DOUBLE,
            data_bound DOUBLE""");

    @Override
    public Iterator<Row> call(String place, Iterator<Row> pairs) {
        // By id, so that the outcome does not depend on the order in which rows come.
        Map<String, Bits> pools = new TreeMap<>();
        Map<String, Integer> users = new HashMap<>();
        Bits once = new Bits();
        int picks = 0;
        long leftOut = 0;
        double maxLeftOut = 0;
        while (pairs.hasNext()) {
            Row pair = pairs.next();
            Integer known = users.putIfAbsent(pair.getString(2), users.size());
            int user = known == null ? users.size() - 1 : known;
            pools.computeIfAbsent(pair.getString(1), any -> new Bits()).set(user);
            if (pair.getLong(3) > 0) {
                once.set(user);
            }
            picks = pair.getInt(4);
            leftOut = pair.getLong(5);
            maxLeftOut = pair.getDouble(6);
        }
        List<String> candidates = List.copyOf(pools.keySet());
        int length = (users.size() + 63) >> 6;
        long[][] bitmaps =
                pools.values().stream().map(pool -> pool.words(length)).toArray(long[][]::new);
        List<Row> chosen = new ArrayList<>();
        for (Pick pick :
                GreedyReach.pick(bitmaps, once.words(length), users.size(), secondWeight, picks, leftOut, maxLeftOut)) {
            int rank = chosen.size() + 1;
            chosen.add(RowFactory.create(
                    candidates.get(pick.candidate()),
                    rank,
                    pick.first(),
                    pick.second(),
                    pick.gain(),
                    pick.total(),
                    GreedyReach.bound(rank),
                    pick.dataBound()));
        }
        return chosen.iterator();
    }

    /** A bitmap that grows. */
    private static final class Bits {
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
