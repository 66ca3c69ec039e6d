package koc.recommend;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.when;

import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import koc.spark.Checkpoints;
import koc.tables.RecommendTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/**
 * What recommending knows of buyers: the weight of each part over the horizon, and of how lately a user
 * bought and how much it has.
 *
 * @param model weights are for {@code koc.recommend.horizon-days} and for what users hold on the run date
 * @param newlyBought products newly bought by somebody in the window, once for each user
 */
record Learned(BuyerModel model, Activity activity, LearningWindow window, long newlyBought) {

    /** Weight of every source where there is nothing to learn from: of those who would have it one day, one in ten soon. */
    private static final double UNTAUGHT = 0.1;
    /** Starting weight where nobody bought anything in the window: a weight of 0 could not be learned away from. */
    private static final double SMALLEST_START = 1e-6;

    /** Stands on the day before the window, and learns from what was bought in it. */
    static Learned from(Lesson lesson, Picture.Scene scene, RecommendSettings settings, Checkpoints checkpoints) {
        LearningWindow window = lesson.window();
        if (!window.isEnough()) {
            BuyerModel untaught = PoolParts.prior(UNTAUGHT);
            return new Learned(untaught, lesson.activity(), window, 0);
        }
        Picture before = Picture.of(
                scene,
                window.portraits(),
                People.weighted(lesson.people(), lesson.activity()),
                lesson.earlier(),
                window.before(),
                settings.learning().kocs(),
                settings,
                checkpoints);
        long bought = lesson.newlyBought().count();
        Held held = Held.of(window.history());
        // Everybody at the rate of all history would buy all of history anew; in the window this share of it was
        // bought.
        double start = Math.max(SMALLEST_START, (double) bought / Math.max(1, held.earlier()));
        BuyerModel model = Learning.learn(before, lesson.newlyBought(), start, settings);
        return new Learned(model.times(factors(window, held, settings)), lesson.activity(), window, bought);
    }

    /**
     * From the window to the horizon: by its length; and parts that grow with what users have by now, less as much. A year's
     * history says of every product that more users have it than half a year's, and no more will buy it next month. For
     * example a window of 14 days before which users had 8 products each, who have 10 now, and a horizon of 28: 2 / 1.25 =
     * 1.6. For whom it is time to buy again is counted one by one, and needs no such measure.
     */
    private static double[] factors(LearningWindow window, Held held, RecommendSettings settings) {
        double length = (double) settings.horizonDays() / window.days();
        return PoolParts.PARTS.stream()
                .mapToDouble(part -> part.equals(PoolParts.DUE) ? length : length / held.growth())
                .toArray();
    }

    /** How much was held before the window and is now, and by how many users. */
    private record Held(long earlier, long earlierUsers, long now, long users) {
        static Held of(Dataset<Row> history) {
            Row counts = history.agg(
                            count_if(col("earlier_units").gt(0)),
                            count_distinct(when(col("earlier_units").gt(0), col("user_id"))),
                            count_if(col("kept_units").gt(0)),
                            count_distinct(when(col("kept_units").gt(0), col("user_id"))))
                    .head();
            return new Held(counts.getLong(0), counts.getLong(1), counts.getLong(2), counts.getLong(3));
        }

        /** How many times as many products a user who has any has now. */
        double growth() {
            return earlier == 0 || now == 0 ? 1 : (double) now / users / ((double) earlier / earlierUsers);
        }
    }

    /** The rows of buyer_model. */
    Dataset<Row> rows(SparkSession spark, LocalDate day) {
        List<Row> rows = new ArrayList<>();
        for (int part = 0; part < model.weights().length; part++) {
            rows.add(row(day, Ranking.SOURCES.get(part), model.weights()[part]));
        }
        for (int leaning = 0; leaning < model.exponents().length; leaning++) {
            rows.add(row(day, PoolParts.LEANINGS.get(leaning) + "_exponent", model.exponents()[leaning]));
        }
        for (int recency = 0; recency < activity.recency().length; recency++) {
            rows.add(row(day, "recency_" + recency, activity.recency()[recency]));
        }
        for (int breadth = 0; breadth < activity.breadth().length; breadth++) {
            rows.add(row(day, "breadth_" + breadth, activity.breadth()[breadth]));
        }
        return spark.createDataFrame(rows, RecommendTables.BUYER_MODEL.schema());
    }

    private Row row(LocalDate day, String coefficient, double value) {
        return RowFactory.create(
                Date.valueOf(day),
                coefficient,
                value,
                window.interest().word(),
                window.isByShare() ? "share" : "days",
                Date.valueOf(window.before()),
                newlyBought,
                model.logLikelihood());
    }
}
