package koc.cards;

import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.substring_index;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import koc.rules.CountyCosts;
import koc.rules.RegionKey;
import koc.tables.CardTables;
import koc.tables.CleanTables;
import koc.tables.EconomicsTables;
import koc.tables.FeatureTables;
import koc.tables.GrowthTables;
import koc.tables.KocTables;
import koc.text.ShortName;
import koc.text.Texts;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** Puts coverage, money and the people to win of each county into one row. */
final class CountyCard {
    private static final String MONEY = "decimal(18,2)";
    private static final String[] REGION = {"region"};
    private static final int FORECAST_DAYS = 90;
    private static final int FOUR_WEEKS = 28;
    private static final int REGULARS = 3;

    private final CardSettings settings;
    private final Texts texts;

    CountyCard(CardSettings settings, Texts texts) {
        this.settings = settings;
        this.texts = texts;
    }

    /** The rows of county_card: one per row of county_coverage. */
    Dataset<Row> compute(CardInputs inputs) {
        Dataset<Row> homes = inputs.warehouse()
                .readLatest(CleanTables.USERS, inputs.day())
                .where("county IS NOT NULL")
                .select(col("user_id"), RegionKey.region().as("region"));
        Dataset<Row> recruits = inputs.of(EconomicsTables.KOC_ECONOMICS)
                .select(
                        col("koc_id").as("recruit_id"),
                        col("cost").plus(col("commission_as_koc")).cast(MONEY).as("recruit_cost"));
        Dataset<Row> counties = inputs.of(GrowthTables.COUNTY_COVERAGE)
                .withColumn("region", RegionKey.region())
                .join(margins(homes, inputs.of(EconomicsTables.USER_VALUE)), REGION, "left")
                .join(money(homes, inputs), REGION, "left")
                .join(regulars(homes, inputs), REGION, "left")
                .crossJoin(broadcast(costOfKoc(inputs)))
                .withColumn(
                        "missing_kocs_cost_28d",
                        when(col("gap").gt(0), col("gap").multiply(col("cost_of_koc")))
                                .cast(MONEY))
                // Nobody is to be recruited where somebody must find out first why KOCs do not pay.
                .withColumn("recruit_id", when(not(CountyCosts.exceedWhatWasCaused()), col("recruit_id")))
                .join(recruits, new String[] {"recruit_id"}, "left")
                .join(
                        inputs.of(KocTables.KOC_LIFECYCLE)
                                .select(
                                        col("koc_id").as("recruit_id"),
                                        col("listed_as").equalTo("proven").as("is_proven")),
                        new String[] {"recruit_id"},
                        "left")
                .withColumn(
                        "unreached_margin_28d",
                        col("users_unreached").multiply(col("margin_of_user")).cast(MONEY))
                .withColumn("recruits", when(col("recruit_id").isNull(), 0).otherwise(1))
                .withColumn("to_win", when(isTest(), 1).otherwise(col("gap")))
                .withColumn(
                        "regular_customers",
                        when(
                                col("to_win").gt(col("recruits")).and(not(CountyCosts.exceedWhatWasCaused())),
                                col("regular_customers")));
        return inputs.withName(counties, "recruit_id", "recruit_name")
                .withColumn("next_action", nextAction())
                .selectExpr(CardTables.COUNTY_CARD.columnNames().toArray(String[]::new));
    }

    /**
     * The next action of county_coverage, unless KOCs are missing and those who are there cost at least 1 more than they
     * caused, or those who are missing would cost more than they are assumed to add. Reads the columns of county_card and
     * is_proven, whether the posts of the person to recruit surely move people.
     */
    Column nextAction() {
        Column county = coalesce(ShortName.of(col("county")), col("county"));
        return when(
                        col("gap").gt(0).and(CountyCosts.exceedWhatWasCaused()),
                        texts.column(
                                "cards.county.loses",
                                county,
                                round(col("koc_cost").cast("double")),
                                round(col("koc_caused_value").cast("double"))))
                .when(
                        isTest(),
                        texts.sentences(
                                texts.column(
                                        "cards.county.test",
                                        county,
                                        col("gap"),
                                        round(col("missing_kocs_cost_28d").cast("double"))),
                                start()))
                .otherwise(col("next_action"));
    }

    /** Whether one KOC is to be won as a test, although more are missing. */
    private Column isTest() {
        return col("gap").gt(0).and(CountyCosts.wouldExceedWhatIsAdded(settings.assumedGain()));
    }

