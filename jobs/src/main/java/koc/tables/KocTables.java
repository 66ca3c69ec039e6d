package koc.tables;

import koc.warehouse.Table;

/** The tables of the kocs job: the rank and level of each KOC, and how they reached them. */
public final class KocTables {
    private KocTables() {}

    public static final Table KOC_RANKING = Table.named("koc_ranking")
            .describedAs("One row per KOC: how much they move people to buy, their rank and level, and why.")
            .writtenBy("kocs")
            .keyedBy("day", "koc_id")
            .partitionedBy("day")
            .published()
            .fractions(
                    "score",
                    "pool_buyer_rate",
                    "type_pool_buyer_rate",
                    "loyalty",
                    "approval_rate",
                    "influence",
                    "reach_of_strong_ties",
                    "own_use",
                    "content_and_answers",
                    "persona_consistency",
                    "restraint",
                    "satisfaction",
                    "credibility",
                    "on_category_rate",
                    "original_rate",
                    "flight_risk",
                    "profile_completeness")
            .check("rank >= 1")
            .columns("""
                    day                     DATE NOT NULL COMMENT 'Run date',
                    koc_id                  STRING NOT NULL COMMENT 'User id of the KOC',
                    koc_type                STRING NOT NULL COMMENT 'employee, guide, external or user',
                    score                   DOUBLE NOT NULL COMMENT 'Weighted mean of the components that are not null (the columns influence to satisfaction), 0..1; by default influence weighs .4, strong ties and own use .15 each, the others .1 each',
                    rank                    INT NOT NULL COMMENT '1 is the KOC with the highest score. The score compares influence, ties and own use; the level counts sales, new customers and activity. Where rank and level differ, the column reasons says so, unless something else matters more',
                    level                   STRING NOT NULL COMMENT 'recruit, trainee, bronze, silver, gold, partner, or revoked (external KOCs only)',
                    level_change            STRING NOT NULL COMMENT 'Compared with the previous run: new, kept, promotion, grace, recovery, demotion or revocation',
                    level_since             DATE NOT NULL COMMENT 'Run date on which the KOC reached the level',
                    grace_until             DATE COMMENT 'Last day to reach the thresholds of the level again; null if no grace period runs',
                    levels_version          STRING NOT NULL COMMENT 'Version of the thresholds, by default 2024-1',
                    kol_stage               STRING NOT NULL COMMENT 'On the way from KOC to KOL: koc (a pool of fewer than 200 members by default), rising, kol (1,000 or more), or audience_only (200 or more, but less than 2% of them buy)',
                    pool_size               BIGINT NOT NULL COMMENT 'Users with an open tie',
                    strong_ties             BIGINT NOT NULL COMMENT 'Of these, ties that are strong in both directions',
                    shares_90d              BIGINT NOT NULL COMMENT 'Shares and posts by the KOC',
                    group_shares_90d        BIGINT NOT NULL COMMENT 'Of these, in chat groups',
                    responses_90d           BIGINT NOT NULL COMMENT 'Users who opened a share or asked, each counted once a day and summed over the days',
                    inquiries_90d           BIGINT NOT NULL COMMENT 'Inquiries that the KOC received',
                    answered_inquiries_90d  BIGINT NOT NULL COMMENT 'Of these, inquiries that the KOC answered in time, by default within 2 days',
                    replies_90d             BIGINT NOT NULL COMMENT 'Replies of the KOC to questions of others',
                    main_category           STRING COMMENT 'Category the KOC shared most in 90 days; null without product shares',
                    on_category_rate        DOUBLE COMMENT 'Fraction of the product shares of 90 days that are of main_category; null without product shares',
                    original_rate           DOUBLE COMMENT 'Fraction of the shares and posts of 90 days whose content the KOC published first; null if none names its content',
                    muted_or_left_90d       BIGINT NOT NULL COMMENT 'Users who muted the KOC or left the pool, each counted once',
                    attributed_buyers_90d   BIGINT NOT NULL COMMENT 'Users with a purchase after contact with the KOC (credited, and not fully refunded). Credit is not cause: influence_lift measures cause',
                    pool_buyer_rate         DOUBLE COMMENT 'attributed_buyers_90d / pool_size, at most 1; null without a pool',
                    type_pool_buyer_rate    DOUBLE COMMENT 'The same for all KOCs of the koc_type together: their buyers / their members',
                    net_sales_30d           DECIMAL(18,2) NOT NULL COMMENT 'Money credited to the KOC, net of refunds',
                    net_sales_60d           DECIMAL(18,2) NOT NULL COMMENT 'The same in 60 days. net_sales_60d - net_sales_30d is that of days 31 to 60',
                    net_sales_90d           DECIMAL(18,2) NOT NULL COMMENT 'Money credited to the KOC, net of refunds',
                    new_customers_30d       BIGINT COMMENT 'Users whose first purchase ever is credited mostly to the KOC. A purchase is the first ever if the user registered after the records began, or has no registration date and bought first after a year of records. Null if no user''s first purchase is known',
                    new_customers_60d       BIGINT COMMENT 'The same in 60 days. new_customers_60d - new_customers_30d are those of days 31 to 60',
                    new_customers_90d       BIGINT COMMENT 'The same in 90 days',
                    active_days_30d         BIGINT NOT NULL COMMENT 'Days with a share, post or answer',
                    active_days_90d         BIGINT NOT NULL COMMENT 'Days with a share, post or answer',
                    history_days            INT NOT NULL COMMENT 'Days up to the run date that the records cover, at most 365: columns of longer windows hold only these days',
                    courses_365d            BIGINT COMMENT 'Trainings the KOC took part in; null if no training of any KOC is recorded',
                    own_orders_365d         BIGINT NOT NULL COMMENT 'Orders the KOC placed',
                    tenure_days             INT NOT NULL COMMENT 'Days since registration or first event',
                    influence_lift          DOUBLE COMMENT 'Purchases of exposed users / purchases expected from similar users who were not exposed, shrunk; 1 = no influence; null if nothing was measured',
                    influence_low           DOUBLE COMMENT 'Lower end of the 90% interval of influence_lift',
                    influence_high          DOUBLE COMMENT 'Upper end of the 90% interval of influence_lift',
                    extra_buyers_90d        DOUBLE COMMENT 'Purchases that the shares and posts of the last 90 days that name a product probably added = (purchases expected from exposed members without them, koc_influence.expected_purchases_90d) x (influence_lift - 1). A member counts once for each product and day, so it can be more than attributed_buyers_90d, which counts a member once. extra_buyers_90d / product_shares_90d is the mean per post. Below 0 when members buy less after posts; null if nothing was measured',
                    naive_lift              DOUBLE COMMENT 'Lift compared with all users instead of similar ones; usually too high, because friends like the same things',
                    influence               DOUBLE COMMENT 'Component: influence_low / (1 + influence_low) x credibility, 0..1; without doubts, .5 = exposed users very likely buy at least as much as similar users, .67 = at least twice as much. A KOC without a measured lift is treated as if influence_low were influence_priors.prior_low; null if no KOC has a measured lift',
                    reach_of_strong_ties    DOUBLE COMMENT 'Component: ln(1 + strong ties) / ln(1 + 150) by default, x credibility, 0..1; null if no tie is open',
                    own_use                 DOUBLE COMMENT 'Component: mean of loyalty and the fraction of product shares whose product the KOC uses and approves, 0..1; null if no KOC bought anything',
                    content_and_answers     DOUBLE COMMENT 'Component: mean of responses per share compared with the average (.5 = average) and the fraction of inquiries answered, x credibility, 0..1; null without shares and inquiries',
                    persona_consistency     DOUBLE COMMENT 'Component: 1 - entropy of the shared categories, corrected for few shares, / ln(number of all categories), 0..1; 1 = one category; null below 5 product shares by default',
                    restraint               DOUBLE COMMENT 'Component: how few users mute the KOC or leave, compared with the average (.5 = average), 0..1; null if no mute or leave is recorded',
                    satisfaction            DOUBLE COMMENT 'Component, guides only: mean of the stars that the pool gave, scaled to 0..1, and of a score for complaints, where .5 is average; null for others and without reviews and complaints',
                    credibility             DOUBLE NOT NULL COMMENT 'Factor for doubts about the KOC (koc_flags), 0..1: the product of 1 - severity over all flags; 1 = no flag. The columns influence, reach_of_strong_ties and content_and_answers are already multiplied by it',
                    loyalty                 DOUBLE COMMENT 'Loyalty to the brand: own purchase days, days since the last one, own stars, 0..1; null if no KOC bought anything',
                    products_approved       BIGINT NOT NULL COMMENT 'Products that the KOC kept or gave four or five stars, and did not complain about, return, or give one or two stars. Products that the quality gate refuses are left out',
                    products_blocked        BIGINT NOT NULL COMMENT 'Products that the KOC complained about, returned, or gave one or two stars; they are never recommended to this KOC. Products that the quality gate refuses are left out',
                    approval_rate           DOUBLE COMMENT 'products_approved / (products_approved + products_blocked), shrunk to the average of all KOCs, 0..1; null if the KOC tried no product',
                    is_tied_to_brand        BOOLEAN NOT NULL COMMENT 'Whether the KOC is an employee or guide, or bought on at least 2 days (default) in 365 days',
                    approves_products       BOOLEAN NOT NULL COMMENT 'Whether approval_rate is at least .5 (default), or null',
                    is_ready                BOOLEAN NOT NULL COMMENT 'Whether the KOC is tied to the brand, uses a product and approves the products they tried: all three. koc_recommendations.is_ready judges a single product',
                    readiness               STRING NOT NULL COMMENT 'ready, or what is missing first; and a product that is blocked for the KOC, with the cause, in words',
                    flight_risk             DOUBLE COMMENT 'External KOCs: mean decline of active days, credited sales and own orders in the last 30 days against the 60 before, 0..1. Sales for other brands are not visible. Null for others and without earlier activity',
                    profile_completeness    DOUBLE COMMENT 'Fraction of nickname, avatar and greeting that is filled in, 0..1; null if no profile is recorded',
                    frequency_cap           INT COMMENT 'Posts a day above which at least twice as many members (default) mute or leave as on days with one post, learned for the koc_type; 10 = no limit found; null if no mute or leave is recorded',
                    loss_ratio_above_cap    DOUBLE COMMENT 'How many times as often members mute or leave on days above frequency_cap as on days with one post, for the koc_type, shrunk; null without a limit',
                    days_above_cap          BIGINT NOT NULL COMMENT 'Days of the last 90 with more posts than frequency_cap; 0 if no limit was found',
                    posting_days_90d        BIGINT NOT NULL COMMENT 'Days with a share or post by the KOC',
                    product_shares_90d      BIGINT NOT NULL COMMENT 'Shares and posts by the KOC that name a product',
                    used_shares_90d         BIGINT NOT NULL COMMENT 'Of these, shares and posts of products that the KOC uses and approves',
                    topics                  BIGINT NOT NULL COMMENT 'Categories that the KOC shared in 90 days',
                    purchase_days_365d      BIGINT NOT NULL COMMENT 'Days with a purchase by the KOC that was kept',
                    pool_lines              BIGINT NOT NULL COMMENT 'Guides: purchases (order lines) of the pool in 90 days; 0 for others',
                    pool_reviews            BIGINT NOT NULL COMMENT 'Guides: reviews by the pool in 90 days; 0 for others',
                    pool_rating_sum         BIGINT NOT NULL COMMENT 'Guides: sum of the stars of these reviews',
                    pool_complaints         BIGINT NOT NULL COMMENT 'Guides: complaints by the pool in 90 days; 0 for others',
                    doubts                  STRING COMMENT 'What makes the numbers doubtful (koc_flags), the most severe first: self_referral, collusion_ring, spam or served_only; null without a doubt',
                    reasons                 STRING NOT NULL COMMENT 'Why, in two sentences: whether members buy more after the KOC''s posts, and what else matters most',
                    next_step               STRING NOT NULL COMMENT 'The kind of next_action: the first that applies of revoked, check_sales, spam, served_only, flight_risk, trial, grace, frequency_cap, tie, approval, use, answers, training, level, first_share, share_more, other_products or share_again',
                    next_action             STRING NOT NULL COMMENT 'Who does what next about the KOC. Products and costs are not known yet: koc_card.next_action, which the page and the sheets of KOC cards and of the ranking show, also considers them'""");

