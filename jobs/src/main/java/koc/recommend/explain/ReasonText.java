package koc.recommend.explain;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import koc.recommend.RecommendSettings;
import koc.recommend.RerankSettings;
import koc.recommend.products.ColdStart;
import koc.recommend.rank.Readiness;
import koc.recommend.rank.Scoring;
import koc.rules.KocLevels;
import koc.text.Texts;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;

/** The reason of a recommendation in words, with the numbers of its row. */
public record ReasonText(RecommendSettings settings, Texts texts) {
    /** Lifts from here to 1 are displayed as 1.0, so they are not called below average. */
    private static final double ABOUT_AVERAGE = 0.95;
    /** Fewer buyers would be displayed as 0.00. */
    private static final double MIN_DISPLAYED = 0.005;

    /** The whole reason, its sentences in a fixed order. */
    public Column reason() {
        return concat_ws(
                texts.pattern("recommend.between"),
                standIn(),
                coldStart(),
                leadPortrait(),
                expectedBuyers(),
                texts.column("recommend.product_affinity", col("owners"), col("product_affinity")),
                when(
                        col("category_affinity").notEqual(1),
                        texts.column("recommend.category_affinity", col("category_affinity"), col("path"))),
                when(col("owners_not_due").gt(0), texts.column("recommend.owners_not_due", col("owners_not_due"))),
                score(),
                when(col("overlap_factor").lt(1), overlap()),
                promotion(),
                notReady(),
                when(col("product_loyalty").gt(0), texts.column("recommend.own_use", col("product_loyalty")))
                        .otherwise(texts.pattern("recommend.own_use.none")),
                when(col("is_trust_assessed"), texts.column("recommend.trust", col("trust")))
                        .otherwise(texts.pattern("recommend.trust.none")),
                margin());
    }

    private Column expectedBuyers() {
        return texts.column(
                "recommend.expected",
                col("expected_buyers"),
                lit(settings.horizonDays()),
                concat_ws(texts.pattern("recommend.from.between"), sources()),
                col("product_affinity_factor"),
                col("category_affinity_factor"));
    }

    private Column score() {
        return texts.column(
                "recommend.score",
                col("score"),
                col("repurchase_factor"),
                col("margin_factor"),
                col("trust_factor"),
                col("generality_factor"),
                col("own_use_factor"),
                col("overlap_factor"));
    }

    /** Why the KOC is not ready; null when they are. */
    private Column notReady() {
        return when(col("not_ready").equalTo(Readiness.NOT_TIED), texts.pattern("recommend.not_ready.tie"))
                .when(col("not_ready").equalTo(Readiness.NOT_APPROVED), texts.pattern("recommend.not_ready.approval"));
    }

    private Column margin() {
        Column unitMargin = col("unit_margin").cast(Explanations.MONEY).cast(DataTypes.StringType);
        return when(
                        col("unit_margin").isNotNull(),
                        texts.column("recommend.margin", unitMargin, lit(settings.currency())))
                .otherwise(texts.pattern("recommend.margin.none"));
    }

    /** Explains the overlap penalty; names the KOC's level when levels have an effect on priority. */
    private Column overlap() {
        Column text = lit(texts.pattern("recommend.overlap.unranked"));
        if (settings.rerank().overlapPenalty().level() == 0) {
            return text;
        }
        for (String level : KocLevels.NAMES) {
            String named = texts.text("recommend.overlap", texts.pattern("levels.name." + level));
            text = when(col("level").equalTo(level), named).otherwise(text);
        }
        return text;
    }

    /** The re-ranking step that moved the product up, and its rank by score. */
    private Column promotion() {
        Column text = lit(null).cast(DataTypes.StringType);
        for (String step : RerankSettings.STEPS) {
            Column promoted = texts.column("recommend.promoted." + step, col("score_rank"));
            text = when(col("promoted_by").equalTo(step), promoted).otherwise(text);
        }
        return text;
    }

    /** The sources of the expected buyers; those displayed as 0 are left out. */
    private Column[] sources() {
        return Scoring.SOURCES.stream()
                .map(source -> when(col(source).geq(MIN_DISPLAYED), sourceText(source)))
                .toArray(Column[]::new);
    }

    private Column sourceText(String source) {
        Column text = texts.column("recommend." + source, col(source));
        return source.equals("from_new_users")
                ? when(col("basis").equalTo("pool"), text)
                        .otherwise(texts.column("recommend.from_new_users.stand_in", col(source)))
                : text;
    }

    /** Names the users who complete a thin pool; null when the pool is not thin. */
    private Column standIn() {
        Column needed = lit(settings.minPool());
        return when(
                        col("basis").equalTo("county"),
                        texts.column(
                                "recommend.stand_in.county",
                                col("buying_members"),
                                col("pool_size"),
                                needed,
                                coalesce(col("county"), lit(""))))
                .when(
                        col("basis").equalTo("everybody"),
                        texts.column("recommend.stand_in.everybody", col("buying_members"), col("pool_size"), needed));
    }

    /** For a new product, its launch and the peers that its rates are estimated from. */
    private Column coldStart() {
        Column text = lit(null).cast(DataTypes.StringType);
        for (int level = 0; level < ColdStart.PEER_LEVELS; level++) {
            Column launch = texts.column(
                    "recommend.cold_start." + level,
                    col("launched_on").cast(DataTypes.StringType),
                    col("peer_products"),
                    col("peer_buyers"),
                    col("buyers"));
            text = when(col("is_new").and(col("peer_level").equalTo(level)), launch)
                    .otherwise(text);
        }
        return text;
    }

    /** The portrait with the most expected buyers, and its lift. */
    private Column leadPortrait() {
        Column lead = when(
                        col("lead.members").gt(0),
                        texts.column("recommend.lead", col("lead.members"), col("pool_size"), col("lead.name")))
                .otherwise(texts.column("recommend.lead.absent", col("lead.name")));
        Column lift = when(col("lead_id").isNull(), texts.pattern("recommend.lift.unknown"))
                .when(col("lift").isNull(), texts.pattern("recommend.lift.unassessed"))
                .when(col("lift_low").geq(1), texts.column("recommend.lift.surely", col("lift"), col("lift_low")))
                .when(
                        col("lift").geq(ABOUT_AVERAGE),
                        texts.column("recommend.lift.perhaps", col("lift"), col("lift_low")))
                .otherwise(texts.column("recommend.lift.less", col("lift")));
        return concat_ws(texts.pattern("recommend.lead.between"), lead, lift);
    }
}
