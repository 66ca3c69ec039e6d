package koc.tables;

import java.util.List;
import koc.warehouse.Table;

/** Tables that the clean job writes: the landing sources in declared types, the rejected rows, and row counts. */
public final class CleanTables {
    private CleanTables() {}

    public static final Table EVENTS = Table.named("events")
            .describedAs("One row per accepted event: who did what, with which product, and who led them to it.")
            .writtenBy("clean")
            .keyedBy("event_id")
            .partitionedBy("arrived")
            .check("quantity > 0")
            .check("unit_price >= 0")
            .check("rating BETWEEN 1 AND 5")
            .columns("""
                    arrived     DATE NOT NULL COMMENT 'Day the event reached the landing folder; for a flat landing folder the run date',
                    event_id    STRING NOT NULL COMMENT 'Identifier of the event, unique over all arrivals',
                    occurred_at TIMESTAMP NOT NULL COMMENT 'Instant of the event (UTC)',
                    day         DATE NOT NULL COMMENT 'Day of the event in the configured time zone, by default Asia/Shanghai',
                    user_id     STRING NOT NULL COMMENT 'User who acted',
                    event_type  STRING NOT NULL COMMENT 'What the user did: view, click, favorite, cart, purchase, refund, share, share_open, inquiry, reply, review, complaint, post, join, leave, mute, attend or train',
                    product_id  STRING COMMENT 'Product that the event is about; null when it is about none',
                    order_id    STRING COMMENT 'Order of a purchase or refund; a purchase without an order id counts as one order',
                    quantity    DECIMAL(18,3) NOT NULL COMMENT 'Units, such as 2 or 0.350; 1 when the landing row has none',
                    unit_price  DECIMAL(18,4) COMMENT 'Price per unit; null when not recorded',
                    amount      DECIMAL(18,2) COMMENT 'quantity x unit_price, rounded half-up to cents; refunds are positive too; null without a price',
                    sharer_id   STRING COMMENT 'User whose share, link or group led to the event; null without one',
                    channel     STRING COMMENT 'Channel or tool of the event',
                    content_id  STRING COMMENT 'Content that the event is about; null when it is about none',
                    group_id    STRING COMMENT 'Chat group of the event; null outside groups',
                    rating      INT COMMENT 'Stars of a review, 1 to 5; null for other events'""");

    public static final Table REFUNDS = Table.named("refunds")
            .describedAs("One row per part of a refund, with the purchase line that this part refunds.")
            .writtenBy("clean")
            .keyedBy("refund_event_id", "part")
            .partitionedBy("arrived")
            .check("quantity > 0")
            .columns("""
                    arrived           DATE NOT NULL COMMENT 'Day the refund reached the landing folder',
                    refund_event_id   STRING NOT NULL COMMENT 'Event id of the refund',
                    part              INT NOT NULL COMMENT 'Number of the part: 1 for the first purchase line that the refund matches, 2 for the next',
                    purchase_event_id STRING COMMENT 'Event id of the refunded purchase line; null when unmatched',
                    match             STRING NOT NULL COMMENT 'How the line was found: order (same order and product), earlier (latest earlier purchase of the product) or unmatched',
                    user_id           STRING NOT NULL COMMENT 'User who was refunded',
                    product_id        STRING NOT NULL COMMENT 'Product that was returned',
                    order_id          STRING COMMENT 'Order of the refunded purchase line; when unmatched, the order that the refund names',
                    day               DATE NOT NULL COMMENT 'Day whose sales it lowers: the day of the purchase line, or of the refund when unmatched',
                    refunded_on       DATE NOT NULL COMMENT 'Day of the refund',
                    quantity          DECIMAL(18,3) NOT NULL COMMENT 'Units refunded by this part',
                    amount            DECIMAL(18,2) NOT NULL COMMENT 'Money refunded by this part, positive'""");

