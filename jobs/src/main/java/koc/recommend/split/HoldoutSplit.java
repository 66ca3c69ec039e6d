package koc.recommend.split;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.xxhash64;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import koc.recommend.RecommendInputs;
import koc.recommend.RecommendSettings;
import koc.recommend.TargetEvent;
import koc.rules.Holdout;
import koc.spark.Checkpoints;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * History, split into a past and a holdout. Features are computed from the past; the purchases of the holdout are the
 * training labels. The holdout is temporal: the latest days. When there are too few purchases (by default fewer than
 * 200) for any temporal holdout, it is random: a fifth of all pairs of user and product.
 *
 * @param history {@link Ownership#HISTORY} up to the end of the holdout
 * @param userPortraits user_id, portrait_id: the holdout portraits; the portraits of the run date if there are no
 *     holdout portraits, or the holdout is random. A known limitation: for an earlier or longer holdout, the holdout
 *     portraits were fitted on some of its days ({@link #select})
 * @param pastUntil the last day of the past; the run date when the holdout is random
 * @param days length of the holdout in days; when it is random, a fifth of the days of history, at least the horizon
 * @param isRandom whether the holdout is random and not temporal
 * @param hasEnoughPurchases whether there are enough purchases to train on; always true for a temporal holdout
 * @param historyFrom the first day with a target event; the run date when there is none
 * @param event the type of event that is predicted
 */
public record HoldoutSplit(
        Dataset<Row> history,
        Dataset<Row> userPortraits,
        LocalDate pastUntil,
        long days,
        boolean isRandom,
        boolean hasEnoughPurchases,
        LocalDate historyFrom,
        TargetEvent event) {
    /** A random holdout contains one in this many pairs of user and product. */
    private static final int HOLDOUT_DIVISOR = 5;
    /** With a short history, the holdout has the history's days divided by this, so that several holdouts fit. */
    private static final int SHORT_HISTORY_DIVISOR = 4;

    /**
     * The latest holdout of a run, and earlier ones of the same length where history has enough purchases for them.
     *
     * <p>The latest holdout begins on the day after the last day that the holdout portraits use. Without holdout
     * portraits, it has the length of the horizon. When purchases are too few, two and three times as many days are
     * tried, up to half of history. Then a quarter of history is tried, if that is fewer days than at first. When none
     * of these has enough, the holdout is random.
     *
     * <p>Known limitation: earlier and longer holdouts use the same portraits, which were fitted on some of their days.
     *
     * @param kocs number of KOCs to train on; if it is at least {@code koc-holdouts}, the latest holdout is enough
     */
    public static List<HoldoutSplit> select(
            RecommendInputs inputs, RecommendSettings settings, long kocs, Checkpoints checkpoints) {
        LocalDate day = inputs.day();
        LocalDate pastUntil =
                Holdout.lastDayBefore(inputs.holdoutPortraits()).orElseGet(() -> day.minusDays(settings.horizonDays()));
        long holdoutDays = day.toEpochDay() - pastUntil.toEpochDay();
        LocalDate historyFrom = inputs.historyFrom();
        long historyDays = day.toEpochDay() - historyFrom.toEpochDay() + 1;
        LongStream lengths = LongStream.concat(
                LongStream.concat(
                        LongStream.of(holdoutDays),
                        LongStream.of(2 * holdoutDays, 3 * holdoutDays).filter(days -> days <= historyDays / 2)),
                LongStream.of(historyDays / SHORT_HISTORY_DIVISOR).filter(days -> days > 0 && days < holdoutDays));
        for (long days : lengths.toArray()) {
            List<HoldoutSplit> splits = new ArrayList<>();
            while (splits.size() < settings.training().holdouts()
                    && (splits.isEmpty()
                            || splits.size() * kocs < settings.training().enoughKocHoldouts())) {
                LocalDate end = day.minusDays(days * splits.size());
                Optional<HoldoutSplit> split = temporal(inputs, settings, end, days, historyFrom, checkpoints);
                if (split.isEmpty()) {
                    break;
                }
                splits.add(split.get());
            }
            if (!splits.isEmpty()) {
                return splits;
            }
        }
        return List.of(random(inputs, settings, historyFrom, checkpoints));
    }

    private static Optional<HoldoutSplit> temporal(
            RecommendInputs inputs,
            RecommendSettings settings,
            LocalDate end,
            long days,
            LocalDate historyFrom,
            Checkpoints checkpoints) {
        LocalDate pastUntil = end.minusDays(days);
        if (pastUntil.isBefore(historyFrom)) {
            return Optional.empty();
        }
        Dataset<Row> history =
                checkpoints.compute(inputs.ownershipHistory(col("day").leq(lit(pastUntil)), end));
        Row counts = history.agg(
                        count_if(col("holdout_units").gt(0)),
                        count_if(col("past_units").gt(0)))
                .head();
        long enough = settings.training().minPurchases();
        if (counts.getLong(0) < enough || counts.getLong(1) < enough) {
            return Optional.empty();
        }
        // Without holdout portraits, those of the run date are used.
        boolean hasHoldoutPortraits =
                Holdout.lastDayBefore(inputs.holdoutPortraits()).isPresent();
        return Optional.of(new HoldoutSplit(
                history,
                hasHoldoutPortraits ? inputs.holdoutPortraits() : inputs.userPortraits(),
                pastUntil,
                days,
                false,
                true,
                historyFrom,
                inputs.event()));
    }

    private static HoldoutSplit random(
            RecommendInputs inputs, RecommendSettings settings, LocalDate historyFrom, Checkpoints checkpoints) {
        LocalDate day = inputs.day();
        Column isPast = pmod(xxhash64(col("user_id"), col("product_id"), lit(settings.seed())), lit(HOLDOUT_DIVISOR))
                .notEqual(0);
        long historyDays = day.toEpochDay() - historyFrom.toEpochDay() + 1;
        // At least the horizon, because an imported history may have a single date.
        long days = Math.max(settings.horizonDays(), historyDays / HOLDOUT_DIVISOR);
        Dataset<Row> history = checkpoints.compute(inputs.ownershipHistory(isPast, day));
        Row counts = history.agg(
                        count_if(col("holdout_units").gt(0).or(col("past_units").gt(0))))
                .head();
        return new HoldoutSplit(
                history,
                inputs.userPortraits(),
                day,
                days,
                true,
                counts.getLong(0) >= minTrainingPairs(settings),
                historyFrom,
                inputs.event());
    }

    /** Pairs of user and product that all history needs; with fewer, the model is not trained. */
    public static long minTrainingPairs(RecommendSettings settings) {
        return HOLDOUT_DIVISOR * (long) settings.training().minPurchases();
    }

    /** The name of the kind of holdout in buyer_model. */
    public String kind() {
        return isRandom ? "random" : "temporal";
    }
}
