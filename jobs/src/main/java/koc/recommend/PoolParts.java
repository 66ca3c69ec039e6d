package koc.recommend;

import static koc.recommend.PortraitOrder.at;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.array_union;
import static org.apache.spark.sql.functions.arrays_zip;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.inline;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.slice;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.zip_with;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;

/**
 * What speaks for each product in each pool, as sums over its members: the parts that {@link BuyerModel} weighs.
 *
 * <ul>
 *   <li>{@code portrait_part}: members with purchases who do not have the product, each with the share of its portrait that
 *       has it.
 *   <li>{@code new_user_part}: the same of members who have bought nothing yet, and of who stands in for a thin pool.
 *   <li>{@code item_part}: members who do not have it, each with what its own purchases say ({@link ItemModel}).
 *   <li>{@code long_tail_part}: the same of a product that the item model does not know ({@link ItemTail}); on a scale of its own.
 *   <li>{@code repurchase_part}: members who have it and for whom it is time to buy it again, the less the longer they have let it be.
 *   <li>{@code influence_part}: as portrait_part, times what the KOC's word adds with that portrait (influence_lift - 1).
 *   <li>{@code cold_start_part}: of a new product ({@link NewProducts}), in place of the first two; so what portraits do with a
 *       product of which little is known is weighed by what they did with earlier ones.
 * </ul>
 *
 * Who has it and needs it again lacks it like anybody: long after it was time, that is all that can be said. So there is the same of
 * them ({@link #again}), which is weighed alike and counted apart.
 *
 * <p>A member counts by how lately it bought and how much it has ({@link People#weighted}). {@code appetite} = (holders + k) / (usual + k),
 * where usual = members x everybody's share of the product: friends like the same things, so what a pool has
 * bought says what the rest of it will buy. With 5 who have it, 2 usual and k = 10: 15 / 12 = 1.25.
 */
final class PoolParts {
    /** The parts, in the order of the weights. */
    static final List<String> PARTS = List.of(
            "portrait_part",
            "new_user_part",
            "item_part",
            "repurchase_part",
            "influence_part",
            "cold_start_part",
            "long_tail_part");

    /** What says how much more the pool as a whole likes it, in the order of the exponents: factors of the sum of the parts. */
    static final List<String> LEANINGS = List.of("appetite", "taste");

    /** Their exponents before anything is learned: taste counts half, for purchases and appetite know of it as well. */
    private static final double[] USUAL_EXPONENTS = {1, 0.5};

    /** The part of those for whom it is time to buy it again. */
    static final String DUE = PARTS.get(3);

    private static final String AGAIN = "again_";

    private PoolParts() {}

    /**
     * The column that holds the same as a part, of members who have the product and need it again: they lack it like anybody.
     * There is none of {@link #DUE}, which is of nobody else.
     */
    static String again(String part) {
        return AGAIN + part;
    }

    /** How parts and leanings are weighed before anything is learned. */
    static BuyerModel prior(double weight) {
        return BuyerModel.prior(PARTS.size(), weight, USUAL_EXPONENTS.clone());
    }

    /**
     * The products of each pool's portraits that come into question: the first {@code length} by the share of the mix
     * that has them x margin and trust factors.
     *
     * @param kocs koc_number, mix
     * @param offers product_number, rates, margin_factor, trust_factor
     * @return koc_number, of_portraits (product numbers)
     */
    static Dataset<Row> ofPortraits(Dataset<Row> kocs, Dataset<Row> offers, PortraitOrder order, int length) {
        Column rate = order.shareOfMix();
        Dataset<Row> heads = offers.select(
                col("product_number"),
                col("rates"),
                col("margin_factor").multiply(col("trust_factor")).as("steady_factor"));
        return kocs.select("koc_number", "mix")
                .crossJoin(broadcast(heads))
                .select(
                        col("koc_number"),
                        col("product_number"),
                        rate.multiply(col("steady_factor")).as("score"))
                .groupBy("koc_number")
                .agg(max_by(col("product_number"), struct(col("score"), negate(col("product_number"))), lit(length))
                        .as("of_portraits"));
    }

    /**
     * What the members' purchases say of every product of the head.
     *
     * @param members koc_number, user_id, weight
     * @param baskets user_id, product_number
     * @return one row per KOC: koc_number, item_scores (by product_number - 1)
     */
    static Dataset<Row> itemScores(Dataset<Row> members, Dataset<Row> baskets, Broadcast<ItemModel> model) {
        return members.join(baskets, new String[] {"user_id"}, "inner")
                .groupBy("koc_number", "product_number")
                .agg(sum("weight").as("weight"))
                .groupBy("koc_number")
                .agg(sort_array(collect_list(struct("product_number", "weight")))
                        .as("items"))
                .select(
                        col("koc_number"),
                        ItemScores.ofAll(
                                        model,
                                        col("items").getField("product_number"),
                                        col("items").getField("weight"))
                                .as("item_scores"));
    }