    /** With whom to start a test. */
    private Column start() {
        Column person = ShortName.of(col("recruit_name"));
        Column regular = ShortName.of(substring_index(col("regular_customers"), "; ", 1));
        return when(
                        col("recruit_id").isNotNull().and(coalesce(col("is_proven"), lit(false))),
                        texts.column("growth.county.recruit.proven", person))
                .when(col("recruit_id").isNotNull(), texts.column("growth.county.recruit.unproven", person))
                .when(regular.isNotNull(), texts.column("cards.county.test.ask", regular))
                .otherwise(texts.pattern("cards.county.test.find"));
    }

    /** One row: cost_of_koc, the mean cost of 28 days of the KOCs in koc_economics; null without one. */
    private Dataset<Row> costOfKoc(CardInputs inputs) {
        // A quotient of exact sums does not depend on the order of the rows.
        Column mean = sum("cost").cast("double").divide(count("cost"));
        return kocsWithCost(inputs)
                .agg(mean.multiply((double) FOUR_WEEKS / settings.costDays()).as("cost_of_koc"));
    }

    /** The rows of koc_economics of KOCs: others who cost or brought something are no measure of them. */
    private static Dataset<Row> kocsWithCost(CardInputs inputs) {
        return inputs.of(EconomicsTables.KOC_ECONOMICS)
                .join(inputs.of(KocTables.KOC_RANKING).select("koc_id"), new String[] {"koc_id"}, "left_semi");
    }

    /** region and margin_of_user: the expected margin of four weeks, over all users; null if nobody has a forecast. */
    private static Dataset<Row> margins(Dataset<Row> homes, Dataset<Row> values) {
        return homes.join(values.select("user_id", "expected_margin_90d"), new String[] {"user_id"}, "left")
                .groupBy("region")
                .agg(sum("expected_margin_90d")
                        .cast("double")
                        .multiply((double) FOUR_WEEKS / FORECAST_DAYS)
                        .divide(count(lit(1)))
                        .as("margin_of_user"));
    }

    /**
     * region, koc_cost and koc_caused_value of the KOCs who live there. A KOC without a new customer caused nothing; where what
     * another one caused is not measured, nothing is known of the county.
     */
    private static Dataset<Row> money(Dataset<Row> homes, CardInputs inputs) {
        Column caused =
                coalesce(col("incremental_value"), when(col("new_customers").equalTo(0), lit(0).cast(MONEY)));
        return kocsWithCost(inputs)
                .join(homes.withColumnRenamed("user_id", "koc_id"), new String[] {"koc_id"}, "inner")
                .groupBy("region")
                .agg(
                        sum("cost").cast(MONEY).as("koc_cost"),
                        when(count(caused).equalTo(count(lit(1))), sum(caused))
                                .cast(MONEY)
                                .as("koc_caused_value"));
    }

    /** region and regular_customers: the names of those who share first, and then the most orders. */
    private static Dataset<Row> regulars(Dataset<Row> homes, CardInputs inputs) {
        Dataset<Row> sharers = inputs.of(FeatureTables.USER_FEATURES)
                .where(col("as_of").equalTo(lit(inputs.day())))
                .select(col("user_id"), col("shares_90d").gt(0).as("shares"));
        Column shares = coalesce(col("shares"), lit(false));
        Dataset<Row> ranked = inputs.of(EconomicsTables.USER_VALUE)
                .where("stage = 'repeat'")
                .select("user_id", "orders")
                .join(homes, new String[] {"user_id"}, "inner")
                .join(
                        inputs.of(KocTables.KOC_LIFECYCLE).select(col("koc_id").as("user_id")),
                        new String[] {"user_id"},
                        "left_anti")
                .join(sharers, new String[] {"user_id"}, "left")
                .withColumn(
                        "position",
                        row_number()
                                .over(Window.partitionBy("region")
                                        .orderBy(shares.desc(), col("orders").desc(), col("user_id"))))
                .where(col("position").leq(REGULARS));
        return inputs.withName(ranked, "user_id", "user_name")
                .groupBy("region")
                .agg(array_join(
                                transform(
                                        sort_array(collect_list(struct("position", "user_name"))),
                                        regular -> regular.getField("user_name")),
                                "; ")
                        .as("regular_customers"));
    }
}
