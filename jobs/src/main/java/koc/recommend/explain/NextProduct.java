package koc.recommend.explain;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;

/**
 * Which product each KOC shares next: the one whose share adds the most margin, after the commission of the KOC and the
 * sample that they need. What the pool buys anyway is no reason to share. If the forecast is far above what posts of
 * the KOC added so far, the extra buyers of such a post count instead.
 *
 * <p>Example: 1.5 extra buyers of a phone with a margin of 1,200 and a commission of 200, for a sample that costs 800,
 * add 700; 3 extra buyers of a tea that the KOC already uses (no sample), with a margin of 5 and a commission of 1, add
 * 12. The phone is next. If a usual post of the KOC added .7 buyers, 1.5 are far above it: .7 phones lose 100, and .7
 * teas add 2.80, so the tea is next.
 */
final class NextProduct {
    private static final String SAMPLE_FIRST = "sample first";

    private NextProduct() {}

    /**
     * Adds extra_margin_if_shared, extra_margin_if_shared_low and is_next_product.
     *
     * <p>The actionable product with the largest margin is next, if this margin is above 0. If none is, the first by
     * rank with an unknown margin is next, because the influence of the KOC or the cost of the product is unknown. Its
     * extra buyers must be above 0 if they are known. Of these products, one that needs a sample of unknown cost comes
     * after the others: a sample is not free.
     *
     * @param rows of koc_recommendations, with the columns of {@link ShareCaveats}, unit_cost, unit_margin and
     *     unit_commission
     */
    static Dataset<Row> addTo(Dataset<Row> rows) {
        Column mayAdd = coalesce(col("extra_margin_if_shared"), col("extra_buyers_if_shared"), lit(1))
                .gt(0);
        Column isCandidate = col("is_actionable").and(mayAdd);
        Column position = row_number()
                .over(Window.partitionBy("koc_id")
                        .orderBy(
                                isCandidate.desc(),
                                col("extra_margin_if_shared").desc_nulls_last(),
                                needsSampleOfUnknownCost(),
                                col("rank")));
        return rows.withColumn("extra_margin_if_shared", extraMargin(countedBuyers()))
                .withColumn(
                        "extra_margin_if_shared_low",
                        extraMargin(least(col("extra_buyers_if_shared_low"), countedBuyers())))
                .withColumn("is_next_product", isCandidate.and(position.equalTo(1)));
    }

    private static Column needsSampleOfUnknownCost() {
        return col("advice").equalTo(SAMPLE_FIRST).and(col("unit_cost").isNull());
    }

    /** The extra buyers of the forecast, or of a usual post of the KOC where the forecast is far above it. */
    private static Column countedBuyers() {
        return when(col("is_above_record"), greatest(col("usual_extra_buyers"), lit(0.0)))
                .otherwise(col("extra_buyers_if_shared"));
    }

    /** The margin of these buyers after commission, less the sample that comes first. */
    private static Column extraMargin(Column buyers) {
        Column sample = when(col("advice").equalTo(SAMPLE_FIRST), col("unit_cost"))
                .when(col("advice").equalTo("recommend"), 0);
        Column afterCommission = col("unit_margin").minus(col("unit_commission"));
        return buyers.multiply(afterCommission.cast(DataTypes.DoubleType))
                .minus(sample.cast(DataTypes.DoubleType))
                .cast(DataTypes.createDecimalType(18, 2));
    }
}
