package koc.recommend.products;

import static koc.recommend.PortraitIndex.at;
import static org.apache.spark.sql.functions.aggregate;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.percent_rank;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import koc.recommend.PortraitIndex;
import koc.recommend.RecommendSettings.NewProductSettings;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Estimates the rates of new products from comparable products (peers), and corrects them by the product's own first
 * buyers.
 *
 * <p>The rate m of a portrait starts from that of all established products together (level 0). Those of the same
 * category are divided into four levels: 4 for the same brand and price band (third of the category by price), 3 for
 * only the same brand, 2 for only the same price band, 1 for the others. From level 1 to level 4, the peers of each
 * level move the rate:
 *
 * <pre>m' = m x (c + d x buyers) / (c + d x expected),  d = 1 / (1 + expected / (c x products))</pre>
 *
 * where expected = m x users x (days on offer, summed over the products) / days of history. This is a Gamma-Poisson
 * lift ({@link koc.statistics.GammaPoisson}) with the prior concentration c ({@code peer-shrinkage}). The factor d
 * discounts each peer to at most c expected buyers, because even peers with many buyers differ from the new product.
 * Two corrections by the product's own buyers follow: its lift among all users, (c + buyers) / (c + expected), and the
 * lift of the portrait among the product's buyers, (c + buyers of the portrait) / (c + buyers of the product x the
 * portrait's expected fraction of them).
 *
 * <p>Example with c = 2: of 100 users of a portrait, 4 buy an average product, so m = .04. Two products of the category
 * were on offer all the time, and the portrait has 24 buyers of them where 8 are expected. So d = 1 / (1 + 8 / 4) =
 * 1/3, and m' = .04 x (2 + 8) / (2 + 8/3) = .086. The new product, on offer for a tenth of the days, has 3 buyers where
 * .86 are expected. With one portrait only, its rate is .086 x 5 / 2.86 = .15: what it would be after all days on
 * offer.
 */
public record ColdStart(PortraitIndex portraits, NewProductSettings settings) {
    private static final int SAME_CATEGORY = 1;
    private static final int SAME_PRICE_BAND = 2;
    private static final int SAME_BRAND = 3;
    private static final int SAME_BRAND_AND_PRICE_BAND = 4;
    private static final int PRICE_BANDS = 3;

    /**
     * Replaces the rates of new products.
     *
     * @param rates as {@link PortraitRates#compute} returns them
     * @param counts as {@link PortraitRates#count} returns them
     * @param products product_number, brand, price, is_launched, is_new: every product
     * @return rates with peer_level (0 to 4, the narrowest with any peer), peer_products (peers of this level) and
     *     peer_buyers (their buyers, once for each product); all null for a product that is not new
     */
    public Dataset<Row> withRates(Dataset<Row> rates, Dataset<Row> counts, Dataset<Row> products) {
        Dataset<Row> launched = launched(counts, products);
        Dataset<Row> established = launched.where("NOT is_new");
        Dataset<Row> all = allPeers(established);
        Column narrowest = element_at(col("peers"), -1);
        Dataset<Row> expected = launched.where("is_new")
                .join(broadcast(peers(launched, established)), new String[] {"product_number"}, "left")
                .crossJoin(broadcast(all))
                .withColumn("expected", portraits.arrayOf(this::peerRate))
                .withColumn("expected_buyers", expectedBuyers(allUsers()))
                .withColumn("own_buyers", at("buyers", allUsers()))
                .select(
                        col("product_number"),
                        portraits.arrayOf(this::correctedRate).as("new_rates"),
                        coalesce(narrowest.getField("peer_level"), lit(0)).as("peer_level"),
                        coalesce(narrowest.getField("products"), col("all_products"))
                                .as("peer_products"),
                        coalesce(narrowest.getField("buyers").getItem(allUsers()), at("all_buyers", allUsers()))
                                .as("peer_buyers"));
        return rates.join(broadcast(expected), new String[] {"product_number"}, "left")
                .withColumn("rates", coalesce(col("new_rates"), col("rates")))
                .drop("new_rates");
    }

    /** Rates when no product is new, with the columns that {@link #withRates} adds. */
    public static Dataset<Row> withoutNewProducts(Dataset<Row> rates) {
        return rates.withColumn("peer_level", lit(null).cast("int"))
                .withColumn("peer_products", lit(null).cast("bigint"))
                .withColumn("peer_buyers", lit(null).cast("bigint"));
    }

