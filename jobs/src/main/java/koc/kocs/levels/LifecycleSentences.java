package koc.kocs.levels;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.slice;
import static org.apache.spark.sql.functions.try_element_at;
import static org.apache.spark.sql.functions.when;

import koc.rules.KocLevels;
import koc.text.ShortName;
import koc.text.Texts;
import org.apache.spark.sql.Column;

/**
 * The sentences of koc_lifecycle. They need these columns of a person: nickname, koc_id, listed_as, level, level_index,
 * next_index, is_recruited, may_return_on, influence_lift, influence_low, and those of {@link
 * LevelCriteria#withMissing}.
 */
final class LifecycleSentences {
    private final Texts texts;

    LifecycleSentences(Texts texts) {
        this.texts = texts;
    }

    /** What the next level still requires; for the revoked, when they may start again; empty if nothing is missing. */
    Column missing() {
        return when(KocLevels.isRevoked(col("level")), texts.column("levels.readmission", mayReturnOn()))
                .otherwise(amounts());
    }

    /** How the recruitment went, or what it still requires. */
    Column recruitment() {
        return when(
                        col("level_index").geq(KocLevels.TRAINEE_INDEX),
                        texts.column("levels.recruitment.done", level(col("level"))))
                .when(col("is_recruited"), texts.pattern("levels.recruitment.passed"))
                .otherwise(texts.column("levels.recruitment.failed", enumerated()));
    }

    /** Who does what next, so that the person reaches the next level. */
    Column nextAction() {
        Column name = coalesce(ShortName.of(col("nickname")), ShortName.of(col("koc_id")));
        Column next = level(KocLevels.name(col("next_index")));
        return when(KocLevels.isRevoked(col("level")), texts.column("levels.action.revoked", name, mayReturnOn()))
                .when(col("next_index").isNull(), texts.column("levels.action.highest", name))
                .when(amounts().equalTo(""), texts.column("levels.action.nothing-missing", name, next))
                .when(not(col("listed_as").equalTo(KocLifecycle.KOC)), recruit(name))
                .otherwise(coalesce(
                        oneThing(name, next), texts.column("levels.action.several", name, next, enumerated())));
    }

    /** What to do before somebody who is no KOC is admitted: what they lack, and what their posts do. */
    private Column recruit(Column name) {
        Column amounts = missingAmounts();
        Column first = try_element_at(amounts, lit(1));
        Column second = try_element_at(amounts, lit(2));
        Column needs = when(size(amounts).gt(2), texts.column("levels.first-two", first, second))
                .otherwise(enumerated());
        Column lift = col("influence_lift");
        Column low = col("influence_low");
        return when(
                        col("listed_as").equalTo(KocLifecycle.PROVEN),
                        texts.column("levels.action.proven", name, needs, lift, low))
                .when(lift.isNull(), texts.column("levels.action.unmeasured", name, needs))
                .otherwise(texts.column("levels.action.unproven", name, needs, lift, low));
    }

    /** The action for the only requirement that is missing; null if several are. */
    private Column oneThing(Column name, Column next) {
        Column only = LevelCriteria.onlyMissing();
        Column action = lit(null).cast("string");
        for (String requirement : LevelCriteria.REQUIREMENTS) {
            action = when(
                            only.equalTo(requirement),
                            texts.column(
                                    "levels.action.only." + requirement,
                                    name,
                                    next,
                                    LevelCriteria.describeMissing(requirement, texts)))
                    .otherwise(action);
        }
        return action;
    }

    /** What is missing, in numbers, separated by commas. */
    private Column amounts() {
        return array_join(missingAmounts(), texts.pattern("levels.between"));
    }

    /** What is missing, in numbers, with "and" before the last. */
    private Column enumerated() {
        Column amounts = missingAmounts();
        Column last = try_element_at(amounts, lit(-1));
        Column others = array_join(
                slice(amounts, lit(1), greatest(size(amounts).minus(1), lit(0))), texts.pattern("levels.between"));
        return when(size(amounts).gt(1), texts.column("levels.last", others, last))
                .otherwise(last);
    }

    private Column missingAmounts() {
        Column[] amounts = LevelCriteria.REQUIREMENTS.stream()
                .map(requirement -> when(
                        col(LevelCriteria.MISSING + requirement).gt(0),
                        LevelCriteria.describeMissing(requirement, texts)))
                .toArray(Column[]::new);
        return array_compact(array(amounts));
    }

    private Column level(Column level) {
        return texts.word("levels.name.", level);
    }

    private static Column mayReturnOn() {
        return col("may_return_on").cast("string");
    }
}
