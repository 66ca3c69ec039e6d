package koc.tables;

import koc.warehouse.Table;

/** What the clean job writes: the landing sources in declared types, what was turned away, and counts that close. */
public final class CleanTables {
    private CleanTables() {}

    public static final Table EVENTS = Table.named("events")
            .describedAs("One row per accepted event: who did what, with which product, caused by whom.")
            .writtenBy("clean")
            .keyedBy("event_id")
            .partitionedBy("arrived")
            .check("quantity > 0")
            .check("unit_price >= 0")
            .check("rating BETWEEN 1 AND 5")
            .columns("""
                    arrived     DATE NOT NULL COMMENT 'Day the event reached the landing folder (flat landing: the run date)',
                    event_id    STRING NOT NULL COMMENT 'Identifier of the event, unique over all arrivals',
                    occurred_at TIMESTAMP NOT NULL COMMENT 'Instant at which it happened (UTC)',
                    day         DATE NOT NULL COMMENT 'Day on which it happened, in koc.zone',
                    user_id     STRING NOT NULL COMMENT 'Who acted',
                    event_type  STRING NOT NULL COMMENT 'What the user did: view, click, purchase, share, ...',
                    product_id  STRING COMMENT 'Product concerned, if any',
                    order_id    STRING COMMENT 'Order of a purchase or refund; a purchase without one is an order of its own',
                    quantity    INT NOT NULL COMMENT 'Units',
                    unit_price  DECIMAL(18,4) COMMENT 'Money per unit',
                    amount      DECIMAL(18,2) COMMENT 'quantity x unit_price, rounded half-up; positive for refunds too',
                    sharer_id   STRING COMMENT 'User whose share, link or group led to the event',
                    channel     STRING COMMENT 'Channel or tool the event came through',
                    content_id  STRING COMMENT 'Content concerned, if any',
                    group_id    STRING COMMENT 'Chat group in which it happened, if any',
                    rating      INT COMMENT 'Stars of a review, 1 to 5'""");

    public static final Table REFUNDS = Table.named("refunds")
            .describedAs("One row per part of a refund: the purchase line it takes back, or none when unmatched.")
            .writtenBy("clean")
            .keyedBy("refund_event_id", "part")
            .partitionedBy("arrived")
            .check("quantity > 0")
            .columns("""
                    arrived           DATE NOT NULL COMMENT 'Day the refund reached the landing folder',
                    refund_event_id   STRING NOT NULL COMMENT 'Event of the refund',
                    part              INT NOT NULL COMMENT '1 for the first purchase line it takes back, 2 for the next, ...',
                    purchase_event_id STRING COMMENT 'Purchase line taken back; null when unmatched',
                    match             STRING NOT NULL COMMENT 'order (same order and product), earlier (latest earlier line of the product) or unmatched',
                    user_id           STRING NOT NULL COMMENT 'Who was refunded',
                    product_id        STRING NOT NULL COMMENT 'Product given back',
                    order_id          STRING COMMENT 'Order of the purchase line taken back; when unmatched, of the refund',
                    day               DATE NOT NULL COMMENT 'Day from which it subtracts: the day of the purchase line, or its own when unmatched',
                    refunded_on       DATE NOT NULL COMMENT 'Day of the refund itself',
                    quantity          INT NOT NULL COMMENT 'Units taken back by this part',
                    amount            DECIMAL(18,2) NOT NULL COMMENT 'Money given back by this part, positive'""");

    public static final Table USERS = Table.named("users")
            .describedAs("One row per user and arrival: what the brand knows of the user; the latest arrival counts.")
            .writtenBy("clean")
            .keyedBy("arrived", "user_id")
            .partitionedBy("arrived")
            .columns("""
                    arrived           DATE NOT NULL COMMENT 'Day the row reached the landing folder',
                    user_id           STRING NOT NULL COMMENT 'Identifier of the user',
                    role              STRING NOT NULL COMMENT 'consumer, employee, guide or external',
                    registered_at     TIMESTAMP COMMENT 'Instant of registration (UTC)',
                    province          STRING COMMENT 'Province or other first-level region',
                    city              STRING COMMENT 'City',
                    county            STRING COMMENT 'County or district',
                    team_id           STRING COMMENT 'Sales team of the user',
                    store_id          STRING COMMENT 'Store of the user',
                    nickname          STRING COMMENT 'Name shown in chats',
                    avatar_url        STRING COMMENT 'Picture shown in chats',
                    greeting          STRING COMMENT 'First words to a new friend',
                    gender            STRING COMMENT 'Gender as stated by the user',
                    birth_year        INT COMMENT 'Year of birth',
                    life_stage        STRING COMMENT 'Stage of life as the brand records it',
                    tags              ARRAY<STRING> COMMENT 'Labels the brand gave the user',
                    acquired_via      STRING COMMENT 'Channel that drew the user, or koc:<user_id>',
                    marketing_opt_out BOOLEAN NOT NULL COMMENT 'Whether the user wants no marketing'""");

