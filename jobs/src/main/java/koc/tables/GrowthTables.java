package koc.tables;

import koc.warehouse.Table;

/** What the kocs job says of reach: counties and whom to activate there, the funnel, leads, groups, mentors, content. */
public final class GrowthTables {
    private GrowthTables() {}

    public static final Table COUNTY_COVERAGE = Table.named("county_coverage")
            .describedAs("One row per county with users: how many KOCs are active there and how many users they reach.")
            .writtenBy("growth")
            .keyedBy("day", "province", "city", "county")
            .partitionedBy("day")
            .published()
            .shares("reached_rate", "reached_by_2_rate")
            .columns("""
                    day                   DATE NOT NULL COMMENT 'Run date',
                    province              STRING COMMENT 'Province or other first-level region',
                    city                  STRING COMMENT 'City',
                    county                STRING NOT NULL COMMENT 'County or district',
                    users                 BIGINT NOT NULL COMMENT 'Users who live there',
                    kocs                  BIGINT NOT NULL COMMENT 'Active KOCs who live there: shared something in 90 days, have a pool, are not revoked',
                    target_kocs           INT NOT NULL COMMENT 'Active KOCs wanted (koc.growth.county.target)',
                    gap                   BIGINT NOT NULL COMMENT 'Active KOCs still missing',
                    users_reached         BIGINT NOT NULL COMMENT 'Users there with an open tie to an active KOC, wherever the KOC lives',
                    users_reached_by_2    BIGINT NOT NULL COMMENT 'Users there with open ties to two or more active KOCs',
                    reached_rate         DOUBLE NOT NULL COMMENT 'users_reached over users',
                    reached_by_2_rate    DOUBLE NOT NULL COMMENT 'users_reached_by_2 over users',
                    employee_friend_users BIGINT NOT NULL COMMENT 'Users reached as friends of an active employee',
                    guide_customer_users  BIGINT NOT NULL COMMENT 'Users reached as customers of an active guide',
                    external_friend_users BIGINT NOT NULL COMMENT 'Users reached by an active external KOC',
                    user_friend_users     BIGINT NOT NULL COMMENT 'Users reached as friends of an active user KOC',
                    store_users           BIGINT NOT NULL COMMENT 'Users reached by the store''s own contacts: employees and guides',
                    beyond_store_users    BIGINT NOT NULL COMMENT 'Users reached by users and external KOCs only: what the store could not reach itself',
                    phase                 STRING NOT NULL COMMENT 'offline-deep (find and train KOCs in stores) or online-dense (cover from phone to phone)',
                    reason                STRING NOT NULL COMMENT 'Why this phase, in words with the numbers'""");

    public static final Table COUNTY_NEXT_KOCS = Table.named("county_next_kocs")
            .describedAs(
                    "One row per county and rank: the KOC to activate next, by how many users it adds to those already reached.")
            .writtenBy("growth")
            .keyedBy("day", "province", "city", "county", "rank")
            .partitionedBy("day")
            .published()
            .shares("greedy_bound", "data_bound", "sampled_fraction")
            .check("rank >= 1")
            .columns("""
                    day                DATE NOT NULL COMMENT 'Run date',
                    province           STRING COMMENT 'Province or other first-level region',
                    city               STRING COMMENT 'City',
                    county             STRING NOT NULL COMMENT 'County or district',
                    rank               INT NOT NULL COMMENT '1 is the first to activate; each is the best after those before it',
                    koc_id             STRING NOT NULL COMMENT 'KOC who lives there, has a pool and shared nothing in 90 days',
                    koc_type           STRING NOT NULL COMMENT 'employee, guide, external or user',
                    level              STRING COMMENT 'Level of the KOC, if it has one',
                    pool_size          BIGINT NOT NULL COMMENT 'Members of its pool, wherever they live',
                    users_added        BIGINT NOT NULL COMMENT 'Users of the county whom no KOC reached before',
                    users_added_second BIGINT NOT NULL COMMENT 'Users of the county whom one KOC reached before: they now have two',
                    gain               DOUBLE NOT NULL COMMENT 'users_added + koc.growth.county.second-weight x users_added_second',
                    total_gain         DOUBLE NOT NULL COMMENT 'Gain of this rank and all before it',
                    greedy_bound       DOUBLE NOT NULL COMMENT 'How good the list is at least up to this rank: it gains this share or more of what the best possible list of as many of the KOCs compared would gain, in any county; .63 or more (1 - (1 - 1/rank)^rank, Nemhauser 1978)',
                    data_bound         DOUBLE NOT NULL COMMENT 'The same told from this county''s own numbers, and against lists of any of its candidates: usually far higher (total_gain over the most that as many KOCs could gain, Leskovec 2007)',
                    candidates         BIGINT NOT NULL COMMENT 'KOCs of the county who could be activated',
                    candidates_compared BIGINT NOT NULL COMMENT 'Of these, those compared: the ones with most to add (koc.growth.county.candidates)',
                    sampled_fraction      DOUBLE NOT NULL COMMENT 'Share of the county''s users it was counted on; below 1 the users added are estimates',
                    reason             STRING NOT NULL COMMENT 'Why, in words with the numbers'""");

