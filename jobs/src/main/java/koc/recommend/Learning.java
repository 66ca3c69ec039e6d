package koc.recommend;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Learns what each part is worth from what pools bought next. */
final class Learning {
    private Learning() {}

    /**
     * What was newly bought in the window: by users who did not have it before, or needed it again.
     *
     * @param inWindow user_id, product_number
     * @param heldBefore user_id, product_number, is_due: as of the day before the window
     */
    static Dataset<Row> newlyBought(Dataset<Row> inWindow, Dataset<Row> heldBefore) {
        return inWindow.join(
                heldBefore.where("NOT is_due").select("user_id", "product_number"),
                new String[] {"user_id", "product_number"},
                "left_anti");
    }

    /**
     * The weights that make most probable what the pools of the picture newly bought. The driver holds one row per
     * product on a shortlist: {@code learning.kocs} x 2 x {@code shortlist} rows at most, with a tail x 3.
     *
     * @param before the picture as of the day before the window
     * @param newlyBought user_id, product_number
     * @param start the weight of every part before anything is learned
     */
    static BuyerModel learn(Picture before, Dataset<Row> newlyBought, double start, RecommendSettings settings) {
        Dataset<Row> bought = before.members()
                .join(newlyBought, new String[] {"user_id"}, "inner")
                .groupBy("koc_number", "product_number")
                .agg(count(lit(1)).as("bought"));
        Column[] columns = Stream.concat(
                        PoolParts.PARTS.stream()
                                .map(part -> part.equals(PoolParts.DUE)
                                        ? col(part)
                                        : col(part).plus(col(PoolParts.again(part)))),
                        Stream.concat(
                                PoolParts.LEANINGS.stream().map(leaning -> col(leaning)),
                                Stream.of(coalesce(col("bought"), lit(0L)).cast("double"))))
                .toArray(Column[]::new);
        List<Row> rows = before.parts()
                .join(bought, new String[] {"koc_number", "product_number"}, "left")
                .orderBy("koc_number", "product_number")
                .select(columns)
                .collectAsList();
        int parts = PoolParts.PARTS.size();
        int leanings = PoolParts.LEANINGS.size();
        BuyerModel.Example[] examples = rows.stream()
                .map(row -> {
                    double[] values = new double[parts + leanings];
                    Arrays.setAll(values, place -> row.getDouble(place));
                    return new BuyerModel.Example(
                            Arrays.copyOf(values, parts),
                            Arrays.copyOfRange(values, parts, parts + leanings),
                            row.getDouble(parts + leanings));
                })
                .toArray(BuyerModel.Example[]::new);
        return BuyerModel.fit(
                examples, PoolParts.prior(start), settings.learning().priorBuyers());
    }
}
