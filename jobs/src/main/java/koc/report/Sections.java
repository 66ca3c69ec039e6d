package koc.report;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.date_sub;
import static org.apache.spark.sql.functions.desc;
import static org.apache.spark.sql.functions.desc_nulls_last;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.sql.Date;
import java.util.List;
import java.util.Set;
import koc.rules.CertainLift;
import koc.rules.CleanedSources;
import koc.rules.CountyCosts;
import koc.rules.FewStars;
import koc.rules.StoppedProducts;
import koc.run.JobRun;
import koc.tables.BacktestTables;
import koc.tables.CardTables;
import koc.tables.CleanTables;
import koc.tables.EconomicsTables;
import koc.tables.FeatureTables;
import koc.tables.FitTables;
import koc.tables.GrowthTables;
import koc.tables.KocTables;
import koc.tables.PortraitTables;
import koc.tables.RecommendTables;
import koc.text.Texts;
import koc.warehouse.Table;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/** The sections of the page, in order. A new section is one entry here, one template, and one function in report.js. */
final class Sections {
    /** Days of the trend charts. */
    private static final int TREND_DAYS = 90;
    /** Products that are named under a cell of the heat map, and on the card of a portrait. */
    private static final int PRODUCTS = 3;

    private Sections() {}

    static List<Section> all(ReportSettings settings) {
        return List.of(
                Section.of("week"),
                Section.of(
                        "numbers",
                        Query.over("trend", Set.of(KocTables.KOC_RANKING), Sections::trend),
                        Query.over("coverageTrend", Set.of(GrowthTables.COUNTY_COVERAGE), Sections::coverageTrend)),
                kocs(),
                users(settings),
                selling(settings),
                gaps(settings),
                money(),
                trust());
    }

    private static Section kocs() {
        return Section.of(
                "kocs",
                Query.from(
                        "names",
                        Set.of(CleanTables.USERS, EconomicsTables.KOC_ECONOMICS, KocTables.KOC_LIFECYCLE),
                        Sections::names),
                Query.of(
                        "kocs",
                        KocTables.KOC_RANKING,
                        // Names the products that are blocked.
                        rows -> rows.withColumn(
                                "blocked", when(col("products_blocked").gt(0), col("readiness"))),
                        "koc_id",
                        "koc_type",
                        "rank",
                        "score",
                        "level",
                        "level_change",
                        "pool_size",
                        "main_category",
                        "net_sales_30d",
                        "net_sales_90d",
                        "new_customers_90d",
                        "influence_lift",
                        "influence_low",
                        "influence_high",
                        "extra_buyers_90d",
                        "product_shares_90d",
                        "is_ready",
                        "flight_risk",
                        "credibility",
                        "days_above_cap",
                        "doubts",
                        "products_blocked",
                        "blocked"),
                Query.of(
                        "lifecycle",
                        KocTables.KOC_LIFECYCLE,
                        "koc_id",
                        "koc_type",
                        "listed_as",
                        "recruit_rank",
                        "level",
                        "since",
                        "next_level",
                        "progress",
                        "missing",
                        "pool_size",
                        "influence_lift",
                        "influence_low"),
                Query.from(
                        "next",
                        Set.of(RecommendTables.KOC_RECOMMENDATIONS),
                        run -> NextProducts.choose(read(run, RecommendTables.KOC_RECOMMENDATIONS))),
                Query.of("stops", CardTables.KOC_CARD, rows -> rows.where("stop_sharing IS NOT NULL"), "koc_id"),
                Query.of("events", KocTables.LEVEL_EVENTS, "koc_id", "event", "from_level", "to_level", "reason"));
    }

