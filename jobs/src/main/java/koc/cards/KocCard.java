package koc.cards;

import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.slice;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.try_divide;

import koc.rules.StoppedProducts;
import koc.tables.CardTables;
import koc.tables.CommissionTables;
import koc.tables.EconomicsTables;
import koc.tables.FitTables;
import koc.tables.KocTables;
import koc.tables.PortraitTables;
import koc.tables.RecommendTables;
import koc.text.Texts;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Puts rank, level, pool, money, next product and next action of each KOC into one row. */
final class KocCard {
    private static final String[] KOC = {"koc_id"};
    private static final int MAIN_PORTRAITS = 2;

    private KocCard() {}

    /** The rows of koc_card: one per row of koc_ranking. */
    static Dataset<Row> compute(CardInputs inputs, Texts texts) {
        Dataset<Row> levels = inputs.of(KocTables.KOC_LIFECYCLE).select("koc_id", "next_level", "progress", "missing");
        Dataset<Row> economics = inputs.of(EconomicsTables.KOC_ECONOMICS)
                .select(
                        "koc_id",
                        "cost",
                        "customer_value",
                        "ltv_to_cac",
                        "incremental_value",
                        "incremental_ratio",
                        "incremental_ratio_low",
                        "incremental_ratio_high",
                        "overall_verdict");
        Dataset<Row> cards = inputs.of(KocTables.KOC_RANKING)
                .join(levels, KOC, "left")
                .join(mainPortraits(inputs.of(RecommendTables.KOC_POOL_MIX)), KOC, "left")
                .join(commissionDue(inputs.of(CommissionTables.COMMISSION_STATEMENT)), KOC, "left")
                .join(economics, KOC, "left")
                .join(nextProducts(inputs.products()), KOC, "left")
                .join(stopped(inputs), KOC, "left")
                .withColumn("usual_extra_buyers", try_divide(col("extra_buyers_90d"), col("product_shares_90d")))
                .withColumn("commission_due", coalesce(col("commission_due"), lit(0).cast("decimal(18,2)")));
        return inputs.withName(cards, "koc_id", "koc_name")
                .withColumn("next_action", new CardAction(texts).sentence())
                .selectExpr(CardTables.KOC_CARD.columnNames().toArray(String[]::new));
    }

    /** The names of the portraits with the most members of each pool, separated by semicolons; newcomers are none. */
    private static Dataset<Row> mainPortraits(Dataset<Row> mix) {
        // At most as many as there are portraits.
        return mix.where(col("portrait_id").notEqual(PortraitTables.NEWCOMERS))
                .groupBy("koc_id")
                .agg(sort_array(collect_list(
                                struct(negate(col("members")).as("order"), col("portrait_name"), col("portrait_id"))))
                        .as("portraits"))
                .select(
                        col("koc_id"),
                        array_join(
                                        transform(
                                                slice(col("portraits"), 1, MAIN_PORTRAITS),
                                                portrait -> portrait.getField("portrait_name")),
                                        "; ")
                                .as("main_portraits"));
    }

    private static Dataset<Row> commissionDue(Dataset<Row> statements) {
        return statements
                .where("NOT is_closed")
                .groupBy("koc_id")
                .agg(sum("due").cast("decimal(18,2)").as("commission_due"));
    }

    /** The titles, else ids, of products that the KOC shared lately and must not share any more. */
    private static Dataset<Row> stopped(CardInputs inputs) {
        Column title = coalesce(nullif(trim(col("title")), lit("")), col("product_id"));
        // At most as many as the quality gate refuses: a handful.
        return StoppedProducts.selectSharers(inputs.productDays(), inputs.of(FitTables.PRODUCT_PROFILE), inputs.day())
                .groupBy("koc_id")
                .agg(array_join(sort_array(collect_list(title)), "; ").as("stop_sharing"));
    }

    private static Dataset<Row> nextProducts(Dataset<Row> products) {
        return products.where("is_next_product")
                .select(
                        col("koc_id"),
                        col("product_id").as("next_product_id"),
                        col("product").as("next_product"),
                        col("advice").as("next_advice"),
                        col("extra_buyers_if_shared").as("next_product_extra_buyers"),
                        col("extra_margin_if_shared").as("next_product_extra_margin"));
    }
}
