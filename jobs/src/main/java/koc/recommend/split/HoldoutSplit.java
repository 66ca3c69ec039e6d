package koc.recommend.split;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.xxhash64;

import java.time.LocalDate;
import koc.recommend.RecommendInputs;
import koc.recommend.RecommendSettings;
import koc.recommend.TargetEvent;
import koc.rules.Holdout;
import koc.spark.Checkpoints;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * History, split into a past to train on and a holdout to predict. The holdout is temporal: the latest days. When the past
 * or these days have too few purchases (by default fewer than 200), the holdout is random: a fifth of all pairs of user and
 * product.
 *
 * @param history {@link Ownership#HISTORY}
 * @param userPortraits user_id, portrait_id as of {@code trainUntil}
 * @param trainUntil the last day of the past; the run date when the holdout is random
 * @param days length of the holdout in days; when it is random, a fifth of the days of history, at least the horizon
 * @param isRandom whether the holdout is random and not temporal
 * @param hasEnoughPurchases whether there are enough purchases to train on
 * @param historyFrom the earliest last_bought_on of {@link Ownership#HISTORY}; stands in for the first day of history
 * @param event the type of event that is predicted
 */
public record HoldoutSplit(
        Dataset<Row> history,
        Dataset<Row> userPortraits,
        LocalDate trainUntil,
        long days,
        boolean isRandom,
        boolean hasEnoughPurchases,
        LocalDate historyFrom,
        TargetEvent event) {
    /** A random holdout contains one of this many pairs of user and product. */
    private static final int HOLDOUT_DIVISOR = 5;

    /** Splits history on the last day that the holdout portraits were fitted on, or a horizon ago when there are none. */
    public static HoldoutSplit of(RecommendInputs inputs, RecommendSettings settings, Checkpoints checkpoints) {
        LocalDate day = inputs.day();
        LocalDate trainUntil =
                Holdout.lastDayBefore(inputs.holdoutPortraits()).orElseGet(() -> day.minusDays(settings.horizonDays()));
        Dataset<Row> history =
                checkpoints.compute(inputs.ownershipHistory(col("day").leq(lit(trainUntil))));
        Row counts = history.agg(
                        count_if(col("holdout_units").gt(0)),
                        count_if(col("past_units").gt(0)),
                        min("last_bought_on"))
                .head();
        long heldOut = counts.getLong(0);
        long past = counts.getLong(1);
        long enough = settings.training().minPurchases();
        LocalDate historyFrom = counts.isNullAt(2) ? day : counts.getDate(2).toLocalDate();
        if (heldOut >= enough && past >= enough) {
            long days = day.toEpochDay() - trainUntil.toEpochDay();
            return new HoldoutSplit(
                    history, inputs.holdoutPortraits(), trainUntil, days, false, true, historyFrom, inputs.event());
        }
        Column isPast = pmod(xxhash64(col("user_id"), col("product_id"), lit(settings.seed())), lit(HOLDOUT_DIVISOR))
                .notEqual(0);
        long historyDays = day.toEpochDay() - historyFrom.toEpochDay() + 1;
        // At least the horizon, because an imported history may have a single date.
        long days = Math.max(settings.horizonDays(), historyDays / HOLDOUT_DIVISOR);
        return new HoldoutSplit(
                checkpoints.compute(inputs.ownershipHistory(isPast)),
                inputs.userPortraits(),
                day,
                days,
                true,
                heldOut + past >= HOLDOUT_DIVISOR * enough,
                historyFrom,
                inputs.event());
    }

    /** The name of the kind of holdout in buyer_model. */
    public String kind() {
        return isRandom ? "random" : "temporal";
    }
}
