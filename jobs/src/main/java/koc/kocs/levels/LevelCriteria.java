package koc.kocs.levels;

import static koc.rules.KocLevels.BRONZE_INDEX;
import static koc.rules.KocLevels.TRAINEE_INDEX;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import koc.kocs.levels.LevelSettings.Recruitment;
import koc.kocs.levels.LevelSettings.Threshold;
import koc.rules.KocLevels;
import koc.rules.KocType;
import koc.statistics.Fractions;
import koc.text.Texts;
import org.apache.spark.sql.Column;

/**
 * What each level requires, and how a KOC compares with it.
 *
 * <p>Every column reads koc_type, pool_size, own_orders_365d, tenure_days, courses_365d (null if no training of
 * anybody is recorded), and net_sales, new_customers and active_days of 30 and 90 days.
 */
public final class LevelCriteria {
    private static final double FULL = 1;
    /**
     * Counts are rounded to 1 / this before they are rounded up, so that .07 x 100 stays 7, although it is
     * 7.000000000000001 in doubles.
     */
    private static final double COUNT_PRECISION = 1e6;

    private final LevelSettings settings;

    public LevelCriteria(LevelSettings settings) {
        this.settings = settings;
    }

    public LevelSettings settings() {
        return settings;
    }

    /** Net sales, new customers or active days of the window, by default 90 days. */
    public Column measure(String name) {
        return col(name + "_" + settings.windowDays() + "d");
    }

    /** Whether the KOC meets this fraction of what trainees need. */
    public Column meetsRecruitment(double fraction) {
        return areAllMet(recruitment(fraction));
    }

    /** Whether the KOC meets this fraction of the thresholds. */
    public Column meets(Threshold threshold, double fraction) {
        return areAllMet(criteria(value -> lit(value.applyAsDouble(threshold)), fraction));
    }

    /** The KOC's numbers against what a level needs, joined by commas; empty if the level needs nothing. */
    public Column describe(Column level, Texts texts) {
        return describe(level, FULL, Criterion::isRequired, texts);
    }

    /** As {@link #describe}, against what keeping the level needs. */
    public Column describeRetention(Column level, Texts texts) {
        return describe(level, settings.retentionFraction(), Criterion::isRequired, texts);
    }

    /** As {@link #describe}, only what the KOC does not meet. */
    public Column describeUnmet(Column level, Texts texts) {
        return describe(level, FULL, criterion -> not(criterion.isMet()), texts);
    }

    /** As {@link #describeRetention}, only what the KOC does not meet. */
    public Column describeUnmetRetention(Column level, Texts texts) {
        return describe(level, settings.retentionFraction(), criterion -> not(criterion.isMet()), texts);
    }

    /** The name of a level in the language of the texts. */
    public static Column nameLevel(Column level, Texts texts) {
        Column name = when(level.equalTo(KocLevels.REVOKED), texts.pattern("levels.name." + KocLevels.REVOKED));
        for (String other : KocLevels.NAMES) {
            name = name.when(level.equalTo(other), texts.pattern("levels.name." + other));
        }
        return name;
    }

    /**
     * The mean over the requirements of value / requirement, each at most 1; 1 if the level requires nothing.
     *
     * <p>Worked: 8,000 of 8,000 net sales, 5 of 5 new customers, 20 of 25 active days and 0 of 2 trainings give (1 + 1
     * + .8 + 0) / 4 = .7.
     */
    public Column progress(Column level) {
        return when(level.geq(BRONZE_INDEX), meanQuotient(criteria(level, FULL)))
                .when(level.equalTo(TRAINEE_INDEX), meanQuotient(recruitment(FULL)))
                .otherwise(1.0);
    }

    /**
     * One requirement.
     *
     * @param text key of the sentence that names value and requirement
     * @param value null if no source records it; then it is not required
     */
    private record Criterion(String text, Column value, Column required) {
        Column isMet() {
            return coalesce(value.cast("double").geq(required), lit(true));
        }

