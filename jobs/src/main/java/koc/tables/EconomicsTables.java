package koc.tables;

import koc.warehouse.Table;

/** Tables of the economics job: the value of each user, the models behind it, and what KOCs cost and earn. */
public final class EconomicsTables {
    /** The portrait_id of models that are shared by all portraits without models of their own. */
    public static final String SHARED = "*";

    private EconomicsTables() {}

    public static final Table USER_VALUE = Table.named("user_value")
            .describedAs(
                    "One row per user, and per other person who ever bought: what they bought so far, and what they will probably earn the brand.")
            .writtenBy("economics")
            .keyedBy("day", "user_id")
            .partitionedBy("day")
            .published()
            .fractions("p_alive")
            .publishedDecimals("margin_per_order", 2)
            .columns("""
                    day                 DATE NOT NULL COMMENT 'Run date',
                    user_id             STRING NOT NULL COMMENT 'Identifier of the user',
                    portrait_id         STRING COMMENT 'Portrait of the user; null for buyers who are not in users and did nothing in 365 days, and for likely joint accounts',
                    stage               STRING NOT NULL COMMENT 'lead (no action in the log), activated (acted, never bought), buyer (one order), repeat (two orders and more), dormant (no order for 60 days by default) or churned (none for 180 days, or p_alive below .1)',
                    orders              BIGINT NOT NULL COMMENT 'Days with a kept purchase since the log begins: purchases of one day are one order',
                    first_order_on      DATE COMMENT 'Day of the first of these orders',
                    last_order_on       DATE COMMENT 'Day of the last of these orders',
                    is_left_censored    BOOLEAN COMMENT 'Whether the user may have bought before the log begins, so that the first order is perhaps not their first ever; null without an order',
                    margin_to_date      DECIMAL(18,2) NOT NULL COMMENT 'Net sales less unit costs of all kept purchases; products without a unit cost count 30% of their net sales by default',
                    margin_per_order    DOUBLE COMMENT 'Expected margin of an order; null without an order',
                    p_alive             DOUBLE COMMENT 'Probability that the user will order again, 0..1. Always 1 for buyers with one order, which says nothing about them: the model assumes that nobody stops before a second order. Null without an order or a model',
                    expected_orders_90d DOUBLE COMMENT 'Expected orders in the next 90 days; null without an order',
                    expected_margin_90d DECIMAL(18,2) COMMENT 'expected_orders_90d x margin_per_order; null without an order',
                    ltv                 DECIMAL(18,2) COMMENT 'Lifetime value: expected margin of the next 365 days by default, discounted by 10% a year; null without an order',
                    ltv_error           DECIMAL(18,2) COMMENT 'Standard deviation of the true lifetime value around ltv: what the model cannot know of one buyer. For sums over many buyers, the squares add up. Null without an order',
                    naive_orders_90d    DOUBLE COMMENT 'Repeat orders so far / days since the first order, x 90, for comparison; null without an order or on its day',
                    model               STRING COMMENT 'How the orders are forecast: bg_nbd, or cohort_mean when the model could not be fitted; null without an order',
                    parameters_of       STRING COMMENT 'Portrait whose parameters are used; * for the shared ones. These stand in where a portrait has too few repeat buyers. Null without an order'""");