    private static Section users(ReportSettings settings) {
        return Section.of(
                "users",
                Query.of(
                        "portraits",
                        PortraitTables.PORTRAITS,
                        "portrait_id",
                        "name",
                        "users",
                        "user_fraction",
                        "summary",
                        "top_categories",
                        "top_tags",
                        "net_spend_90d",
                        "orders_90d",
                        "sharer_rate",
                        "stability",
                        "change"),
                Query.from(
                        "hours",
                        Set.of(FeatureTables.USER_FEATURES, PortraitTables.USER_PORTRAITS),
                        Sections::hoursByPortrait),
                Query.from("values", Set.of(EconomicsTables.USER_VALUE), Sections::valueByPortrait),
                Query.from("map", UserMap.READS, run -> UserMap.of(run, settings.mapUsers())),
                Query.of(
                        "flows",
                        PortraitTables.PORTRAIT_TRANSITIONS,
                        PortraitTables.PORTRAIT_TRANSITIONS.columnNames().toArray(String[]::new)));
    }

    private static Section selling(ReportSettings settings) {
        return Section.of(
                "selling",
                Query.of(
                        "fit",
                        FitTables.CATEGORY_PORTRAIT_FIT,
                        "category",
                        "portrait_id",
                        "buyers",
                        "lift",
                        "lift_low",
                        "lift_high"),
                Query.from(
                        "products",
                        Set.of(FitTables.PRODUCT_PORTRAIT_FIT, FitTables.PRODUCT_PROFILE),
                        Sections::certainProducts),
                Query.of(
                        "stopped",
                        FitTables.PRODUCT_PROFILE,
                        rows -> rows.where(StoppedProducts.IS_STOPPED),
                        "product_id",
                        "title",
                        "category",
                        "buyers",
                        "mean_rating",
                        "reviews",
                        "complaints",
                        "quality_gate"),
                Query.from(
                        "sharers",
                        Set.of(
                                CleanTables.USERS,
                                FeatureTables.USER_PRODUCT_DAYS,
                                FitTables.PRODUCT_PROFILE,
                                KocTables.KOC_RANKING),
                        Sections::sharersOfStopped),
                Query.from(
                        "doubtful",
                        Set.of(FitTables.PRODUCT_PROFILE, RecommendTables.KOC_RECOMMENDATIONS),
                        run -> doubtfulProducts(run, settings)));
    }

    private static Section gaps(ReportSettings settings) {
        return Section.of(
                "gaps",
                Query.of(
                        "counties",
                        CardTables.COUNTY_CARD,
                        rows -> rows.withColumn("costs_exceed", CountyCosts.exceedWhatWasCaused())
                                .withColumn("would_exceed", CountyCosts.wouldExceedWhatIsAdded(settings.assumedGain())),
                        "province",
                        "city",
                        "county",
                        "users",
                        "kocs",
                        "target_kocs",
                        "gap",
                        "reached_rate",
                        "unreached_margin_28d",
                        "missing_kocs_cost_28d",
                        "koc_cost",
                        "koc_caused_value",
                        "costs_exceed",
                        "would_exceed",
                        "regular_customers"),
                Query.from("candidates", Set.of(CleanTables.USERS, KocTables.KOC_LIFECYCLE), Sections::candidates),
                Query.of(
                        "funnel",
                        GrowthTables.KOC_FUNNEL,
                        rows -> rows.where("koc_id = '*' AND profile = '*'"),
                        "scene",
                        "kocs",
                        "acquired",
                        "activated",
                        "converted",
                        "repeated"),
                Query.from(
                        "groups",
                        Set.of(CleanTables.USERS, GrowthTables.GROUP_HEALTH),
                        run -> groupsInNeed(run, settings)),
                Query.from("groupStates", Set.of(GrowthTables.GROUP_HEALTH), run -> read(run, GrowthTables.GROUP_HEALTH)
                        .groupBy("verdict")
                        .agg(count(lit(1)).as("groups"))
                        .orderBy("verdict")));
    }