    public static final Table KOC_FUNNEL = Table.named("koc_funnel")
            .describedAs(
                    "One row per KOC (or * for all), profile and scene: what became of those drawn in koc.growth.funnel.window-days, and what the posts brought.")
            .writtenBy("growth")
            .keyedBy("day", "koc_id", "profile", "scene")
            .partitionedBy("day")
            .published()
            .shares("activation_rate", "conversion_rate", "repeat_rate", "profile_completeness")
            .columns("""
                    day                   DATE NOT NULL COMMENT 'Run date',
                    koc_id                STRING NOT NULL COMMENT 'User id of the KOC; * for all',
                    profile               STRING NOT NULL COMMENT 'What the KOC shows of itself: nickname, avatar, greeting, or none; unknown for a KOC who is not in users; * for all',
                    scene                 STRING NOT NULL COMMENT 'Where ties came about: pre_sale, coupon, ...; (none) when not recorded; * for all',
                    kocs                  BIGINT NOT NULL COMMENT 'KOCs counted',
                    profile_completeness  DOUBLE COMMENT 'Share of nickname, avatar and greeting that is there; null for *',
                    drawn                 BIGINT NOT NULL COMMENT 'Ties that began in the window',
                    activation_due        BIGINT NOT NULL COMMENT 'Of these, begun at least koc.growth.funnel.activation-days ago, so that the next count is final',
                    activated             BIGINT NOT NULL COMMENT 'Of those due, who replied, clicked, opened or asked because of the KOC within these days',
                    activation_rate       DOUBLE COMMENT 'activated over activation_due; null when none is due',
                    conversion_due        BIGINT NOT NULL COMMENT 'Drawn at least koc.growth.funnel.conversion-days ago',
                    converted             BIGINT NOT NULL COMMENT 'Of those due, who bought within these days, from the day after the tie began, and kept something',
                    conversion_rate       DOUBLE COMMENT 'converted over conversion_due; null when none is due',
                    repeat_due            BIGINT NOT NULL COMMENT 'Converted, and the first of these purchases is at least koc.growth.funnel.repeat-days ago',
                    repeated              BIGINT NOT NULL COMMENT 'Of those due, who bought again on a later day within these days',
                    repeat_rate           DOUBLE COMMENT 'repeated over repeat_due; null when none is due',
                    posts                 BIGINT COMMENT 'Shares and posts made in the window; null for single scenes',
                    replies               BIGINT COMMENT 'Replies and inquiries they and the KOC brought; null for single scenes',
                    clicks                BIGINT COMMENT 'Clicks, opens, favorites and carts they brought; null for single scenes',
                    replies_per_post      DOUBLE COMMENT 'replies over posts; null without posts',
                    clicks_per_post       DOUBLE COMMENT 'clicks over posts; null without posts',
                    days_since_engagement INT COMMENT 'Days since anybody last replied, clicked, opened or asked; null when nobody did in the window'""");

    public static final Table ACQUISITION_LEADS = Table.named("acquisition_leads")
            .describedAs(
                    "One row per KOC and lead: users with no tie to the KOC, now or before, whom it may draw, and why. Nobody who opted out is in it.")
            .writtenBy("growth")
            .keyedBy("day", "koc_id", "rank")
            .partitionedBy("day")
            .published()
            .check("rank >= 1")
            .columns("""
                    day      DATE NOT NULL COMMENT 'Run date',
                    koc_id   STRING NOT NULL COMMENT 'KOC to whom the lead is given',
                    rank     INT NOT NULL COMMENT '1 is the first to draw',
                    user_id  STRING NOT NULL COMMENT 'Whom to draw',
                    scene    STRING NOT NULL COMMENT 'Occasion: pre_sale, after_sale, similar_group, coupon or order',
                    found_by STRING NOT NULL COMMENT 'own_share (came through the KOC), store (same store), category (same county and taste) or county',
                    reason   STRING NOT NULL COMMENT 'Why, in words with the numbers'""");

