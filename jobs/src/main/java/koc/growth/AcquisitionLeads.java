package koc.growth;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_position;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import koc.rules.KocType;
import koc.text.Texts;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** Whom each KOC may draw next, and on which occasion. */
final class AcquisitionLeads {
    /** Things a hand may hold: each KOC keeps the best of its leads after those it knows are taken away. */
    private static final long ALL = 1_000_000_000;

    private static final String[] USER = {"user_id"};
    private static final String[] PAIR = {"koc_id", "user_id"};

    private AcquisitionLeads() {}

    /**
     * Users who may be drawn, with the occasion: one row per consumer who did not opt out, and whose account does not
     * look automatic.
     *
     * <p>{@code scene}, the first in the order of {@code scenes} that holds: pre_sale (asked in 90 days and bought nothing in
     * them), after_sale (bought in {@code recentDays}), coupon (saved {@code minDiscountRate} of the list price in 365 days),
     * order (bought in 365 days); null when none does. {@code category} is what the user likes best, null below
     * {@code minCategoryFraction}.
     *
     * @param users one row per user, with place, liked_category and liked_fraction ({@link Kocs#places}, {@link Kocs#liked})
     * @param features user_features as of the day
     */
    static Dataset<Row> people(Dataset<Row> users, Dataset<Row> features, GrowthSettings.Leads settings) {
        Column isLiked = col("liked_fraction").geq(settings.minCategoryFraction());
        Map<String, Column> occasions = Map.of(
                "pre_sale", col("inquiries_90d").gt(0).and(col("orders_90d").equalTo(0)),
                "after_sale", col("recency_days").leq(settings.recentDays()),
                "coupon", col("discount_rate").geq(settings.minDiscountRate()),
                "order", col("orders_365d").gt(0));
        Column scene = lit(null).cast("string");
        for (String wanted : settings.scenes()) {
            scene = coalesce(scene, when(occasions.getOrDefault(wanted, lit(false)), wanted));
        }
        return users.where(not(col("marketing_opt_out")).and(col("role").equalTo(KocType.USER.role())))
                .select(
                        col("user_id"),
                        col("place"),
                        col("county"),
                        col("store_id"),
                        when(isLiked, col("liked_category")).as("category"),
                        when(isLiked, col("liked_fraction")).as("category_share"))
                .join(
                        features.where(not(col("is_likely_automated")))
                                .select(
                                        "user_id",
                                        "inquiries_90d",
                                        "recency_days",
                                        "orders_90d",
                                        "orders_365d",
                                        "net_spend_365d",
                                        "discount_rate"),
                        USER,
                        "inner")
                .withColumn("scene", scene);
    }

    /**
     * The rows of acquisition_leads.
     *
     * <p>A user is given to a KOC through whom it came, to one employee or guide of its store, to one KOC of its county
     * who stands for what it likes, and to one KOC of its county: four at most beside its own, so that nobody is courted
     * by all at once. Within a store or county the best leads go to the best KOCs in turn ({@link Dealing}).
     *
     * @param people as {@link #people} returns them
     * @param kocs as {@link Kocs#of} returns them
     * @param talk as {@link Talk#of} returns it: who came through whom
     * @param known pairs that are or were tied: koc_id, user_id, in any number
     */
    static Dataset<Row> rows(
            Dataset<Row> people,
            Dataset<Row> kocs,
            Dataset<Row> talk,
            Dataset<Row> known,
            GrowthSettings settings,
            LocalDate day) {
        GrowthSettings.Leads leads = settings.leads();
        Dataset<Row> drawing = kocs.where(not(col("is_revoked")));
        Column priority = priority(leads);
        Column spend = coalesce(col("net_spend_365d"), lit(0));
        Dataset<Row> dealt = Dealing.deal(
                        atPlaces(people, leads).withColumn("priority", priority),
                        List.of(
                                col("priority").asc(),
                                spend.desc(),
                                col("user_id").asc()),
                        hands(drawing),
                        List.of(col("score").desc_nulls_last(), col("koc_id").asc()),
                        ALL)
                .drop("place", "score")
                .where(col("koc_id").notEqual(col("user_id")));
        Dataset<Row> own = talk.where("size(engaged_days) > 0")
                .select("koc_id", "user_id")
                .join(drawing.select("koc_id"), new String[] {"koc_id"}, "left_semi")
                .join(people.drop("place"), USER, "inner")
                .where("scene IS NOT NULL")
                .withColumn("found_by", lit("own_share"))
                .withColumn("nearness", lit(1))
                .withColumn("priority", priority);
        Dataset<Row> pairs = own.unionByName(dealt);
        Dataset<Row> nearest = pairs.withColumn(
                        "turn",
                        row_number()
                                .over(Window.partitionBy("koc_id", "user_id")
                                        .orderBy(col("nearness").equalTo(1).desc(), col("priority"), col("nearness"))))
                .where("turn = 1");
        Column best = row_number()
                .over(Window.partitionBy("koc_id")
                        .orderBy(
                                col("nearness").equalTo(1).desc(),
                                col("priority").asc(),
                                col("nearness").asc(),
                                spend.desc(),
                                col("user_id").asc()));
        return nearest.join(known.select("koc_id", "user_id"), PAIR, "left_anti")
                .withColumn("rank", best)
                .where(col("rank").leq(leads.perKoc()))
                .select(
                        lit(day).as("day"),
                        col("koc_id"),
                        col("rank"),
                        col("user_id"),
                        col("scene"),
                        col("found_by"),
                        reason(settings).as("reason"));
    }

