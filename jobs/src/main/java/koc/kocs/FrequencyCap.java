package koc.kocs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** How many posts a day people bear, learned from who mutes or leaves after days with so many. */
final class FrequencyCap {
    /** Days with so many posts or more are taken together: a budget of so many is one without an end. */
    static final int MOST = 10;

    private FrequencyCap() {}

    /**
     * Days with so many posts.
     *
     * @param posts a day, {@link #MOST} for as many or more
     * @param memberDays members of the pools over these days
     * @param lost members who muted or left then or soon after
     */
    record Losses(int posts, double memberDays, double lost) {}

    /** The budget from {@link KocFacts#lossesByPosts}; 0 when nobody ever mutes or leaves. */
    static int learned(Dataset<Row> lossesByPosts, KocRankingSettings settings) {
        // At most MOST rows.
        List<Losses> losses = lossesByPosts.collectAsList().stream()
                .map(row -> new Losses(
                        (int) row.<Long>getAs("posts").longValue(),
                        row.<Long>getAs("member_days"),
                        row.<Long>getAs("lost")))
                .toList();
        return of(
                losses,
                settings.score().frequencyCap().maxLossRatio(),
                settings.score().evidenceShrinkage());
    }

    /**
     * The most posts a day of which neither they nor fewer drive away {@code maxLossRatio} times the usual share of
     * members; 1 when even one does. With little seen a number of posts is taken to be usual: {@code rate = (lost + k) /
     * (member-days + k / usual)}.
     *
     * <p>With k = 10 and 100,000 member-days of one post and 100 lost, 20,000 of two and 20, 10,000 of three and 60:
     * usual is 180 / 130,000 = .0014; one .00103, two .0011, three .0041, three times the usual; so the budget is 2.
     */
    static int of(List<Losses> losses, double maxLossRatio, double shrinkage) {
        double memberDays = losses.stream().mapToDouble(Losses::memberDays).sum();
        double lost = losses.stream().mapToDouble(Losses::lost).sum();
        if (lost <= 0 || memberDays <= 0) {
            return 0;
        }
        double usual = lost / memberDays;
        List<Losses> fewestFirst = new ArrayList<>(losses);
        fewestFirst.sort(Comparator.comparingInt(Losses::posts));
        int budget = 1;
        for (Losses day : fewestFirst) {
            double rate = (day.lost() + shrinkage) / (day.memberDays() + shrinkage / usual);
            if (rate >= maxLossRatio * usual) {
                break;
            }
            budget = Math.max(budget, day.posts());
        }
        return budget;
    }
}
