package koc.report;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log1p;
import static org.apache.spark.sql.functions.sqrt;
import static org.apache.spark.sql.functions.xxhash64;

import java.sql.Date;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import koc.run.JobRun;
import koc.tables.FeatureTables;
import koc.tables.PortraitTables;
import koc.warehouse.Table;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import smile.math.MathEx;
import smile.projection.PCA;

/**
 * A map on which users with similar habits are near each other: the first two principal components of what they look at and
 * buy, how much they spend, and when they are active.
 *
 * <p>The map only illustrates. Portraits are made in more dimensions, so they overlap on it.
 */
final class UserMap {
    static final Set<Table> READS =
            Set.of(FeatureTables.USER_FEATURES, FeatureTables.USER_CATEGORIES, PortraitTables.USER_PORTRAITS);
    /** Fewer users make no map. */
    private static final int MIN_USERS = 10;
    /** Weight of a standard deviation of a habit: a category of which a user is all or nothing counts several times as much. */
    private static final double HABIT_WEIGHT = 0.1;

    private static final List<String> HABITS = List.of(
            "orders_90d",
            "net_spend_90d",
            "shares_90d",
            "active_days_365d",
            "morning_fraction",
            "evening_fraction",
            "night_fraction");
    private static final StructType SCHEMA = StructType.fromDDL("portrait_id STRING, x DOUBLE, y DOUBLE");

    private UserMap() {}

    /** Portrait and position of a sample of the users with a portrait; no rows if there are fewer than ten. */
    static Dataset<Row> of(JobRun run, int maxUsers) {
        // The users with the smallest hashes: the same ones in whatever order the rows come.
        Dataset<Row> sample = read(run, PortraitTables.USER_PORTRAITS)
                .where(col("portrait_id").isNotNull())
                .select("user_id", "portrait_id")
                .orderBy(xxhash64(col("user_id")), col("user_id"))
                .limit(maxUsers);
        Column[] habits = Stream.concat(
                        Stream.of(col("user_id"), col("portrait_id")),
                        HABITS.stream().map(name -> habit(name).as(name)))
                .toArray(Column[]::new);
        List<Row> users = sample.join(latest(run, FeatureTables.USER_FEATURES), "user_id")
                .select(habits)
                .orderBy("user_id")
                .collectAsList();
        List<Row> categories = sample.join(latest(run, FeatureTables.USER_CATEGORIES), "user_id")
                .select(col("user_id"), col("category"), sqrt(col("attention_fraction")))
                .orderBy("user_id", "category")
                .collectAsList();
        List<Row> positions = users.size() < MIN_USERS ? List.of() : rows(users, positions(inputs(users, categories)));
        return run.warehouse().spark().createDataFrame(positions, SCHEMA);
    }

    /** The logarithm of a habit; 0 if it is negative, as what a user spends is when refunds exceed it. */
    private static Column habit(String name) {
        return log1p(greatest(coalesce(col(name).cast("double"), lit(0.0)), lit(0.0)));
    }

    private static Dataset<Row> read(JobRun run, Table table) {
        return run.warehouse().read(table, run.day());
    }

    private static Dataset<Row> latest(JobRun run, Table table) {
        return read(run, table).where(col("as_of").equalTo(lit(Date.valueOf(run.day()))));
    }

    /** One vector per user: scaled habits, then the square root of the attention to every category. */
    private static double[][] inputs(List<Row> users, List<Row> categories) {
        Map<String, Integer> columns = new TreeMap<>();
        categories.forEach(row -> columns.put(row.getString(1), 0));
        int next = HABITS.size();
        for (Map.Entry<String, Integer> column : columns.entrySet()) {
            column.setValue(next++);
        }
        double[][] inputs = new double[users.size()][next];
        Map<String, double[]> byUser = new HashMap<>();
        for (int i = 0; i < inputs.length; i++) {
            byUser.put(users.get(i).getString(0), inputs[i]);
        }
        for (int habit = 0; habit < HABITS.size(); habit++) {
            int column = habit + 2;
            double[] values =
                    users.stream().mapToDouble(row -> row.getDouble(column)).toArray();
            double deviation = MathEx.sd(values);
            for (int i = 0; i < values.length; i++) {
                inputs[i][habit] = deviation > 0 ? HABIT_WEIGHT * values[i] / deviation : 0;
            }
        }
        for (Row row : categories) {
            double[] input = byUser.get(row.getString(0));
            Integer column = columns.get(row.getString(1));
            if (input != null && column != null) {
                input[column] = row.getDouble(2);
            }
        }
        return inputs;
    }

    /**
     * The first two principal components, to two decimals. The sign of a component is arbitrary: here, the value that is
     * farthest from 0 is positive.
     */
    static double[][] positions(double[][] inputs) {
        PCA components = PCA.fit(inputs);
        components.setProjection(2);
        double[][] positions = components.project(inputs);
        for (int axis = 0; axis < 2; axis++) {
            double farthest = 0;
            for (double[] position : positions) {
                farthest = Math.abs(position[axis]) > Math.abs(farthest) ? position[axis] : farthest;
            }
            for (double[] position : positions) {
                position[axis] = Math.rint(100 * Math.signum(farthest) * position[axis]) / 100 + 0.0;
            }
        }
        return positions;
    }

    private static List<Row> rows(List<Row> users, double[][] positions) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < positions.length; i++) {
            rows.add(RowFactory.create(users.get(i).getString(1), positions[i][0], positions[i][1]));
        }
        return rows;
    }
}
