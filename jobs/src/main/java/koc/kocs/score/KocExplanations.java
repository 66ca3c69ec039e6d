package koc.kocs.score;

import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import koc.kocs.KocSettings;
import koc.kocs.levels.LevelCriteria;
import koc.kocs.levels.LevelMovement;
import koc.rules.KocProfile;
import koc.rules.KocType;
import koc.tables.KocTables;
import koc.text.Texts;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Explains readiness, rank and score of each KOC in a sentence with numbers. */
public final class KocExplanations {
    private final KocSettings settings;
    private final Texts texts;
    private final LocalDate day;
    private final FrequencyCaps frequencyCaps;

    public KocExplanations(KocSettings settings, Texts texts, LocalDate day, FrequencyCaps frequencyCaps) {
        this.settings = settings;
        this.texts = texts;
        this.day = day;
        this.frequencyCaps = frequencyCaps;
    }

    /**
     * KOC grain -> the rows of koc_ranking.
     *
     * @param scored as {@link KocScoring#score} returns them, with the levels of {@link LevelMovement#move}
     */
    public Dataset<Row> explain(Dataset<Row> scored) {
        return LevelAndRank.withLevelAtRank(scored)
                .withColumn("day", lit(day))
                .withColumn("levels_version", lit(settings.levels().version()))
                .withColumn("frequency_cap", frequencyCaps.postsPerDay())
                .withColumn("loss_ratio_above_cap", frequencyCaps.lossRatio())
                .withColumn("readiness", new ReadinessText(settings.readiness(), texts).explain())
                .withColumn("reasons", explainReasons())
                .select(KocTables.KOC_RANKING.columnNames().stream()
                        .map(name -> col(name))
                        .toArray(Column[]::new));
    }

    private Column explainReasons() {
        return concat_ws(
                texts.pattern("kocs.between"),
                explainFraud(),
                new LevelAndRank(new LevelCriteria(settings.levels()), texts).explain(),
                explainInfluence(),
                explainSales(),
                explainPoolBuyers(),
                explainTies(),
                explainOwnUse(),
                explainPersona(),
                explainAnswers(),
                explainRestraint(),
                explainSatisfaction(),
                explainFlightRisk(),
                explainProfile(),
                nameMissingComponents());
    }

    /** Names the components that are left out of the score. */
    private Column nameMissingComponents() {
        Column[] names = KocComponents.NAMES.stream()
                .map(name -> {
                    Column isMissing = col(name).isNull();
                    return when(
                            name.equals(KocComponents.SATISFACTION)
                                    ? isMissing.and(KocType.GUIDE.is(col("koc_type")))
                                    : isMissing,
                            texts.pattern("kocs.component." + name));
                })
                .toArray(Column[]::new);
        Column missing = concat_ws(texts.pattern("kocs.comma"), names);
        return when(missing.notEqual(""), texts.column("kocs.reason.missing", missing));
    }

    /** Suspected fraud, and how much it reduces the components that can be faked. */
    private Column explainFraud() {
        return when(
                coalesce(size(col("flags")).gt(0), lit(false)),
                texts.column(
                        "kocs.reason.flags",
                        lit(1.0).minus(col("credibility")).multiply(100),
                        array_join(
                                transform(col("flags"), flag -> flag.getField("evidence")),
                                texts.pattern("kocs.and"))));
    }

    private Column explainInfluence() {
        return when(
                        col("influence_lift").isNotNull(),
                        texts.column(
                                "kocs.reason.influence",
                                col("influence_lift"),
                                col("influence_low"),
                                coalesce(col("naive_lift"), col("influence_lift"))))
                .when(col("influence").isNotNull(), texts.column("kocs.reason.influence.prior", col("prior_low")))
                .otherwise(texts.pattern("kocs.reason.influence.missing"));
    }