        Column isRequired() {
            return required.gt(0).and(value.isNotNull());
        }

        /** At most 1; null if nothing is required. */
        Column quotient() {
            return when(
                    isRequired(),
                    least(lit(1.0), greatest(lit(0.0), value.cast("double")).divide(required)));
        }

        Column describe(Texts texts) {
            return texts.column(text, value.cast("double"), required);
        }
    }

    private Column describe(Column level, double fraction, Function<Criterion, Column> isIncluded, Texts texts) {
        return when(level.geq(BRONZE_INDEX), describe(criteria(level, fraction), isIncluded, texts))
                .when(level.equalTo(TRAINEE_INDEX), describe(recruitment(fraction), isIncluded, texts))
                .otherwise("");
    }

    private static Column describe(List<Criterion> criteria, Function<Criterion, Column> isIncluded, Texts texts) {
        Column[] sentences = criteria.stream()
                .map(criterion -> when(isIncluded.apply(criterion), criterion.describe(texts)))
                .toArray(Column[]::new);
        return array_join(array_compact(array(sentences)), texts.pattern("levels.between"));
    }

    private static Column areAllMet(List<Criterion> criteria) {
        return criteria.stream().map(Criterion::isMet).reduce(lit(true), Column::and);
    }

    private static Column meanQuotient(List<Criterion> criteria) {
        return coalesce(
                Fractions.meanOfPresent(
                        criteria.stream().map(Criterion::quotient).toArray(Column[]::new)),
                lit(1.0));
    }

    private List<Criterion> criteria(Column level, double fraction) {
        return criteria(value -> threshold(level, value), fraction);
    }

    private List<Criterion> criteria(Function<ToDoubleFunction<Threshold>, Column> threshold, double fraction) {
        return List.of(
                new Criterion(
                        "levels.net-sales",
                        measure("net_sales"),
                        threshold.apply(level -> level.netSales() * fraction)),
                new Criterion(
                        "levels.new-customers",
                        measure("new_customers"),
                        threshold.apply(level -> roundUp(level.newCustomers(), fraction))),
                new Criterion(
                        "levels.active-days",
                        measure("active_days"),
                        threshold.apply(level -> roundUp(level.activeDays(), fraction))),
                new Criterion(
                        "levels.courses",
                        col("courses_365d"),
                        threshold.apply(level -> roundUp(level.courses(), fraction))));
    }

    private Column threshold(Column level, ToDoubleFunction<Threshold> value) {
        Column[] thresholds = settings.thresholds().stream()
                .map(threshold -> lit(value.applyAsDouble(threshold)))
                .toArray(Column[]::new);
        return element_at(array(thresholds), greatest(lit(1), level.minus(BRONZE_INDEX - 1)));
    }

    private List<Criterion> recruitment(double fraction) {
        return List.of(
                new Criterion("levels.pool", col("pool_size"), ofType(Recruitment::pool, fraction)),
                new Criterion("levels.orders", col("own_orders_365d"), ofType(Recruitment::orders, fraction)),
                new Criterion("levels.active-days", measure("active_days"), ofType(Recruitment::activeDays, fraction)),
                new Criterion("levels.tenure", col("tenure_days"), ofType(Recruitment::tenureDays, fraction)));
    }

    private Column ofType(ToIntFunction<Recruitment> value, double fraction) {
        Column type = col("koc_type");
        return when(KocType.isStaff(type), roundUp(value.applyAsInt(settings.staff()), fraction))
                .when(KocType.EXTERNAL.is(type), roundUp(value.applyAsInt(settings.external()), fraction))
                .otherwise(roundUp(value.applyAsInt(settings.user()), fraction));
    }

    /** The fraction of a count, rounded up: six tenths of one day are a day. */
    private static double roundUp(int count, double fraction) {
        return Math.ceil(Math.rint(count * fraction * COUNT_PRECISION) / COUNT_PRECISION);
    }
}
