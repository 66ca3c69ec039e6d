package koc.kocs;

import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import java.util.List;
import koc.rules.KocProfile;
import koc.rules.KocType;
import koc.tables.KocTables;
import koc.text.Texts;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Says of every KOC why it stands where it stands. */
final class KocReasons {
    private static final List<String> COMPONENTS = List.of(
            "influence",
            "reach_of_strong_ties",
            "own_use",
            "content_and_answers",
            "persona_consistency",
            "restraint",
            "satisfaction");

    private final KocRankingSettings settings;
    private final Texts texts;
    private final int budget;

    private KocReasons(KocRankingSettings settings, Texts texts, int budget) {
        this.settings = settings;
        this.texts = texts;
        this.budget = budget;
    }

    /**
     * The rows of koc_ranking.
     *
     * @param scored as {@link KocComponents#scored} returns them
     * @param budget posts a day that people bear; 0 when it could not be learned
     */
    static Dataset<Row> explained(
            Dataset<Row> scored, LocalDate day, int budget, KocRankingSettings settings, Texts texts) {
        KocReasons reasons = new KocReasons(settings, texts, budget);
        return scored.withColumn("day", lit(day))
                .withColumn("levels_version", lit(settings.levels().version()))
                .withColumn("frequency_cap", budget == 0 ? lit(null).cast("int") : lit(budget))
                .withColumn("readiness", reasons.readiness())
                .withColumn("reasons", reasons.all())
                .select(KocTables.KOC_RANKING.columnNames().stream()
                        .map(name -> col(name))
                        .toArray(Column[]::new));
    }

    /**
     * The components that no KOC has, for their source is absent; guides' satisfaction only where there are guides.
     *
     * @param ranking koc_ranking, not empty
     */
    static List<String> unknownToAll(Dataset<Row> ranking) {
        Column[] known =
                COMPONENTS.stream().map(name -> count(col(name)).as(name)).toArray(Column[]::new);
        Row counts = ranking.agg(count_if(KocType.GUIDE.is(col("koc_type"))).as("guides"), known)
                .head();
        return COMPONENTS.stream()
                .filter(name -> counts.<Long>getAs(name) == 0)
                .filter(name -> !name.equals("satisfaction") || counts.<Long>getAs("guides") > 0)
                .toList();
    }

    private Column readiness() {
        Column missing = concat_ws(
                texts.pattern("kocs.and"),
                when(
                        not(col("is_tied")),
                        texts.column(
                                "kocs.ready.tie",
                                col("purchase_days_365d"),
                                lit(settings.readiness().minPurchaseDays()))),
                when(not(col("is_user")), texts.pattern("kocs.ready.use")),
                when(
                        not(col("is_pleased")),
                        texts.column("kocs.ready.approval", col("own_reviews"), stars(), col("own_complaints"))));
        return when(col("is_ready"), texts.pattern("kocs.ready")).otherwise(missing);
    }

    private Column all() {
        return concat_ws(
                texts.pattern("kocs.between"),
                flagged(),
                influence(),
                sales(),
                conversion(),
                when(col("has_ties"), texts.column("kocs.reason.ties", col("strong_ties"), col("pool_size"))),
                ownUse(),
                persona(),
                answers(),
                restraint(),
                satisfaction(),
                when(
                        col("flight_risk").geq(settings.score().minReportedFlightRisk()),
                        texts.column("kocs.reason.flight", col("flight_risk").multiply(100))),
                profile(),
                unknown());
    }

    /** The components that are left out of the score. */
    private Column unknown() {
        Column[] names = COMPONENTS.stream()
                .map(name -> {
                    Column isUnknown = col(name).isNull();
                    return when(
                            name.equals("satisfaction") ? isUnknown.and(KocType.GUIDE.is(col("koc_type"))) : isUnknown,
                            texts.pattern("kocs.component." + name));
                })
                .toArray(Column[]::new);
        Column all = concat_ws(texts.pattern("kocs.comma"), names);
        return when(all.notEqual(""), texts.column("kocs.reason.unknown", all));
    }

