package koc.recommend;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.xxhash64;

import java.time.LocalDate;
import koc.spark.Checkpoints;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The latest days of history, which recommending learns from: as if it stood on the day before them.
 *
 * <p>A history that is nearly all on one side of that day tells nothing; then a fifth of all that users have, drawn by a
 * hash, is held out in its place.
 *
 * @param history as {@link Holdings#of} returns it
 * @param portraits user_id, portrait_id as of {@code before}
 * @param before the day before the window
 * @param days length of the window; of a share held out, the days in which as much is bought, and no less than the horizon,
 *     for a history without dates to speak of
 * @param isByShare whether a share is held out, not days
 * @param isEnough whether there is anything to learn from
 * @param since the first day of history, as near as can be told: the first that anything was bought of which a user has
 *     the latest
 * @param interest by which kind of interest
 */
record LearningWindow(
        Dataset<Row> history,
        Dataset<Row> portraits,
        LocalDate before,
        long days,
        boolean isByShare,
        boolean isEnough,
        LocalDate since,
        Interest interest) {
    private static final int ONE_IN = 5;

    /**
     * The window after the portraits of {@code exposures} were drawn.
     *
     * @param exposures holdout_portraits of the day
     * @param portraits user_portraits of the day
     */
    static LearningWindow of(
            Dataset<Row> userProductDays,
            Dataset<Row> products,
            Dataset<Row> exposures,
            Dataset<Row> portraits,
            LocalDate day,
            Interest interest,
            RecommendSettings settings,
            Checkpoints checkpoints) {
        Row drawn = exposures.agg(max("as_of")).head();
        LocalDate before = drawn.isNullAt(0)
                ? day.minusDays(settings.horizonDays())
                : drawn.getDate(0).toLocalDate();
        long days = day.toEpochDay() - before.toEpochDay();
        long least = settings.learning().minFirstPurchases();
        Dataset<Row> history = checkpoints.compute(
                Holdings.of(userProductDays, products, col("day").leq(lit(before)), day, interest));
        Row counts = history.agg(
                        count_if(col("window_units").gt(0)).as("later"),
                        count_if(col("earlier_units").gt(0)).as("earlier"),
                        min("last_bought_on").as("since"))
                .head();
        LocalDate since = counts.isNullAt(2) ? day : counts.getDate(2).toLocalDate();
        if (counts.getLong(0) >= least && counts.getLong(1) >= least) {
            return new LearningWindow(history, exposures, before, days, false, true, since, interest);
        }
        Column isKept = pmod(xxhash64(col("user_id"), col("product_id"), lit(settings.seed())), lit(ONE_IN))
                .notEqual(0);
        return new LearningWindow(
                checkpoints.compute(Holdings.of(userProductDays, products, isKept, day, interest)),
                portraits,
                day,
                Math.max(settings.horizonDays(), (day.toEpochDay() - since.toEpochDay() + 1) / ONE_IN),
                true,
                counts.getLong(0) + counts.getLong(1) >= ONE_IN * least,
                since,
                interest);
    }
}
