package koc.recommend.products;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.array_union;
import static org.apache.spark.sql.functions.arrays_zip;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.inline;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.slice;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.transform;

import koc.recommend.PortraitIndex;
import koc.recommend.model.ItemModel;
import koc.recommend.model.ItemScores;
import koc.recommend.model.LongTail;
import koc.tables.Frame;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Selects the shortlist of each pool: the products with the highest rates in its portraits, those with the highest item
 * scores of its members, and fewer that are popular: in the pool itself, among all users, and in the latest days.
 * Products beyond the head of the item model are never selected as popular in the pool, because baskets do not contain
 * them.
 */
public final class PoolShortlist {
    /** What {@link #combine} returns. */
    public static final Frame SHORTLIST = Frame.named("shortlist")
            .grain("one row per KOC and product that may be recommended")
            .columns("""
            koc_number     INT COMMENT 'Number of the KOC',
            product_number INT COMMENT 'Number of the product',
            item_score_sum DOUBLE COMMENT 'Sum over all members, owners of the product included, of activity x the score that their other products give it'""");

    /** Popular products of each kind on a shortlist: the length divided by this, rounded up. */
    private static final int POPULAR_DIVISOR = 3;

    private PoolShortlist() {}

    /**
     * The first {@code length} products of each pool by the rate of its mix x margin and trust factors.
     *
     * @param kocs koc_number, mix
     * @param offers product_number, rates, margin_factor, trust_factor
     * @return koc_number, portrait_products (product numbers)
     */
    public static Dataset<Row> selectByPortraits(
            Dataset<Row> kocs, Dataset<Row> offers, PortraitIndex portraits, int length) {
        Dataset<Row> products = offers.select(
                col("product_number"),
                col("rates"),
                col("margin_factor").multiply(col("trust_factor")).as("product_factor"));
        return kocs.select("koc_number", "mix")
                .crossJoin(broadcast(products))
                .select(
                        col("koc_number"),
                        col("product_number"),
                        portraits.rateOfMix().multiply(col("product_factor")).as("score"))
                .groupBy("koc_number")
                .agg(max_by(col("product_number"), struct(col("score"), negate(col("product_number"))), lit(length))
                        .as("portrait_products"));
    }

    /**
     * Scores every product of the head by the members' purchases.
     *
     * @param members koc_number, user_id, first_purchase_activity
     * @param baskets user_id, product_number
     * @param offers product_number of the products that may be recommended
     * @return one row per KOC: koc_number, item_scores (by product_number - 1), popular_in_pool (numbers of offered
     *     products of the head, those with the most owners in the pool first, where an owner counts with their
     *     activity)
     */
    public static Dataset<Row> scoreItems(
            Dataset<Row> members, Dataset<Row> baskets, Broadcast<ItemModel> model, Dataset<Row> offers) {
        Dataset<Row> offered = offers.select(col("product_number"), lit(true).as("is_offered"));
        Column popular = array_sort(transform(
                filter(col("items"), item -> item.getField("is_offered")),
                item -> struct(negate(item.getField("activity")), item.getField("product_number"))));
        return members.join(baskets, new String[] {"user_id"}, "inner")
                .groupBy("koc_number", "product_number")
                .agg(sum("first_purchase_activity").as("activity"))
                .join(broadcast(offered), new String[] {"product_number"}, "left")
                .withColumn("is_offered", col("is_offered").isNotNull())
                .groupBy("koc_number")
                .agg(sort_array(collect_list(struct("product_number", "activity", "is_offered")))
                        .as("items"))
                .select(
                        col("koc_number"),
                        ItemScores.scoreAll(
                                        model,
                                        col("items").getField("product_number"),
                                        col("items").getField("activity"))
                                .as("item_scores"),
                        transform(popular, item -> item.getField("product_number"))
                                .as("popular_in_pool"));
    }

