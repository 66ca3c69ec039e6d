package koc.backtest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What the pools did after a cutoff. */
final class Outcome {
    private Outcome() {}

    /**
     * Who of each pool bought what within the horizon. A purchase that was given back later still counts: what was
     * recommended did sell, and value, refunds included, is told elsewhere.
     *
     * <p>{@code new_buyers} are the members whose first purchase ever of the product lies in the horizon;
     * {@code returned_buyers} had bought it before the cutoff and did so again. {@code relevance} is new_buyers where
     * anybody at all had bought the product by the cutoff, and 0 where nobody had: no recommender that learns from
     * purchases could know it.
     *
     * @param pools koc_id, user_id on the cutoff
     * @param events all events up to the end of the horizon; later ones are left out
     * @param interest the type of event that counts as a purchase
     * @return one row per KOC and product that a member bought in the horizon: koc_id, product_id, new_buyers,
     *     returned_buyers, relevance
     */
    static Dataset<Row> buyers(Dataset<Row> pools, Dataset<Row> events, String interest, Cutoff cutoff) {
        Column isNew = col("first_day").gt(lit(cutoff.day()));
        Dataset<Row> bought = events.where(col("event_type").equalTo(interest))
                .where(col("product_id").isNotNull().and(col("day").leq(lit(cutoff.last()))))
                .select("user_id", "product_id", "day");
        Dataset<Row> known = bought.where(col("day").leq(lit(cutoff.day())))
                .select(col("product_id"), lit(true).as("is_known"))
                .distinct();
        Dataset<Row> after = bought.groupBy("user_id", "product_id")
                .agg(min("day").as("first_day"), max("day").as("last_day"))
                .where(col("last_day").gt(lit(cutoff.day())));
        return pools.join(after, new String[] {"user_id"}, "inner")
                .groupBy("koc_id", "product_id")
                .agg(count_if(isNew).as("new_buyers"), count_if(not(isNew)).as("returned_buyers"))
                .join(known, new String[] {"product_id"}, "left")
                .select(
                        col("koc_id"),
                        col("product_id"),
                        col("new_buyers"),
                        col("returned_buyers"),
                        when(coalesce(col("is_known"), lit(false)), col("new_buyers"))
                                .otherwise(0L)
                                .as("relevance"));
    }
}
