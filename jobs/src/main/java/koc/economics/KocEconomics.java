package koc.economics;

import static org.apache.spark.sql.functions.ceil;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import koc.rules.Absent;
import koc.rules.Invitations;
import koc.rules.KocType;
import koc.spark.ExactSums;
import koc.tables.EconomicsTables;
import koc.tables.Frame;
import koc.warehouse.Table;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What KOCs cost and what the customers they bring are worth: for each KOC, and for groups. */
final class KocEconomics {
    /** Costs of the source, commissions of the ledger, and rewards. */
    static final Frame SPENDING =
            Frame.named("spending").grain("one row per cost").columns("""
            koc_id    STRING COMMENT 'KOC that the money was spent on; null without one',
            channel   STRING COMMENT 'Channel that the money was spent on; null without one',
            cost_type STRING NOT NULL COMMENT 'Type of the cost, commission or rewards',
            amount    DECIMAL(18,2) NOT NULL COMMENT 'Money spent'""");

    private static final String MONEY = "decimal(18,2)";
    private static final int NEAR_DAYS = 90;
    private static final String[] KOC = {"koc_id"};

    private final EconomicsInputs inputs;
    private final EconomicsSettings settings;
    private final Dataset<Row> brought;
    private final Dataset<Row> spending;

    /**
     * @param brought {@link NewCustomers#BROUGHT}
     * @param spending {@link #SPENDING} of the window
     */
    KocEconomics(EconomicsInputs inputs, EconomicsSettings settings, Dataset<Row> brought, Dataset<Row> spending) {
        this.inputs = inputs;
        this.settings = settings;
        this.brought = brought;
        this.spending = spending;
    }

    /**
     * The rows of koc_economics: the KOCs of the ranking, and others who cost money or brought customers.
     *
     * @param values user_value
     */
    Dataset<Row> byKoc(Dataset<Row> values) {
        Dataset<Row> costs = CostSums.sumByType(spending.where(col("koc_id").isNotNull()), "koc_id");
        Dataset<Row> customers = sumCustomers(brought.where(col("koc_id").isNotNull()), "koc_id");
        Dataset<Row> kocs = inputs.ranking()
                .join(costs, KOC, "full")
                .join(customers, KOC, "full")
                .join(invitees(values), KOC, "left")
                .join(inputs.lifts(), KOC, "left")
                .join(inputs.commissionsAsKoc(settings.koc().windowDays()), KOC, "left")
                .join(
                        inputs.people()
                                .select(
                                        col("user_id").as("koc_id"),
                                        col("koc_type").as("type_of_role"),
                                        col("region").as("county")),
                        KOC,
                        "left");
        Dataset<Row> compared =
                IncrementalRatio.addTo(compare(kocs), settings.koc().healthyRatio());
        Column payback = ceil(col("cost")
                .cast("double")
                .divide(col("margin_90d").cast("double"))
                .multiply(NEAR_DAYS));
        return select(
                EconomicsTables.KOC_ECONOMICS,
                compared.withColumn("koc_type", KocType.fromRole(coalesce(col("koc_type"), col("type_of_role"))))
                        .withColumn(
                                "history_days",
                                lit(inputs.history().coveredDays(settings.koc().windowDays())))
                        .withColumn(
                                "payback_days",
                                when(
                                        col("cost")
                                                .gt(0)
                                                .and(col("margin_90d").gt(0))
                                                .and(payback.leq(
                                                        settings.value().horizonDays())),
                                        payback.cast("int")))
                        .withColumn(
                                "commission_as_koc",
                                coalesce(col("commission_as_koc"), lit(0)).cast(MONEY))
                        .withColumn("referred_users", coalesce(col("referred_users"), lit(0L)))
                        .withColumn(
                                "invitee_value",
                                coalesce(col("invitee_value"), lit(0)).cast(MONEY)));
    }

    /**
     * The rows of economics_summary.
     *
     * @param kocs as {@link #byKoc} returns them
     */
    Dataset<Row> summary(Dataset<Row> kocs) {
        if (brought.isEmpty() && spending.isEmpty()) {
            return kocs.sparkSession().createDataFrame(List.of(), EconomicsTables.ECONOMICS_SUMMARY.schema());
        }
        Dataset<Row> ofKocs = brought.join(kocs.select("koc_id", "koc_type", "county"), KOC, "left");
        Dataset<Row> costOfKocs = spending.join(kocs.select("koc_id", "koc_type", "county"), KOC, "left");
        Column isKocs = col("koc_id").isNotNull();
        Column isChannels = col("channel").notEqual(Absent.NONE);
        return group("all", lit("all"), lit("all"), brought, spending)
                .unionByName(group(
                        "koc_type", col("koc_type"), col("koc_type"), ofKocs.where(isKocs), costOfKocs.where(isKocs)))
                .unionByName(
                        group("county", col("county"), col("county"), ofKocs.where(isKocs), costOfKocs.where(isKocs)))
                .unionByName(group(
                        "portrait",
                        col("portrait_id"),
                        col("portrait_id"),
                        brought.where(isKocs),
                        costByPortrait(kocs)))
                .unionByName(group(
                        "channel",
                        col("channel"),
                        col("channel"),
                        brought.where(isChannels.and(col("koc_id").isNull())),
                        spending.where(
                                col("channel").isNotNull().and(col("koc_id").isNull()))))
                .unionByName(group(
                        "unassigned",
                        col("channel"),
                        col("channel"),
                        brought.limit(0),
                        spending.where(col("koc_id").isNull())));
    }