    /**
     * Combines three kinds of offered products: the first {@code length} by portraits, the first {@code length} by
     * purchases, and a third as many of each kind of popular products.
     *
     * @param byPortraits as {@link #selectByPortraits} returns them
     * @param itemScores as {@link #scoreItems} returns them
     * @param offers product_number, population_rate and weekly_recency of the products that may be recommended
     * @return {@link #SHORTLIST}
     */
    public static Dataset<Row> combine(
            Dataset<Row> byPortraits, Dataset<Row> itemScores, Dataset<Row> offers, int length) {
        int popular = (length + POPULAR_DIVISOR - 1) / POPULAR_DIVISOR;
        Column weekly = struct(col("population_rate").multiply(col("weekly_recency")), negate(col("product_number")));
        Column everywhere = struct(col("population_rate"), negate(col("product_number")));
        Dataset<Row> offered = offers.agg(
                sort_array(collect_list(col("product_number"))).as("offered"),
                max_by(col("product_number"), everywhere, lit(popular)).as("popular_everywhere"),
                max_by(col("product_number"), weekly, lit(popular)).as("popular_this_week"));
        Column scored = filter(col("offered"), number -> number.leq(size(col("item_scores"))));
        Column ranked = array_sort(transform(
                scored,
                number -> struct(
                        negate(get(col("item_scores"), number.minus(1))).as("negative_score"), number.as("number"))));
        Column best = transform(slice(ranked, 1, length), item -> item.getField("number"));
        Column none = lit(new int[0]);
        Column purchased = array_union(coalesce(best, none), slice(coalesce(col("popular_in_pool"), none), 1, popular));
        Column amongAll = array_union(col("popular_everywhere"), col("popular_this_week"));
        return byPortraits
                .join(itemScores, new String[] {"koc_number"}, "left")
                .crossJoin(broadcast(offered))
                .withColumn(
                        "candidate", explode(array_union(col("portrait_products"), array_union(purchased, amongAll))))
                .select(
                        col("koc_number"),
                        col("candidate").as("product_number"),
                        coalesce(get(col("item_scores"), col("candidate").minus(1)), lit(0.0))
                                .as("item_score_sum"));
    }

    /**
     * Adds the first {@code length} products of the long tail by the members' purchases, and replaces item_score_sum of
     * all products of the long tail.
     *
     * @param shortlist {@link #SHORTLIST}
     * @param longTailSums as {@link LongTail#sumByPool} returns them
     * @return {@link #SHORTLIST}
     */
    public static Dataset<Row> withLongTail(Dataset<Row> shortlist, Dataset<Row> longTailSums, int length) {
        Dataset<Row> ranked = longTailSums.withColumn(
                "position",
                row_number()
                        .over(Window.partitionBy("koc_number")
                                .orderBy(col("long_tail_score_sum").desc(), col("product_number"))));
        return shortlist
                .join(ranked, new String[] {"koc_number", "product_number"}, "full_outer")
                .where(col("item_score_sum").isNotNull().or(col("position").leq(length)))
                .select(
                        col("koc_number"),
                        col("product_number"),
                        coalesce(col("long_tail_score_sum"), col("item_score_sum"))
                                .as("item_score_sum"));
    }

    /**
     * Adds item_score: the score of an owned product by the user's other products. It is later subtracted from the
     * pool's item_score_sum, because owners do not count.
     *
     * @param owned user_id, product_number, and other columns
     * @param baskets user_id, product_number
     */
    public static Dataset<Row> withItemScores(Dataset<Row> owned, Dataset<Row> baskets, Broadcast<ItemModel> model) {
        Dataset<Row> basketArrays = baskets.groupBy("user_id")
                .agg(sort_array(collect_list(col("product_number"))).as("basket"));
        Dataset<Row> values = owned.where(
                        col("product_number").leq(model.value().size()))
                .groupBy("user_id")
                .agg(sort_array(collect_list(col("product_number"))).as("numbers"))
                .join(basketArrays, new String[] {"user_id"}, "inner")
                .withColumn("owned_scores", ItemScores.scoreSome(model, col("basket"), col("numbers")))
                .select(
                        col("user_id"),
                        inline(arrays_zip(
                                col("numbers").as("product_number"),
                                col("owned_scores").as("item_score"))));
        return owned.join(
                        values.toDF("user_id", "product_number", "item_score"),
                        new String[] {"user_id", "product_number"},
                        "left")
                .withColumn("item_score", coalesce(col("item_score"), lit(0.0)));
    }

    /**
     * Replaces item_score of products of the long tail.
     *
     * @param owned user_id, product_number, item_score, and other columns
     * @param longTailScores as {@link LongTail#scoreOwned} returns them
     */
    public static Dataset<Row> withLongTailScores(Dataset<Row> owned, Dataset<Row> longTailScores) {
        return owned.join(longTailScores, new String[] {"user_id", "product_number"}, "left")
                .withColumn("item_score", coalesce(col("long_tail_score"), col("item_score")))
                .drop("long_tail_score");
    }
}