    public static final Table KOC_LIFECYCLE = Table.named("koc_lifecycle")
            .describedAs(
                    "One row per KOC, and per person within reach of recruitment (by recruit_rank, the first 20 by default, and the first of each county): their level, since when, and what the next level requires.")
            .writtenBy("kocs")
            .keyedBy("day", "koc_id")
            .partitionedBy("day")
            .published()
            .fractions("progress", "advance_rate")
            .check("recruit_rank >= 1")
            .columns("""
                    day                    DATE NOT NULL COMMENT 'Run date',
                    koc_id                 STRING NOT NULL COMMENT 'User id',
                    koc_type               STRING NOT NULL COMMENT 'employee, guide, external or user',
                    listed_as              STRING NOT NULL COMMENT 'koc (in koc_ranking), proven (the pool is too small, but members surely buy more after the posts: influence_low is above 1), or unproven (near recruitment, but influence_low is at most 1 or nothing was measured). People who are no KOC are left out if they have a flag in koc_flags, or an influence_lift below 1',
                    recruit_rank           INT COMMENT 'Order in which to recruit people who are no KOC yet: the proven first, then by progress. After the first 20 (default) only the first of each county is listed, so numbers are left out; null for KOCs',
                    level                  STRING NOT NULL COMMENT 'recruit, trainee, bronze, silver, gold, partner or revoked; the same as in koc_ranking',
                    since                  DATE NOT NULL COMMENT 'First day at the level; for new recruits the day of their first share',
                    days_at_level          INT NOT NULL COMMENT 'Days since then',
                    previous_level         STRING COMMENT 'Level before this one; null if there was none',
                    days_at_previous_level INT COMMENT 'Days at the previous level',
                    next_level             STRING COMMENT 'Level to reach next; null for partners',
                    progress               DOUBLE NOT NULL COMMENT 'How much of what the next level requires is there: the mean over its requirements of actual / required value, each at most 1; 1 = all requirements are met',
                    advance_rate           DOUBLE COMMENT 'People above this level over people at it or above it, 0..1. People count if they shared in 90 days, have a pool or are KOCs. Null for partners and for the revoked',
                    missing_net_sales      DECIMAL(18,2) COMMENT 'Net sales that the next level still requires; 0 when they suffice; null when it requires none',
                    missing_new_customers  BIGINT COMMENT 'New customers that the next level still requires; null when it requires none, or they are unknown',
                    missing_active_days    BIGINT COMMENT 'Active days that the next level still requires; null when it requires none',
                    missing_courses        BIGINT COMMENT 'Trainings that the next level still requires; null when it requires none, or none are recorded',
                    missing_members        BIGINT COMMENT 'Members of the pool that recruitment still requires; null when it requires none',
                    missing_orders         BIGINT COMMENT 'Own orders that recruitment still requires; null when it requires none',
                    missing_tenure_days    BIGINT COMMENT 'Days since registration or first event that recruitment still requires; null when it requires none',
                    may_return_on          DATE COMMENT 'First day on which a revoked KOC may start again; null for others',
                    missing                STRING NOT NULL COMMENT 'The same in words: what the next level still requires; for the revoked, when they may start again; empty if nothing is missing',
                    pool_size              BIGINT NOT NULL COMMENT 'Users with an open tie',
                    influence_lift         DOUBLE COMMENT 'As in koc_ranking; null if nothing was measured',
                    influence_low          DOUBLE COMMENT 'Lower end of the 90% interval of influence_lift',
                    recruitment_passed     BOOLEAN NOT NULL COMMENT 'Whether the person is a trainee or above, or meets the requirements of a trainee',
                    recruitment_reason     STRING NOT NULL COMMENT 'recruited, or what recruitment still requires, in words',
                    next_action            STRING NOT NULL COMMENT 'Who does what next, so that the person reaches the next level. What the KOC costs is not considered: see koc_card.next_action',
                    journey                STRING NOT NULL COMMENT 'Furthest step as a user: newcomer, consumer (bought), spreader (shared), distributor (others bought after their shares)',
                    records_from           DATE COMMENT 'First day of the records; what happened before is unknown',
                    first_purchase_on      DATE COMMENT 'Day of the first purchase in the records that was kept',
                    first_share_on         DATE COMMENT 'Day of the first share or post in the records',
                    sales_known_from       DATE NOT NULL COMMENT 'First day whose credited purchases this and earlier runs know; earlier sales are unknown',
                    earliest_sale_on       DATE COMMENT 'Day of the earliest known purchase credited to the person; there may be earlier ones before sales_known_from',
                    first_sale_on          DATE COMMENT 'Day of the first purchase credited to the person, if it is certainly the first ever; null without one, if the person registered before records_from or at an unknown time, and if they never shared or shared before sales_known_from',
                    days_to_share          INT COMMENT 'Days from the first purchase to the first share; below 0 if the person shared first; null if the person registered before records_from or at an unknown time',
                    days_to_sale           INT COMMENT 'Days from the first share to first_sale_on; null if first_sale_on is null'""");

