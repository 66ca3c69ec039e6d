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
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.try_element_at;
import static org.apache.spark.sql.functions.when;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import koc.kocs.levels.LevelSettings.Recruitment;
import koc.kocs.levels.LevelSettings.Threshold;
import koc.rules.KocType;
import koc.statistics.Fractions;
import koc.text.Texts;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What each level requires, and how a KOC compares with it.
 *
 * <p>Every column reads koc_type, pool_size, own_orders_365d, tenure_days, courses_365d (null if no training of
 * anybody is recorded), and net_sales, new_customers and active_days of 30 and 90 days.
 */
public final class LevelCriteria {
    /** What levels may require, in the order of the texts. Recruitment requires the last three and active days. */
    public static final List<String> REQUIREMENTS =
            List.of("net_sales", "new_customers", "active_days", "courses", "members", "orders", "tenure_days");

    /** Start of the names of columns with what is missing. */
    public static final String MISSING = "missing_";

    private static final String NET_SALES = "net_sales";
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
        return list(level, FULL, criterion -> when(criterion.isRequired(), criterion.describe(texts)), texts);
    }

    /** The KOC's numbers against what keeping a level needs, only those that do not suffice. */
    public Column describeUnmetRetention(Column level, Texts texts) {
        return list(
                level,
                settings.retentionFraction(),
                criterion -> when(not(criterion.isMet()), criterion.describe(texts)),
                texts);
    }

    /** The KOC's numbers of what a level needs, joined by commas; empty if the level needs nothing. */
    public Column describeValues(Column level, Texts texts) {
        return list(
                level,
                FULL,
                criterion ->
                        when(criterion.isRequired(), describeAmount(criterion.requirement(), criterion.value(), texts)),
                texts);
    }

    /** How much of a requirement somebody has, such as "3 new customers". */
    private static Column describeAmount(String requirement, Column amount, Texts texts) {
        return inWords("levels.amount.", requirement, amount, texts);
    }

    /** How much more of a requirement somebody needs, such as "3 more new customers". */
    static Column describeMissing(String requirement, Texts texts) {
        return inWords("levels.more.", requirement, col(MISSING + requirement), texts);
    }

    private static Column inWords(String prefix, String requirement, Column amount, Texts texts) {
        return texts.column(prefix + requirement, amount.cast(requirement.equals(NET_SALES) ? "double" : "long"));
    }

    /** The names of what a level needs, joined by commas; empty if the level needs nothing. */
    public Column nameRequired(Column level, Texts texts) {
        return list(level, FULL, criterion -> when(criterion.isRequired(), criterion.name(texts)), texts);
    }

    /** The names of what keeping a level needs and the KOC does not meet, joined by commas. */
    public Column nameUnmetRetention(Column level, Texts texts) {
        return list(
                level,
                settings.retentionFraction(),
                criterion -> when(not(criterion.isMet()), criterion.name(texts)),
                texts);
    }

    /**
     * Person grain -> the same rows with missing_ and the name of each of {@link #REQUIREMENTS}: how much the person
     * lacks of it for a level. 0 if it is met; null if the level does not require it, or no source records it.
     */
    public Dataset<Row> withMissing(Dataset<Row> people, Column level) {
        Map<String, Column> missing = new LinkedHashMap<>();
        for (String requirement : REQUIREMENTS) {
            missing.put(
                    MISSING + requirement,
                    when(level.geq(BRONZE_INDEX), missing(requirement, criteria(level, FULL)))
                            .when(level.equalTo(TRAINEE_INDEX), missing(requirement, recruitment(FULL)))
                            .cast(requirement.equals(NET_SALES) ? "decimal(18,2)" : "long"));
        }
        return people.withColumns(missing);
    }

    /** The only requirement that is missing; null if none is, or several. Needs the columns of {@link #withMissing}. */
    public static Column onlyMissing() {
        Column[] missing = REQUIREMENTS.stream()
                .map(requirement -> when(col(MISSING + requirement).gt(0), requirement))
                .toArray(Column[]::new);
        Column names = array_compact(array(missing));
        return when(size(names).equalTo(1), try_element_at(names, lit(1)));
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

    private static Column missing(String requirement, List<Criterion> criteria) {
        return criteria.stream()
                .filter(criterion -> criterion.requirement().equals(requirement))
                .findFirst()
                .map(Criterion::missing)
                .orElse(lit(null).cast("double"));
    }

    /**
     * One requirement.
     *
     * @param requirement one of {@link #REQUIREMENTS}
     * @param value null if no source records it; then it is not required
     */
    private record Criterion(String requirement, Column value, Column required) {
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

        /** Null if nothing is required. */
        Column missing() {
            return when(isRequired(), greatest(lit(0.0), required.minus(value.cast("double"))));
        }

        Column describe(Texts texts) {
            return texts.column("levels.compared." + requirement, value.cast("double"), required);
        }

        Column name(Texts texts) {
            return lit(texts.pattern("levels.requirement." + requirement));
        }
    }

    private Column list(Column level, double fraction, Function<Criterion, Column> words, Texts texts) {
        return when(level.geq(BRONZE_INDEX), list(criteria(level, fraction), words, texts))
                .when(level.equalTo(TRAINEE_INDEX), list(recruitment(fraction), words, texts))
                .otherwise("");
    }

    private static Column list(List<Criterion> criteria, Function<Criterion, Column> words, Texts texts) {
        Column[] listed = criteria.stream().map(words).toArray(Column[]::new);
        return array_join(array_compact(array(listed)), texts.pattern("levels.between"));
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
                new Criterion(NET_SALES, measure(NET_SALES), threshold.apply(level -> level.netSales() * fraction)),
                new Criterion(
                        "new_customers",
                        measure("new_customers"),
                        threshold.apply(level -> roundUp(level.newCustomers(), fraction))),
                new Criterion(
                        "active_days",
                        measure("active_days"),
                        threshold.apply(level -> roundUp(level.activeDays(), fraction))),
                new Criterion(
                        "courses", col("courses_365d"), threshold.apply(level -> roundUp(level.courses(), fraction))));
    }

    private Column threshold(Column level, ToDoubleFunction<Threshold> value) {
        Column[] thresholds = settings.thresholds().stream()
                .map(threshold -> lit(value.applyAsDouble(threshold)))
                .toArray(Column[]::new);
        return element_at(array(thresholds), greatest(lit(1), level.minus(BRONZE_INDEX - 1)));
    }

    private List<Criterion> recruitment(double fraction) {
        return List.of(
                new Criterion("members", col("pool_size"), ofType(Recruitment::pool, fraction)),
                new Criterion("orders", col("own_orders_365d"), ofType(Recruitment::orders, fraction)),
                new Criterion("active_days", measure("active_days"), ofType(Recruitment::activeDays, fraction)),
                new Criterion("tenure_days", col("tenure_days"), ofType(Recruitment::tenureDays, fraction)));
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