    /**
     * The launched products with price_band, and buyers and users by portrait. Their last value is the total of all
     * users, where other arrays have that of users without a portrait.
     */
    private Dataset<Row> launched(Dataset<Row> counts, Dataset<Row> products) {
        WindowSpec byPrice =
                Window.partitionBy(col("path"), col("price").isNull()).orderBy("price");
        return counts.join(
                        products.where("is_launched").select("product_number", "brand", "price", "is_new"),
                        new String[] {"product_number"},
                        "inner")
                .withColumn(
                        "price_band",
                        when(
                                col("price").isNotNull(),
                                least(
                                        lit(PRICE_BANDS - 1),
                                        floor(percent_rank().over(byPrice).multiply(PRICE_BANDS)))))
                .withColumn("buyers", countsByPortrait("owners_", "owners"))
                .withColumn("users", countsByPortrait("users_", "total_users"));
    }

    /** The index of the total in this class's arrays of buyers and users. */
    private int allUsers() {
        return portraits.withoutPortrait();
    }

    private Column countsByPortrait(String prefix, String total) {
        return portraits.arrayOf(
                index -> index < allUsers() ? col(prefix + index) : col(total).cast("bigint"));
    }

    /**
     * The peers of each new product: product_number, peers (peer_level, products, days, buyers by portrait), widest
     * first.
     */
    private Dataset<Row> peers(Dataset<Row> launched, Dataset<Row> established) {
        Column isSameBrand = col("brand").equalTo(col("new_brand"));
        Column isSameBand = col("price_band").equalTo(col("new_price_band"));
        return launched.where("is_new")
                .select(
                        col("product_number").as("new_number"),
                        col("path"),
                        col("brand").as("new_brand"),
                        col("price_band").as("new_price_band"))
                .join(established, new String[] {"path"}, "inner")
                .withColumn(
                        "peer_level",
                        when(isSameBrand.and(isSameBand), SAME_BRAND_AND_PRICE_BAND)
                                .when(isSameBrand, SAME_BRAND)
                                .when(isSameBand, SAME_PRICE_BAND)
                                .otherwise(SAME_CATEGORY))
                .groupBy(col("new_number").as("product_number"), col("peer_level"))
                .agg(
                        count(lit(1)).as("products"),
                        sum("offered_days").as("days"),
                        portraits.arrayOf(index -> sum(at("buyers", index))).as("buyers"))
                .groupBy("product_number")
                .agg(sort_array(collect_list(struct("peer_level", "products", "days", "buyers")))
                        .as("peers"));
    }

    /** All established products together, one row: all_products, all_days, all_buyers by portrait. */
    private Dataset<Row> allPeers(Dataset<Row> established) {
        return established.agg(
                count(lit(1)).as("all_products"),
                coalesce(sum("offered_days"), lit(0L)).as("all_days"),
                portraits
                        .arrayOf(index -> coalesce(sum(at("buyers", index)), lit(0L)))
                        .as("all_buyers"));
    }

    /** The rate estimated from the peers. A portrait without users starts from the rate of all users. */
    private Column peerRate(int index) {
        Column start = coalesce(averageProductRate(index), averageProductRate(allUsers()), lit(0.0));
        return coalesce(aggregate(col("peers"), start, (rate, peers) -> updated(rate, peers, index)), start);
    }

    /** The rate of a portrait after the peers of one level: m' in the description of this class. */
    private Column updated(Column rate, Column peers, int index) {
        double c = settings.peerShrinkage();
        Column expected = rate.multiply(at("users", index))
                .multiply(peers.getField("days"))
                .divide(col("history_days"));
        Column discount = lit(1.0).divide(
                        lit(1.0).plus(expected.divide(peers.getField("products").multiply(c))));
        return rate.multiply(peers.getField("buyers")
                        .getItem(index)
                        .multiply(discount)
                        .plus(c))
                .divide(expected.multiply(discount).plus(c));
    }

    private static Column averageProductRate(int index) {
        Column opportunities = at("users", index).multiply(col("all_days")).divide(col("history_days"));
        return at("all_buyers", index).divide(nullif(opportunities, lit(0.0)));
    }

    /**
     * Corrects the rate by the product's own buyers: its lift among all users, then that of the portrait among them.
     */
    private Column correctedRate(int index) {
        double c = settings.peerShrinkage();
        Column lift = col("own_buyers").plus(c).divide(col("expected_buyers").plus(c));
        Column rate = at("expected", index).multiply(lift);
        if (index == allUsers()) {
            return least(lit(1.0), rate);
        }
        Column expectedOfPortrait = expectedBuyers(index)
                .multiply(coalesce(col("own_buyers").divide(nullif(col("expected_buyers"), lit(0.0))), lit(0.0)));
        return least(lit(1.0), rate.multiply(at("buyers", index).plus(c).divide(expectedOfPortrait.plus(c))));
    }

    /** The buyers expected since the launch. */
    private static Column expectedBuyers(int index) {
        return at("expected", index)
                .multiply(at("users", index))
                .multiply(col("offered_days"))
                .divide(col("history_days"));
    }
}