    /**
     * The products that come into question for each pool: the first {@code length} by its portraits and by its members'
     * purchases.
     *
     * @return koc_number, product_number, item_sum
     */
    static Dataset<Row> shortlist(Dataset<Row> ofPortraits, Dataset<Row> itemScores, int length) {
        Column best = transform(
                slice(
                        array_sort(transform(
                                col("item_scores"),
                                (score, place) -> struct(
                                        negate(score).as("behind"),
                                        place.plus(1).as("number")))),
                        1,
                        length),
                item -> item.getField("number"));
        Column none = lit(new int[0]);
        return ofPortraits
                .join(itemScores, new String[] {"koc_number"}, "left")
                .withColumn("candidate", explode(array_union(col("of_portraits"), coalesce(best, none))))
                .select(
                        col("koc_number"),
                        col("candidate").as("product_number"),
                        coalesce(get(col("item_scores"), col("candidate").minus(1)), lit(0.0))
                                .as("item_sum"));
    }

    /**
     * Adds item_value to what is held: what the user's other purchases say of it, which is to be taken off a pool's sum
     * for who has it and does not need it again.
     *
     * @param holdings user_id, product_number, is_due
     * @param baskets user_id, product_number
     */
    static Dataset<Row> withItemValues(Dataset<Row> holdings, Dataset<Row> baskets, Broadcast<ItemModel> model) {
        Dataset<Row> known = baskets.groupBy("user_id")
                .agg(sort_array(collect_list(col("product_number"))).as("known"));
        Dataset<Row> values = holdings.where(
                        col("product_number").leq(model.value().size()))
                .groupBy("user_id")
                .agg(sort_array(collect_list(col("product_number"))).as("numbers"))
                .join(known, new String[] {"user_id"}, "inner")
                .withColumn("item_values", ItemScores.ofSome(model, col("known"), col("numbers")))
                .select(
                        col("user_id"),
                        inline(arrays_zip(
                                col("numbers").as("product_number"),
                                col("item_values").as("item_value"))));
        return holdings.join(
                        values.toDF("user_id", "product_number", "item_value"),
                        new String[] {"user_id", "product_number"},
                        "left")
                .withColumn("item_value", coalesce(col("item_value"), lit(0.0)));
    }

    /**
     * Adds to the shortlists the first {@code length} of the tail by the members' purchases, and what these say of every
     * product of the tail.
     *
     * @param shortlist koc_number, product_number, item_sum
     * @param tailScores as {@link ItemTail#scores} returns them, of products that are offered
     */
    static Dataset<Row> withTail(Dataset<Row> shortlist, Dataset<Row> tailScores, int length) {
        Dataset<Row> ranked = tailScores.withColumn(
                "position",
                row_number()
                        .over(Window.partitionBy("koc_number")
                                .orderBy(col("tail_sum").desc(), col("product_number"))));
        return shortlist
                .join(ranked, new String[] {"koc_number", "product_number"}, "full_outer")
                .where(col("item_sum").isNotNull().or(col("position").leq(length)))
                .select(
                        col("koc_number"),
                        col("product_number"),
                        coalesce(col("tail_sum"), col("item_sum")).as("item_sum"));
    }

    /**
     * Puts what the user's other purchases say of a product of the tail into item_value.
     *
     * @param held with user_id, product_number, item_value
     * @param tailValues as {@link ItemTail#values} returns them
     */
    static Dataset<Row> withTailValues(Dataset<Row> held, Dataset<Row> tailValues) {
        return held.join(tailValues, new String[] {"user_id", "product_number"}, "left")
                .withColumn("item_value", coalesce(col("tail_value"), col("item_value")))
                .drop("tail_value");
    }

