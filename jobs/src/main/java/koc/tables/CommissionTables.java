package koc.tables;

import koc.warehouse.Table;

/**
 * Tables of the commissions job: the ledger, what it adds up to, the bonus fund of the teams, rewards and the
 * competition.
 */
public final class CommissionTables {
    private CommissionTables() {}

    public static final Table COMMISSION_LEDGER = Table.named("commission_ledger")
            .describedAs(
                    "The journal of commissions: one row per order line and KOC with credit for it (earned or withheld), and one per refund of the line or later proof of fraud (taken_back). A run adds the rows of its date; rows of earlier dates never change. Empty on days without a new credited purchase or refund.")
            .writtenBy("commissions")
            .keyedBy("day", "purchase_event_id", "koc_id", "seller_id", "kind", "cause_event_id", "part")
            .partitionedBy("day")
            .fractions("credit_fraction", "rate")
            .check("amount >= 0")
            .check("sales >= 0")
            .check("kind IN ('earned', 'withheld', 'taken_back')")
            .columns("""
                    day               DATE NOT NULL COMMENT 'Run date that added the row',
                    month             DATE NOT NULL COMMENT 'First day of the month in which the row counts: the month of happened_on, or the first month that was still open',
                    kind              STRING NOT NULL COMMENT 'earned; withheld (never earned, see reason); or taken_back (by a refund, or by fraud that was found later). Due = earned - taken_back',
                    reason            STRING COMMENT 'Why it was withheld or taken back: self_referral, collusion_ring, not_a_koc (not in koc_ranking), revoked, or refund; null when earned',
                    purchase_event_id STRING NOT NULL COMMENT 'Event of the order line',
                    cause_event_id    STRING NOT NULL COMMENT 'Event that caused the row: the refund, otherwise the purchase',
                    part              INT NOT NULL COMMENT 'Part of the refund, as in refunds; 0 for other rows',
                    happened_on       DATE NOT NULL COMMENT 'Day of the purchase or refund; for fraud that was found later the run date',
                    purchased_on      DATE NOT NULL COMMENT 'Day of the purchase; decides the version of the rule',
                    order_id          STRING COMMENT 'Order of the line',
                    user_id           STRING NOT NULL COMMENT 'The buyer',
                    product_id        STRING NOT NULL COMMENT 'Product bought',
                    koc_id            STRING NOT NULL COMMENT 'KOC who earns',
                    seller_id         STRING NOT NULL COMMENT 'KOC with credit for the purchase: koc_id itself, or the KOC whom koc_id invited (only with upline.pays)',
                    credit_fraction   DECIMAL(10,9) NOT NULL COMMENT 'Fraction of the purchase credited to the seller when the line was added; sums to 1 over a line',
                    line_amount       DECIMAL(18,2) NOT NULL COMMENT 'Money paid for the order line',
                    refunded_amount   DECIMAL(18,2) NOT NULL COMMENT 'Money that this refund returned of the line; 0 for other rows',
                    sales             DECIMAL(18,2) NOT NULL COMMENT 'Part of the money that counts as sales of the KOC, or is taken from them; 0 in rows of an inviter',
                    margin_rate       DOUBLE NOT NULL COMMENT '(line_amount - unit_cost x quantity) / line_amount; by default .3 without a unit cost; below 0 when the line costs more than it brings',
                    is_margin_known   BOOLEAN NOT NULL COMMENT 'Whether the product has a unit cost',
                    sales_position    DOUBLE COMMENT 'Rank of the product by net sales in the month before the purchase, over the number of products sold in it, as known when the row was added: above 0 to 1; null if it was not sold then',
                    rule_version      STRING NOT NULL COMMENT 'Version of the rule; (none) before the first version',
                    band_rate         DOUBLE NOT NULL COMMENT 'Rate by margin',
                    rank_factor       DOUBLE NOT NULL COMMENT 'Factor by sales_position',
                    is_capped         BOOLEAN NOT NULL COMMENT 'Whether the rate was capped to leave the brand its margin',
                    rate              DECIMAL(9,6) NOT NULL COMMENT 'band_rate x rank_factor, lowered to leave the brand its margin; rate x line_amount, rounded to cents, is divided among the KOCs of the line',
                    amount            DECIMAL(18,2) NOT NULL COMMENT 'Money earned, withheld or taken back; never negative'""");

