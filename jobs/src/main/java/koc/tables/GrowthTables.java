package koc.tables;

import koc.warehouse.Table;

/** The growth reports: county coverage, next KOCs, funnel, leads, group health, mentors and content to repost. */
public final class GrowthTables {
    private GrowthTables() {}

    public static final Table COUNTY_COVERAGE = Table.named("county_coverage")
            .describedAs(
                    "One row per county with users: how many KOCs are active there, and how many users they reach.")
            .writtenBy("growth")
            .keyedBy("day", "province", "city", "county")
            .partitionedBy("day")
            .published()
            .fractions("reached_rate", "reached_by_2_rate")
            .columns("""
                    day                   DATE NOT NULL COMMENT 'Run date',
                    province              STRING COMMENT 'Province or other first-level region',
                    city                  STRING COMMENT 'City',
                    county                STRING NOT NULL COMMENT 'County or district',
                    users                 BIGINT NOT NULL COMMENT 'Users who live in the county',
                    kocs                  BIGINT NOT NULL COMMENT 'Active KOCs who live in the county: they shared something in 90 days, have a pool and are not revoked',
                    target_kocs           INT NOT NULL COMMENT 'Active KOCs wanted in the county: one for every 20 users (default), rounded up, at most 100 (default)',
                    gap                   BIGINT NOT NULL COMMENT 'target_kocs less kocs, at least 0',
                    recruit_id            STRING COMMENT 'User id of the person to recruit first: of those who live there, the first by recruit_rank of koc_lifecycle; null if nobody is in reach, or no KOC is missing',
                    users_reached         BIGINT NOT NULL COMMENT 'Users with an open tie to an active KOC, wherever the KOC lives',
                    users_reached_by_2    BIGINT NOT NULL COMMENT 'Users with open ties to two or more active KOCs',
                    users_unreached       BIGINT NOT NULL COMMENT 'users - users_reached: users who hear from no active KOC',
                    reached_rate          DOUBLE NOT NULL COMMENT 'users_reached / users, 0..1',
                    reached_by_2_rate     DOUBLE NOT NULL COMMENT 'users_reached_by_2 / users, 0..1',
                    employee_friend_users BIGINT NOT NULL COMMENT 'Users reached as friends of an active employee',
                    guide_customer_users  BIGINT NOT NULL COMMENT 'Users reached as customers of an active guide',
                    external_friend_users BIGINT NOT NULL COMMENT 'Users reached as friends of an active external KOC',
                    user_friend_users     BIGINT NOT NULL COMMENT 'Users reached as friends of an active user KOC',
                    store_users           BIGINT NOT NULL COMMENT 'Users reached by store staff: employees or guides',
                    beyond_store_users    BIGINT NOT NULL COMMENT 'Users reached only by user or external KOCs, not by store staff',
                    phase                 STRING NOT NULL COMMENT 'in_store (find and train KOCs in stores) or online (KOCs cover the county online)',
                    reason                STRING NOT NULL COMMENT 'Why this phase, in words',
                    next_action           STRING NOT NULL COMMENT 'Whom to win next in the county: KOCs, and with whom to start, otherwise users. What KOCs cost is not considered: see county_card.next_action'""");

    public static final Table COUNTY_NEXT_KOCS = Table.named("county_next_kocs")
            .describedAs(
                    "One row per county and rank: the KOC to activate next. KOCs are ranked by how many users they add to those already reached.")
            .writtenBy("growth")
            .keyedBy("day", "province", "city", "county", "rank")
            .partitionedBy("day")
            .published()
            .fractions("greedy_bound", "data_bound", "sampled_fraction")
            .check("rank >= 1")
            .columns("""
                    day                 DATE NOT NULL COMMENT 'Run date',
                    province            STRING COMMENT 'Province or other first-level region',
                    city                STRING COMMENT 'City',
                    county              STRING NOT NULL COMMENT 'County or district',
                    rank                INT NOT NULL COMMENT '1 is the first KOC to activate; each next KOC adds the most to those before',
                    koc_id              STRING NOT NULL COMMENT 'Inactive KOC who lives in the county, has a pool and shared nothing in 90 days',
                    koc_type            STRING NOT NULL COMMENT 'employee, guide, external or user',
                    level               STRING COMMENT 'Level of the KOC; null without one',
                    pool_size           BIGINT NOT NULL COMMENT 'Members of the KOC''s pool, wherever they live',
                    users_added         BIGINT NOT NULL COMMENT 'Users of the county in the pool whom no active KOC and no KOC of a better rank reaches',
                    users_added_second  BIGINT NOT NULL COMMENT 'Users of the county in the pool whom exactly one active KOC or KOC of a better rank reaches',
                    gain                DOUBLE NOT NULL COMMENT 'users_added + weight x users_added_second; the weight is .5 by default',
                    total_gain          DOUBLE NOT NULL COMMENT 'Sum of gain up to this rank',
                    greedy_bound        DOUBLE NOT NULL COMMENT 'Guarantee for any data: total_gain is at least this fraction of the best possible gain of as many KOCs out of those compared; 1 - (1 - 1/rank)^rank, at least .63 (Nemhauser 1978)',
                    data_bound          DOUBLE NOT NULL COMMENT 'Guarantee from this county''s data, against all its candidates: total_gain over an upper bound of the gain of as many KOCs; usually far above greedy_bound (Leskovec 2007)',
                    candidates          BIGINT NOT NULL COMMENT 'Inactive KOCs of the county who would add users',
                    candidates_compared BIGINT NOT NULL COMMENT 'Candidates that were compared: those with the largest gain (at most 200 by default)',
                    sampled_fraction    DOUBLE NOT NULL COMMENT 'Fraction of the county''s users that the comparison is based on; below 1, the users added are estimates',
                    reason              STRING NOT NULL COMMENT 'What to ask the KOC, and why, in words'""");

