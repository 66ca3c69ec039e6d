package koc.portraits.assign;

import static org.apache.spark.sql.functions.aggregate;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_min;
import static org.apache.spark.sql.functions.array_position;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.map_from_entries;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sqrt;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.try_element_at;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.zip_with;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import koc.portraits.fit.Centre;
import koc.portraits.fit.ConfidenceTemperature;
import koc.portraits.fit.PortraitModel;
import koc.portraits.fit.ScaledVector;
import koc.portraits.transitions.ClusterTransitions.Overlap;
import koc.spark.ExactSums;
import koc.tables.Frame;
import koc.tables.PortraitTables;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Assigns every user to the portrait with the nearest centre, in the scaled space of the model. */
public final class PortraitAssignment {
    /** The portrait of every user. */
    public static final Frame ASSIGNMENTS =
            Frame.named("assignments").grain("one row per user").columns("""
                    user_id     STRING COMMENT 'Identifier of the user',
                    portrait_id STRING COMMENT 'Portrait of the user',
                    confidence  DOUBLE COMMENT 'Probability that the user belongs to it; null for newcomers',
                    distance    DOUBLE COMMENT 'Distance to its centre in the scaled space; null for newcomers'""");

    private PortraitAssignment() {}

    /**
     * User grain -> user grain: adds {@code category_weights} (attention by category) and {@code attention} (their sum).
     *
     * <p>Spend and orders of users without orders in 365 days become null, which the scaling fills with the median of
     * buyers. With 0 instead, all users who only look at products would be one portrait, whatever they look at.
     *
     * @param features user_features as of one date
     * @param categories user_categories as of the same date
     */
    public static Dataset<Row> withAttention(Dataset<Row> features, Dataset<Row> categories) {
        Dataset<Row> attention = categories
                .groupBy("user_id")
                .agg(
                        map_from_entries(collect_list(struct("category", "weight")))
                                .as("category_weights"),
                        ExactSums.sum(col("weight")).as("attention"));
        Column isBuyer = col("orders_365d").gt(0);
        return features.withColumn("net_spend_365d", when(isBuyer, col("net_spend_365d")))
                .withColumn("orders_365d", when(isBuyer, col("orders_365d")))
                .join(attention, new String[] {"user_id"}, "left");
    }

    /**
     * User grain -> user grain: {@link #ASSIGNMENTS}.
     *
     * <p>Confidence is the probability that the user belongs to the portrait: exp(-d^2 / 2T) of its centre, over the sum of
     * the same for all centres, with d the distance to a centre and T the temperature of the model
     * ({@link ConfidenceTemperature}). Worked: squared distances .10 and .13 with T = .01 give 1 / (1 + exp(-.03 / .02)) =
     * .82. Newcomers have a portrait of their own by a rule, and null for both.
     */
    public static Dataset<Row> assign(Dataset<Row> usersWithAttention, PortraitModel model) {
        List<Centre> centres = model.centres();
        if (centres.isEmpty()) {
            return usersWithAttention.select(
                    col("user_id"),
                    lit(PortraitTables.NEWCOMERS).as("portrait_id"),
                    lit(null).cast("double").as("confidence"),
                    lit(null).cast("double").as("distance"));
        }
        double[][] values = centres.stream().map(Centre::values).toArray(double[][]::new);
        // The vector is the argument of a lambda, so it is computed once. As a plain column it would be computed once
        // per centre.
        Column squares = element_at(
                transform(
                        array(col("vector")),
                        vector -> transform(lit(values), centre -> squaredDistance(vector, centre))),
                1);
        Column ids = lit(centres.stream().map(Centre::portraitId).toArray(String[]::new));
        Column nearest = array_min(col("squares"));
        Column oddsOfAll = aggregate(
                col("squares"),
                lit(0.0),
                (total, square) -> total.plus(exp(nearest.minus(square).divide(2 * model.temperature()))));
        return usersWithAttention
                .select(
                        col("user_id"),
                        col("is_newcomer"),
                        ScaledVector.compute(model.scaling()).as("vector"))
                .withColumn("squares", when(col("is_newcomer").equalTo(false), squares))
                .select(
                        col("user_id"),
                        when(col("is_newcomer"), PortraitTables.NEWCOMERS)
                                .otherwise(element_at(
                                        ids,
                                        array_position(col("squares"), nearest).cast("int")))
                                .as("portrait_id"),
                        round(lit(1.0).divide(oddsOfAll), 6).as("confidence"),
                        sqrt(nearest).as("distance"));
    }

    /** The same assignments with other portrait ids. */
    public static Dataset<Row> withPortraitIds(Dataset<Row> assignments, Map<String, String> ids) {
        if (ids.isEmpty()) {
            return assignments;
        }
        Column[] entries = ids.entrySet().stream()
                .flatMap(entry -> Stream.of(lit(entry.getKey()), lit(entry.getValue())))
                .toArray(Column[]::new);
        Column id = col("portrait_id");
        return assignments.withColumn("portrait_id", coalesce(try_element_at(map(entries), id), id));
    }

    /** User grain -> portrait grain: size and mean distance of every portrait, newcomers included. */
    public static List<PortraitStatistics> statistics(Dataset<Row> assignments) {
        return assignments
                .groupBy("portrait_id")
                .agg(
                        count(lit(1)).as("users"),
                        coalesce(ExactSums.mean(col("distance")), lit(0.0)).as("mean_distance"))
                .orderBy("portrait_id")
                .collectAsList()
                .stream()
                .map(row -> new PortraitStatistics(row.getString(0), row.getLong(1), row.getDouble(2)))
                .toList();
    }

    /**
     * User grain -> pairs of portraits: counts users by their portrait under the old and the new model today. Only users
     * who had a portrait on the day of the old fit count; newcomers are left out.
     *
     * @param membersAtFit user_portraits of the day on which the old model was fitted
     * @param byOld today's assignments under the old model
     * @param byNew today's assignments under the new model
     */
    public static List<Overlap> countOverlaps(Dataset<Row> membersAtFit, Dataset<Row> byOld, Dataset<Row> byNew) {
        String[] user = {"user_id"};
        return withoutNewcomers(membersAtFit, "id_at_fit")
                .join(withoutNewcomers(byOld, "old_id"), user, "inner")
                .join(withoutNewcomers(byNew, "new_id"), user, "inner")
                .groupBy("old_id", "new_id")
                .agg(
                        count(lit(1)).as("users"),
                        count(when(col("id_at_fit").equalTo(col("old_id")), 1)).as("stable_users"))
                .orderBy("old_id", "new_id")
                .collectAsList()
                .stream()
                .map(row -> new Overlap(row.getString(0), row.getString(1), row.getLong(2), row.getLong(3)))
                .toList();
    }

    private static Dataset<Row> withoutNewcomers(Dataset<Row> assignments, String name) {
        return assignments
                .where(col("portrait_id").notEqual(PortraitTables.NEWCOMERS))
                .select(col("user_id"), col("portrait_id").as(name));
    }

    private static Column squaredDistance(Column vector, Column centre) {
        Column squares = zip_with(vector, centre, (a, b) -> a.minus(b).multiply(a.minus(b)));
        return aggregate(squares, lit(0.0), (total, square) -> total.plus(square));
    }
}