    public static final Table GROUP_HEALTH = Table.named("group_health")
            .describedAs("One row per chat group: whether it lives, in koc.growth.groups.window-days.")
            .writtenBy("growth")
            .keyedBy("day", "group_id")
            .partitionedBy("day")
            .published()
            .shares("responder_rate", "koc_started_rate", "loss_rate")
            .columns("""
                    day               DATE NOT NULL COMMENT 'Run date',
                    group_id          STRING NOT NULL COMMENT 'Chat group',
                    koc_id            STRING COMMENT 'KOC with most ties in it, if any is recorded',
                    members           BIGINT NOT NULL COMMENT 'Members who are no KOCs: with an open tie of the group or seen in it, who have not left, or were seen in it again since',
                    responders        BIGINT NOT NULL COMMENT 'Of these, who did anything in it: answered, asked, opened, clicked, posted',
                    responder_rate   DOUBLE COMMENT 'responders over members; null without members',
                    messages          BIGINT NOT NULL COMMENT 'Replies, inquiries, reviews, complaints, shares and posts in it',
                    topics            BIGINT NOT NULL COMMENT 'Of these, shares and posts: what others can answer to',
                    koc_started_rate DOUBLE COMMENT 'Share of topics started by KOCs; null without topics',
                    leaves            BIGINT NOT NULL COMMENT 'Members who left: all their ties of the group ended, or they left the group, and they were not seen in it since',
                    mutes             BIGINT NOT NULL COMMENT 'Members who muted the group, or its KOC as a whole',
                    loss_rate        DOUBLE COMMENT 'Members who left or muted, over them and the members; null without either',
                    state             STRING NOT NULL COMMENT 'losing, empty, silent, quiet or lively',
                    verdict           STRING NOT NULL COMMENT 'The same in words with the numbers, and what to do'""");

    public static final Table MENTOR_PAIRS = Table.named("mentor_pairs")
            .describedAs("One row per KOC who can learn: the mentor for its category, and the post that works there.")
            .writtenBy("growth")
            .keyedBy("day", "mentee_id")
            .partitionedBy("day")
            .published()
            .columns("""
                    day             DATE NOT NULL COMMENT 'Run date',
                    mentor_id       STRING NOT NULL COMMENT 'KOC who moves people in the category',
                    mentee_id       STRING NOT NULL COMMENT 'KOC at the beginning, who shares or likes the same category',
                    category        STRING NOT NULL COMMENT 'Category, cut to koc.features.category-depth levels',
                    is_same_county  BOOLEAN NOT NULL COMMENT 'Whether both live in the same county',
                    mentee_level    STRING NOT NULL COMMENT 'Level of the mentee',
                    mentor_lift     DOUBLE NOT NULL COMMENT 'influence_lift of the mentor',
                    purchases       DOUBLE NOT NULL COMMENT 'Purchases of the category in 90 days credited to the mentor',
                    shares          BIGINT NOT NULL COMMENT 'Shares of the category the mentor made in 90 days',
                    purchases_per_share_lift DOUBLE NOT NULL COMMENT 'Purchases per share of the mentor over those of everybody in the category, shrunk towards 1',
                    content_id      STRING COMMENT 'Template: the mentor''s post in the category that did best; null when none did better than usual',
                    content_lift    DOUBLE COMMENT 'Its responses over the mentor''s usual ones',
                    reason          STRING NOT NULL COMMENT 'Why, in words with the numbers'""");

    public static final Table CONTENT_TO_REPOST = Table.named("content_to_repost")
            .describedAs(
                    "One row per post worth reposting by the brand: those that bring more than their KOC's usual and fit what the KOC stands for.")
            .writtenBy("growth")
            .keyedBy("day", "content_id")
            .partitionedBy("day")
            .published()
            .shares("persona_fit")
            .columns("""
                    day             DATE NOT NULL COMMENT 'Run date',
                    rank            INT NOT NULL COMMENT '1 is the first to repost',
                    content_id      STRING NOT NULL COMMENT 'The post or share',
                    koc_id          STRING NOT NULL COMMENT 'KOC who made it: the first who ever shared it',
                    product_id      STRING COMMENT 'Product it shows, if any',
                    category        STRING NOT NULL COMMENT 'Category of the product; "(none)" without one',
                    first_shared_on DATE NOT NULL COMMENT 'Day on which it was first shared',
                    shares          BIGINT NOT NULL COMMENT 'Times it was shared or posted',
                    users_reached   BIGINT NOT NULL COMMENT 'Members of the pools of those who shared it; who is in two pools counts twice',
                    openers         BIGINT NOT NULL COMMENT 'Users who opened, clicked, liked, put into the cart or asked because of it, each once; sharers who open their own do not count',
                    purchases       DOUBLE NOT NULL COMMENT 'Purchases credited to it',
                    responses       DOUBLE NOT NULL COMMENT 'openers + koc.growth.content.purchase-weight x purchases',
                    baseline_responses DOUBLE NOT NULL COMMENT 'Mean responses of the KOC''s other posts of 90 days, mixed with everybody''s',
                    lift            DOUBLE NOT NULL COMMENT 'responses over baseline_responses, shrunk towards 1',
                    persona_fit     DOUBLE NOT NULL COMMENT 'Share of the KOC''s posts of 90 days that show this category',
                    score           DOUBLE NOT NULL COMMENT 'lift x persona_fit: what the ranking is by',
                    reason          STRING NOT NULL COMMENT 'Why, in words with the numbers'""");
}