    /** The cost of each KOC, divided among the portraits of their new customers by number; (none) without customers. */
    private Dataset<Row> costByPortrait(Dataset<Row> kocs) {
        Dataset<Row> customersByPortrait = brought.where(
                        col("koc_id").isNotNull().and(not(col("is_left_censored"))))
                .groupBy("koc_id", "portrait_id")
                .agg(count(lit(1)).as("customers"));
        Dataset<Row> totals = kocs.select(col("koc_id"), col("new_customers"));
        return spending.where(col("koc_id").isNotNull())
                .join(totals, KOC, "left")
                .join(customersByPortrait, KOC, "left")
                .select(
                        coalesce(col("portrait_id"), lit(Absent.NONE)).as("portrait_id"),
                        col("cost_type"),
                        coalesce(col("amount").multiply(col("customers")).divide(col("new_customers")), col("amount"))
                                .as("amount"));
    }

    private Dataset<Row> group(
            String dimension, Column nameOfCustomer, Column nameOfCost, Dataset<Row> customers, Dataset<Row> costs) {
        Column customer = coalesce(nameOfCustomer, lit(Absent.NONE));
        Column cost = coalesce(nameOfCost, lit(Absent.NONE));
        Dataset<Row> both = sumCustomers(customers.withColumn("name", customer), "name")
                .join(CostSums.sumByType(costs.withColumn("name", cost), "name"), new String[] {"name"}, "full");
        return select(EconomicsTables.ECONOMICS_SUMMARY, compare(both).withColumn("dimension", lit(dimension)));
    }

    private Dataset<Row> compare(Dataset<Row> sums) {
        Dataset<Row> filled = CostSums.withTotal(sums)
                .withColumn("new_customers", coalesce(col("new_customers"), lit(0L)))
                .withColumn("left_censored", coalesce(col("left_censored"), lit(0L)))
                .withColumn(
                        "customer_value",
                        coalesce(col("customer_value"), lit(0)).cast(MONEY));
        return CostRatio.compare(filled, settings.koc().healthyRatio());
    }

    /**
     * Sums the customers of each group. The errors of single customers are independent, so that their squares add up.
     * The error of the parameters is common to all customers who share them.
     */
    static Dataset<Row> sumCustomers(Dataset<Row> customers, String groupBy) {
        Column isNew = not(col("is_left_censored"));
        Column sharedError =
                coalesce(col("future_value"), lit(0)).cast("double").multiply(col("parameters_error"));
        return customers
                .groupBy(groupBy, "parameters_of", "parameters_error")
                .agg(
                        count_if(isNew).as("new_customers"),
                        count_if(col("is_left_censored")).as("left_censored"),
                        sum(when(isNew, col("customer_value"))).cast(MONEY).as("customer_value"),
                        sum(when(isNew, col("future_value"))).cast(MONEY).as("future_value"),
                        sum(when(isNew, col("ltv_error").multiply(col("ltv_error"))))
                                .cast("double")
                                .as("own_variance"),
                        sum(when(isNew, col("margin_90d"))).cast(MONEY).as("margin_90d"))
                .withColumn("variance", coalesce(col("own_variance"), lit(0.0)).plus(sharedError.multiply(sharedError)))
                .groupBy(groupBy)
                .agg(
                        sum("new_customers").as("new_customers"),
                        sum("left_censored").as("left_censored"),
                        sum("customer_value").cast(MONEY).as("customer_value"),
                        sum("future_value").cast(MONEY).as("future_value"),
                        ExactSums.wideSum(col("variance")).as("future_variance"),
                        sum("margin_90d").cast(MONEY).as("margin_90d"));
    }

    private Dataset<Row> invitees(Dataset<Row> values) {
        return inputs.people()
                .withColumn("koc_id", Invitations.inviter())
                .where(col("koc_id").isNotNull().and(col("koc_id").notEqual(col("user_id"))))
                .join(values.select("user_id", "margin_to_date", "ltv"), new String[] {"user_id"}, "left")
                .groupBy("koc_id")
                .agg(
                        count(lit(1)).as("referred_users"),
                        sum(coalesce(col("margin_to_date"), lit(0)).plus(coalesce(col("ltv"), lit(0))))
                                .as("invitee_value"));
    }

    private Dataset<Row> select(Table table, Dataset<Row> rows) {
        List<String> names = table.columnNames();
        return rows.withColumn("day", lit(inputs.day()))
                .select(names.stream().map(name -> col(name)).toArray(Column[]::new));
    }
}
