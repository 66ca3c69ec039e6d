package koc.cards;

import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
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

    private CountyCard() {}

    /** The rows of county_card: one per row of county_coverage. */
    static Dataset<Row> compute(CardInputs inputs, Texts texts) {
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
                .join(recruits, new String[] {"recruit_id"}, "left")
                .withColumn(
                        "unreached_margin_28d",
                        col("users_unreached").multiply(col("margin_of_user")).cast(MONEY))
                .withColumn("recruits", when(col("recruit_id").isNull(), 0).otherwise(1))
                .withColumn("regular_customers", when(col("gap").gt(col("recruits")), col("regular_customers")))
                .withColumn("next_action", nextAction(texts));
        return inputs.withName(counties, "recruit_id", "recruit_name")
                .selectExpr(CardTables.COUNTY_CARD.columnNames().toArray(String[]::new));
    }

    /**
     * The next action of county_coverage, unless KOCs are missing and those who are there cost at least 1 more than they
     * caused.
     */
    static Column nextAction(Texts texts) {
        return when(
                        col("gap").gt(0).and(CountyCosts.exceedWhatWasCaused()),
                        texts.column(
                                "cards.county.loses",
                                coalesce(ShortName.of(col("county")), col("county")),
                                round(col("koc_cost").cast("double")),
                                round(col("koc_caused_value").cast("double"))))
                .otherwise(col("next_action"));
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
        return inputs.of(EconomicsTables.KOC_ECONOMICS)
                .join(inputs.of(KocTables.KOC_RANKING).select("koc_id"), new String[] {"koc_id"}, "left_semi")
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