    public static final Table VALUE_MODELS = Table.named("value_models")
            .describedAs(
                    "One row per run date and portrait with enough repeat buyers, and one that all others share: parameters of the models of orders (BG/NBD, in weeks) and of margin (Gamma-Gamma).")
            .writtenBy("economics")
            .keyedBy("day", "portrait_id")
            .partitionedBy("day")
            .columns("""
                    day                  DATE NOT NULL COMMENT 'Run date',
                    portrait_id          STRING NOT NULL COMMENT 'Portrait; * for what all portraits without a row of their own share',
                    model                STRING NOT NULL COMMENT 'bg_nbd, or cohort_mean when the model could not be fitted',
                    reason               STRING NOT NULL COMMENT 'Why this model, in words',
                    basis                STRING NOT NULL COMMENT 'Buyers that the model is fitted on: new_customers (their first order is in the log) or all_buyers (too few new customers)',
                    buyers               BIGINT NOT NULL COMMENT 'Number of these buyers',
                    repeat_buyers        BIGINT NOT NULL COMMENT 'Of these, buyers with two orders and more',
                    histories            INT NOT NULL COMMENT 'Different histories among them: what the driver keeps in memory',
                    r                    DOUBLE COMMENT 'BG/NBD: shape of the rates of ordering',
                    alpha                DOUBLE COMMENT 'BG/NBD: rate parameter of the rates of ordering, in weeks',
                    a                    DOUBLE COMMENT 'BG/NBD: first parameter of the probabilities to stop',
                    b                    DOUBLE COMMENT 'BG/NBD: second parameter of the probabilities to stop',
                    r_error              DOUBLE COMMENT 'Standard error of ln r; null when the likelihood is flat there',
                    alpha_error          DOUBLE COMMENT 'Standard error of ln alpha',
                    a_error              DOUBLE COMMENT 'Standard error of ln a',
                    b_error              DOUBLE COMMENT 'Standard error of ln b',
                    log_likelihood       DOUBLE COMMENT 'Log-likelihood of the fit',
                    weekly_orders        DOUBLE NOT NULL COMMENT 'Mean repeat orders a week since the first order: the forecast of cohort_mean',
                    p                    DOUBLE COMMENT 'Gamma-Gamma: shape of the margins of one buyer; null when it could not be fitted',
                    q                    DOUBLE COMMENT 'Gamma-Gamma: shape of their rates',
                    v                    DOUBLE COMMENT 'Gamma-Gamma: rate parameter of their rates, in money',
                    p_error              DOUBLE COMMENT 'Standard error of ln p; null when the likelihood is flat there',
                    q_error              DOUBLE COMMENT 'Standard error of ln q',
                    v_error              DOUBLE COMMENT 'Standard error of ln v',
                    value_error          DOUBLE NOT NULL COMMENT 'Standard error of the lifetime value of all these buyers together / this value: how far it may be off because the parameters are estimates',
                    mean_margin          DOUBLE NOT NULL COMMENT 'Mean margin of an order: the forecast when Gamma-Gamma could not be fitted'""");

    public static final Table VALUE_HOLDOUT = Table.named("value_holdout")
            .describedAs(
                    "How well the model of orders forecasts: one model for all buyers is fitted up to as_of, and its forecast of the days since then is compared with what was ordered. One row per class of repeat orders.")
            .writtenBy("economics")
            .keyedBy("day", "repeat_orders")
            .partitionedBy("day")
            .columns("""
                    day             DATE NOT NULL COMMENT 'Run date',
                    repeat_orders   INT NOT NULL COMMENT 'Repeat orders up to as_of; 7 stands for 7 and more',
                    as_of           DATE NOT NULL COMMENT 'Last day that the forecast uses',
                    buyers          BIGINT NOT NULL COMMENT 'Buyers of the class',
                    expected_orders DOUBLE NOT NULL COMMENT 'Forecast of their orders after as_of, in total',
                    actual_orders   BIGINT NOT NULL COMMENT 'Their orders after as_of, in total',
                    naive_orders    DOUBLE NOT NULL COMMENT 'Forecast from repeat orders so far / days since the first order'""");

    private static final String ECONOMICS = """
                    new_customers       BIGINT NOT NULL COMMENT 'New customers brought in 90 days by default, or in a shorter history: their first order is in the window and certainly their first ever, and the KOC has most of the credit of that day. Over 90 days it equals koc_ranking.new_customers_90d, but is 0 instead of null when no first purchase is certainly the first ever',
                    left_censored       BIGINT NOT NULL COMMENT 'Buyers whose first order in the log is in the window but who may have bought before; not counted as new',
                    commission          DECIMAL(18,2) NOT NULL COMMENT 'Commission by the rules, which cannot be saved by itself: due for purchases in the window, less what refunds in the window took back (commission_ledger)',
                    ad                  DECIMAL(18,2) NOT NULL COMMENT 'Cost of this type in the window',
                    gift                DECIMAL(18,2) NOT NULL COMMENT 'Cost of this type in the window',
                    coupon              DECIMAL(18,2) NOT NULL COMMENT 'Cost of this type in the window',
                    bonus               DECIMAL(18,2) NOT NULL COMMENT 'Cost of this type in the window',
                    training            DECIMAL(18,2) NOT NULL COMMENT 'Cost of this type in the window',
                    sample              DECIMAL(18,2) NOT NULL COMMENT 'Cost of this type in the window',
                    cost                DECIMAL(18,2) NOT NULL COMMENT 'commission + ad + gift + coupon + bonus + training + sample',
                    rewards             DECIMAL(18,2) NOT NULL COMMENT 'Rewards granted in the window, and prizes and team bonus of closed months that ended in the window, by the rules. Not part of cost, because the landing source costs contains them (bonus, gift) once they are paid',
                    cac                 DECIMAL(18,2) COMMENT 'Cost of a new customer, cost / new_customers; null without one',
                    customer_value      DECIMAL(18,2) NOT NULL COMMENT 'Margin so far plus lifetime value (user_value.ltv) of the new customers, in total',
                    ltv                 DECIMAL(18,2) COMMENT 'customer_value / new_customers. Unlike user_value.ltv it includes the margin so far; null without a new customer',
                    ltv_to_cac          DOUBLE COMMENT 'customer_value / cost; null without cost or new customers',
                    ltv_to_cac_low      DOUBLE COMMENT 'Lower end of its 90% interval, which contains the true value of these customers over their cost in nine of ten cases if the models fit. On four generated brands it contained it for 84% of 122 KOCs with 20 customers and more; for the other 16% it was mostly too high. Null without a forecast above 0',
                    ltv_to_cac_high     DOUBLE COMMENT 'Upper end of its 90% interval',
                    verdict             STRING NOT NULL COMMENT 'By credit: healthy (interval above 3 by default), pays (above 1), loses_money (below 1, or new customers but a customer_value of at most 0), too_few_to_tell, or no_cost'""";