    public static final Table PRODUCTS = Table.named("products")
            .describedAs("One row per product and arrival; the latest arrival counts.")
            .writtenBy("clean")
            .keyedBy("arrived", "product_id")
            .partitionedBy("arrived")
            .columns("""
                    arrived        DATE NOT NULL COMMENT 'Day the row reached the landing folder',
                    product_id     STRING NOT NULL COMMENT 'Identifier of the product',
                    title          STRING COMMENT 'Name of the product',
                    category       STRING COMMENT 'Path, from general to special: a > b > c',
                    brand          STRING COMMENT 'Brand',
                    price          DECIMAL(18,4) COMMENT 'List price per unit',
                    unit_cost      DECIMAL(18,4) COMMENT 'Cost per unit to the seller',
                    brand_tier     INT COMMENT 'Standing of the brand, 1 best to 5',
                    stock          BIGINT COMMENT 'Units that can be sold; null when unknown',
                    launched_on    DATE COMMENT 'First day of sale',
                    audience_tags  ARRAY<STRING> COMMENT 'For whom it is meant',
                    use_cycle_days INT COMMENT 'Days after which a buyer needs it again; null for a durable or when unknown'""");

    public static final Table TIES = Table.named("ties")
            .describedAs(
                    "One row per KOC, user, kind of tie and arrival: the KOC traffic pools; the latest arrival counts.")
            .writtenBy("clean")
            .keyedBy("arrived", "koc_id", "user_id", "tie_type")
            .partitionedBy("arrived")
            .columns("""
                    arrived   DATE NOT NULL COMMENT 'Day the row reached the landing folder',
                    koc_id    STRING NOT NULL COMMENT 'User whose pool it is',
                    user_id   STRING NOT NULL COMMENT 'Member of the pool',
                    tie_type  STRING NOT NULL COMMENT 'friend, group, follow or served',
                    since     DATE COMMENT 'First day of the tie',
                    until     DATE COMMENT 'Last day of the tie; null while it is open',
                    group_id  STRING COMMENT 'Chat group of the tie, if any',
                    scene     STRING COMMENT 'Where the tie came about: pre_sale, coupon, after_sale, community, order, ...'""");

    public static final Table COSTS = Table.named("costs")
            .describedAs("One row per accepted cost line: what was spent on whom or where.")
            .writtenBy("clean")
            .partitionedBy("arrived")
            .columns("""
                    arrived   DATE NOT NULL COMMENT 'Day the row reached the landing folder',
                    day       DATE NOT NULL COMMENT 'Day of the cost',
                    koc_id    STRING COMMENT 'KOC the money went to, if one',
                    channel   STRING COMMENT 'Channel the money went to, if one',
                    cost_type STRING NOT NULL COMMENT 'ad, gift, coupon, bonus or training',
                    amount    DECIMAL(18,2) NOT NULL COMMENT 'Money spent'""");

    public static final Table ASSETS = Table.named("assets")
            .describedAs("One row per script or material and arrival: the library of what KOCs may say and show.")
            .writtenBy("clean")
            .keyedBy("arrived", "asset_id")
            .partitionedBy("arrived")
            .columns("""
                    arrived      DATE NOT NULL COMMENT 'Day the row reached the landing folder',
                    asset_id     STRING NOT NULL COMMENT 'Identifier of the asset',
                    kind         STRING NOT NULL COMMENT 'script or material',
                    stage        STRING COMMENT 'draw, activate, convert, repeat or recall',
                    category     STRING COMMENT 'Category it speaks of',
                    audience_tag STRING COMMENT 'Whom it speaks to',
                    body         STRING COMMENT 'The words, or where the material is',
                    approved     BOOLEAN NOT NULL COMMENT 'Whether it may be used'""");