    public static final Table KOC_FUNNEL = Table.named("koc_funnel")
            .describedAs(
                    "One row per KOC (or * for all), profile and scene: users acquired in the window (default 90 days, or the days of a shorter history, see koc_ranking.history_days), and how many of them were activated, converted and bought again. Also the responses to the posts.")
            .writtenBy("growth")
            .keyedBy("day", "koc_id", "profile", "scene")
            .partitionedBy("day")
            .published()
            .fractions("activation_rate", "conversion_rate", "repeat_rate", "profile_completeness")
            .columns("""
                    day                   DATE NOT NULL COMMENT 'Run date',
                    koc_id                STRING NOT NULL COMMENT 'User id of the KOC; * for all',
                    profile               STRING NOT NULL COMMENT 'Which of nickname, avatar and greeting the KOC filled in; none for none; unknown for a KOC who is not in users; * for all',
                    scene                 STRING NOT NULL COMMENT 'Scene in which the tie began: pre_sale, coupon, ...; (none) when not recorded; * for all',
                    kocs                  BIGINT NOT NULL COMMENT 'KOCs counted',
                    profile_completeness  DOUBLE COMMENT 'Fraction of nickname, avatar and greeting that is filled in; null for *',
                    acquired              BIGINT NOT NULL COMMENT 'Users whose tie to the KOC began in the window',
                    activation_due        BIGINT NOT NULL COMMENT 'Acquired users whose 14 days (default) to activate are over',
                    activated             BIGINT NOT NULL COMMENT 'Users of activation_due who asked the KOC, opened their shares, clicked, saved or put into the cart because of it within these days',
                    activation_rate       DOUBLE COMMENT 'activated / activation_due, 0..1; null when fewer than 10 (default) are due',
                    conversion_due        BIGINT NOT NULL COMMENT 'Acquired users whose 30 days (default) to convert are over',
                    converted             BIGINT NOT NULL COMMENT 'Users of conversion_due who bought within these days, from the day after the tie began, and kept at least a part',
                    conversion_rate       DOUBLE COMMENT 'converted / conversion_due, 0..1; null when fewer than 10 (default) are due',
                    repeat_due            BIGINT NOT NULL COMMENT 'Converted users whose 30 days (default) to buy again are over',
                    repeated              BIGINT NOT NULL COMMENT 'Users of repeat_due who bought again on a later day within these days',
                    repeat_rate           DOUBLE COMMENT 'repeated / repeat_due, 0..1; null when fewer than 10 (default) are due',
                    posts                 BIGINT COMMENT 'Shares and posts made in the window; null for single scenes',
                    inquiries             BIGINT COMMENT 'Questions that users asked the KOC; null for single scenes',
                    replies               BIGINT COMMENT 'Answers of the KOC to users who asked; null for single scenes',
                    clicks                BIGINT COMMENT 'Clicks, opens, favorites and carts because of the KOC; null for single scenes',
                    inquiries_per_post    DOUBLE COMMENT 'inquiries / posts; null without posts',
                    clicks_per_post       DOUBLE COMMENT 'clicks / posts; null without posts',
                    days_since_engagement INT COMMENT 'Days since a user last asked the KOC, got its answer, opened a share, clicked, saved or put into the cart; null when there was none in the window'""");

