package koc.report;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import koc.report.Action.Kind;
import koc.rules.LosingKocs;
import koc.run.JobRun;
import koc.tables.CardTables;
import koc.tables.CleanTables;
import koc.tables.EconomicsTables;
import koc.tables.FeatureTables;
import koc.tables.FitTables;
import koc.tables.InfluenceTables;
import koc.tables.KocTables;
import koc.tables.RecommendTables;
import koc.text.ShortName;
import koc.warehouse.Table;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What could be done this week, with the money that is at stake: of a share in the days after it, of the others in four weeks.
 *
 * <p>An action says what next_action of its row says, in each language of the page, and adds the numbers behind it. Nothing
 * is proposed that another row forbids: nothing to share for KOCs whose numbers are doubtful, no next level for KOCs who are
 * not tied to the brand yet, or whose posts may move nobody.
 *
 * <p>Measured: what one share of the next product of a KOC adds, less commission and the sample that it needs; what can be
 * saved of the cost of a KOC who costs more than the value that they probably caused; the expected margin of a product with
 * few stars on the lists that leave it out; the margin that a product brought before it was out of stock; the margin that is
 * credited to a KOC, times the risk that they leave; and what KOCs would have caused of the value of the new customers who are
 * missing compared with the month before. What the pool buys without a share is no reason to share.
 *
 * <p>Assumed ({@code koc.report.assumed-gain}): that a next level, the admission of somebody who moves people, and a new KOC
 * in a county, add a fixed fraction to the margin of what they reach. What new KOCs cost, and the commission that somebody
 * gets once admitted, is taken off.
 */
final class ActionQueries {
    static final Set<Table> READS = Set.of(
            CleanTables.USERS,
            KocTables.KOC_RANKING,
            KocTables.KOC_LIFECYCLE,
            EconomicsTables.KOC_ECONOMICS,
            FeatureTables.USER_PRODUCT_DAYS,
            FitTables.PRODUCT_PROFILE,
            CardTables.COUNTY_CARD,
            InfluenceTables.PURCHASE_CREDITS,
            RecommendTables.KOC_RECOMMENDATIONS);

    /** More candidates than actions: some fall out because they are about the same KOC. */
    private static final int CANDIDATES = 4 * Actions.AT_MOST;

    /** Characters of a title, as in next_action. */
    private static final int MAX_TITLE = 48;

    private static final double FOUR_WEEKS = 28;

    private static final String MISSING = "missing_";
    /** The columns of koc_lifecycle with what the next level still requires. */
    private static final List<String> REQUIREMENTS = KocTables.KOC_LIFECYCLE.columnNames().stream()
            .filter(name -> name.startsWith(MISSING))
            .toList();

    private final JobRun run;
    private final ReportSettings settings;

    ActionQueries(JobRun run, ReportSettings settings) {
        this.run = run;
        this.settings = settings;
    }

    /** Every action that may be chosen. */
    List<Action> candidates() {
        List<Action> all = new ArrayList<>();
        Dataset<Row> recommendations = read(RecommendTables.KOC_RECOMMENDATIONS);
        Dataset<Row> shared = recommendations.join(trusted().select("koc_id"), new String[] {"koc_id"}, "left_semi");
        Dataset<Row> shares = ShareActions.select(named(shared), settings.reportedNoBuyerChance());
        all.addAll(collect(Kind.SHARE, shares, ShareActions::sentences));
        all.addAll(collect(Kind.LEVEL, levels(), this::level));
        all.addAll(collect(Kind.CHECK, checks(recommendations), ActionQueries::check));
        all.addAll(collect(
                Kind.REORDER,
                ReorderActions.select(
                        read(FitTables.PRODUCT_PROFILE),
                        run.warehouse().readUpTo(FeatureTables.USER_PRODUCT_DAYS, run.day()),
                        run.day()),
                row -> ReorderActions.sentences(row, this::money)));
        all.addAll(collect(Kind.LEAVING, leaving(), this::call));
        all.addAll(collect(Kind.RECRUIT, recruits(), this::recruit));
        all.addAll(collect(Kind.COUNTY, counties(), row -> CountyActions.sentences(row, this::money)));
        all.addAll(collect(
                Kind.COST,
                CostActions.select(named(economicsOfKocs()), settings.costDays()),
                row -> CostActions.sentences(row, settings.costDays(), this::money)));
        all.addAll(collect(
                Kind.FALL,
                FallActions.select(named(read(KocTables.KOC_RANKING)), read(EconomicsTables.KOC_ECONOMICS)),
                FallActions::sentences));
        return all;
    }

