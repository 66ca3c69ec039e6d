package koc.kocs;

import static koc.rules.KocLevels.BRONZE_INDEX;
import static koc.rules.KocLevels.REVOKED_INDEX;
import static koc.rules.KocLevels.TRAINEE_INDEX;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.date_diff;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import koc.kocs.LevelSettings.Recruitment;
import koc.kocs.LevelSettings.Threshold;
import koc.rules.KocLevels;
import koc.rules.KocType;
import koc.text.Texts;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Which level a KOC has, from what it did and which level it had on the previous day.
 *
 * <p>Recruit (0) becomes trainee (1) by the thresholds at recruitment, and bronze (2), silver, gold and partner (5) by
 * theirs, several at once if it may. A level is kept with koc.kocs.levels.retention-fraction of its thresholds. Who has
 * less, has held the level for assessment-days, and is not in grace yet, gets grace; after grace it falls to the
 * highest level it holds. An external KOC that would fall below bronze, and an external trainee that is not bronze
 * after its trial, is revoked (-1), and may begin again after readmit-days.
 */
final class Levels {
    private final LevelSettings settings;

    private Levels(LevelSettings settings) {
        this.settings = settings;
    }

    static Levels of(LevelSettings settings) {
        return new Levels(settings);
    }

    /**
     * Adds this day's level. Grain unchanged.
     *
     * <p>On the first day of a warehouse ({@code isFirst}) levels are set, and there is no event: nothing has changed. A
     * KOC that is new later was a recruit before.
     *
     * @param facts koc_type, pool_size, own_orders_365d, tenure_days, courses_365d (null when none is recorded), net_sales,
     *     new_customers and active_days of 30 and 90 days, previous_level, previous_since, previous_grace_until
     * @param isFirst whether the warehouse has no earlier day
     * @return with level_index, level, from_index, from_level, level_event (null for none), level_change, level_since,
     *     grace_until and is_recruited
     */
    Dataset<Row> move(Dataset<Row> facts, LocalDate day, boolean isFirst) {
        Column before = col("from_index");
        Column daysHeld = date_diff(lit(day), coalesce(col("previous_since"), lit(day)));
        Column inGrace = col("previous_grace_until").isNotNull();
        Column external = KocType.EXTERNAL.is(col("koc_type"));
        Column mayReturn = before.equalTo(REVOKED_INDEX)
                .and(daysHeld.geq(settings.readmitDays()))
                .and(col("is_recruited"));
        Column trialOver = external.and(before.equalTo(TRAINEE_INDEX)).and(daysHeld.geq(settings.trialDays()));
        Column holds = before.leq(0).or(col("held").geq(before).and(not(trialOver)));
        Column fallsTo = least(before.minus(1), col("held"));
        Column fallen =
                when(external.and(fallsTo.lt(BRONZE_INDEX)), REVOKED_INDEX).otherwise(greatest(fallsTo, lit(0)));
        Column graceIsOver = inGrace.and(lit(day).gt(col("previous_grace_until")));
        Column fails = not(holds).and(daysHeld.geq(settings.assessmentDays()));

        Dataset<Row> assessed = facts.withColumn("is_recruited", recruited())
                .withColumn("earned", earned())
                .withColumn("held", held())
                .withColumn(
                        "from_index",
                        isFirst ? lit(null).cast("int") : coalesce(KocLevels.index(col("previous_level")), lit(0)));
        Dataset<Row> decided = assessed.withColumn(
                "level_event",
                when(before.isNull(), lit(null).cast("string"))
                        .when(mayReturn.or(before.geq(0).and(col("earned").gt(before))), "promotion")
                        .when(
                                fails.and(graceIsOver.or(lit(settings.graceDays() == 0))),
                                when(fallen.equalTo(REVOKED_INDEX), "revocation")
                                        .otherwise("demotion"))
                        .when(fails.and(not(inGrace)), "grace")
                        .when(not(fails).and(inGrace), "recovery"));
        Column event = col("level_event");
        Column falls = event.isin("demotion", "revocation");
        return decided.withColumn(
                        "level_index",
                        when(before.isNull(), col("earned"))
                                .when(event.equalTo("promotion").and(before.equalTo(REVOKED_INDEX)), TRAINEE_INDEX)
                                .when(event.equalTo("promotion"), col("earned"))
                                .when(coalesce(falls, lit(false)), fallen)
                                .otherwise(before))
                .withColumn("level", KocLevels.name(col("level_index")))
                .withColumn("from_level", KocLevels.name(before))
                .withColumn(
                        "level_change",
                        coalesce(
                                event,
                                when(col("previous_level").isNull(), "new").otherwise("kept")))
                .withColumn(
                        "level_since",
                        when(before.isNull().or(col("level_index").notEqual(before)), lit(day))
                                .otherwise(coalesce(col("previous_since"), lit(day))))
                .withColumn(
                        "grace_until",
                        when(event.equalTo("grace"), date_add(lit(day), settings.graceDays()))
                                .when(event.isNull().and(inGrace), col("previous_grace_until")))
                .withColumn("trial_over", coalesce(trialOver, lit(false)));
    }

    /**
     * The level that a KOC at this level comes to in the end under these thresholds, grace and trials left aside: up as far
     * as it reaches, else down as far as it does not hold.
     */
    Column settled(Column level) {
        Column fallsTo = least(level.minus(1), held());
        return when(level.equalTo(REVOKED_INDEX), level)
                .when(earned().gt(level), earned())
                .when(level.leq(0).or(held().geq(level)), level)
                .when(KocType.EXTERNAL.is(col("koc_type")).and(fallsTo.lt(BRONZE_INDEX)), REVOKED_INDEX)
                .otherwise(greatest(fallsTo, lit(0)));
    }