    public static final Table USERS = Table.named("users")
            .describedAs(
                    "One row per user and arrival: the profile of the user as the brand records it. A later arrival replaces an earlier one.")
            .writtenBy("clean")
            .keyedBy("arrived", "user_id")
            .partitionedBy("arrived")
            .columns("""
                    arrived           DATE NOT NULL COMMENT 'Day the row reached the landing folder',
                    user_id           STRING NOT NULL COMMENT 'Identifier of the user',
                    role              STRING NOT NULL COMMENT 'consumer, employee, guide or external; consumer when the landing row has none',
                    registered_at     TIMESTAMP COMMENT 'Instant of registration (UTC)',
                    province          STRING COMMENT 'Province or other first-level region; null when not recorded',
                    city              STRING COMMENT 'City',
                    county            STRING COMMENT 'County or district',
                    team_id           STRING COMMENT 'Sales team of the user',
                    store_id          STRING COMMENT 'Store of the user',
                    nickname          STRING COMMENT 'Name shown in chats',
                    avatar_url        STRING COMMENT 'Picture shown in chats',
                    greeting          STRING COMMENT 'First message to a new friend',
                    gender            STRING COMMENT 'Gender as stated by the user',
                    birth_year        INT COMMENT 'Year of birth',
                    life_stage        STRING COMMENT 'Life stage as the brand records it',
                    tags              ARRAY<STRING> COMMENT 'Tags that the brand gave the user',
                    acquired_via      STRING COMMENT 'Channel that acquired the user, or koc:<user_id> for a KOC',
                    marketing_opt_out BOOLEAN NOT NULL COMMENT 'Whether the user has opted out of marketing; false when the landing row has no value'""");

    public static final Table PRODUCTS = Table.named("products")
            .describedAs("One row per product and arrival. A later arrival replaces an earlier one.")
            .writtenBy("clean")
            .keyedBy("arrived", "product_id")
            .partitionedBy("arrived")
            .columns("""
                    arrived        DATE NOT NULL COMMENT 'Day the row reached the landing folder',
                    product_id     STRING NOT NULL COMMENT 'Identifier of the product',
                    title          STRING COMMENT 'Name of the product',
                    category       STRING COMMENT 'Category path from general to specific, such as: a > b > c',
                    brand          STRING COMMENT 'Brand',
                    price          DECIMAL(18,4) COMMENT 'List price per unit',
                    unit_cost      DECIMAL(18,4) COMMENT 'Cost per unit for the seller',
                    brand_tier     INT COMMENT 'Tier of the brand, 1 (best) to 5',
                    stock          BIGINT COMMENT 'Units in stock; null when unknown',
                    launched_on    DATE COMMENT 'First day of sale; null when unknown',
                    audience_tags  ARRAY<STRING> COMMENT 'Tags of the users it is made for',
                    use_cycle_days INT COMMENT 'Days after which the product is used up and bought again; null for durable products, or when unknown'""");

    public static final Table TIES = Table.named("ties")
            .describedAs(
                    "One row per KOC, user, tie type and arrival: the traffic pools of the KOCs. A later arrival replaces an earlier one.")
            .writtenBy("clean")
            .keyedBy("arrived", "koc_id", "user_id", "tie_type")
            .partitionedBy("arrived")
            .columns("""
                    arrived  DATE NOT NULL COMMENT 'Day the row reached the landing folder',
                    koc_id   STRING NOT NULL COMMENT 'KOC who owns the pool',
                    user_id  STRING NOT NULL COMMENT 'Member of the pool',
                    tie_type STRING NOT NULL COMMENT 'friend, group, follow or served',
                    since    DATE COMMENT 'First day of the tie; null when it has always existed',
                    until    DATE COMMENT 'Last day of the tie; null while it is open',
                    group_id STRING COMMENT 'Chat group of the tie; null outside groups',
                    scene    STRING COMMENT 'Where the tie was made, such as pre_sale, coupon, after_sale, community or order'""");

    public static final Table COSTS = Table.named("costs")
            .describedAs("One row per accepted cost line: what was spent on which KOC or channel.")
            .writtenBy("clean")
            .partitionedBy("arrived")
            .columns("""
                    arrived   DATE NOT NULL COMMENT 'Day the row reached the landing folder',
                    day       DATE NOT NULL COMMENT 'Day of the cost',
                    koc_id    STRING COMMENT 'KOC that the money was spent on; null without one',
                    channel   STRING COMMENT 'Channel that the money was spent on; null without one',
                    cost_type STRING NOT NULL COMMENT 'ad, gift, coupon, bonus, training or sample',
                    amount    DECIMAL(18,2) NOT NULL COMMENT 'Money spent'""");