    public static final Table COMMISSION_STATEMENT = Table.named("commission_statement")
            .describedAs(
                    "One row per KOC and month with rows in the ledger: what was earned, taken back, withheld, and is due. Empty without a credited purchase.")
            .writtenBy("commissions")
            .keyedBy("day", "koc_id", "month")
            .partitionedBy("day")
            .published()
            .columns("""
                    day         DATE NOT NULL COMMENT 'Run date',
                    koc_id      STRING NOT NULL COMMENT 'The KOC',
                    month       DATE NOT NULL COMMENT 'First day of the month',
                    is_closed   BOOLEAN NOT NULL COMMENT 'Whether the month can no longer change: 5 days after its end by default; later refunds and purchases count in the next open month',
                    order_lines BIGINT NOT NULL COMMENT 'Order lines that earned the KOC commission as their seller',
                    net_sales   DECIMAL(18,2) NOT NULL COMMENT 'Money credited to the KOC, less what refunds and fraud took back in this month',
                    earned      DECIMAL(18,2) NOT NULL COMMENT 'Commission earned',
                    taken_back  DECIMAL(18,2) NOT NULL COMMENT 'Commission taken back by refunds, and by fraud that was found later',
                    due         DECIMAL(18,2) NOT NULL COMMENT 'earned - taken_back; negative when more was taken back than earned, to be set off against other months',
                    withheld    DECIMAL(18,2) NOT NULL COMMENT 'Commission that the rates would give but that was never earned; the ledger has the reasons'""");

    public static final Table COMMISSION_MONTHS = Table.named("commission_months")
            .describedAs(
                    "One row per month: the sums of commission_statement. An open month up to that of the run date has a row even without a statement.")
            .writtenBy("commissions")
            .keyedBy("day", "month")
            .partitionedBy("day")
            .published()
            .columns("""
                    day         DATE NOT NULL COMMENT 'Run date',
                    month       DATE NOT NULL COMMENT 'First day of the month',
                    is_closed   BOOLEAN NOT NULL COMMENT 'Whether the month can no longer change',
                    kocs        BIGINT NOT NULL COMMENT 'KOCs with a statement',
                    net_sales   DECIMAL(18,2) NOT NULL COMMENT 'Sum of their net sales',
                    earned      DECIMAL(18,2) NOT NULL COMMENT 'Sum of what they earned',
                    taken_back  DECIMAL(18,2) NOT NULL COMMENT 'Sum of what was taken back',
                    due         DECIMAL(18,2) NOT NULL COMMENT 'earned - taken_back',
                    withheld    DECIMAL(18,2) NOT NULL COMMENT 'Sum of what was withheld'""");

    public static final Table TEAM_BONUS = Table.named("team_bonus")
            .describedAs(
                    "One row per month and team with net sales: the part of the month's bonus fund that the best teams get. Empty when no KOC with sales has a team_id.")
            .writtenBy("commissions")
            .keyedBy("day", "month", "team_id")
            .partitionedBy("day")
            .published()
            .check("bonus >= 0")
            .columns("""
                    day        DATE NOT NULL COMMENT 'Run date',
                    month      DATE NOT NULL COMMENT 'First day of the month',
                    is_closed  BOOLEAN NOT NULL COMMENT 'Whether the month can no longer change',
                    team_id    STRING NOT NULL COMMENT 'Team (users.team_id of the KOCs)',
                    kocs       BIGINT NOT NULL COMMENT 'KOCs of the team with rows in the ledger of the month',
                    net_sales  DECIMAL(18,2) NOT NULL COMMENT 'Sum of their net sales in the month, see commission_statement; above 0',
                    rank       INT NOT NULL COMMENT '1 is the team with the highest net sales of the month',
                    bonus_fund DECIMAL(18,2) NOT NULL COMMENT 'Bonus fund of the month: 1% of the net sales of all teams, at most 50,000 by default',
                    bonus      DECIMAL(18,2) NOT NULL COMMENT 'Part of the bonus fund, in proportion to net sales among the best 3 teams by default; 0 for other teams'""");