    public static final Table LEVEL_EVENTS = Table.named("level_events")
            .describedAs("One row per KOC whose level or grace period changed since the previous run, and why.")
            .writtenBy("kocs")
            .keyedBy("day", "koc_id")
            .partitionedBy("day")
            .published()
            .columns("""
                    day            DATE NOT NULL COMMENT 'Run date',
                    koc_id         STRING NOT NULL COMMENT 'User id of the KOC',
                    koc_type       STRING NOT NULL COMMENT 'employee, guide, external or user',
                    event          STRING NOT NULL COMMENT 'promotion, grace (below the thresholds; grace_until is the last day to reach them again), recovery (thresholds reached again), demotion, or revocation (external KOCs only)',
                    from_level     STRING NOT NULL COMMENT 'Level at the previous run',
                    to_level       STRING NOT NULL COMMENT 'Level from now on',
                    grace_until    DATE COMMENT 'Last day to reach the thresholds again; null unless a grace period begins',
                    net_sales      DECIMAL(18,2) NOT NULL COMMENT 'Money credited to the KOC, net of refunds, in the last window_days',
                    new_customers  BIGINT COMMENT 'New customers in these days; null if they are unknown, see koc_ranking.new_customers_90d',
                    active_days    BIGINT NOT NULL COMMENT 'Active days in these days',
                    courses        BIGINT COMMENT 'Trainings in 365 days; null if no training of any KOC is recorded',
                    window_days    INT NOT NULL COMMENT 'Days that the thresholds look at, by default 90, or the days of a shorter history',
                    levels_version STRING NOT NULL COMMENT 'Version of the thresholds, by default 2024-1',
                    reason         STRING NOT NULL COMMENT 'What changed and why, in words'""");
}
