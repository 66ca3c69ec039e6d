package koc.recommend;

import static koc.recommend.PortraitOrder.at;
import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.slice;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import koc.rules.KocLevels;
import koc.text.Texts;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;

/** Says of each recommendation for whom it is, why, and what changed since the day before. */
final class Reasons {
    private static final int TARGETS = 3;
    /** A portrait from which fewer of the buyers will come is not worth a word. */
    private static final double MIN_TARGET_SHARE = 0.05;
    /** From here on a lift reads as 1.0 and not as less than average. */
    private static final double ABOUT_AVERAGE = 0.95;
    /** Fewer would read as 0.00. */
    private static final double MIN_SAID = 0.005;
    /** Fewer buyers would read as 0.0. */
    private static final double MIN_SHOWN = 0.05;

    private static final DecimalType MONEY = DataTypes.createDecimalType(18, 2);

    private Reasons() {}

    /**
     * The rows of koc_recommendations.
     *
     * @param ranked as {@link Ranking#rank} returns them
     * @param fits product_portrait_fit of the day
     * @param ranking koc_ranking of the day
     * @param previous koc_recommendations of the day before, or none
     */
    static Dataset<Row> explain(
            Dataset<Row> ranked,
            Dataset<Row> fits,
            Dataset<Row> ranking,
            Dataset<Row> previous,
            PortraitOrder order,
            LocalDate day,
            Interest interest,
            RecommendSettings settings) {
        Texts texts = Texts.of(settings.language());
        Dataset<Row> lifts =
                fits.select(col("product_id"), col("portrait_id").as("lead_id"), col("lift"), col("lift_low"));
        Dataset<Row> before =
                previous.select(col("koc_id"), col("product_id"), col("rank").as("previous_rank"));
        return ranked.withColumn("targets", targets(order, texts))
                .withColumn("lead", element_at(col("targets"), 1))
                .withColumn("lead_id", col("lead.portrait_id"))
                .join(lifts, new String[] {"product_id", "lead_id"}, "left")
                .join(before, new String[] {"koc_id", "product_id"}, "left")
                .join(ranking.select("koc_id", "level"), new String[] {"koc_id"}, "left")
                .select(
                        lit(day).as("day"),
                        col("koc_id"),
                        col("koc_type"),
                        col("rank"),
                        col("product_id"),
                        col("title"),
                        col("category"),
                        col("is_new"),
                        col("score"),
                        col("score_rank"),
                        col("promoted_by"),
                        col("expected_buyers"),
                        col("expected_buyers")
                                .multiply(col("unit_margin").cast(DataTypes.DoubleType))
                                .cast(MONEY)
                                .as("expected_margin"),
                        col("repurchase_factor"),
                        col("margin_factor"),
                        col("trust_factor"),
                        col("generality_factor"),
                        col("fit"),
                        col("trust"),
                        col("own_use_factor"),
                        col("overlap_factor"),
                        col("loyalty"),
                        when(col("loyalty").gt(0), "recommend")
                                .otherwise("sample first")
                                .as("advice"),
                        col("level"),
                        lit(interest.word()).as("interest"),
                        col("generality"),
                        col("pool_size"),
                        col("owners"),
                        col("holders"),
                        col("from_portraits"),
                        col("from_new_users"),
                        col("from_item_model"),
                        col("from_repurchase"),
                        col("from_influence"),
                        col("from_cold_start"),
                        col("from_long_tail"),
                        col("appetite"),
                        col("product_affinity_factor"),
                        col("taste"),
                        col("category_affinity_factor"),
                        array_join(
                                        transform(slice(col("targets"), 1, TARGETS), target -> when(
                                                        target.getField("buyers")
                                                                .lt(MIN_SHOWN),
                                                        target.getField("name"))
                                                .otherwise(texts.column(
                                                        "recommend.target",
                                                        target.getField("name"),
                                                        target.getField("buyers")))),
                                        texts.pattern("recommend.target.between"))
                                .as("target_portraits"),
                        col("basis"),
                        reason(settings, texts).as("reason"),
                        when(col("previous_rank").isNull(), "new")
                                .when(col("rank").lt(col("previous_rank")), "up")
                                .when(col("rank").gt(col("previous_rank")), "down")
                                .otherwise("kept")
                                .as("change"),
                        col("previous_rank"));
    }

    /** The portraits that will buy, most buyers first: buyers, place, portrait_id (null for no portrait), name, members. */
    private static Column targets(PortraitOrder order, Texts texts) {
        Column all = order.arrayOf(place -> struct(
                at("buyers_by_place", place).as("buyers"),
                lit(-place).as("earlier"),
                lit(place == order.size() ? null : order.portraits().get(place).id())
                        .cast(DataTypes.StringType)
                        .as("portrait_id"),
                lit(place == order.size()
                                ? texts.pattern("recommend.target.unknown")
                                : order.portraits().get(place).name())
                        .as("name"),
                at("members", place).as("members")));
        // The first is kept in any case: among very many portraits none may have a share worth a word.
        return filter(sort_array(all, false), (target, place) -> place.equalTo(0)
                .or(target.getField("buyers").geq(col("expected_buyers").multiply(MIN_TARGET_SHARE))));
    }