    public static final Table REWARD_GRANTS = Table.named("reward_grants")
            .describedAs(
                    "One row per reward that a KOC was granted on a run date, and why. Empty on days on which nobody met a rule for the first time.")
            .writtenBy("commissions")
            .keyedBy("day", "reward", "koc_id", "month")
            .partitionedBy("day")
            .published()
            .columns("""
                    day    DATE NOT NULL COMMENT 'Run date on which it was granted',
                    reward STRING NOT NULL COMMENT 'Name of the reward',
                    kind   STRING NOT NULL COMMENT 'physical, virtual, recognition, advanced, achievement or special',
                    koc_id STRING NOT NULL COMMENT 'The KOC',
                    month  DATE NOT NULL COMMENT 'First day of the month that it is granted for',
                    value  DECIMAL(18,2) NOT NULL COMMENT 'What it costs the brand',
                    required  STRING NOT NULL COMMENT 'What the rule requires: a level, net sales, or the last rank that gets it',
                    level     STRING COMMENT 'Level reached; null for rules on sales or rank',
                    net_sales DECIMAL(18,2) COMMENT 'Net sales reached; null for rules on levels or rank',
                    rank      INT COMMENT 'Rank when the month closed; null for rules on levels or sales',
                    reason    STRING NOT NULL COMMENT 'Why, in words'""");

    public static final Table COMPETITION_BARS = Table.named("competition_bars")
            .describedAs(
                    "One row per month and tier of the competition: the net sales to reach, set by the monthly results of earlier months. Empty while there are fewer than 20 results (default), one for each KOC and whole earlier month with net sales.")
            .writtenBy("commissions")
            .keyedBy("day", "month", "tier")
            .partitionedBy("day")
            .published()
            .fractions("reachable_by", "reached_rate")
            .columns("""
                    day          DATE NOT NULL COMMENT 'Run date',
                    month        DATE NOT NULL COMMENT 'First day of the month',
                    is_closed    BOOLEAN NOT NULL COMMENT 'Whether the month can no longer change',
                    tier         STRING NOT NULL COMMENT 'Name of the tier',
                    reachable_by DOUBLE NOT NULL COMMENT 'Fraction of KOCs with sales that would have reached the bar in the earlier months',
                    bar          DECIMAL(18,2) NOT NULL COMMENT 'Net sales to reach in the month',
                    prize        DECIMAL(18,2) NOT NULL COMMENT 'Prize of the tier; a KOC gets that of the highest tier reached',
                    koc_months   BIGINT NOT NULL COMMENT 'Monthly results from which the bar was computed: one for each KOC and earlier month with net sales (3 months by default)',
                    kocs         BIGINT NOT NULL COMMENT 'KOCs with net sales in the month so far',
                    reached      BIGINT NOT NULL COMMENT 'Of these, KOCs who reached the bar',
                    reached_rate DOUBLE COMMENT 'reached / kocs; null without KOCs'""");

    public static final Table COMPETITION = Table.named("competition")
            .describedAs(
                    "One row per month and KOC with net sales: rank in the monthly competition, tier reached, and what the next tier requires. Empty without net sales.")
            .writtenBy("commissions")
            .keyedBy("day", "month", "koc_id")
            .partitionedBy("day")
            .published()
            .columns("""
                    day       DATE NOT NULL COMMENT 'Run date',
                    month     DATE NOT NULL COMMENT 'First day of the month',
                    is_closed BOOLEAN NOT NULL COMMENT 'Whether the month can no longer change',
                    koc_id    STRING NOT NULL COMMENT 'The KOC',
                    rank      INT NOT NULL COMMENT '1 is the KOC with the highest net sales of the month',
                    net_sales DECIMAL(18,2) NOT NULL COMMENT 'Net sales of the month, see commission_statement; above 0',
                    tier      STRING COMMENT 'Highest tier reached; null below the lowest bar, and without bars',
                    prize     DECIMAL(18,2) NOT NULL COMMENT 'Prize of this tier; 0 without one',
                    next_tier STRING COMMENT 'Next tier; null at the highest, and without bars',
                    missing_net_sales DECIMAL(18,2) COMMENT 'Net sales that are missing to the next tier; null without one'""");
}