    public static final Table ACQUISITION_LEADS = Table.named("acquisition_leads")
            .describedAs(
                    "One row per KOC and lead: a user without a present or past tie to the KOC whom the KOC may contact, and why. Only KOCs who are ready (koc_ranking.is_ready) get leads, or all if no purchase of any KOC is recorded. Users without a KOC come first. Users who opted out and KOCs are never leads.")
            .writtenBy("growth")
            .keyedBy("day", "koc_id", "rank")
            .partitionedBy("day")
            .published()
            .check("rank >= 1")
            .columns("""
                    day                 DATE NOT NULL COMMENT 'Run date',
                    koc_id              STRING NOT NULL COMMENT 'KOC who gets the lead',
                    rank                INT NOT NULL COMMENT '1 is the first lead to contact',
                    user_id             STRING NOT NULL COMMENT 'The lead',
                    kocs                BIGINT NOT NULL COMMENT 'KOCs in whose pool the lead already is; 0 = without a KOC',
                    portrait_id         STRING COMMENT 'Portrait of the lead; null if unknown',
                    is_main_portrait    BOOLEAN NOT NULL COMMENT 'Whether this is the most frequent portrait in the KOC''s pool, newcomers left out',
                    scene               STRING NOT NULL COMMENT 'Occasion: pre_sale, after_sale, similar_group, coupon or order',
                    found_by            STRING NOT NULL COMMENT 'How the user was found: engagement (asked the KOC or opened their shares), store (same store), county_portrait (same county, main portrait of the pool), category (same county and category), county, or portrait (main portrait of the pool, anywhere)',
                    category            STRING COMMENT 'Category that the lead prefers; null when they prefer none clearly',
                    history_days        INT NOT NULL COMMENT 'Days up to the run date that the records cover, at most 365: columns of longer windows hold only these days',
                    recency_days        INT COMMENT 'Days since the last purchase of the lead; null without one',
                    inquiries_asked_90d BIGINT NOT NULL COMMENT 'Questions that the lead asked',
                    orders_365d         BIGINT NOT NULL COMMENT 'Orders of the lead',
                    net_spend_365d      DECIMAL(18,2) NOT NULL COMMENT 'Money that the lead paid less money refunded',
                    discount_rate       DOUBLE COMMENT 'Fraction of the list price that the lead saved in 365 days; null without list prices',
                    reason              STRING NOT NULL COMMENT 'The occasion with what to do, and how the lead was found, in words'""");

    public static final Table GROUP_HEALTH = Table.named("group_health")
            .describedAs(
                    "One row per chat group: how active it is in the window (default 30 days, or the days of a shorter history, see window_days).")
            .writtenBy("growth")
            .keyedBy("day", "group_id")
            .partitionedBy("day")
            .published()
            .fractions("responder_rate", "koc_started_rate", "loss_rate")
            .columns("""
                    day              DATE NOT NULL COMMENT 'Run date',
                    group_id         STRING NOT NULL COMMENT 'Chat group',
                    koc_id           STRING COMMENT 'KOC with ties to the most users of the group; null when no tie is recorded',
                    members          BIGINT NOT NULL COMMENT 'Users with an open tie of the group or an event in it, without those who left and did not come back. KOCs are not counted, nor users without a tie who start topics',
                    responders       BIGINT NOT NULL COMMENT 'Members who responded to others in the group: replied, asked, reviewed, complained, opened, viewed, clicked or bought; starting a topic is no response',
                    responder_rate   DOUBLE COMMENT 'responders / members, 0..1, shrunk towards the rate of all groups with a weight of 10 members (default); null without members',
                    messages         BIGINT NOT NULL COMMENT 'All that was written in the group: topics, and the replies, inquiries, reviews and complaints about them',
                    topics           BIGINT NOT NULL COMMENT 'Of the messages, those that others can reply to: shares and posts',
                    koc_started_rate DOUBLE COMMENT 'Fraction of topics started by KOCs; null without topics',
                    leaves           BIGINT NOT NULL COMMENT 'Users who left the group, or whose ties of the group all ended, and who did not come back',
                    mutes            BIGINT NOT NULL COMMENT 'Users who muted the group, or the whole pool of its KOC',
                    loss_rate        DOUBLE COMMENT 'Users who left or muted, over present and past members, shrunk like responder_rate; null without either',
                    is_above_cap     BOOLEAN NOT NULL COMMENT 'Whether the KOC posted more than members bear on a day of the last 90 (koc_ranking.days_above_cap)',
                    window_days      INT NOT NULL COMMENT 'Days that are counted: 30 by default, or those of a shorter history',
                    verdict          STRING NOT NULL COMMENT 'empty, unrated (fewer than 10 members or 10 messages by default), losing, silent, quiet or lively: the first that applies',
                    reason           STRING NOT NULL COMMENT 'Why this verdict, in words',
                    next_action      STRING NOT NULL COMMENT 'What the KOC of the group does next'""");

