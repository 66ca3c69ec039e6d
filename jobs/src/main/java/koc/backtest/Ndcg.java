package koc.backtest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.log2;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import koc.spark.ExactSums;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Normalized discounted cumulative gain (Järvelin and Kekäläinen 2002): the gain of a list over the gain of the best list.
 *
 * <p>A product at a rank gains its buyers / log2(rank + 1). Take a pool in which products A and B have 3 and 1 buyers. The best
 * list gains 3 / log2(2) + 1 / log2(3) = 3.63. A list with B first and nothing else gains 1 / log2(2) = 1: its NDCG is .275.
 */
final class Ndcg {
    private Ndcg() {}

    /** Buyers discounted by rank. Needs rank and the named column. */
    static Column discountedGain(String buyers) {
        return col(buyers).divide(log2(col("rank").plus(1)));
    }

    /**
     * KOC grain -> the same rows with the gain of the best list of this length.
     *
     * <p>Adds first_purchases of the pool and ideal_gain_first_purchases, which are null where nobody bought a product for the
     * first time. Adds ideal_gain_all_buyers, the same by observed_buyers, which is null where there was no observed buyer.
     *
     * @param buyers as {@link ObservedBuyers#count} returns them
     */
    static Dataset<Row> withIdealGains(Dataset<Row> kocs, Dataset<Row> buyers, int listLength) {
        Dataset<Row> byFirstPurchases =
                computeIdealGains(buyers, "first_purchases", "ideal_gain_first_purchases", listLength);
        Dataset<Row> byObservedBuyers = computeIdealGains(
                        buyers, "observed_buyers", "ideal_gain_all_buyers", listLength)
                .drop("observed_buyers");
        return kocs.join(byFirstPurchases, new String[] {"koc_id"}, "left")
                .join(byObservedBuyers, new String[] {"koc_id"}, "left");
    }

    private static Dataset<Row> computeIdealGains(Dataset<Row> buyers, String counted, String ideal, int listLength) {
        Column bestRank = row_number()
                .over(Window.partitionBy("koc_id").orderBy(col(counted).desc(), col("product_id")));
        return buyers.where(col(counted).gt(0))
                .withColumn("rank", bestRank)
                .groupBy("koc_id")
                .agg(
                        sum(counted).as(counted),
                        ExactSums.preciseSum(when(col("rank").leq(listLength), discountedGain(counted)))
                                .as(ideal));
    }
}
