package koc.report;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.format_number;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import koc.report.Action.Kind;
import koc.run.JobRun;
import koc.tables.CleanTables;
import koc.tables.EconomicsTables;
import koc.tables.FitTables;
import koc.tables.GrowthTables;
import koc.tables.KocTables;
import koc.tables.RecommendTables;
import koc.text.ShortName;
import koc.text.Texts;
import koc.warehouse.Table;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What could be done this week, with the money that it probably brings in four weeks.
 *
 * <p>Measured: the expected margin of a recommendation; the loss of a KOC who costs more than their customers are worth;
 * the expected margin of a bad product on lists; the margin of a KOC times the risk that they leave. Assumed
 * ({@code koc.report.assumed-gain}): that a next level, and a new KOC in a county, add a fixed fraction to the margin of what
 * they reach.
 */
final class ActionQueries {
    static final Set<Table> READS = Set.of(
            CleanTables.USERS,
            KocTables.KOC_RANKING,
            KocTables.KOC_LIFECYCLE,
            EconomicsTables.KOC_ECONOMICS,
            EconomicsTables.USER_VALUE,
            FitTables.PRODUCT_PROFILE,
            GrowthTables.COUNTY_COVERAGE,
            RecommendTables.KOC_RECOMMENDATIONS);

    /** More candidates than actions: some fall out because they are about the same KOC. */
    private static final int CANDIDATES = 4 * Actions.AT_MOST;

    /** Characters of a name or title in a sentence. */
    private static final int MAX_VALUE = 80;

    private static final double FOUR_WEEKS = 28;
    /** Stars below which people are disappointed. */
    private static final double FEW_STARS = 2.5;

    private static final double LIKELY_TO_LEAVE = 0.3;

    private final JobRun run;
    private final ReportSettings settings;

    ActionQueries(JobRun run, ReportSettings settings) {
        this.run = run;
        this.settings = settings;
    }

    /** Every action that may be chosen. */
    List<Action> candidates() {
        List<Action> all = new ArrayList<>();
        Dataset<Row> lists = read(RecommendTables.KOC_RECOMMENDATIONS).where("is_actionable");
        Dataset<Row> shared = lists.where("expected_margin > 0");
        all.addAll(collect(Kind.SHARE, shares(shared.where("advice = 'recommend'"))));
        all.addAll(collect(Kind.SAMPLE, shares(shared.where("advice = 'sample first'"))));
        all.addAll(collect(Kind.LEVEL, levels()));
        all.addAll(collect(Kind.STOP, badProducts(lists)));
        all.addAll(collect(Kind.LEAVING, leaving()));
        all.addAll(collect(Kind.COUNTY, counties()));
        all.addAll(collect(Kind.COST, losses()));
        return all;
    }

    private Dataset<Row> shares(Dataset<Row> lists) {
        return named(lists)
                .select(
                        col("koc_id").as("about"),
                        col("expected_margin").cast("double").as("gain"),
                        col("name"),
                        coalesce(col("title"), col("product_id")),
                        number(col("expected_buyers")),
                        money(col("expected_margin")));
    }

    /** KOCs who lack one requirement of their next level. */
    private Dataset<Row> levels() {
        Dataset<Row> sales = read(KocTables.KOC_RANKING).select("koc_id", "net_sales_30d");
        Dataset<Row> near = read(KocTables.KOC_LIFECYCLE)
                .where("listed_as = 'koc' AND next_level IS NOT NULL AND level <> 'revoked' AND missing <> ''")
                .where(not(col("missing").contains(Texts.of(settings.language()).pattern("levels.between"))));
        return named(near.join(sales, "koc_id"))
                .select(
                        col("koc_id").as("about"),
                        margin(col("net_sales_30d"))
                                .multiply(settings.assumedGain())
                                .as("gain"),
                        col("name"),
                        col("missing"),
                        col("next_level"),
                        money(col("net_sales_30d")));
    }

    /** Products with few stars that are on lists. */
    private Dataset<Row> badProducts(Dataset<Row> lists) {
        Dataset<Row> listed = lists.groupBy("product_id")
                .agg(
                        count(lit(1)).as("lists"),
                        sum("expected_margin").cast("double").as("gain"));
        return read(FitTables.PRODUCT_PROFILE)
                .where(col("mean_rating").lt(FEW_STARS))
                .join(listed, "product_id")
                .select(
                        col("product_id").as("about"),
                        coalesce(col("gain"), lit(0.0)).as("gain"),
                        coalesce(col("title"), col("product_id")),
                        format_number(col("mean_rating"), 1),
                        col("reviews").cast("string"),
                        col("lists").cast("string"));
    }

