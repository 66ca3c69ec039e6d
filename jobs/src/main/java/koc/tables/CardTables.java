package koc.tables;

import koc.warehouse.Table;

/** The tables of the cards job: what a person wants to know first about a KOC, or about a user. */
public final class CardTables {
    private CardTables() {}

    public static final Table KOC_CARD = Table.named("koc_card")
            .describedAs(
                    "One row per KOC, to read first: rank, level and what is missing, pool, money, next product and next action, from the other tables.")
            .writtenBy("cards")
            .keyedBy("day", "koc_id")
            .partitionedBy("day")
            .published()
            .fractions("progress")
            .check("rank >= 1")
            .columns("""
                    day                 DATE NOT NULL COMMENT 'Run date',
                    koc_id              STRING NOT NULL COMMENT 'User id of the KOC',
                    koc_name            STRING NOT NULL COMMENT 'Nickname, else id',
                    koc_type            STRING NOT NULL COMMENT 'employee, guide, external or user',
                    rank                INT NOT NULL COMMENT '1 is the KOC with the highest score (koc_ranking)',
                    level               STRING NOT NULL COMMENT 'recruit, trainee, bronze, silver, gold, partner or revoked (koc_ranking)',
                    next_level          STRING COMMENT 'Level to reach next; null for partners (koc_lifecycle)',
                    progress            DOUBLE COMMENT 'How much of what the next level requires is there, 0..1 (koc_lifecycle)',
                    missing             STRING COMMENT 'What the next level still requires, in words; empty if nothing is missing (koc_lifecycle)',
                    kol_stage           STRING NOT NULL COMMENT 'On the way from KOC to KOL: koc, rising, kol or audience_only (koc_ranking)',
                    pool_size           BIGINT NOT NULL COMMENT 'Users with an open tie (koc_ranking)',
                    main_portraits      STRING COMMENT 'The two portraits with the most members of the pool; null without one (koc_pool_mix)',
                    influence_lift      DOUBLE COMMENT 'How many times as often members buy after a share; null if nothing was measured (koc_ranking)',
                    influence_low       DOUBLE COMMENT 'Lower end of its 90% interval',
                    influence_high      DOUBLE COMMENT 'Upper end of its 90% interval',
                    net_sales_90d       DECIMAL(18,2) NOT NULL COMMENT 'Money credited to the KOC, net of refunds (koc_ranking)',
                    commission_due      DECIMAL(18,2) NOT NULL COMMENT 'Commission due of the months that are not closed yet (commission_statement)',
                    cost                DECIMAL(18,2) COMMENT 'What the KOC cost in 90 days by default; null without a row in koc_economics',
                    customer_value      DECIMAL(18,2) COMMENT 'Value of the new customers that the KOC brought in these days (koc_economics)',
                    ltv_to_cac          DOUBLE COMMENT 'customer_value / cost: by credit; null without cost or new customers',
                    incremental_value   DECIMAL(18,2) COMMENT 'The part of customer_value that the KOC probably caused; null without a measured lift (koc_economics)',
                    incremental_ratio   DOUBLE COMMENT 'incremental_value / cost: what overall_verdict judges (koc_economics)',
                    incremental_ratio_low DOUBLE COMMENT 'Lower end of its 90% interval',
                    overall_verdict     STRING COMMENT 'Whether the KOC pays: healthy, pays, not_proven, not_caused, loses_money, no_customer, too_few_to_tell or no_cost (koc_economics)',
                    next_product_id     STRING COMMENT 'Product to share next: the one whose share adds the most margin; null if none is worth a share (is_next_product in koc_recommendations)',
                    next_product        STRING COMMENT 'Its title, else its id',
                    next_product_extra_buyers DOUBLE COMMENT 'Additional buyers if the KOC shares it once; null when the influence of the KOC is unknown',
                    next_product_extra_margin DECIMAL(18,2) COMMENT 'What one share of it adds: koc_recommendations.extra_margin_if_shared; null when unknown',
                    usual_extra_buyers  DOUBLE COMMENT 'What one product post of the KOC probably added on average in the last 90 days, whatever the product (koc_ranking: extra_buyers_90d / product_shares_90d); null if nothing was measured',
                    stop_sharing        STRING COMMENT 'Products that the KOC shared in the last 28 days and must not share any more, because the quality gate refuses them, separated by semicolons; null without one',
                    readiness           STRING NOT NULL COMMENT 'ready, or what is missing first, in words (koc_ranking)',
                    reasons             STRING NOT NULL COMMENT 'Why the KOC ranks as they do, in words (koc_ranking)',
                    next_action         STRING NOT NULL COMMENT 'Who does what next about the KOC: as in koc_ranking; where that is to share, with the next product, or that none is worth a share'""");

