package koc.portraits;

import static org.apache.spark.sql.functions.aggregate;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_min;
import static org.apache.spark.sql.functions.array_position;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.ln;
import static org.apache.spark.sql.functions.log1p;
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
import java.util.Objects;
import java.util.stream.Stream;
import koc.portraits.PortraitLives.Shared;
import koc.portraits.Scaling.ScaledInput;
import koc.spark.ExactSums;
import koc.tables.PortraitTables;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Gives every user the portrait whose frozen centre is nearest, in the frozen scale. */
final class PortraitAssignment {
    private PortraitAssignment() {}

    /**
     * User grain -> user grain with {@code category_weights} (category to attention) and {@code attention}.
     *
     * <p>Who bought nothing in the window has no known value: null, which is filled with the buyers' median. Were it 0,
     * all who only look around would be one portrait whatever they look at.
     *
     * @param features user_features as of one date
     * @param categories user_categories as of the same date
     */
    static Dataset<Row> withAttention(Dataset<Row> features, Dataset<Row> categories) {
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
     * User grain -> user_id, portrait_id, confidence, distance (to its centre, in the scaled space; null for newcomers).
     *
     * <p>Confidence is 1 - d1 / d2 with the distances to the nearest centre and the next: 0 on the border, 1 at the
     * centre; distances 1 and 4 give .75. Newcomers have their own portrait and confidence 0.
     */
    static Dataset<Row> assign(Dataset<Row> usersWithAttention, Scaling scaling, List<Centre> centres) {
        if (centres.isEmpty()) {
            return usersWithAttention.select(
                    col("user_id"),
                    lit(PortraitTables.NEWCOMERS).as("portrait_id"),
                    lit(0.0).as("confidence"),
                    lit(null).cast("double").as("distance"));
        }
        double[][] values = centres.stream().map(Centre::values).toArray(double[][]::new);
        // The vector as an argument: as a column it would be worked out again for every centre.
        Column squares = element_at(
                transform(
                        array(col("vector")),
                        vector -> transform(lit(values), centre -> squaredDistance(vector, centre))),
                1);
        Column ids = lit(centres.stream().map(Centre::portraitId).toArray(String[]::new));
        Column nearest = array_min(col("squares"));
        Column next = centres.size() < 2 ? lit(Double.MAX_VALUE) : element_at(array_sort(col("squares")), 2);
        Column confidence = when(next.leq(0), 0.0).otherwise(lit(1.0).minus(sqrt(nearest.divide(next))));
        return usersWithAttention
                .select(col("user_id"), col("is_newcomer"), vector(scaling).as("vector"))
                .withColumn("squares", when(col("is_newcomer").equalTo(false), squares))
                .select(
                        col("user_id"),
                        when(col("is_newcomer"), PortraitTables.NEWCOMERS)
                                .otherwise(element_at(
                                        ids,
                                        array_position(col("squares"), nearest).cast("int")))
                                .as("portrait_id"),
                        when(col("is_newcomer"), 0.0)
                                .otherwise(round(greatest(lit(0.0), confidence), 6))
                                .as("confidence"),
                        sqrt(nearest).as("distance"));
    }

    /** The same under other ids of portraits. */
    static Dataset<Row> renamed(Dataset<Row> assigned, Map<String, String> ids) {
        if (ids.isEmpty()) {
            return assigned;
        }
        Column[] entries = ids.entrySet().stream()
                .flatMap(entry -> Stream.of(lit(entry.getKey()), lit(entry.getValue())))
                .toArray(Column[]::new);
        Column id = col("portrait_id");
        return assigned.withColumn("portrait_id", coalesce(try_element_at(map(entries), id), id));
    }

    /** User grain -> how each portrait stands, newcomers among them. */
    static List<Standing> standings(Dataset<Row> assigned) {
        return assigned
                .groupBy("portrait_id")
                .agg(
                        count(lit(1)).as("users"),
                        coalesce(ExactSums.mean(col("distance")), lit(0.0)).as("distance"))
                .orderBy("portrait_id")
                .collectAsList()
                .stream()
                .map(row -> new Standing(row.getString(0), row.getLong(1), row.getDouble(2)))
                .toList();
    }

    /**
     * User grain -> the users whom the old model knew at its fit, by their portraits under both models today.
     *
     * @param then user_portraits of the day on which the old model was fitted
     * @param old today's assignment under it
     * @param anew today's assignment under the new one
     */
    static List<Shared> shared(Dataset<Row> then, Dataset<Row> old, Dataset<Row> anew) {
        String[] user = {"user_id"};
        return settled(then, "then")
                .join(settled(old, "from"), user, "inner")
                .join(settled(anew, "to"), user, "inner")
                .groupBy("from", "to")
                .agg(
                        count(lit(1)).as("known"),
                        count(when(col("then").equalTo(col("from")), 1)).as("stayed"))
                .orderBy("from", "to")
                .collectAsList()
                .stream()
                .map(row -> new Shared(row.getString(0), row.getString(1), row.getLong(2), row.getLong(3)))
                .toList();
    }

    private static Dataset<Row> settled(Dataset<Row> assigned, String name) {
        return assigned.where(col("portrait_id").notEqual(PortraitTables.NEWCOMERS))
                .select(col("user_id"), col("portrait_id").as(name));
    }

    /** The numbers, then the categories: one expression for all of these, or plans would be huge. */
    private static Column vector(Scaling scaling) {
        List<ScaledInput> categories =
                scaling.inputs().stream().filter(input -> input.prior() != null).toList();
        Column numbers = array(scaling.inputs().stream()
                        .filter(input -> input.prior() == null)
                        .map(input -> scaled(input, col(input.input()).cast("double")))
                        .toArray(Column[]::new))
                .cast("array<double>");
        if (categories.isEmpty()) {
            return numbers;
        }
        Column names = lit(categories.stream()
                .map(input -> input.input().substring(Scaling.CATEGORY.length()))
                .toArray(String[]::new));
        Column priors = lit(categories.stream()
                .mapToDouble(input -> Objects.requireNonNull(input.prior()))
                .toArray());
        // Every category is prepared alike but for its prior and its centre, the root of the prior.
        double weight = categories.get(0).weight();
        Column all = coalesce(col("attention"), lit(0.0)).plus(scaling.priorWeight());
        Column shares = transform(names, (name, place) -> {
            Column prior = element_at(priors, place.plus(1));
            Column own = coalesce(try_element_at(col("category_weights"), name), lit(0.0));
            // A user's share, mixed with everybody's: (weight + k x prior) / (attention + k).
            Column share = when(
                            all.gt(0),
                            own.plus(prior.multiply(scaling.priorWeight())).divide(all))
                    .otherwise(prior);
            return sqrt(share).minus(sqrt(prior)).multiply(weight);
        });
        return concat(numbers, shares);
    }

    private static Column scaled(ScaledInput input, Column raw) {
        Column transformed =
                switch (input.transform()) {
                    case NONE -> raw;
                    case LOG1P -> log1p(greatest(lit(0.0), raw));
                    case LN -> ln(greatest(lit(1e-6), raw));
                    case SQRT -> sqrt(greatest(lit(0.0), raw));
                };
        Column filled = when(raw.isNull(), input.fill()).otherwise(transformed);
        return least(lit(input.upper()), greatest(lit(input.lower()), filled))
                .minus(input.center())
                .divide(input.scale())
                .multiply(input.weight());
    }

    private static Column squaredDistance(Column vector, Column centre) {
        Column squares = zip_with(vector, centre, (a, b) -> a.minus(b).multiply(a.minus(b)));
        return aggregate(squares, lit(0.0), (total, square) -> total.plus(square));
    }
}