    /** KOCs whose numbers are not doubtful, and who are not revoked. */
    private Dataset<Row> trusted() {
        return read(KocTables.KOC_RANKING).where("doubts IS NULL AND level <> 'revoked'");
    }

    /** The rows of koc_economics of KOCs; others who cost or brought something are no KOC to decide about. */
    private Dataset<Row> economicsOfKocs() {
        return read(EconomicsTables.KOC_ECONOMICS)
                .join(read(KocTables.KOC_RANKING).select("koc_id"), new String[] {"koc_id"}, "left_semi");
    }

    /**
     * KOCs whose posts surely move people, and who lack one requirement of their next level. Left out are KOCs who lack
     * only time, for nothing can be done, KOCs with another first step (koc_ranking.next_step): each gets one, and KOCs
     * who cost more than they bring: their card says to spend no more.
     */
    private Dataset<Row> levels() {
        Dataset<Row> sales = trusted()
                .where("influence_low > 1")
                .where("next_step IN ('training', 'level')")
                .join(
                        read(EconomicsTables.KOC_ECONOMICS).where(LosingKocs.costMoreThanTheyBring()),
                        new String[] {"koc_id"},
                        "left_anti")
                .select("koc_id", "net_sales_30d");
        Column missing = REQUIREMENTS.stream()
                .map(name -> when(col(name).gt(0), 1).otherwise(0))
                .reduce(lit(0), Column::plus);
        List<Column> columns = new ArrayList<>(List.of(
                col("koc_id").as("about"),
                margin(col("net_sales_30d")).multiply(settings.assumedGain()).as("gain"),
                col("name"),
                col("next_level"),
                col("net_sales_30d")));
        REQUIREMENTS.forEach(name -> columns.add(col(name)));
        return named(read(KocTables.KOC_LIFECYCLE)
                        .where("listed_as = 'koc' AND next_level IS NOT NULL")
                        .where(missing.equalTo(1)
                                .and(coalesce(col("missing_tenure_days"), lit(0))
                                        .equalTo(0)))
                        .join(sales, "koc_id"))
                .select(columns.toArray(Column[]::new));
    }

    private List<Phrase> level(Row row) {
        String only = missing(row).get(0);
        return List.of(
                Phrase.of(
                        "levels.action.only." + only,
                        row.getAs("name"),
                        Phrase.of("levels.name." + row.getAs("next_level")),
                        more(row, only)),
                Phrase.of("report.action.sales", money(row.getAs("net_sales_30d"))));
    }

    /** What the next level still requires, in the order of the sentences. */
    private static List<String> missing(Row row) {
        return REQUIREMENTS.stream()
                .filter(name -> row.getAs(name) instanceof Number amount && amount.doubleValue() > 0)
                .map(name -> name.substring(MISSING.length()))
                .toList();
    }

    private static Phrase more(Row row, String requirement) {
        return Phrase.of("levels.more." + requirement, row.<Object>getAs(MISSING + requirement));
    }

    /**
     * The first to recruit, if proven: with the margin of what is credited to them, times the assumed gain, less the commission
     * that they would get as a KOC for the same sales.
     */
    private Dataset<Row> recruits() {
        return RecruitActions.select(
                        named(read(KocTables.KOC_LIFECYCLE)),
                        read(EconomicsTables.KOC_ECONOMICS),
                        run,
                        settings.costDays())
                .withColumn(
                        "gain",
                        fourWeeks(col("net_sales"), lit(settings.costDays()))
                                .multiply(settings.marginRate() * settings.assumedGain())
                                .minus(coalesce(col("commission"), lit(0.0))));
    }

    private List<Phrase> recruit(Row row) {
        List<Phrase> missing =
                missing(row).stream().map(requirement -> more(row, requirement)).toList();
        return RecruitActions.sentences(row, missing, this::money);
    }

