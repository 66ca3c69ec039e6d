package koc.recommend;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How much more often than a usual buyer those of a class newly buy: by how lately they bought, times by how much they have.
 *
 * @param recency by class of {@link People}, the latest first; 1 on average, so that it also stands alone
 * @param breadth by class of {@link People}, the fewest first
 */
@SuppressWarnings("ArrayRecordComponent")
record Activity(double[] recency, double[] breadth) {
    /** Rounds in which the factors of both sides settle. */
    private static final int ROUNDS = 10;

    /** Everybody buys alike: when nothing is known of it. */
    static Activity alike() {
        return new Activity(ones(People.recencies()), ones(People.breadths()));
    }

    /**
     * Learns from what users bought in the window and did not have before: each class has {@code (bought + k) / (usual +
     * k)}, where usual is what all its users would buy at everybody's mean times their factors of the other side; both
     * sides in turn until they agree (the row and column effects of a Poisson model of a table, Deming and Stephan 1940).
     * For example of one side alone: 100 users who bought 60 things, where all buyers buy .3 each: (60 + 20) / (30 + 20) =
     * 1.6, with k = 20. At last recency is scaled to the mean 1, and breadth takes the rest.
     *
     * @param people as of the day before the window
     * @param bought user_id, once for every product bought in the window that the user did not have before it
     */
    static Activity learn(Dataset<Row> people, Dataset<Row> bought, double shrinkage) {
        Dataset<Row> counts = bought.groupBy("user_id").agg(count(lit(1)).as("bought"));
        List<Row> cells = people.where("products_held > 0")
                .join(counts, new String[] {"user_id"}, "left")
                .groupBy("recency", "breadth")
                .agg(count(lit(1)).as("users"), coalesce(sum("bought"), lit(0L)).as("bought"))
                .orderBy(col("recency"), col("breadth"))
                .collectAsList();
        double[][] users = new double[People.recencies()][People.breadths()];
        double[][] sold = new double[People.recencies()][People.breadths()];
        for (Row cell : cells) {
            users[cell.getInt(0)][cell.getInt(1)] = cell.getLong(2);
            sold[cell.getInt(0)][cell.getInt(1)] = cell.getLong(3);
        }
        double mean = total(sold) / Math.max(1, total(users));
        Activity activity = alike();
        for (int round = 0; round < ROUNDS; round++) {
            double[] recency = factors(users, sold, activity.breadth(), mean, shrinkage);
            activity = new Activity(recency, factors(transposed(users), transposed(sold), recency, mean, shrinkage));
        }
        return activity.around(users);
    }

    /** The same products of both sides, with recency factors whose mean over these users is 1: they also stand alone. */
    private Activity around(double[][] users) {
        double sum = 0;
        for (int row = 0; row < users.length; row++) {
            sum += total(new double[][] {users[row]}) * recency[row];
        }
        double usual = sum > 0 ? sum / total(users) : 1;
        return new Activity(
                Arrays.stream(recency).map(factor -> factor / usual).toArray(),
                Arrays.stream(breadth).map(factor -> factor * usual).toArray());
    }

    /** A factor for each row of users, given those of the columns. */
    private static double[] factors(
            double[][] users, double[][] sold, double[] ofColumns, double mean, double shrinkage) {
        double[] factors = ones(users.length);
        for (int row = 0; row < users.length; row++) {
            double usual = 0;
            double bought = 0;
            for (int column = 0; column < ofColumns.length; column++) {
                usual += users[row][column] * mean * ofColumns[column];
                bought += sold[row][column];
            }
            factors[row] = (bought + shrinkage) / (usual + shrinkage);
        }
        return factors;
    }

    private static double[][] transposed(double[][] table) {
        double[][] turned = new double[table[0].length][table.length];
        for (int row = 0; row < table.length; row++) {
            for (int column = 0; column < table[0].length; column++) {
                turned[column][row] = table[row][column];
            }
        }
        return turned;
    }

    private static double total(double[][] table) {
        return Arrays.stream(table).flatMapToDouble(Arrays::stream).sum();
    }

    private static double[] ones(int count) {
        double[] ones = new double[count];
        Arrays.fill(ones, 1);
        return ones;
    }
}