    /** A row for each place a user can be found at: its store, its county and taste, its county. */
    private static Dataset<Row> atPlaces(Dataset<Row> people, GrowthSettings.Leads settings) {
        Column similarGroup = when(lit(settings.scenes().contains("similar_group")), "similar_group");
        Column[] places = {
            at("store", 2, storePlace(), col("scene")),
            at("category", 3, categoryPlace(col("category")), similarGroup),
            at("county", 4, col("place"), col("scene"))
        };
        return people.withColumn("found", explode(array(places)))
                .where("found.place IS NOT NULL AND found.scene IS NOT NULL")
                .withColumn("place", col("found.place"))
                .withColumn("scene", col("found.scene"))
                .withColumn("found_by", col("found.found_by"))
                .withColumn("nearness", col("found.nearness"))
                .drop("found");
    }

    private static Column at(String name, int nearness, Column place, Column scene) {
        return struct(lit(name).as("found_by"), lit(nearness).as("nearness"), place.as("place"), scene.as("scene"));
    }

    /** The places where a KOC draws: koc_id, score, place. */
    private static Dataset<Row> hands(Dataset<Row> kocs) {
        Column store = when(KocType.isStaff(col("koc_type")), storePlace());
        return kocs.select(
                        col("koc_id"),
                        col("score"),
                        explode(array(store, categoryPlace(col("main_category")), col("place")))
                                .as("place"))
                .where("place IS NOT NULL");
    }

    private static Column storePlace() {
        return when(col("store_id").isNotNull(), concat_ws(" # ", lit("store"), col("store_id")));
    }

    private static Column categoryPlace(Column category) {
        return when(col("place").isNotNull().and(category.isNotNull()), concat_ws(" # ", col("place"), category));
    }

    /** 1 for the most promising occasion. */
    private static Column priority(GrowthSettings.Leads settings) {
        Column scenes =
                array(settings.scenes().stream().map(scene -> lit(scene)).toArray(Column[]::new));
        return array_position(scenes, col("scene"));
    }

    private static Column reason(GrowthSettings settings) {
        Texts texts = Texts.of(settings.language());
        Column where = when(col("found_by").equalTo("own_share"), texts.pattern("growth.lead.own"))
                .when(col("found_by").equalTo("store"), texts.column("growth.lead.store", col("store_id")))
                .otherwise(texts.column("growth.lead.county", col("county")));
        Column why = when(col("scene").equalTo("pre_sale"), texts.column("growth.lead.pre-sale", col("inquiries_90d")))
                .when(
                        col("scene").equalTo("after_sale"),
                        texts.column("growth.lead.after-sale", col("recency_days"), col("orders_90d")))
                .when(
                        col("scene").equalTo("similar_group"),
                        texts.column(
                                "growth.lead.similar",
                                col("category"),
                                col("category_share").multiply(100)))
                .when(
                        col("scene").equalTo("coupon"),
                        texts.column("growth.lead.coupon", col("discount_rate").multiply(100)))
                .otherwise(texts.column("growth.lead.order", col("recency_days"), col("orders_365d")));
        Column spend = when(
                col("net_spend_365d").gt(0),
                texts.column("growth.lead.spend", col("net_spend_365d").cast("string"), lit(settings.currency())));
        return concat_ws(texts.pattern("growth.between"), why, where, spend);
    }
}
