package koc.kocs.score;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
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

    /**
     * A step that a KOC may need.
     *
     * @param code of the step, in koc_ranking.next_step
     * @param condition whether the KOC needs it, unless an earlier step comes first
     * @param sentence who does what
     */
    private record Step(String code, Column condition, Column sentence) {}

    /**
     * The code of the first step for a KOC with the columns of {@link KocReasons#explain} and
     * {@link LevelCriteria#withMissing}.
     */
    Column nextStep() {
        return first(step -> lit(step.code()));
    }

    /** The same step in words. */
    Column next() {
        return first(Step::sentence);
    }

    private Column first(Function<Step, Column> value) {
        return coalesce(Stream.of(dangers(), readiness(), improvements())
                .flatMap(List::stream)
                .map(step -> when(step.condition(), value.apply(step)))
                .toArray(Column[]::new));
    }

    /** A step whose sentence has these values. */
    private Step step(String code, Column condition, Column... values) {
        return new Step(code, condition, texts.column("kocs.action." + code.replace('_', '-'), values));
    }

    /** What must not go on. */
    private List<Step> dangers() {
        Column doubt = KocDoubts.worst();
        Column graceUntil = col("grace_until").cast("string");
        return List.of(
                step("revoked", KocLevels.isRevoked(col("level")), name),
                step("check_sales", doubt.isin("self_referral", "collusion_ring"), name),
                step("spam", doubt.equalTo("spam"), name),
                step("served_only", doubt.equalTo("served_only"), name),
                step("flight_risk", col("flight_risk").geq(settings.minReportedFlightRisk()), name),
                step("trial", col("grace_until").isNotNull().and(col("is_trial_over")), name, graceUntil),
                step(
                        "grace",
                        col("grace_until").isNotNull(),
                        name,
                        texts.word("levels.name.", col("level")),
                        graceUntil),
                step("frequency_cap", col("days_above_cap").gt(0), name, col("frequency_cap")));
    }

    /** What is missing before the KOC may recommend. */
    private List<Step> readiness() {
        Column dislikesAll =
                not(col("uses_products")).and(col("products_blocked").gt(0));
        return List.of(
                step("tie", not(col("is_tied_to_brand")), name),
                step("approval", dislikesAll.or(not(col("approves_products"))), name, col("products_blocked")),
                step("use", not(col("uses_products")), name));
    }

    /**
     * What makes the KOC better. A higher level costs money, so it is a step only for KOCs whose members surely buy
     * more after their posts. What to share is not known yet: koc_card.next_action names the product.
     */
    private List<Step> improvements() {
        Column surelyMoves = coalesce(col("influence_low").gt(1), lit(false));
        Column only = LevelCriteria.onlyMissing();
        Column nextLevel = texts.word("levels.name.", KocLevels.name(col("next_index")));
        return List.of(
                step("answers", OpenQuestions.areMany(), name, col("answered_inquiries_90d"), col("inquiries_90d")),
                step("training", only.equalTo("courses").and(surelyMoves), name, nextLevel),
                step(
                        "level",
                        only.isNotNull().and(surelyMoves),
                        name,
                        nextLevel,
                        texts.word("levels.requirement.", only)),
                step("first_share", col("influence_lift").isNull(), name),
                step("share_more", surelyMoves, name),
                step("other_products", col("influence_high").lt(1), name),
                step("share_again", lit(true), name));
    }
}