    public static final Table COUNTY_CARD = Table.named("county_card")
            .describedAs(
                    "One row per county with users, to read first: KOCs that are missing, what its users are worth, what its KOCs cost, and whom to win there, from the other tables.")
            .writtenBy("cards")
            .keyedBy("day", "province", "city", "county")
            .partitionedBy("day")
            .published()
            .fractions("reached_rate")
            .columns("""
                    day                 DATE NOT NULL COMMENT 'Run date',
                    province            STRING COMMENT 'Province or other first-level region',
                    city                STRING COMMENT 'City',
                    county              STRING NOT NULL COMMENT 'County or district',
                    users               BIGINT NOT NULL COMMENT 'Users who live in the county (county_coverage)',
                    users_unreached     BIGINT NOT NULL COMMENT 'Users who hear from no active KOC (county_coverage)',
                    reached_rate        DOUBLE NOT NULL COMMENT 'Fraction of the users who hear from an active KOC, 0..1 (county_coverage)',
                    kocs                BIGINT NOT NULL COMMENT 'Active KOCs who live in the county (county_coverage)',
                    target_kocs         INT NOT NULL COMMENT 'Active KOCs wanted in the county (county_coverage)',
                    gap                 BIGINT NOT NULL COMMENT 'target_kocs less kocs, at least 0 (county_coverage)',
                    phase               STRING NOT NULL COMMENT 'in_store (find and train KOCs in stores) or online (KOCs cover the county online)',
                    unreached_margin_28d DECIMAL(18,2) COMMENT 'Margin that the users without a KOC will probably bring in 28 days, also without one: users_unreached x mean of expected_margin_90d over all users of the county x 28 / 90 (user_value); null without a forecast',
                    missing_kocs_cost_28d DECIMAL(18,2) COMMENT 'What as many KOCs as are missing would cost in 28 days: gap x mean cost of the KOCs in koc_economics x 28 / 90 (default); null if none is missing, or no KOC has a row there',
                    koc_cost            DECIMAL(18,2) COMMENT 'What the KOCs who live there cost, in 90 days by default (koc_economics); null without one',
                    koc_caused_value    DECIMAL(18,2) COMMENT 'Value of the new customers whom these KOCs probably won in these days (incremental_value of koc_economics); null without one, and if it is not measured for one who has a new customer',
                    recruit_id          STRING COMMENT 'Person to recruit first (county_coverage); null if nobody is in reach, no KOC is missing, or the KOCs there cost more than they caused',
                    recruit_name        STRING COMMENT 'Nickname, else id',
                    recruit_cost        DECIMAL(18,2) COMMENT 'What this person would have cost as a KOC, in 90 days by default: cost + commission_as_koc (koc_economics); null when unknown',
                    regular_customers   STRING COMMENT 'Where more KOCs are to be won than people are in reach: up to three regular customers of the county to ask, those who share first and then the most orders, separated by semicolons; null without one, or if the KOCs there cost more than they caused',
                    next_action         STRING NOT NULL COMMENT 'Whom to win next in the county (county_coverage). Where KOCs are missing, but those who live there cost more than they caused: to find out why first. Where missing_kocs_cost_28d is more than koc.report.assumed-gain (.1 by default) x unreached_margin_28d: to win only one, as a test'""");

    public static final Table USER_CARD = Table.named("user_card")
            .describedAs(
                    "One row per user, to read first: portrait, tags, value, the user's KOC, and the product of that KOC that fits, from the other tables.")
            .writtenBy("cards")
            .keyedBy("day", "user_id")
            .partitionedBy("day")
            .published()
            .fractions("fitting_product_fit")
            .columns("""
                    day              DATE NOT NULL COMMENT 'Run date',
                    user_id          STRING NOT NULL COMMENT 'User',
                    user_name        STRING NOT NULL COMMENT 'Nickname, else id',
                    portrait_id      STRING COMMENT 'Portrait of the user; null without one (user_portraits)',
                    portrait_name    STRING COMMENT 'Name of the portrait',
                    main_tags        STRING COMMENT 'Up to four tags of the user with the highest weight; null without tags (user_tags)',
                    stage            STRING NOT NULL COMMENT 'lead, activated, buyer, repeat, dormant or churned (user_value)',
                    orders           BIGINT NOT NULL COMMENT 'Orders since the log begins (user_value)',
                    last_order_on    DATE COMMENT 'Day of the last order; null without one',
                    margin_to_date   DECIMAL(18,2) NOT NULL COMMENT 'Margin of all kept purchases (user_value)',
                    ltv              DECIMAL(18,2) COMMENT 'Lifetime value: expected margin of the next 365 days by default; null without an order (user_value)',
                    koc_id           STRING COMMENT 'KOC with the strongest tie to the user, revoked ones left out; null without one (tie_strengths)',
                    koc_name         STRING COMMENT 'Nickname of the KOC, else id',
                    fitting_product_id STRING COMMENT 'Of the products on the list of the KOC that the KOC can act on (is_actionable) and the user does not own: the one that fits the portrait of the user best; null without one. It may differ from the next product of the KOC',
                    fitting_product  STRING COMMENT 'Its title, else its id',
                    fitting_product_fit DOUBLE COMMENT 'Fit of the product with the portrait, 0..1; above .5 the portrait surely buys more of it than average; null if unknown (product_portrait_fit)'""");
}