    private Column explainSales() {
        return texts.column(
                "kocs.reason.sales",
                least(lit(90), coalesce(col("history_days"), lit(90))),
                col("shares_90d"),
                col("group_shares_90d"),
                col("inquiries_90d"),
                col("attributed_buyers_90d"),
                col("net_sales_90d").cast("double"),
                lit(settings.currency()),
                coalesce(col("new_customers_90d").cast("string"), lit(texts.pattern("kocs.reason.unknown"))));
    }

    private Column explainPoolBuyers() {
        return when(
                col("pool_buyer_rate")
                        .isNotNull()
                        .and(col("type_pool_buyer_rate").isNotNull()),
                texts.column(
                        "kocs.reason.pool-buyers",
                        col("pool_buyer_rate").multiply(100),
                        nameTiesOfType(),
                        col("type_pool_buyer_rate").multiply(100)));
    }

    private Column nameTiesOfType() {
        return when(KocType.EMPLOYEE.is(col("koc_type")), texts.pattern("kocs.edge.employee"))
                .when(KocType.GUIDE.is(col("koc_type")), texts.pattern("kocs.edge.guide"))
                .when(KocType.EXTERNAL.is(col("koc_type")), texts.pattern("kocs.edge.external"))
                .otherwise(texts.pattern("kocs.edge.user"));
    }

    private Column explainTies() {
        return when(col("has_ties"), texts.column("kocs.reason.ties", col("strong_ties"), col("pool_size")));
    }

    private Column explainFlightRisk() {
        Column risk = col("flight_risk");
        return when(
                risk.geq(settings.score().minReportedFlightRisk()),
                texts.column("kocs.reason.flight-risk", risk.multiply(100)));
    }

    private Column explainOwnUse() {
        Column uses = when(
                col("product_shares_90d").gt(0),
                texts.column("kocs.reason.uses", col("used_shares_90d"), col("product_shares_90d")));
        return when(
                col("own_use").isNotNull(),
                concat_ws(
                        texts.pattern("kocs.comma"),
                        uses,
                        texts.column(
                                "kocs.reason.loyalty",
                                col("purchase_days_365d"),
                                coalesce(col("history_days"), lit(365)))));
    }

    private Column explainPersona() {
        return when(
                col("persona_consistency").isNotNull(),
                texts.column(
                        "kocs.reason.persona",
                        col("top_topic"),
                        col("top_topic_shares"),
                        col("product_shares_90d"),
                        col("topics")));
    }

    private Column explainAnswers() {
        return when(
                col("inquiries_90d").gt(0),
                texts.column("kocs.reason.answers", col("answered_inquiries_90d"), col("inquiries_90d")));
    }

    private Column explainRestraint() {
        Column lost = when(
                col("restraint").isNotNull(),
                texts.column(
                        "kocs.reason.restraint",
                        col("muted_or_left_90d"),
                        KocComponents.membersOf90Days(),
                        col("baseline_loss_rate").multiply(100)));
        Column posts = when(
                col("days_above_cap").gt(0),
                texts.column(
                        "kocs.reason.frequency-cap",
                        col("frequency_cap"),
                        col("days_above_cap"),
                        col("posting_days_90d"),
                        col("loss_ratio_above_cap")));
        Column words = concat_ws(texts.pattern("kocs.comma"), lost, posts);
        return when(words.notEqual(""), words);
    }

    private Column explainSatisfaction() {
        return when(
                col("satisfaction").isNotNull(),
                texts.column(
                        "kocs.reason.satisfaction",
                        col("pool_reviews"),
                        coalesce(meanStars(col("pool_rating_sum"), col("pool_reviews")), lit(0.0)),
                        col("pool_complaints"),
                        col("pool_lines")));
    }

    private Column explainProfile() {
        return when(
                col("profile_completeness").lt(1),
                texts.column(
                        "kocs.reason.profile",
                        concat_ws(
                                texts.pattern("kocs.comma"),
                                KocProfile.missingParts(part -> lit(texts.pattern("kocs.profile." + part))))));
    }

    private static Column meanStars(Column sum, Column reviews) {
        return when(reviews.gt(0), sum.cast("double").divide(reviews));
    }
}
