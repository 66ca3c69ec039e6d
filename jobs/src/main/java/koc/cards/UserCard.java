package koc.cards;

import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.slice;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;

import koc.rules.KocLevels;
import koc.tables.CardTables;
import koc.tables.EconomicsTables;
import koc.tables.FeatureTables;
import koc.tables.FitTables;
import koc.tables.InfluenceTables;
import koc.tables.KocTables;
import koc.tables.PortraitTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Puts portrait, tags, value, KOC and fitting product of each user into one row. */
final class UserCard {
    private static final String[] USER = {"user_id"};
    private static final int MAIN_TAGS = 4;

    private UserCard() {}

    /** The rows of user_card: one per row of user_value. */
    static Dataset<Row> compute(CardInputs inputs) {
        Dataset<Row> portraits =
                inputs.of(PortraitTables.USER_PORTRAITS).select("user_id", "portrait_id", "portrait_name");
        Dataset<Row> users = inputs.of(EconomicsTables.USER_VALUE)
                .drop("portrait_id")
                .join(portraits, USER, "left")
                .join(mainTags(inputs.of(FeatureTables.USER_TAGS)), USER, "left")
                .join(mainKocs(inputs), USER, "left");
        Dataset<Row> cards = users.join(fittingProducts(users, inputs), USER, "left");
        return inputs.withName(inputs.withName(cards, "user_id", "user_name"), "koc_id", "koc_name")
                .selectExpr(CardTables.USER_CARD.columnNames().toArray(String[]::new));
    }

    /** The tags with the highest weight, separated by semicolons; of equal weights, the first by name. */
    private static Dataset<Row> mainTags(Dataset<Row> tags) {
        // At most a few dozen of a user.
        return tags.groupBy("user_id")
                .agg(sort_array(collect_list(struct(negate(col("weight")).as("order"), col("tag"))))
                        .as("tags"))
                .select(
                        col("user_id"),
                        array_join(transform(slice(col("tags"), 1, MAIN_TAGS), tag -> tag.getField("tag")), "; ")
                                .as("main_tags"));
    }

    /** The KOC with the strongest tie to each user; of equal ties, the one who ranks higher. Revoked KOCs are left out. */
    private static Dataset<Row> mainKocs(CardInputs inputs) {
        Dataset<Row> kocs = inputs.of(KocTables.KOC_RANKING)
                .where(not(KocLevels.isRevoked(col("level"))))
                .select("koc_id", "rank");
        return inputs.of(InfluenceTables.TIE_STRENGTHS)
                .join(kocs, new String[] {"koc_id"}, "inner")
                .groupBy("user_id")
                .agg(min_by(col("koc_id"), struct(negate(col("strength")), col("rank"), col("koc_id")))
                        .as("koc_id"));
    }

    /** Of the products of the user's KOC that the user does not own, the one that fits the user's portrait best. */
    private static Dataset<Row> fittingProducts(Dataset<Row> users, CardInputs inputs) {
        Dataset<Row> fit = inputs.of(FitTables.PRODUCT_PORTRAIT_FIT)
                .select(col("product_id"), col("portrait_id"), col("fit").as("portrait_fit"));
        return users.select("user_id", "koc_id", "portrait_id")
                .join(
                        inputs.products().select("koc_id", "rank", "product_id", "product"),
                        new String[] {"koc_id"},
                        "inner")
                .join(inputs.owned(), new String[] {"user_id", "product_id"}, "left_anti")
                .join(fit, new String[] {"product_id", "portrait_id"}, "left")
                .groupBy("user_id")
                .agg(min_by(
                                struct("product_id", "product", "portrait_fit"),
                                struct(negate(coalesce(col("portrait_fit"), lit(0.0))), col("rank")))
                        .as("best"))
                .select(
                        col("user_id"),
                        col("best.product_id").as("fitting_product_id"),
                        col("best.product").as("fitting_product"),
                        col("best.portrait_fit").as("fitting_product_fit"));
    }
}