    /**
     * The parts of each product on a pool's shortlist.
     *
     * @param kocs as {@link TrafficPools#candidates} returns them, and lifts (by place)
     * @param members koc_number, user_id, place, weight, time_weight
     * @param held user_id, product_number, is_due, due_weight, item_value
     * @param offers product_number, rates, share, is_new
     * @param shortlist koc_number, product_number, item_sum, taste
     * @return koc_number, product_number, holders, owners (holders who do not need it again yet), appetite, taste, the
     *     parts, and all but one of them {@link #again}
     */
    static Dataset<Row> of(
            Dataset<Row> kocs,
            Dataset<Row> members,
            Dataset<Row> held,
            Dataset<Row> shortlist,
            Dataset<Row> offers,
            PortraitOrder order,
            RecommendSettings settings) {
        double prior = settings.productAffinityShrinkage();
        Column usual = col("pool_size").multiply(col("share"));
        Column weight = coalesce(col("holders_weight"), order.arrayOf(place -> lit(0.0)));
        Column againWeight = coalesce(col("again_weights"), order.arrayOf(place -> lit(0.0)));
        Dataset<Row> counted = shortlist
                .join(
                        broadcast(offers.select("product_number", "rates", "share", "is_new")),
                        new String[] {"product_number"},
                        "inner")
                .join(holders(members, held, shortlist, order), new String[] {"koc_number", "product_number"}, "left")
                .join(
                        kocs.select(
                                "koc_number",
                                "pool_size",
                                "buyers_weight",
                                "newcomers",
                                "stand_in",
                                "own_weight",
                                "lifts"),
                        new String[] {"koc_number"},
                        "inner")
                .withColumn("holders", coalesce(col("holders"), lit(0L)))
                .withColumn("owners", coalesce(col("owners"), lit(0L)))
                .withColumn("repurchase_part", coalesce(col("repurchase_part"), lit(0.0)))
                .withColumn("appetite", col("holders").plus(prior).divide(usual.plus(prior)))
                .withColumn("weights", zip_with(col("buyers_weight"), weight, (all, having) -> all.minus(having)))
                .withColumn(AGAIN + "weights", againWeight)
                .withColumn("strangers", col("pool_size").minus(col("holders")))
                .withColumn(AGAIN + "strangers", col("holders").minus(col("owners")))
                .withColumn("items", col("item_sum").minus(coalesce(col("held_items"), lit(0.0))))
                .withColumn(AGAIN + "items", coalesce(col("again_items"), lit(0.0)));
        List<Column> columns =
                new ArrayList<>(Stream.of("koc_number", "product_number", "holders", "owners", "appetite", "taste", DUE)
                        .map(name -> col(name))
                        .toList());
        columns.addAll(parts("", order, settings));
        columns.addAll(parts(AGAIN, order, settings));
        return counted.select(columns.toArray(Column[]::new));
    }

    /**
     * The parts of those who lack it: of those who do not have it, or of those who need it again.
     *
     * @param side before the names of weights, strangers (in the stand-in's place) and items, and of the parts
     */
    private static List<Column> parts(String side, PortraitOrder order, RecommendSettings settings) {
        Column isOfTail = col("product_number").gt(settings.itemModel().head());
        Column portraits =
                exactly(order.compiledSum(place -> at(side + "weights", place).multiply(at("rates", place)))
                        .multiply(col("own_weight")));
        Column standIn = order.compiledSum(place -> at("stand_in", place).multiply(at("rates", place)))
                .multiply(col(side + "strangers").cast(DataTypes.DoubleType))
                .multiply(lit(1.0).minus(col("own_weight")));
        Column newcomers = exactly(
                side.equals(AGAIN)
                        ? standIn
                        : order.compiledSum(place -> at("newcomers", place).multiply(at("rates", place)))
                                .multiply(col("own_weight"))
                                .plus(standIn));
        Column items = exactly(greatest(lit(0.0), col(side + "items")));
        Column influence = exactly(order.compiledSum(place -> at(side + "weights", place)
                        .multiply(at("rates", place))
                        .multiply(greatest(lit(0.0), at("lifts", place).minus(1.0))))
                .multiply(col("own_weight")));
        Column isNew = col("is_new");
        Column none = lit(0.0);
        return List.of(
                when(isNew, none).otherwise(portraits).as(side + "portrait_part"),
                when(isNew, none).otherwise(newcomers).as(side + "new_user_part"),
                when(isOfTail, none).otherwise(items).as(side + "item_part"),
                influence.as(side + "influence_part"),
                when(isNew, portraits.plus(newcomers)).otherwise(none).as(side + "cold_start_part"),
                when(isOfTail, items).otherwise(none).as(side + "long_tail_part"));
    }

    private static Column exactly(Column value) {
        return round(value, 9);
    }

    private static Dataset<Row> holders(
            Dataset<Row> members, Dataset<Row> held, Dataset<Row> shortlist, PortraitOrder order) {
        Column items = col("weight").multiply(col("item_value"));
        return members.join(held, new String[] {"user_id"}, "inner")
                .join(
                        shortlist.select("koc_number", "product_number"),
                        new String[] {"koc_number", "product_number"},
                        "left_semi")
                .groupBy("koc_number", "product_number")
                .agg(
                        count(lit(1)).as("holders"),
                        count_if(not(col("is_due"))).as("owners"),
                        sum(items).as("held_items"),
                        sum(when(col("is_due"), items).otherwise(0.0)).as("again_items"),
                        sum(col("time_weight").multiply(col("due_weight"))).as("repurchase_part"),
                        byPlace(order, lit(true)).as("holders_weight"),
                        byPlace(order, col("is_due")).as("again_weights"));
    }

    private static Column byPlace(PortraitOrder order, Column isCounted) {
        return order.arrayOf(place -> sum(
                when(isCounted.and(col("place").equalTo(place)), col("weight")).otherwise(0.0)));
    }
}
