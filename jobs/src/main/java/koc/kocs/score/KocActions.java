package koc.kocs.score;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import koc.kocs.KocSettings;
import koc.kocs.levels.LevelCriteria;
import koc.rules.KocLevels;
import koc.rules.OpenQuestions;
import koc.text.ShortName;
import koc.text.Texts;
import org.apache.spark.sql.Column;

/**
 * Who does what next about a KOC, in one sentence: first what endangers the brand or the KOC, then what makes the KOC
 * ready, then what makes them better. Every number is a column of koc_ranking.
 */
final class KocActions {
    private final KocSettings.Score settings;
    private final Texts texts;
    private final Column name;

    KocActions(KocSettings.Score settings, Texts texts) {
        this.settings = settings;
        this.texts = texts;
        this.name = coalesce(ShortName.of(col("nickname")), ShortName.of(col("koc_id")));
    }

    /** The next action for a KOC with the columns of {@link KocReasons#explain} and {@link LevelCriteria#withMissing}. */
    Column next() {
        return coalesce(averted(), prepared(), developed());
    }

    /** What must not go on. */
    private Column averted() {
        Column doubt = KocDoubts.worst();
        return when(KocLevels.isRevoked(col("level")), texts.column("kocs.action.revoked", name))
                .when(doubt.isin("self_referral", "collusion_ring"), texts.column("kocs.action.check-sales", name))
                .when(doubt.equalTo("spam"), texts.column("kocs.action.spam", name))
                .when(doubt.equalTo("served_only"), texts.column("kocs.action.served-only", name))
                .when(
                        col("flight_risk").geq(settings.minReportedFlightRisk()),
                        texts.column("kocs.action.flight-risk", name))
                .when(
                        col("grace_until").isNotNull().and(col("is_trial_over")),
                        texts.column(
                                "kocs.action.trial", name, col("grace_until").cast("string")))
                .when(
                        col("grace_until").isNotNull(),
                        texts.column(
                                "kocs.action.grace",
                                name,
                                texts.word("levels.name.", col("level")),
                                col("grace_until").cast("string")))
                .when(
                        col("days_above_cap").gt(0),
                        texts.column("kocs.action.frequency-cap", name, col("frequency_cap")));
    }

    /** What is missing before the KOC may recommend. */
    private Column prepared() {
        Column dislikesAll =
                not(col("uses_products")).and(col("products_blocked").gt(0));
        return when(not(col("is_tied_to_brand")), texts.column("kocs.action.tie", name))
                .when(
                        dislikesAll.or(not(col("approves_products"))),
                        texts.column("kocs.action.approval", name, col("products_blocked")))
                .when(not(col("uses_products")), texts.column("kocs.action.use", name));
    }

    /** What makes the KOC better. A higher level costs money, so it is no step for those whose posts may move nobody. */
    private Column developed() {
        Column surelyMoves = coalesce(col("influence_low").gt(1), lit(false));
        Column only = LevelCriteria.onlyMissing();
        Column nextLevel = texts.word("levels.name.", KocLevels.name(col("next_index")));
        return when(
                        OpenQuestions.areMany(),
                        texts.column("kocs.action.answers", name, col("answered_inquiries_90d"), col("inquiries_90d")))
                .when(only.equalTo("courses").and(surelyMoves), texts.column("kocs.action.training", name, nextLevel))
                .when(
                        only.isNotNull().and(surelyMoves),
                        texts.column("kocs.action.level", name, nextLevel, texts.word("levels.requirement.", only)))
                .when(col("influence_lift").isNull(), texts.column("kocs.action.first-share", name))
                .when(surelyMoves, texts.column("kocs.action.share-more", name))
                .when(col("influence_high").lt(1), texts.column("kocs.action.other-products", name))
                .otherwise(texts.column("kocs.action.share-again", name));
    }
}