    private static Section money() {
        return Section.of(
                "money",
                Query.of(
                        "economics",
                        EconomicsTables.KOC_ECONOMICS,
                        "koc_id",
                        "new_customers",
                        "left_censored",
                        "commission",
                        "commission_as_koc",
                        "cost",
                        "customer_value",
                        "ltv_to_cac",
                        "ltv_to_cac_low",
                        "ltv_to_cac_high",
                        "overall_verdict",
                        "incremental_ratio",
                        "incremental_ratio_low",
                        "incremental_ratio_high",
                        "payback_days"),
                Query.of(
                        "costs",
                        EconomicsTables.ECONOMICS_SUMMARY,
                        rows -> rows.where(
                                "dimension IN ('koc_type', 'channel') OR dimension = 'unassigned' AND name = '(none)' AND cost > 0"),
                        "dimension",
                        "name",
                        "new_customers",
                        "commission",
                        "ad",
                        "gift",
                        "coupon",
                        "bonus",
                        "training",
                        "sample",
                        "cost",
                        "cac"));
    }

    private static Section trust() {
        return Section.of(
                "trust",
                Query.of(
                        "quality",
                        CleanTables.DATA_QUALITY,
                        rows -> rows.where("failed > 0 OR verdict <> 'pass' OR check_name = 'records_counted'"),
                        "source",
                        "check_name",
                        "rows",
                        "failed",
                        "verdict",
                        "explanation"),
                Query.from("absent", Set.copyOf(CleanTables.OPTIONAL_SOURCES), Sections::absentSources),
                new Query("calibration", Set.of(), Set.of(BacktestTables.BACKTEST_CALIBRATION), run -> run.warehouse()
                        .readPrevious(BacktestTables.BACKTEST_CALIBRATION, run.day())
                        .where("recommender = 'published'")
                        .orderBy("decile")
                        .select("day", "decile", "recommendations", "expected_buyers", "observed_buyers")));
    }

    /** The rows that the cards of KOCs show: by KOC, in files of their own when there are many. */
    static List<Query> cards(ReportSettings settings) {
        return List.of(
                Query.of("words", CardTables.KOC_CARD, "koc_id", "readiness", "reasons", "next_action", "stop_sharing"),
                Query.of("mix", RecommendTables.KOC_POOL_MIX, "koc_id", "portrait_id", "members", "member_fraction"),
                Query.of(
                        "recommendations",
                        RecommendTables.KOC_RECOMMENDATIONS,
                        rows -> rows.where("is_actionable AND coalesce(extra_margin_if_shared > 0, true)")
                                .withColumn("reason", CardReason.belowTitle(Texts.of(settings.language()))),
                        "koc_id",
                        "rank",
                        "is_next_product",
                        "product_id",
                        "title",
                        "category",
                        "expected_buyers",
                        "from_influence",
                        "horizon_days",
                        "extra_days",
                        "extra_buyers_if_shared",
                        "extra_buyers_if_shared_low",
                        "extra_buyers_if_shared_high",
                        "extra_margin_if_shared",
                        "extra_margin_if_shared_low",
                        "unit_cost",
                        "usual_buyers",
                        "is_above_record",
                        "no_buyer_chance",
                        "advice",
                        "is_new",
                        "change",
                        "reason",
                        "from_portraits",
                        "from_non_buyers",
                        "from_item_model",
                        "from_repurchase",
                        "from_influence",
                        "from_cold_start",
                        "from_long_tail",
                        "from_popularity",
                        "from_monthly_popularity",
                        "from_weekly_popularity",
                        "from_pool",
                        "from_portrait_popularity"),
                Query.over("history", Set.of(KocTables.KOC_RANKING), run -> recent(run, KocTables.KOC_RANKING)
                        .orderBy("koc_id", "day")
                        .select("koc_id", "day", "rank", "level", "net_sales_30d", "influence_lift")));
    }

    private static Dataset<Row> absentSources(JobRun run) {
        List<String> absent = CleanedSources.absentSources(run.warehouse(), run.day());
        return run.warehouse().spark().createDataset(absent, Encoders.STRING()).toDF("source");
    }