    /** Rows of koc_recommendations with enough buyers whose product is to be checked before it is shared. */
    static Dataset<Row> leftOutUntilChecked(Dataset<Row> recommendations, ReportSettings settings) {
        return recommendations
                .where("advice = 'check first'")
                .where(col("expected_buyers").geq(settings.minActionableBuyers()))
                .where("coalesce(extra_buyers_if_shared_high > 0, true)");
    }

    /** Products with few stars that are left out of lists. */
    private Dataset<Row> checks(Dataset<Row> recommendations) {
        Dataset<Row> listed = leftOutUntilChecked(recommendations, settings)
                .groupBy("product_id")
                .agg(
                        count(lit(1)).as("lists"),
                        sum(fourWeeks(col("expected_margin"), col("horizon_days")))
                                .as("gain"));
        return read(FitTables.PRODUCT_PROFILE)
                .join(listed, "product_id")
                .select(
                        col("product_id").as("about"),
                        coalesce(col("gain"), lit(0.0)).as("gain"),
                        title(),
                        col("mean_rating"),
                        col("reviews"),
                        col("lists"));
    }

    private static List<Phrase> check(Row row) {
        return List.of(Phrase.of(
                "report.action.check",
                row.getAs("title"),
                row.getAs("mean_rating"),
                row.getAs("reviews"),
                row.getAs("lists")));
    }

    private Dataset<Row> leaving() {
        return named(trusted().where(col("flight_risk").geq(settings.minReportedFlightRisk())))
                .select(
                        col("koc_id").as("about"),
                        margin(col("net_sales_30d"))
                                .multiply(col("flight_risk"))
                                .as("gain"),
                        col("name"),
                        col("flight_risk"),
                        col("net_sales_30d"));
    }

    private List<Phrase> call(Row row) {
        return List.of(
                Phrase.of("kocs.action.flight-risk", row.<Object>getAs("name")),
                Phrase.of(
                        "report.action.leaving",
                        100 * row.<Double>getAs("flight_risk"),
                        money(row.getAs("net_sales_30d"))));
    }

    private Dataset<Row> counties() {
        return CountyActions.select(read(CardTables.COUNTY_CARD), named(read(KocTables.KOC_LIFECYCLE)), settings);
    }

    private Dataset<Row> read(Table table) {
        return run.warehouse().read(table, run.day());
    }

    /** With {@code name}, as in the sentences of the tables: the nickname of the KOC, else the id. */
    private Dataset<Row> named(Dataset<Row> kocs) {
        return kocs.join(People.nicknames(run), new String[] {"koc_id"}, "left")
                .withColumn("name", coalesce(ShortName.of(col("nickname")), ShortName.of(col("koc_id"))));
    }

    static Column title() {
        return coalesce(ShortName.of(col("title"), MAX_TITLE), ShortName.of(col("product_id"), MAX_TITLE))
                .as("title");
    }

    private List<Action> collect(Kind kind, Dataset<Row> rows, Function<Row, List<Phrase>> sentences) {
        // By all columns: of two equal gains of a KOC, the same one is chosen in every run.
        Column[] order = Stream.concat(
                        Stream.of(col("gain").desc()), Stream.of(rows.columns()).map(name -> col(name)))
                .toArray(Column[]::new);
        return rows
                .where(col("gain").gt(0).and(col("gain").geq(settings.minGain())))
                .orderBy(order)
                .limit(CANDIDATES)
                .collectAsList()
                .stream()
                .map(row -> new Action(kind, row.getAs("about"), row.getAs("gain"), sentences.apply(row)))
                .toList();
    }

    /** The margin of four weeks of these sales of 30 days. */
    private Column margin(Column sales30d) {
        return fourWeeks(sales30d, lit(30)).multiply(settings.marginRate());
    }

    static Column fourWeeks(Column amount, Column days) {
        return amount.cast("double").multiply(lit(FOUR_WEEKS).divide(days));
    }

    private String money(Number amount) {
        return String.format(Locale.ROOT, "%,.0f %s", amount.doubleValue(), settings.currency());
    }
}
