package koc.tables;

import koc.warehouse.Table;

/** What the kocs job says of the KOCs themselves: their rank, their level, and how they came to it. */
public final class KocTables {
    private KocTables() {}

    public static final Table KOC_RANKING = Table.named("koc_ranking")
            .describedAs("One row per KOC: how far it really moves people, its rank and level, and why.")
            .writtenBy("kocs")
            .keyedBy("day", "koc_id")
            .partitionedBy("day")
            .published()
            .shares(
                    "score",
                    "conversion",
                    "type_pool_buyer_rate",
                    "loyalty",
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
                    day                   DATE NOT NULL COMMENT 'Run date',
                    koc_id                STRING NOT NULL COMMENT 'User id of the KOC',
                    koc_type              STRING NOT NULL COMMENT 'employee, guide, external or user',
                    score                 DOUBLE NOT NULL COMMENT 'Weighted mean of the components that are known (influence .. satisfaction), 0..1; weights in koc.kocs.score.weights',
                    rank                  INT NOT NULL COMMENT '1 is the KOC with the highest score',
                    level                 STRING NOT NULL COMMENT 'recruit, trainee, bronze, silver, gold, partner, or revoked (external KOCs only)',
                    level_change          STRING NOT NULL COMMENT 'Against the previous day: new, kept, promotion, grace, recovery, demotion or revocation',
                    level_since           DATE NOT NULL COMMENT 'Run date on which it came to the level',
                    grace_until           DATE COMMENT 'Last day to reach the thresholds of the level again; null when it holds them',
                    levels_version        STRING NOT NULL COMMENT 'Version of the thresholds (koc.kocs.levels.version)',
                    stage                 STRING NOT NULL COMMENT 'On the way from KOC to KOL: koc, rising, kol, or audience_only (many people, few of whom buy)',
                    pool_size             BIGINT NOT NULL COMMENT 'Users with an open tie',
                    strong_ties           BIGINT NOT NULL COMMENT 'Of these, ties that are strong both ways',
                    shares_90d            BIGINT NOT NULL COMMENT 'Shares and posts made',
                    group_shares_90d      BIGINT NOT NULL COMMENT 'Of these, in chat groups',
                    responses_90d         BIGINT NOT NULL COMMENT 'Responses to what it shared: users who opened, asked or replied, each once a day and summed over the days',
                    inquiries_90d         BIGINT NOT NULL COMMENT 'Inquiries it was asked',
                    answered_inquiries_90d          BIGINT NOT NULL COMMENT 'Of these, inquiries whose asker it replied to in time (koc.kocs.score.answer-days)',
                    replies_90d           BIGINT NOT NULL COMMENT 'Replies it gave to others',
                    main_category         STRING COMMENT 'Category it shares most; null without product shares of 90 days',
                    on_category_rate     DOUBLE COMMENT 'Share of its product shares of 90 days that are of main_category; null without any',
                    original_rate        DOUBLE COMMENT 'Share of its shares and posts of 90 days that are its own: of content that nobody shared before it; null when none names its content',
                    muted_or_left_90d              BIGINT NOT NULL COMMENT 'Users who muted it or left its pool, each once',
                    attributed_buyers_90d BIGINT NOT NULL COMMENT 'Users with a purchase credited to it and not given back',
                    conversion            DOUBLE COMMENT 'attributed_buyers_90d over pool_size, at most 1; null without a pool',
                    type_pool_buyer_rate       DOUBLE COMMENT 'The same over all KOCs of the type: friends of employees, customers of guides and friends of users kept apart',
                    net_sales_30d         DECIMAL(18,2) NOT NULL COMMENT 'Money credited to it, net of refunds',
                    net_sales_90d         DECIMAL(18,2) NOT NULL COMMENT 'Money credited to it, net of refunds',
                    new_customers_30d     BIGINT NOT NULL COMMENT 'Users whose first purchase is credited mostly to it',
                    new_customers_90d     BIGINT NOT NULL COMMENT 'Users whose first purchase is credited mostly to it',
                    active_days_30d       BIGINT NOT NULL COMMENT 'Days on which it shared, posted or answered',
                    active_days_90d       BIGINT NOT NULL COMMENT 'Days on which it shared, posted or answered',
                    courses_365d          BIGINT COMMENT 'Trainings it took part in; null when no training of anybody is recorded',
                    own_orders_365d       BIGINT NOT NULL COMMENT 'Orders of its own',
                    tenure_days           INT NOT NULL COMMENT 'Days since it registered or was first seen',
                    influence_lift        DOUBLE COMMENT 'Buyers among those it reached over buyers expected of their like who were not reached, shrunk; 1 = no influence; null when nothing was measured',
                    influence_low         DOUBLE COMMENT 'Lower end of its 90% interval',
                    influence_high        DOUBLE COMMENT 'Upper end of its 90% interval',
                    naive_lift            DOUBLE COMMENT 'The same counted without regard to who its friends are: friends buy alike anyway, so it is too high',
                    influence             DOUBLE COMMENT 'Component: influence_low / (1 + influence_low), 0..1; .5 when those it reaches surely buy at least as often as their like, .67 when surely twice as often; of a KOC who reached nobody yet, from prior_low of influence_priors; null when nobody''s influence could be measured',
                    reach_of_strong_ties  DOUBLE COMMENT 'Component: logarithm of strong ties over that of koc.kocs.score.full-strong-ties, 0..1; null when no ties are known',
                    own_use               DOUBLE COMMENT 'Component: loyalty, and the share of what it shares that it bought and kept, 0..1; null when no purchases are known',
                    content_and_answers   DOUBLE COMMENT 'Component: responses a share against the usual (.5 = as usual), and the share of inquiries it answers, 0..1; null without shares and inquiries',
                    persona_consistency   DOUBLE COMMENT 'Component: 1 less the entropy of its topics over that of all topics, 0..1; 1 = one topic; null with too few shares to tell',
                    restraint             DOUBLE COMMENT 'Component: how few mute or leave it, against the usual (.5 = as usual), 0..1; null when no mute or leave is recorded',
                    satisfaction          DOUBLE COMMENT 'Component, guides only: stars and complaints of its pool (.5 in complaints = as usual), 0..1; null for others or without reviews and complaints',
                    credibility           DOUBLE NOT NULL COMMENT 'Factor of influence, reach_of_strong_ties and content_and_answers for what looks faked (koc_flags), 0..1; 1 = nothing does',
                    loyalty               DOUBLE COMMENT 'How loyal it is to the brand itself: own purchase days, how recent, own stars, 0..1; null when no purchases are known',
                    is_ready              BOOLEAN NOT NULL COMMENT 'Whether it is tied to the brand and approves the products: only then does it lend its relations',
                    readiness             STRING NOT NULL COMMENT 'ready, or what is missing, in words',
                    flight_risk           DOUBLE COMMENT 'External KOCs: mean fall of active days, credited sales and own orders of the last 30 days against the 60 before, 0..1. What it sells for other brands cannot be seen. Null for others or without a past',
                    profile_completeness  DOUBLE COMMENT 'Share of nickname, avatar and greeting that is there, 0..1; null when nobody''s is recorded',
                    frequency_cap        INT COMMENT 'Posts a day up to which people are not driven away, learned from all KOCs; 10 = ten or more; null when no mute or leave is recorded',
                    days_above_cap     BIGINT NOT NULL COMMENT 'Days of the last 90 on which it posted more',
                    reasons               STRING NOT NULL COMMENT 'Why, in words with the numbers'""");

    public static final Table KOC_LIFECYCLE = Table.named("koc_lifecycle")
            .describedAs(
                    "One row per KOC or user who shared in 90 days: its state from recruit to partner, for how long, and what the next state needs.")
            .writtenBy("kocs")
            .keyedBy("day", "koc_id")
            .partitionedBy("day")
            .published()
            .shares("progress", "advance_rate")
            .columns("""
                    day                    DATE NOT NULL COMMENT 'Run date',
                    koc_id                 STRING NOT NULL COMMENT 'User id',
                    koc_type               STRING NOT NULL COMMENT 'employee, guide, external or user',
                    state                  STRING NOT NULL COMMENT 'recruit, trainee, bronze, silver, gold, partner or revoked',
                    since                  DATE NOT NULL COMMENT 'First day in the state; for recruits of the first run the day of the first share',
                    days_in_state          INT NOT NULL COMMENT 'Days since then',
                    previous_state         STRING COMMENT 'State before this one, if it had another',
                    days_in_previous_state INT COMMENT 'Days it stayed there',
                    next_state             STRING COMMENT 'State to reach next; null for partners',
                    progress               DOUBLE NOT NULL COMMENT 'How far it is: the least of what it has over what is needed, 0..1; 1 when nothing is missing',
                    advance_rate       DOUBLE COMMENT 'Of all KOCs in this state or beyond it, the share that is beyond it: how many of those who come here go on; null for the revoked',
                    missing                STRING NOT NULL COMMENT 'What is still missing for the next state, in words with numbers; empty when nothing is',
                    recruitment_passed     BOOLEAN NOT NULL COMMENT 'Whether it passes the thresholds at recruitment',
                    recruitment_reason     STRING NOT NULL COMMENT 'What it has against what recruitment needs, in words with numbers',
                    journey                STRING NOT NULL COMMENT 'Furthest it has come as a user: newcomer, consumer (bought), spreader (shared), distributor (others bought by its shares)',
                    first_purchase_on      DATE COMMENT 'Day of the first purchase that was kept',
                    first_share_on         DATE COMMENT 'Day of the first share or post',
                    first_sale_on          DATE COMMENT 'Day of the first purchase credited to it since the first run',
                    days_to_share          INT COMMENT 'Days from the first purchase to the first share; below 0 when it shared first',
                    days_to_sale           INT COMMENT 'Days from the first share to the first credited purchase'""");

    public static final Table LEVEL_EVENTS = Table.named("level_events")
            .describedAs("One row per KOC whose level was assessed otherwise than on the previous day, and why.")
            .writtenBy("kocs")
            .keyedBy("day", "koc_id")
            .partitionedBy("day")
            .published()
            .columns("""
                    day            DATE NOT NULL COMMENT 'Run date',
                    koc_id         STRING NOT NULL COMMENT 'User id of the KOC',
                    koc_type       STRING NOT NULL COMMENT 'employee, guide, external or user',
                    event          STRING NOT NULL COMMENT 'promotion, grace (it fails its level and has until grace_until), recovery (it holds it again), demotion or revocation (external KOCs)',
                    from_level     STRING NOT NULL COMMENT 'Level on the previous day',
                    to_level       STRING NOT NULL COMMENT 'Level from now on',
                    grace_until    DATE COMMENT 'Last day to reach the thresholds again; null when no grace begins',
                    net_sales      DECIMAL(18,2) NOT NULL COMMENT 'Money credited, net of refunds, over koc.kocs.levels.window-days',
                    new_customers  BIGINT NOT NULL COMMENT 'New customers over the same days',
                    active_days    BIGINT NOT NULL COMMENT 'Active days of the same days',
                    courses        BIGINT COMMENT 'Trainings in 365 days; null when none of anybody is recorded',
                    levels_version STRING NOT NULL COMMENT 'Version of the thresholds',
                    reason         STRING NOT NULL COMMENT 'Why, in words with the numbers'""");
}