    public static final Table CAMPAIGNS = Table.named("campaigns")
            .describedAs(
                    "One row per campaign, what it concerns, whom it is limited to, and arrival: what may or may not be recommended, and when; the latest arrival counts.")
            .writtenBy("clean")
            .keyedBy("arrived", "campaign_id", "product_id", "category", "brand", "koc_type", "koc_id", "county")
            .partitionedBy("arrived")
            .check("coalesce(product_id, category, brand) IS NOT NULL")
            .check("ends_on >= starts_on")
            .columns("""
                    arrived     DATE NOT NULL COMMENT 'Day the row reached the landing folder',
                    campaign_id STRING NOT NULL COMMENT 'Identifier of the campaign; it has a row for each thing it concerns',
                    rule        STRING NOT NULL COMMENT 'allow (nothing else may be recommended meanwhile) or exclude (it may not be recommended; stronger than allow)',
                    starts_on   DATE NOT NULL COMMENT 'First day of the rule',
                    ends_on     DATE COMMENT 'Last day of the rule; null while it is open',
                    product_id  STRING COMMENT 'Product concerned. Of product, category and brand one is there at least, and all that are there must match',
                    category    STRING COMMENT 'Category concerned, with all below it: a > b holds a > b > c',
                    brand       STRING COMMENT 'Brand concerned',
                    koc_type    STRING COMMENT 'KOCs it is limited to: employee, guide, external or user; null for all',
                    koc_id      STRING COMMENT 'KOC it is limited to; null for all',
                    county      STRING COMMENT 'County whose KOCs it is limited to; null for all'""");

    public static final Table REJECTS = Table.named("rejects")
            .describedAs(
                    "One row per landing row that was turned away, with its reason; rows read = kept + rejected + later.")
            .writtenBy("clean")
            .partitionedBy("arrived", "source")
            .columns("""
                    arrived DATE NOT NULL COMMENT 'Day the row reached the landing folder',
                    source  STRING NOT NULL COMMENT 'Landing source: events, users, ...',
                    file    STRING NOT NULL COMMENT 'File of the row, below the landing folder',
                    reason  STRING NOT NULL COMMENT 'Why: the first that applies of malformed, missing_field, bad_type, unknown_event_type, negative_amount, future, before_epoch, duplicate, conflicting_id, orphan_product, robot',
                    field   STRING COMMENT 'Column that is at fault, if one is',
                    raw     STRING NOT NULL COMMENT 'The row: its text when malformed, else its columns as JSON'""");

    public static final Table ARRIVAL_CHECKS = Table.named("arrival_checks")
            .describedAs(
                    "One row per source, arrival and check: the counts of each cleaning, and so which arrivals are clean.")
            .writtenBy("clean")
            .keyedBy("source", "arrived", "check_name")
            .partitionedBy("arrived", "source")
            .columns("""
                    source     STRING NOT NULL COMMENT 'Landing source',
                    arrived    DATE NOT NULL COMMENT 'Day the rows reached the landing folder',
                    check_name STRING NOT NULL COMMENT 'read, kept, later, or the reason of a rejection',
                    rows       BIGINT NOT NULL COMMENT 'Rows counted'""");

    public static final Table DATA_QUALITY = Table.named("data_quality")
            .describedAs("One row per source and check: over all arrivals up to the day, how many rows failed it.")
            .writtenBy("clean")
            .keyedBy("day", "source", "check_name")
            .partitionedBy("day")
            .published()
            .shares("failed_rate")
            .columns("""
                    day          DATE NOT NULL COMMENT 'Run date',
                    source       STRING NOT NULL COMMENT 'Landing source: events, users, ...',
                    check_name   STRING NOT NULL COMMENT 'What was checked: a reason for rejection, counts_close (read = kept + rejected + later), reject_limit, ...',
                    rows         BIGINT NOT NULL COMMENT 'Rows the check looked at',
                    failed       BIGINT NOT NULL COMMENT 'Rows that failed it',
                    failed_rate DOUBLE NOT NULL COMMENT 'failed / rows, 0..1',
                    verdict      STRING NOT NULL COMMENT 'pass, warn or fail',
                    explanation  STRING NOT NULL COMMENT 'The same in words'""");
}