    public static final Table ASSETS = Table.named("assets")
            .describedAs(
                    "One row per script or material and arrival: the library of content for KOCs. A later arrival replaces an earlier one.")
            .writtenBy("clean")
            .keyedBy("arrived", "asset_id")
            .partitionedBy("arrived")
            .columns("""
                    arrived      DATE NOT NULL COMMENT 'Day the row reached the landing folder',
                    asset_id     STRING NOT NULL COMMENT 'Identifier of the asset',
                    kind         STRING NOT NULL COMMENT 'script or material',
                    stage        STRING COMMENT 'Lifecycle stage it is made for: draw (acquire), activate, convert, repeat or recall (win back)',
                    category     STRING COMMENT 'Category it is about',
                    audience_tag STRING COMMENT 'Tag of the users it is made for',
                    body         STRING COMMENT 'Text of the script, or location of the material',
                    approved     BOOLEAN NOT NULL COMMENT 'Whether it may be used; false when the landing row has no value'""");

    public static final Table CAMPAIGNS = Table.named("campaigns")
            .describedAs(
                    "One row per campaign, subject, KOC group and arrival: what may or may not be recommended, and when. A later arrival replaces an earlier one.")
            .writtenBy("clean")
            .keyedBy("arrived", "campaign_id", "product_id", "category", "brand", "koc_type", "koc_id", "county")
            .partitionedBy("arrived")
            .check("coalesce(product_id, category, brand) IS NOT NULL")
            .check("ends_on >= starts_on")
            .columns("""
                    arrived     DATE NOT NULL COMMENT 'Day the row reached the landing folder',
                    campaign_id STRING NOT NULL COMMENT 'Identifier of the campaign; it has one row for each subject',
                    rule        STRING NOT NULL COMMENT 'allow (only the subject may be recommended while the rule runs) or exclude (the subject may not be recommended); exclude wins over allow',
                    starts_on   DATE NOT NULL COMMENT 'First day of the rule',
                    ends_on     DATE COMMENT 'Last day of the rule; null while it is open',
                    product_id  STRING COMMENT 'Product of the rule. At least one of product, category and brand is set, and all that are set must match',
                    category    STRING COMMENT 'Category of the rule, with its subcategories: a > b includes a > b > c',
                    brand       STRING COMMENT 'Brand of the rule',
                    koc_type    STRING COMMENT 'KOC type that the rule is limited to: employee, guide, external or user; null for all',
                    koc_id      STRING COMMENT 'KOC that the rule is limited to; null for all',
                    county      STRING COMMENT 'County whose KOCs the rule is limited to; null for all'""");

    /** Sources without which a run still works: what depends on them is empty, or assumes an average. */
    public static final List<Table> OPTIONAL_SOURCES = List.of(TIES, COSTS, ASSETS, CAMPAIGNS);

    public static final Table REJECTS = Table.named("rejects")
            .describedAs(
                    "One row per rejected landing row, with the reason. Rows read = kept + rejected + later; later rows are dated after the run date.")
            .writtenBy("clean")
            .partitionedBy("arrived", "source")
            .columns("""
                    arrived DATE NOT NULL COMMENT 'Day the row reached the landing folder',
                    source  STRING NOT NULL COMMENT 'Landing source: events, users, ...',
                    file    STRING NOT NULL COMMENT 'File of the row, relative to the landing folder',
                    reason  STRING NOT NULL COMMENT 'First reason that applies of: malformed, missing_field, bad_type, unknown_event_type, negative_amount, future, before_epoch, duplicate, conflicting_id, orphan_product, robot',
                    field   STRING COMMENT 'Column with the faulty value; null when no single column is at fault',
                    raw     STRING NOT NULL COMMENT 'The row as it landed: its text when malformed, else its columns as JSON'""");

