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
import koc.tables.Frame;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Runs {@link GreedyCoverage} on the rows of one county, on the executor that has them.
 *
 * <p>Rows are read once and kept as bitmaps only. A county needs candidates x users / 8 bytes and the ids of its
 * users; the caller bounds both.
 *
 * @param secondKocWeight gain of a second KOC for a user, where the first counts 1; 0..1
 */
public record CountyGreedySelection(double secondKocWeight) implements FlatMapGroupsFunction<String, Row, Row> {
    /** The users whom each compared candidate would add. */
    public static final Frame INPUT = Frame.named("compared_additions")
            .grain("one row per candidate and user; the last three columns are the same in all rows of a county")
            .columns("""
                    region              STRING COMMENT 'Key of the county',
                    koc_id              STRING COMMENT 'Candidate',
                    user_id             STRING COMMENT 'User whom the candidate would add',
                    reaching_kocs       BIGINT COMMENT 'Active KOCs who reach the user: 0 or 1',
                    max_picks           INT    COMMENT 'KOCs to select',
                    uncompared          BIGINT COMMENT 'Candidates that are not compared',
                    max_uncompared_gain DOUBLE COMMENT 'Upper bound of the gain of each of them'""");

    /** The KOCs to activate next. */
    public static final Frame SELECTED = Frame.named("selected_kocs")
            .grain("one row per selected KOC, with rank 1 for the first")
            .columns("""
                    koc_id           STRING COMMENT 'Selected KOC',
                    rank             INT    COMMENT '1 for the first',
                    new_users        BIGINT COMMENT 'Users whom no KOC reached before',
                    second_koc_users BIGINT COMMENT 'Users whom one KOC reached before',
                    gain             DOUBLE COMMENT 'Gain of this KOC',
                    total_gain       DOUBLE COMMENT 'Gain up to this rank',
                    greedy_bound     DOUBLE COMMENT 'Guaranteed fraction of the best gain for any data',
                    data_bound       DOUBLE COMMENT 'Guaranteed fraction of the best gain from this data'""");

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