    /** Nicknames of the KOCs, of those to recruit, and of all others with a cost or a new customer. */
    private static Dataset<Row> names(JobRun run) {
        Dataset<Row> shown = read(run, KocTables.KOC_LIFECYCLE)
                .select("koc_id")
                .union(read(run, EconomicsTables.KOC_ECONOMICS).select("koc_id"));
        return People.nicknames(run)
                .join(shown, new String[] {"koc_id"}, "left_semi")
                .where("nickname IS NOT NULL")
                .orderBy("koc_id")
                .select("koc_id", "nickname");
    }

    /**
     * Groups that need care, those that lose the largest fraction of their members first: also small ones that lose as many
     * as a losing one.
     */
    private static Dataset<Row> groupsInNeed(JobRun run, ReportSettings settings) {
        Column isLosing = col("loss_rate").geq(settings.groupLossRate()).and(expr("leaves + mutes > 0"));
        return read(run, GrowthTables.GROUP_HEALTH)
                .where(col("verdict").isin("losing", "silent", "quiet").or(isLosing))
                .join(People.nicknames(run), new String[] {"koc_id"}, "left")
                .orderBy(desc_nulls_last("loss_rate"), desc("members"), col("group_id"))
                .select(
                        "group_id",
                        "koc_id",
                        "nickname",
                        "members",
                        "leaves",
                        "mutes",
                        "loss_rate",
                        "verdict",
                        "reason",
                        "next_action");
    }

    /** koc_id and the place where the person lives: users with a county. */
    private static Dataset<Row> homes(JobRun run) {
        return run.warehouse()
                .readLatest(CleanTables.USERS, run.day())
                .where("county IS NOT NULL")
                .select(col("user_id").as("koc_id"), col("province"), col("city"), col("county"));
    }

    /** Where the people live whom to recruit: those with a county, the first to recruit first. */
    private static Dataset<Row> candidates(JobRun run) {
        return read(run, KocTables.KOC_LIFECYCLE)
                .where("recruit_rank IS NOT NULL")
                .join(homes(run), "koc_id")
                .orderBy("recruit_rank")
                .select("koc_id", "province", "city", "county");
    }

    /** One row per run of the last days: what the KOCs brought. */
    private static Dataset<Row> trend(JobRun run) {
        return recent(run, KocTables.KOC_RANKING)
                .groupBy("day")
                .agg(
                        count(lit(1)).as("kocs"),
                        sum("attributed_buyers_90d").as("buyers"),
                        sum("net_sales_30d").as("sales"),
                        sum(col("net_sales_60d").minus(col("net_sales_30d"))).as("sales_before"),
                        sum("new_customers_30d").as("customers"),
                        sum(col("new_customers_60d").minus(col("new_customers_30d")))
                                .as("customers_before"),
                        max("history_days").as("history_days"),
                        sum("muted_or_left_90d").as("lost"))
                .orderBy("day");
    }

    private static Dataset<Row> coverageTrend(JobRun run) {
        return recent(run, GrowthTables.COUNTY_COVERAGE)
                .groupBy("day")
                .agg(sum("users").as("users"), sum("users_reached").as("reached"))
                .orderBy("day");
    }

    /** When the users of each portrait are active: fractions of the day. */
    private static Dataset<Row> hoursByPortrait(JobRun run) {
        return read(run, FeatureTables.USER_FEATURES)
                .where(col("as_of").equalTo(lit(Date.valueOf(run.day()))))
                .join(read(run, PortraitTables.USER_PORTRAITS).select("user_id", "portrait_id"), "user_id")
                .where("portrait_id IS NOT NULL")
                .groupBy("portrait_id")
                .agg(
                        exactMean("morning_fraction").as("morning"),
                        exactMean("daytime_fraction").as("daytime"),
                        exactMean("evening_fraction").as("evening"),
                        exactMean("night_fraction").as("night"))
                .orderBy("portrait_id");
    }

    /** The mean of a fraction, to six decimals: as a sum of decimals it does not depend on the order of the rows. */
    private static Column exactMean(String fraction) {
        return avg(col(fraction).cast("decimal(12,6)")).cast("double");
    }