    public static final Table KOC_ECONOMICS = Table.named("koc_economics")
            .describedAs(
                    "One row per KOC, and per other person who cost money or brought customers: what they cost, and what the customers they brought are worth.")
            .writtenBy("economics")
            .keyedBy("day", "koc_id")
            .partitionedBy("day")
            .published()
            .columns("""
                    day                 DATE NOT NULL COMMENT 'Run date',
                    koc_id              STRING NOT NULL COMMENT 'User id of the KOC, or of the other person',
                    koc_type            STRING NOT NULL COMMENT 'employee, guide, external or user',
                    county              STRING COMMENT 'County of the KOC',
                    history_days        INT NOT NULL COMMENT 'Days of the window (90 by default) that the log covers. koc_ranking.history_days counts those of a year',
                    """ + ECONOMICS + """
                    ,
                    incremental_value   DECIMAL(18,2) COMMENT 'customer_value x (lift - 1) / lift: the part that the KOC probably caused; null without a measured lift',
                    incremental_ratio   DOUBLE COMMENT 'incremental_value / cost; null without both',
                    incremental_ratio_low DOUBLE COMMENT 'Lower end of its 90% interval, from those of ltv_to_cac and of the lift; null without either',
                    incremental_ratio_high DOUBLE COMMENT 'Upper end of its 90% interval',
                    overall_verdict     STRING NOT NULL COMMENT 'The verdict to act on, for credit is not cause: healthy (incremental_ratio_low above 3 by default), pays (above 1), not_caused (healthy or pays by verdict, but incremental_ratio is below 1), not_proven (healthy or pays by verdict, but incremental_ratio_low is at most 1 or unknown), no_customer (cost, but no buyer is credited), loses_money (incremental_ratio_high below 1), else as verdict',
                    commission_as_koc   DECIMAL(18,2) NOT NULL COMMENT 'Commission that the rates would have given in the window, but that was withheld because the person was not in koc_ranking: what they would have cost more as a KOC, for the same sales. Not part of cost; 0 for KOCs',
                    payback_days        INT COMMENT 'Days until the expected margin of the new customers repays the cost; null if that takes longer than the days of ltv, by default 365',
                    referred_users      BIGINT NOT NULL COMMENT 'Users whom the KOC referred (acquired_via names the KOC), first level only; the industry target is 100 per KOC',
                    invitee_value       DECIMAL(18,2) NOT NULL COMMENT 'Margin so far and lifetime value of these users, in total; not part of customer_value unless they are new customers'""");

    public static final Table ECONOMICS_SUMMARY = Table.named("economics_summary")
            .describedAs(
                    "The economics of groups: all, by KOC type, by portrait of the customers, by channel and by county. Costs that name no KOC are in rows of dimension unassigned. Rows of dimension portrait divide the cost of each KOC among the portraits of their new customers. The rows of dimensions koc_type and unassigned together add up to all costs. Empty when no first order, cost, commission or reward is in the window.")
            .writtenBy("economics")
            .keyedBy("day", "dimension", "name")
            .partitionedBy("day")
            .published()
            .columns("""
                    day                 DATE NOT NULL COMMENT 'Run date',
                    dimension           STRING NOT NULL COMMENT 'all, koc_type, portrait, county, channel or unassigned',
                    name                STRING NOT NULL COMMENT 'The KOC type, portrait, county or channel; (none) where it is not recorded',
                    """ + ECONOMICS);
}