    /** What looks faked comes first, with what it costs. */
    private Column flagged() {
        return when(
                coalesce(size(col("flags")).gt(0), lit(false)),
                texts.column(
                        "kocs.reason.flags",
                        lit(1.0).minus(col("credibility")).multiply(100),
                        array_join(
                                transform(col("flags"), flag -> flag.getField("evidence")),
                                texts.pattern("kocs.and"))));
    }

    private Column influence() {
        return when(
                        col("influence_lift").isNotNull(),
                        texts.column(
                                "kocs.reason.influence",
                                col("influence_lift"),
                                col("influence_low"),
                                coalesce(col("naive_lift"), col("influence_lift"))))
                .when(col("influence").isNotNull(), texts.column("kocs.reason.influence.none", col("prior_low")))
                .otherwise(texts.pattern("kocs.reason.influence.unknown"));
    }

    private Column sales() {
        return texts.column(
                "kocs.reason.sales",
                col("shares_90d"),
                col("group_shares_90d"),
                col("inquiries_90d"),
                col("attributed_buyers_90d"),
                col("net_sales_90d").cast("double"),
                lit(settings.currency()),
                col("new_customers_90d"));
    }

    private Column conversion() {
        return when(
                col("conversion").isNotNull().and(col("type_pool_buyer_rate").isNotNull()),
                texts.column(
                        "kocs.reason.conversion",
                        col("conversion").multiply(100),
                        edge(),
                        col("type_pool_buyer_rate").multiply(100)));
    }

    private Column edge() {
        return when(KocType.EMPLOYEE.is(col("koc_type")), texts.pattern("kocs.edge.employee"))
                .when(KocType.GUIDE.is(col("koc_type")), texts.pattern("kocs.edge.guide"))
                .when(KocType.EXTERNAL.is(col("koc_type")), texts.pattern("kocs.edge.external"))
                .otherwise(texts.pattern("kocs.edge.user"));
    }

    private Column ownUse() {
        Column uses = when(
                col("product_shares_90d").gt(0),
                texts.column("kocs.reason.uses", col("used_shares_90d"), col("product_shares_90d")));
        return when(
                col("own_use").isNotNull(),
                concat_ws(
                        texts.pattern("kocs.comma"),
                        uses,
                        texts.column("kocs.reason.loyalty", col("purchase_days_365d"))));
    }

    private Column persona() {
        return when(
                col("persona_consistency").isNotNull(),
                texts.column(
                        "kocs.reason.persona",
                        col("top_topic"),
                        col("top_topic_shares"),
                        col("product_shares_90d"),
                        col("topics")));
    }

    private Column answers() {
        return when(
                col("inquiries_90d").gt(0),
                texts.column("kocs.reason.answers", col("answered_inquiries_90d"), col("inquiries_90d")));
    }

    private Column restraint() {
        Column lost = when(
                col("restraint").isNotNull(),
                texts.column(
                        "kocs.reason.restraint",
                        col("muted_or_left_90d"),
                        KocComponents.everInPool(),
                        col("usual_loss").multiply(100)));
        Column posts = when(
                col("days_above_cap").gt(0),
                texts.column("kocs.reason.budget", col("days_above_cap"), col("posting_days_90d"), lit(budget)));
        Column words = concat_ws(texts.pattern("kocs.comma"), lost, posts);
        return when(words.notEqual(""), words);
    }

    private Column satisfaction() {
        return when(
                col("satisfaction").isNotNull(),
                texts.column(
                        "kocs.reason.satisfaction",
                        col("pool_reviews"),
                        coalesce(stars(col("pool_rating_sum"), col("pool_reviews")), lit(0.0)),
                        col("pool_complaints"),
                        col("pool_lines")));
    }

    private Column profile() {
        return when(
                col("profile_completeness").lt(1),
                texts.column(
                        "kocs.reason.profile",
                        concat_ws(
                                texts.pattern("kocs.comma"),
                                KocProfile.missingParts(part -> lit(texts.pattern("kocs.profile." + part))))));
    }

    private static Column stars() {
        return coalesce(stars(col("own_rating_sum"), col("own_reviews")), lit(0.0));
    }

    private static Column stars(Column sum, Column reviews) {
        return when(reviews.gt(0), sum.cast("double").divide(reviews));
    }
}
