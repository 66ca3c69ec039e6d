package koc.kocs.score;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import koc.kocs.KocSettings;
import koc.kocs.features.KocCandidates;
import koc.kocs.features.SharingActivity;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * The frequency cap: the number of posts a day above which more pool members mute or leave.
 *
 * @param postsPerDay the cap; {@link #MAX_POSTS} if no limit was found, 0 if none could be learned
 */
public record FrequencyCap(int postsPerDay) {
    /** Days with at least this many posts are counted together, so a cap of this size means no limit. */
    public static final int MAX_POSTS = 10;

    /** No mute or leave is recorded, so that nothing can be learned. */
    public static final FrequencyCap NOT_LEARNED = new FrequencyCap(0);

    /**
     * Mutes and leaves on days with the same number of posts, and soon after.
     *
     * @param posts a day, {@link #MAX_POSTS} for as many or more
     * @param memberDays pool members summed over these days
     * @param losses members who muted or left on the day or soon after
     */
    public record Losses(int posts, double memberDays, double losses) {}

    /**
     * Learns the cap from mutes and leaves.
     *
     * @param dailyActivity {@link SharingActivity#DAILY}
     * @param candidates {@link KocCandidates#CANDIDATES}
     */
    public static FrequencyCap learn(Dataset<Row> dailyActivity, Dataset<Row> candidates, KocSettings.Score settings) {
        // At most MAX_POSTS rows.
        List<Losses> losses =
                countLosses(dailyActivity, candidates, settings.frequencyCap().laterDays()).collectAsList().stream()
                        .map(row -> new Losses(
                                (int) row.<Long>getAs("posts").longValue(),
                                row.<Long>getAs("member_days"),
                                row.<Long>getAs("losses")))
                        .toList();
        return learn(losses, settings.frequencyCap().maxLossRatio(), settings.evidenceShrinkage());
    }

    /**
     * The most posts a day for which neither they nor fewer posts reach {@code maxLossRatio} times the average loss
     * rate; 1 if even one post does. A rate with little evidence is shrunk to the average: {@code rate = (losses + k)
     * / (memberDays + k / average)}.
     *
     * <p>Worked, with k = 10 and a ratio of 1.5: one post has 100,000 member days and 100 losses, two posts 20,000 and
     * 20, three posts 10,000 and 60. The average is 180 / 130,000 = .0014. The rates are .00103, .0011 and .0041.
     * Three posts lose three times the average, so the cap is 2.
     */
    public static FrequencyCap learn(List<Losses> lossesByPosts, double maxLossRatio, double shrinkage) {
        double memberDays =
                lossesByPosts.stream().mapToDouble(Losses::memberDays).sum();
        double losses = lossesByPosts.stream().mapToDouble(Losses::losses).sum();
        if (losses <= 0 || memberDays <= 0) {
            return NOT_LEARNED;
        }
        double averageRate = losses / memberDays;
        List<Losses> fewestPostsFirst = new ArrayList<>(lossesByPosts);
        fewestPostsFirst.sort(Comparator.comparingInt(Losses::posts));
        int cap = 1;
        for (Losses days : fewestPostsFirst) {
            double rate = (days.losses() + shrinkage) / (days.memberDays() + shrinkage / averageRate);
            if (rate >= maxLossRatio * averageRate) {
                break;
            }
            cap = Math.max(cap, days.posts());
        }
        return new FrequencyCap(cap);
    }

    /**
     * Person x day grain -> one row per number of posts a day, at most {@link #MAX_POSTS} rows.
     *
     * @param laterDays days after a day with posts whose mutes and leaves count against it
     * @return posts, member_days, losses
     */
    public static Dataset<Row> countLosses(Dataset<Row> dailyActivity, Dataset<Row> candidates, int laterDays) {
        Column laterLosses = sum(size(col("lost_users")))
                .over(Window.partitionBy("koc_id")
                        .orderBy(unix_date(col("day")))
                        .rangeBetween(0, laterDays));
        return dailyActivity
                .join(candidates.select("koc_id", "pool_size"), new String[] {"koc_id"}, "inner")
                .withColumn("later_losses", laterLosses)
                .where("posts > 0 AND pool_size > 0")
                .groupBy(when(col("posts").lt(MAX_POSTS), col("posts"))
                        .otherwise((long) MAX_POSTS)
                        .as("posts"))
                .agg(sum("pool_size").as("member_days"), sum("later_losses").as("losses"));
    }

    /** Whether a number of posts on one day is above the cap; false without a limit. */
    public Column isExceededBy(Column posts) {
        boolean isLimit = postsPerDay > 0 && postsPerDay < MAX_POSTS;
        return isLimit ? posts.gt(postsPerDay) : lit(false);
    }

    /** The cap as an INT column; null if none was learned. */
    public Column toColumn() {
        return equals(NOT_LEARNED) ? lit(null).cast("int") : lit(postsPerDay);
    }
}