    private Dataset<Row> leaving() {
        return named(read(KocTables.KOC_RANKING)
                        .where(col("flight_risk").geq(LIKELY_TO_LEAVE))
                        .where("level <> 'revoked'"))
                .select(
                        col("koc_id").as("about"),
                        margin(col("net_sales_30d"))
                                .multiply(col("flight_risk"))
                                .as("gain"),
                        col("name"),
                        percent(col("flight_risk")),
                        money(col("net_sales_30d")));
    }

    /** Counties below their target: what their unreached users will buy anyway, times the assumed gain. */
    private Dataset<Row> counties() {
        Column unreached = col("users").minus(col("users_reached"));
        Dataset<Row> margin = read(EconomicsTables.USER_VALUE)
                .agg(sum("expected_margin_90d")
                        .cast("double")
                        .divide(count(lit(1)))
                        .as("margin_90d"));
        return read(GrowthTables.COUNTY_COVERAGE)
                .where("gap > 0 AND users > users_reached")
                .crossJoin(margin)
                .select(
                        concat_ws(" / ", col("province"), col("city"), col("county"))
                                .as("about"),
                        unreached
                                .multiply(fourWeeks(coalesce(col("margin_90d"), lit(0.0)), 90))
                                .multiply(settings.assumedGain())
                                .as("gain"),
                        col("county"),
                        unreached.cast("string"),
                        col("users").cast("string"),
                        col("gap").cast("string"));
    }

    private Dataset<Row> losses() {
        return named(read(EconomicsTables.KOC_ECONOMICS).where("verdict = 'loses_money'"))
                .select(
                        col("koc_id").as("about"),
                        fourWeeks(col("cost").minus(col("customer_value")), settings.costDays())
                                .as("gain"),
                        col("name"),
                        money(col("cost")),
                        lit(String.valueOf(settings.costDays())),
                        money(col("customer_value")));
    }

    private Dataset<Row> read(Table table) {
        return run.warehouse().read(table, run.day());
    }

    /** With {@code name}: the nickname of the KOC, else the id. */
    private Dataset<Row> named(Dataset<Row> kocs) {
        return kocs.join(People.nicknames(run), List.of("koc_id").toArray(String[]::new), "left")
                .withColumn("name", coalesce(col("nickname"), col("koc_id")));
    }

    private static List<Action> collect(Kind kind, Dataset<Row> rows) {
        String[] names = IntStream.range(0, rows.columns().length)
                .mapToObj(i -> i == 0 ? "about" : i == 1 ? "gain" : "value" + i)
                .toArray(String[]::new);
        // By all columns: of two equal gains of a KOC, the same one is chosen in every run.
        Column[] order = Stream.concat(
                        Stream.of(col("gain").desc()), Stream.of(names).map(name -> col(name)))
                .toArray(Column[]::new);
        return rows.toDF(names).where("gain > 0").orderBy(order).limit(CANDIDATES).collectAsList().stream()
                .map(row -> new Action(
                        kind,
                        row.getString(0),
                        row.getDouble(1),
                        IntStream.range(2, row.size())
                                .mapToObj(i -> row.isNullAt(i)
                                        ? ""
                                        : ShortName.of(row.get(i).toString(), MAX_VALUE))
                                .toList()))
                .toList();
    }

    /** The margin of four weeks of these sales of 30 days. */
    private Column margin(Column sales30d) {
        return fourWeeks(sales30d, 30).multiply(settings.marginRate());
    }

    private static Column fourWeeks(Column amount, int days) {
        return amount.cast("double").multiply(FOUR_WEEKS / days);
    }

    private Column money(Column amount) {
        return concat_ws(" ", format_number(amount.cast("double"), 0), lit(settings.currency()));
    }

    private static Column percent(Column fraction) {
        return concat_ws("", round(fraction.multiply(100)).cast("int").cast("string"), lit("%"));
    }

    /** Whole numbers from 10 on, one decimal below. */
    private static Column number(Column amount) {
        return when(amount.geq(10), format_number(amount, 0)).otherwise(format_number(amount, 1));
    }
}