    private static Column reason(RecommendSettings settings, Texts texts) {
        return concat_ws(
                texts.pattern("recommend.between"),
                thin(settings, texts),
                launch(texts),
                who(texts),
                texts.column(
                        "recommend.expected",
                        col("expected_buyers"),
                        lit(settings.horizonDays()),
                        concat_ws(texts.pattern("recommend.from.between"), sources(texts)),
                        col("product_affinity_factor"),
                        col("category_affinity_factor")),
                texts.column("recommend.appetite", col("holders"), col("appetite")),
                when(col("taste").notEqual(1), texts.column("recommend.taste", col("taste"), col("path"))),
                when(col("owners").gt(0), texts.column("recommend.owners", col("owners"))),
                texts.column(
                        "recommend.score",
                        col("score"),
                        col("repurchase_factor"),
                        col("margin_factor"),
                        col("trust_factor"),
                        col("generality_factor"),
                        col("own_use_factor"),
                        col("overlap_factor")),
                when(col("overlap_factor").lt(1), elsewhere(settings, texts)),
                moved(texts),
                when(col("loyalty").gt(0), texts.column("recommend.use", col("loyalty")))
                        .otherwise(texts.pattern("recommend.use.none")),
                when(col("is_trust_assessed"), texts.column("recommend.trust", col("trust")))
                        .otherwise(texts.pattern("recommend.trust.none")),
                when(
                                col("unit_margin").isNotNull(),
                                texts.column(
                                        "recommend.margin",
                                        col("unit_margin").cast(MONEY).cast(DataTypes.StringType),
                                        lit(settings.currency())))
                        .otherwise(texts.pattern("recommend.margin.none")));
    }

    /** That some hear of it from other KOCs; the KOC's level where it has a part in who goes first. */
    private static Column elsewhere(RecommendSettings settings, Texts texts) {
        Column said = lit(texts.pattern("recommend.elsewhere.unranked"));
        if (settings.rerank().coordination().level() == 0) {
            return said;
        }
        for (String level : KocLevels.NAMES) {
            said = when(
                            col("level").equalTo(level),
                            texts.text("recommend.elsewhere", texts.pattern("levels.name." + level)))
                    .otherwise(said);
        }
        return said;
    }

    /** Which step brought it up, and from where. */
    private static Column moved(Texts texts) {
        Column moved = lit(null).cast(DataTypes.StringType);
        for (String step : RerankSettings.STEPS) {
            moved = when(col("promoted_by").equalTo(step), texts.column("recommend.moved." + step, col("score_rank")))
                    .otherwise(moved);
        }
        return moved;
    }

    /** Where the buyers come from; what comes to nothing is not said. */
    private static Column[] sources(Texts texts) {
        return Ranking.SOURCES.stream()
                .map(source -> when(col(source).geq(MIN_SAID), said(source, texts)))
                .toArray(Column[]::new);
    }

    private static Column said(String source, Texts texts) {
        Column said = texts.column("recommend." + source, col(source));
        return source.equals("from_new_users")
                ? when(col("basis").equalTo("pool"), said)
                        .otherwise(texts.column("recommend.from_new_users.thin", col(source)))
                : said;
    }

    /** What stands in for a pool that is too thin to judge; nothing when the pool speaks for itself. */
    private static Column thin(RecommendSettings settings, Texts texts) {
        Column needed = lit(settings.minPool());
        return when(
                        col("basis").equalTo("county"),
                        texts.column(
                                "recommend.thin.county",
                                col("buying_members"),
                                col("pool_size"),
                                needed,
                                coalesce(col("county"), lit(""))))
                .when(
                        col("basis").equalTo("everybody"),
                        texts.column("recommend.thin.everybody", col("buying_members"), col("pool_size"), needed));
    }

    /** Since when it is sold, and what it is judged by, when it is new. */
    private static Column launch(Texts texts) {
        Column launch = lit(null).cast(DataTypes.StringType);
        for (int likeness = 0; likeness < NewProducts.LIKENESSES; likeness++) {
            launch = when(
                            col("is_new").and(col("likeness").equalTo(likeness)),
                            texts.column(
                                    "recommend.launch." + likeness,
                                    col("launched_on").cast(DataTypes.StringType),
                                    col("like_products"),
                                    col("like_buyers"),
                                    col("buyers")))
                    .otherwise(launch);
        }
        return launch;
    }

    /** The portrait most of the buyers will come from, and how sure it is that it buys more than others. */
    private static Column who(Texts texts) {
        Column who = when(
                        col("lead.members").gt(0),
                        texts.column("recommend.who", col("lead.members"), col("pool_size"), col("lead.name")))
                .otherwise(texts.column("recommend.who.absent", col("lead.name")));
        Column keen = when(col("lead_id").isNull(), texts.pattern("recommend.keen.unknown"))
                .when(col("lift").isNull(), texts.pattern("recommend.keen.unassessed"))
                .when(col("lift_low").geq(1), texts.column("recommend.keen.surely", col("lift"), col("lift_low")))
                .when(
                        col("lift").geq(ABOUT_AVERAGE),
                        texts.column("recommend.keen.perhaps", col("lift"), col("lift_low")))
                .otherwise(texts.column("recommend.keen.less", col("lift")));
        return concat_ws(texts.pattern("recommend.who.keen"), who, keen);
    }
}