    public static final Table MENTOR_PAIRS = Table.named("mentor_pairs")
            .describedAs(
                    "One row per KOC who is a beginner and certainly sells less than the average KOC in their main category: a mentor who certainly sells more in it, and the mentor's best post as a template. Mentors are KOCs who are ready (koc_ranking.is_ready), or any if no purchase of any KOC is recorded. Certainly: the 90% interval of the sales lift does not contain 1.")
            .writtenBy("growth")
            .keyedBy("day", "mentee_id")
            .partitionedBy("day")
            .published()
            .columns("""
                    day                      DATE NOT NULL COMMENT 'Run date',
                    mentor_id                STRING NOT NULL COMMENT 'Experienced KOC who certainly sells more than average in the category',
                    mentee_id                STRING NOT NULL COMMENT 'KOC of a beginner''s level who certainly sells less than average in it, their main category',
                    category                 STRING NOT NULL COMMENT 'Category path, cut to 2 levels by default',
                    is_same_county           BOOLEAN NOT NULL COMMENT 'Whether both live in the same county',
                    mentee_level             STRING NOT NULL COMMENT 'Level of the mentee',
                    mentor_influence_lift    DOUBLE NOT NULL COMMENT 'influence_lift of the mentor',
                    purchases                DOUBLE NOT NULL COMMENT 'Purchases of the category in 90 days credited to the mentor',
                    shares                   BIGINT NOT NULL COMMENT 'Shares of the category by the mentor in 90 days',
                    sales_lift               DOUBLE NOT NULL COMMENT 'Purchases per share and pool member of the mentor over those of all KOCs in the category, shrunk towards 1',
                    sales_lift_low           DOUBLE NOT NULL COMMENT 'Lower end of the 90% interval of sales_lift; above 1',
                    mentee_purchases         DOUBLE NOT NULL COMMENT 'Purchases of the category in 90 days credited to the mentee',
                    mentee_shares            BIGINT NOT NULL COMMENT 'Shares of the category by the mentee in 90 days',
                    mentee_sales_lift        DOUBLE NOT NULL COMMENT 'sales_lift of the mentee',
                    mentee_sales_lift_high   DOUBLE NOT NULL COMMENT 'Upper end of the 90% interval of mentee_sales_lift; below 1',
                    content_id               STRING COMMENT 'Template: the mentor''s best post in the category; null when none did better than expected',
                    content_lift             DOUBLE COMMENT 'Responses to the template / the mentor''s baseline_responses (see content_to_repost), shrunk towards 1',
                    reason                   STRING NOT NULL COMMENT 'Who shows whom what, and why, in words'""");

    public static final Table CONTENT_TO_REPOST = Table.named("content_to_repost")
            .describedAs(
                    "One row per post that the brand should repost: it brings at least 5% more responses than its KOC's average post and fits the KOC's persona.")
            .writtenBy("growth")
            .keyedBy("day", "content_id")
            .partitionedBy("day")
            .published()
            .fractions("persona_fit")
            .columns("""
                    day                DATE NOT NULL COMMENT 'Run date',
                    rank               INT NOT NULL COMMENT '1 is the first to repost',
                    content_id         STRING NOT NULL COMMENT 'Shared content or post',
                    koc_id             STRING NOT NULL COMMENT 'Author: the KOC who shared it first',
                    product_id         STRING COMMENT 'Product of the post; null without one',
                    category           STRING NOT NULL COMMENT 'Category of the product; (none) without one',
                    first_shared_on    DATE NOT NULL COMMENT 'Day of the first share',
                    shares             BIGINT NOT NULL COMMENT 'Number of shares and posts of the content, by anyone',
                    users_reached      BIGINT NOT NULL COMMENT 'Pool members of all who shared it; a user in two pools counts twice',
                    openers            BIGINT NOT NULL COMMENT 'Users who opened it or clicked, saved, put into the cart or asked because of it. Each user counts once; sharers who open their own share do not count',
                    purchases          DOUBLE NOT NULL COMMENT 'Purchases credited to it',
                    responses          DOUBLE NOT NULL COMMENT 'openers + weight x purchases; the weight is 10 by default',
                    baseline_responses DOUBLE NOT NULL COMMENT 'Mean responses of the KOC''s other posts of 90 days, shrunk towards the mean of all posts',
                    lift               DOUBLE NOT NULL COMMENT 'responses over baseline_responses, shrunk towards 1',
                    persona_fit        DOUBLE NOT NULL COMMENT 'Fraction of the KOC''s posts of 90 days that are in this category',
                    score              DOUBLE NOT NULL COMMENT 'lift x persona_fit; posts are ranked by it',
                    reason             STRING NOT NULL COMMENT 'Why this post, in one or two sentences with the numbers'""");
}