    /** Whether it passes the thresholds at recruitment. */
    Column recruited() {
        return all(recruitment(1));
    }

    /** The highest level it reaches; none without recruitment, unless it has begun before. */
    private Column earned() {
        Column hasBegun = coalesce(KocLevels.index(col("previous_level")).geq(TRAINEE_INDEX), lit(false));
        return when(recruited().or(hasBegun), highest(recruited(), 1)).otherwise(0);
    }

    /** The highest level it may keep: sales count, whether or not it would still be recruited. */
    private Column held() {
        return highest(all(recruitment(settings.retentionFraction())), settings.retentionFraction());
    }

    private Column highest(Column isTrainee, double share) {
        Column highest = when(isTrainee, TRAINEE_INDEX).otherwise(0);
        for (int i = 0; i < settings.thresholds().size(); i++) {
            // Thresholds rise: who reaches one, reaches those below.
            Threshold threshold = settings.thresholds().get(i);
            highest = when(all(criteria(value -> lit(value.applyAsDouble(threshold)), share)), BRONZE_INDEX + i)
                    .otherwise(highest);
        }
        return highest;
    }

    /**
     * What it has against what a level needs: words joined by commas, empty when nothing is asked for.
     *
     * @param share of the thresholds that is needed
     * @param unmetOnly only what it does not reach
     */
    Column words(Column level, double share, boolean unmetOnly, Texts texts) {
        return when(level.geq(BRONZE_INDEX), words(criteria(level, share), unmetOnly, texts))
                .when(level.equalTo(TRAINEE_INDEX), words(recruitment(share), unmetOnly, texts))
                .otherwise("");
    }

    /** The least of what it has over what the level needs, 0..1; 1 when nothing is needed. */
    Column progress(Column level) {
        return when(level.geq(BRONZE_INDEX), progress(criteria(level, 1)))
                .when(level.equalTo(TRAINEE_INDEX), progress(recruitment(1)))
                .otherwise(1.0);
    }

    /** Net sales, new customers or active days of the window. */
    Column measure(String name) {
        return col(name + "_" + settings.windowDays() + "d");
    }

    LevelSettings settings() {
        return settings;
    }

    /**
     * One thing that is asked for.
     *
     * @param text name of its words: what it has, what it needs
     * @param have null when nobody's is recorded: then it is not asked for
     */
    private record Criterion(String text, Column have, Column need) {
        Column isMet() {
            return coalesce(have.cast("double").geq(need), lit(true));
        }

        Column isAsked() {
            return need.gt(0).and(have.isNotNull());
        }
    }

    private List<Criterion> criteria(Column level, double share) {
        return criteria(value -> need(level, value), share);
    }

    private List<Criterion> criteria(Function<ToDoubleFunction<Threshold>, Column> need, double share) {
        return List.of(
                new Criterion(
                        "levels.net-sales",
                        measure("net_sales"),
                        need.apply(threshold -> threshold.netSales() * share)),
                new Criterion(
                        "levels.new-customers",
                        measure("new_customers"),
                        need.apply(threshold -> whole(threshold.newCustomers(), share))),
                new Criterion(
                        "levels.active-days",
                        measure("active_days"),
                        need.apply(threshold -> whole(threshold.activeDays(), share))),
                new Criterion(
                        "levels.courses",
                        col("courses_365d"),
                        need.apply(threshold -> whole(threshold.courses(), share))));
    }

    private Column need(Column level, ToDoubleFunction<Threshold> value) {
        Column[] needs = settings.thresholds().stream()
                .map(threshold -> lit(value.applyAsDouble(threshold)))
                .toArray(Column[]::new);
        return element_at(array(needs), greatest(lit(1), level.minus(BRONZE_INDEX - 1)));
    }

    private List<Criterion> recruitment(double share) {
        return List.of(
                new Criterion("levels.pool", col("pool_size"), atStart(Recruitment::pool, share)),
                new Criterion("levels.orders", col("own_orders_365d"), atStart(Recruitment::orders, share)),
                new Criterion("levels.active-days", measure("active_days"), atStart(Recruitment::activeDays, share)),
                new Criterion("levels.tenure", col("tenure_days"), atStart(Recruitment::tenureDays, share)));
    }

    private Column atStart(ToIntFunction<Recruitment> value, double share) {
        return when(KocType.isStaff(col("koc_type")), whole(value.applyAsInt(settings.staff()), share))
                .when(KocType.EXTERNAL.is(col("koc_type")), whole(value.applyAsInt(settings.external()), share))
                .otherwise(whole(value.applyAsInt(settings.user()), share));
    }

    /** The share of a count, as a count: six tenths of one day are a day. */
    private static double whole(int count, double share) {
        return Math.ceil(Math.rint(count * share * 1e6) / 1e6);
    }

    private static Column all(List<Criterion> criteria) {
        return criteria.stream().map(Criterion::isMet).reduce(lit(true), Column::and);
    }

    private static Column words(List<Criterion> criteria, boolean unmetOnly, Texts texts) {
        Column[] words = criteria.stream()
                .map(criterion -> when(
                        unmetOnly ? not(criterion.isMet()) : criterion.isAsked(),
                        texts.column(criterion.text(), criterion.have().cast("double"), criterion.need())))
                .toArray(Column[]::new);
        return array_join(array_compact(array(words)), texts.pattern("levels.between"));
    }

    private static Column progress(List<Criterion> criteria) {
        return criteria.stream()
                .map(criterion -> when(
                                criterion.isAsked(),
                                greatest(lit(0.0), criterion.have().cast("double"))
                                        .divide(criterion.need()))
                        .otherwise(1.0))
                .reduce(lit(1.0), (least, part) -> least(least, part));
    }
}
