package koc.features;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import java.time.LocalDate;
import java.util.List;
import koc.rules.KeptPurchases;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * How much of a user's attention each category has: purchases less refunds, plus .2 per sign of interest by default.
 *
 * <p>Worked: 3 purchases less 1 refund of soap are 2, ten views of toys are 2 as well, so each has the fraction .5.
 */
final class UserCategories {
    private UserCategories() {}

    /**
     * Arrived x day x user x category grain -> as_of x user x category grain over 365 days, as user_categories.
     *
     * @param day run date
     * @param asOf dates, each the last day whose events count
     * @param interestWeight weight of a sign of interest, compared with 1 for a purchase
     */
    static Dataset<Row> compute(
            Dataset<Row> userCategoryDays, LocalDate day, List<LocalDate> asOf, double interestWeight) {
        Dataset<Row> sums = FeatureWindows.lastYear(userCategoryDays, asOf)
                .groupBy("as_of", "user_id", "category")
                .agg(
                        greatest(sum(KeptPurchases.lines()), lit(0L)).as("purchases"),
                        sum("interest").as("interest"))
                .withColumn("weight", weight(col("purchases"), col("interest"), interestWeight))
                .where("weight > 0");
        WindowSpec ofUser = Window.partitionBy("as_of", "user_id")
                .rowsBetween(Window.unboundedPreceding(), Window.unboundedFollowing());
        Column total = weight(sum("purchases").over(ofUser), sum("interest").over(ofUser), interestWeight);
        return sums.select(
                lit(day).as("day"),
                col("as_of"),
                col("user_id"),
                col("category"),
                col("weight"),
                least(lit(1.0), col("weight").divide(total)).as("attention_fraction"));
    }

    private static Column weight(Column purchases, Column interest, double interestWeight) {
        return purchases.cast("double").plus(interest.cast("double").multiply(interestWeight));
    }
}
