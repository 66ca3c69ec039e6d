package koc.kocs.score;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.when;

import koc.kocs.KocSettings;
import koc.rules.KocLevels;
import koc.rules.OpenQuestions;
import koc.text.Texts;
import org.apache.spark.sql.Column;

/**
 * Why a KOC ranks as they do, in two sentences: whether members buy more after their posts, and the one other thing
 * that matters most. Every number is a column of koc_ranking.
 */
final class KocReasons {
    private final KocSettings.Score settings;
    private final Texts texts;

    KocReasons(KocSettings.Score settings, Texts texts) {
        this.settings = settings;
        this.texts = texts;
    }

    /** The reasons of a KOC with the columns of {@link KocScoring#score} and {@link LevelAndRank#withLevelAtRank}. */
    Column explain() {
        return texts.sentences(
                influence(),
                coalesce(
                        doubt(),
                        revoked(),
                        tooManyPosts(),
                        flightRisk(),
                        LevelAndRank.explain(texts),
                        unanswered(),
                        poolBuyers()));
    }

    private Column influence() {
        Column lift = col("influence_lift");
        Column low = col("influence_low");
        return when(lift.isNull(), texts.pattern("kocs.reason.influence.missing"))
                .when(low.gt(1), texts.column("kocs.reason.influence.surely", lift, low))
                .when(col("influence_high").lt(1), texts.column("kocs.reason.influence.not", lift))
                .otherwise(texts.column("kocs.reason.influence.unsure", lift, low));
    }

    /** What makes the numbers doubtful, and how much of them the score trusts. */
    private Column doubt() {
        return when(
                KocDoubts.worst().isNotNull(),
                texts.column(
                        "kocs.reason.doubt",
                        texts.word("kocs.doubt.", KocDoubts.worst()),
                        col("credibility").multiply(100)));
    }

    private Column revoked() {
        return when(KocLevels.isRevoked(col("level")), texts.pattern("kocs.reason.revoked"));
    }

    private Column tooManyPosts() {
        return when(
                col("days_above_cap").gt(0),
                texts.column("kocs.reason.frequency-cap", col("days_above_cap"), col("frequency_cap")));
    }

    private Column flightRisk() {
        Column risk = col("flight_risk");
        return when(
                risk.geq(settings.minReportedFlightRisk()),
                texts.column("kocs.reason.flight-risk", risk.multiply(100)));
    }

    private Column unanswered() {
        return when(
                OpenQuestions.areMany(),
                texts.column("kocs.reason.answers", col("answered_inquiries_90d"), col("inquiries_90d")));
    }

    private Column poolBuyers() {
        Column rate = col("pool_buyer_rate");
        Column ofType = col("type_pool_buyer_rate");
        return when(
                rate.isNotNull().and(ofType.isNotNull()),
                texts.column(
                        "kocs.reason.pool-buyers",
                        rate.multiply(100),
                        texts.word("kocs.relation.", col("koc_type")),
                        ofType.multiply(100)));
    }
}