    private static Dataset<Row> valueByPortrait(JobRun run) {
        return read(run, EconomicsTables.USER_VALUE)
                .where("portrait_id IS NOT NULL")
                .groupBy("portrait_id")
                .agg(
                        count(lit(1)).as("users"),
                        sum(coalesce(col("ltv"), lit(0).cast("decimal(18,2)"))).as("ltv"),
                        sum("margin_to_date").as("margin"),
                        count(when(col("stage").isin("buyer", "repeat"), 1)).as("buying"),
                        count(when(col("stage").equalTo("dormant"), 1)).as("dormant"),
                        count(when(col("stage").equalTo("churned"), 1)).as("churned"))
                .orderBy("portrait_id");
    }

    /** Up to three products of each category, on sale and in stock, that a portrait surely buys more often than average. */
    private static Dataset<Row> certainProducts(JobRun run) {
        WindowSpec best = Window.partitionBy("category", "portrait_id").orderBy(desc("buyers"), col("product_id"));
        return read(run, FitTables.PRODUCT_PORTRAIT_FIT)
                .where(CertainLift.isMore(col("lift_low")))
                .select("product_id", "portrait_id", "buyers", "lift")
                .join(
                        read(run, FitTables.PRODUCT_PROFILE)
                                .where("quality_gate = 'pass' AND is_in_stock")
                                .select(
                                        col("product_id"),
                                        col("title"),
                                        col("category"),
                                        FewStars.hasFewStars().as("has_few_stars")),
                        "product_id")
                .withColumn("position", row_number().over(best))
                .where(col("position").leq(PRODUCTS))
                .orderBy("category", "portrait_id", "position")
                .select("category", "portrait_id", "product_id", "title", "buyers", "lift", "has_few_stars");
    }

    /** KOCs who shared a product of Stop recommending in four weeks, most shares first: one row per product and KOC. */
    private static Dataset<Row> sharersOfStopped(JobRun run) {
        return StoppedProducts.selectSharers(
                        run.warehouse().readUpTo(FeatureTables.USER_PRODUCT_DAYS, run.day()),
                        read(run, FitTables.PRODUCT_PROFILE),
                        run.day())
                .join(read(run, KocTables.KOC_RANKING).select("koc_id"), "koc_id")
                .join(People.nicknames(run), new String[] {"koc_id"}, "left")
                .orderBy(col("product_id"), desc("shares"), col("koc_id"))
                .select("product_id", "koc_id", "nickname");
    }

    /**
     * Products that pass the quality gate but are out of stock, or have few stars, with the lists that leave them out until
     * they are checked.
     */
    private static Dataset<Row> doubtfulProducts(JobRun run, ReportSettings settings) {
        Dataset<Row> lists = ActionQueries.leftOutUntilChecked(read(run, RecommendTables.KOC_RECOMMENDATIONS), settings)
                .groupBy("product_id")
                .agg(count(lit(1)).as("lists"));
        return read(run, FitTables.PRODUCT_PROFILE)
                .where("quality_gate = 'pass' AND buyers > 0")
                .withColumn("has_few_stars", FewStars.hasFewStars())
                .where("NOT is_in_stock OR has_few_stars")
                .join(lists, new String[] {"product_id"}, "left")
                .orderBy(desc("buyers"), col("product_id"))
                .select(
                        col("product_id"),
                        col("title"),
                        col("buyers"),
                        col("has_few_stars"),
                        col("mean_rating"),
                        col("reviews"),
                        col("complaints"),
                        col("is_in_stock"),
                        coalesce(col("lists"), lit(0L)).as("lists"));
    }

    private static Dataset<Row> recent(JobRun run, Table table) {
        return run.warehouse()
                .readUpTo(table, run.day())
                .where(col("day").gt(date_sub(lit(Date.valueOf(run.day())), TREND_DAYS)));
    }

    private static Dataset<Row> read(JobRun run, Table table) {
        return run.warehouse().read(table, run.day());
    }
}
