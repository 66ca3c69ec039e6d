package koc.recommend.model;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import java.util.Arrays;
import java.util.List;
import koc.recommend.split.UserActivity;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How many first purchases users of each class of {@link UserActivity} make, compared with the average buyer. The
 * factor of a user is recency factor x breadth factor.
 *
 * @param recency by recency class, the latest first; the mean over users is 1, so that it can be used alone
 * @param breadth by breadth class, the fewest products first
 */
@SuppressWarnings("ArrayRecordComponent")
public record ActivityFactors(double[] recency, double[] breadth) {
    /** Rounds of the alternating fit; by then the factors no longer change noticeably. */
    private static final int ROUNDS = 10;

    /** All factors 1: every user buys alike. */
    public static ActivityFactors neutral() {
        return new ActivityFactors(ones(UserActivity.recencyClasses()), ones(UserActivity.breadthClasses()));
    }

    /**
     * Estimates the factors from first purchases in the holdout period. A class has the factor {@code (bought + k) /
     * (expected + k)}: expected is what its users would buy at the overall mean times their factors of the other kind
     * (breadth for a recency class). Both kinds are estimated in turn, ten times. These are the row and column effects
     * of a Poisson model of a table (Deming and Stephan 1940). Finally all recency factors are divided by their mean,
     * and all breadth factors multiplied by it.
     *
     * <p>Example with recency alone: 100 users bought 60 products, the average buyer .3, and k = 20. The factor is (60
     * + 20) / (30 + 20) = 1.6.
     *
     * @param users {@link UserActivity#USERS} as of the day before the holdout period
     * @param bought user_id, one row for each first purchase
     * @param shrinkage k, in purchases
     */
    public static ActivityFactors estimate(Dataset<Row> users, Dataset<Row> bought, double shrinkage) {
        Dataset<Row> purchases = bought.groupBy("user_id").agg(count(lit(1)).as("bought"));
        List<Row> cells = users.where("owned_products > 0")
                .join(purchases, new String[] {"user_id"}, "left")
                .groupBy("recency_class", "breadth_class")
                .agg(count(lit(1)).as("users"), coalesce(sum("bought"), lit(0L)).as("bought"))
                .orderBy(col("recency_class"), col("breadth_class"))
                .collectAsList();
        double[][] counts = new double[UserActivity.recencyClasses()][UserActivity.breadthClasses()];
        double[][] sales = new double[UserActivity.recencyClasses()][UserActivity.breadthClasses()];
        for (Row cell : cells) {
            counts[cell.getInt(0)][cell.getInt(1)] = cell.getLong(2);
            sales[cell.getInt(0)][cell.getInt(1)] = cell.getLong(3);
        }
        double mean = total(sales) / Math.max(1, total(counts));
        ActivityFactors factors = neutral();
        for (int round = 0; round < ROUNDS; round++) {
            double[] recency = rowFactors(counts, sales, factors.breadth(), mean, shrinkage);
            double[] breadth = rowFactors(transpose(counts), transpose(sales), recency, mean, shrinkage);
            factors = new ActivityFactors(recency, breadth);
        }
        return factors.scaled(counts);
    }

    /** The same factors of users, with recency factors whose mean over these users is 1. */
    private ActivityFactors scaled(double[][] users) {
        double sum = 0;
        for (int row = 0; row < users.length; row++) {
            sum += total(new double[][] {users[row]}) * recency[row];
        }
        double mean = sum > 0 ? sum / total(users) : 1;
        return new ActivityFactors(
                Arrays.stream(recency).map(factor -> factor / mean).toArray(),
                Arrays.stream(breadth).map(factor -> factor * mean).toArray());
    }

    /** A factor for each row, given the factors of the columns. */
    private static double[] rowFactors(
            double[][] users, double[][] sales, double[] columnFactors, double mean, double shrinkage) {
        double[] factors = ones(users.length);
        for (int row = 0; row < users.length; row++) {
            double expected = 0;
            double bought = 0;
            for (int column = 0; column < columnFactors.length; column++) {
                expected += users[row][column] * mean * columnFactors[column];
                bought += sales[row][column];
            }
            factors[row] = (bought + shrinkage) / (expected + shrinkage);
        }
        return factors;
    }

    private static double[][] transpose(double[][] table) {
        double[][] transposed = new double[table[0].length][table.length];
        for (int row = 0; row < table.length; row++) {
            for (int column = 0; column < table[0].length; column++) {
                transposed[column][row] = table[row][column];
            }
        }
        return transposed;
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