    public static final Table UNREAD_VALUES = Table.named("unread_values")
            .describedAs(
                    "One row per source, arrival, column and reason: values that could not be read or could not be right and were left out of rows that were kept, with a sample.")
            .writtenBy("clean")
            .keyedBy("arrived", "source", "field", "reason")
            .partitionedBy("arrived", "source")
            .columns("""
                    arrived     DATE NOT NULL COMMENT 'Day the rows reached the landing folder',
                    source      STRING NOT NULL COMMENT 'Landing source: events, users, ...',
                    field       STRING NOT NULL COMMENT 'Column of the values',
                    reason      STRING NOT NULL COMMENT 'bad_type (not of the column''s type, not one of its words, or out of its range), negative_amount (below the minimum; a stock below 0 counts as 0), before_epoch (a date before the first day of the business, by default 2000-01-01) or future (a user''s registration after the arrival of the row; for a flat landing folder more than 10 years after the run date)',
                    rows        BIGINT NOT NULL COMMENT 'Rows read with such a value',
                    sample_file STRING NOT NULL COMMENT 'File of a sample, relative to the landing folder: the first by name',
                    sample      STRING NOT NULL COMMENT 'The value as it landed in a row of this file: the first by its text'""");

    public static final Table ARRIVAL_CHECKS = Table.named("arrival_checks")
            .describedAs(
                    "One row per source, arrival and check: how many rows were read, kept, rejected and left for later. Arrivals in this table have been cleaned.")
            .writtenBy("clean")
            .keyedBy("source", "arrived", "check_name")
            .partitionedBy("arrived", "source")
            .columns("""
                    source     STRING NOT NULL COMMENT 'Landing source',
                    arrived    DATE NOT NULL COMMENT 'Day the rows reached the landing folder',
                    check_name STRING NOT NULL COMMENT 'read, kept, later (dated after the run date), a reject reason, unread_ with a column, ids_look_rounded, a count of events (events_with_sharer, events_of_interest, unknown_user, unknown_sharer, unknown_product_of_interest), files_listed, files_read, records_counted (in the bytes of the files), records_read, blank_rows or repeated_headers',
                    rows       BIGINT NOT NULL COMMENT 'Number of rows'""");

    public static final Table ARRIVAL_FILES = Table.named("arrival_files")
            .describedAs(
                    "One row per file of a cleaned arrival: what the landing folder held when the arrival was cleaned. A later run compares it, to see files that came late.")
            .writtenBy("clean")
            .keyedBy("source", "arrived", "file")
            .partitionedBy("arrived", "source")
            .columns("""
                    source      STRING NOT NULL COMMENT 'Landing source',
                    arrived     DATE NOT NULL COMMENT 'Day the file reached the landing folder',
                    file        STRING NOT NULL COMMENT 'File, relative to the landing folder',
                    bytes       BIGINT NOT NULL COMMENT 'Size of the file in bytes',
                    modified_at TIMESTAMP NOT NULL COMMENT 'Instant at which the file was last written (UTC)'""");

    public static final Table DATA_QUALITY = Table.named("data_quality")
            .describedAs(
                    "One row per source and check: how many rows failed it, over all arrivals up to the day, and whether that is unusual.")
            .writtenBy("clean")
            .keyedBy("day", "source", "check_name")
            .partitionedBy("day")
            .published()
            .fractions("failed_rate", "previous_failed_rate")
            .columns("""
                    day                  DATE NOT NULL COMMENT 'Run date',
                    source               STRING NOT NULL COMMENT 'Landing source: events, users, ...',
                    check_name           STRING NOT NULL COMMENT 'A reject reason, counts_close (read = kept + rejected + later), reject_limit (by default at most 5% of the rows may be rejected), unread_ with a column (values that were left out), ids_look_rounded, unknown_user, unknown_sharer, unknown_product_of_interest, arrival_size (events of the newest arrival, compared with the median of up to 28 arrivals before it), brand_tiers_agree (products whose tier is the median of their brand), files_listed, files_read, or records_counted (the records in the bytes of the files equal those that were read)',
                    rows                 BIGINT NOT NULL COMMENT 'Rows that were checked',
                    failed               BIGINT NOT NULL COMMENT 'Rows that failed the check; for arrival_size, rows by which the arrival differs from the usual number',
                    failed_rate          DOUBLE NOT NULL COMMENT 'failed / rows, at most 1',
                    previous_failed_rate DOUBLE COMMENT 'failed_rate of the check at the previous run; null if there was none',
                    verdict              STRING NOT NULL COMMENT 'pass; warn (failed rows are certainly more than 1% of the rows, or rows since the previous run fail at least twice as often as before; defaults) or fail',
                    explanation          STRING NOT NULL COMMENT 'The result of the check in words, and why it warns'""");
}
