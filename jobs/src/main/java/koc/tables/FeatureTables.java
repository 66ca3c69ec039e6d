package koc.tables;

import koc.warehouse.Table;

/** Tables of the features job: sums by day, and the features, categories and tags of every user as of a day. */
public final class FeatureTables {
    private FeatureTables() {}

    public static final Table USER_DAYS = Table.named("user_days")
            .describedAs(
                    "One row per arrival, day and user: what the user did that day. Refunds count on the day of their purchase.")
            .writtenBy("features")
            .keyedBy("arrived", "day", "user_id")
            .partitionedBy("arrived")
            .columns("""
                    arrived         DATE NOT NULL COMMENT 'Arrival of the events that are summed',
                    day             DATE NOT NULL COMMENT 'Day of the events',
                    user_id         STRING NOT NULL COMMENT 'Identifier of the user',
                    actions         BIGINT NOT NULL COMMENT 'Events of any type except refunds',
                    product_actions BIGINT NOT NULL COMMENT 'Purchases and signs of interest in a product (views, clicks, favorites, carts, opened shares) among the actions',
                    orders          BIGINT NOT NULL COMMENT 'Distinct orders; a purchase without an order counts as one',
                    purchase_lines  BIGINT NOT NULL COMMENT 'Purchase events',
                    refunded_lines  BIGINT NOT NULL COMMENT 'Purchase events of this day that were refunded in whole or part',
                    gross_spend     DECIMAL(18,2) NOT NULL COMMENT 'Money paid',
                    refunded        DECIMAL(18,2) NOT NULL COMMENT 'Money refunded',
                    discount        DECIMAL(18,2) NOT NULL COMMENT 'List price less price paid, summed over purchases whose product has a list price; at least 0 per purchase',
                    list_spend      DECIMAL(18,2) NOT NULL COMMENT 'List price of the same purchases',
                    shares          BIGINT NOT NULL COMMENT 'Shares and posts made',
                    opens_caused    BIGINT NOT NULL COMMENT 'Times that others opened a share of this user',
                    inquiries       BIGINT NOT NULL COMMENT 'Inquiries made by the user',
                    reviews         BIGINT NOT NULL COMMENT 'Reviews written',
                    rating_sum      BIGINT NOT NULL COMMENT 'Sum of the stars of these reviews',
                    complaints      BIGINT NOT NULL COMMENT 'Complaints made',
                    attends         BIGINT NOT NULL COMMENT 'Offline experiences attended',
                    morning         BIGINT NOT NULL COMMENT 'Actions from 5 to 11 o''clock, in the configured time zone (Asia/Shanghai by default)',
                    daytime         BIGINT NOT NULL COMMENT 'Actions from 11 to 17 o''clock',
                    evening         BIGINT NOT NULL COMMENT 'Actions from 17 to 22 o''clock',
                    night           BIGINT NOT NULL COMMENT 'Actions from 22 to 5 o''clock',
                    weekend         BIGINT NOT NULL COMMENT 'Actions on Saturday or Sunday'""");

    public static final Table USER_PRODUCT_DAYS = Table.named("user_product_days")
            .describedAs("One row per arrival, day, user and product: what the user did with the product that day.")
            .writtenBy("features")
            .keyedBy("arrived", "day", "user_id", "product_id")
            .partitionedBy("arrived")
            .columns("""
                    arrived        DATE NOT NULL COMMENT 'Arrival of the events that are summed',
                    day            DATE NOT NULL COMMENT 'Day of the events; refunds count on the day of their purchase',
                    user_id        STRING NOT NULL COMMENT 'Identifier of the user',
                    product_id     STRING NOT NULL COMMENT 'Identifier of the product',
                    carts          BIGINT NOT NULL COMMENT 'Times the user put the product into the cart',
                    favorites      BIGINT NOT NULL COMMENT 'Times the user marked the product as a favorite',
                    inquiries      BIGINT NOT NULL COMMENT 'Inquiries about the product',
                    opens          BIGINT NOT NULL COMMENT 'Times the user opened a share of the product',
                    clicks         BIGINT NOT NULL COMMENT 'Clicks',
                    views          BIGINT NOT NULL COMMENT 'Views',
                    interest       BIGINT NOT NULL COMMENT 'Carts, favorites, opens, clicks and views together',
                    purchase_lines BIGINT NOT NULL COMMENT 'Purchase events',
                    units          DECIMAL(18,3) NOT NULL COMMENT 'Units bought',
                    refunded_lines BIGINT NOT NULL COMMENT 'Purchase events of this day that were refunded in whole or part',
                    refunded_units DECIMAL(18,3) NOT NULL COMMENT 'Units refunded',
                    gross_spend    DECIMAL(18,2) NOT NULL COMMENT 'Money paid',
                    refunded       DECIMAL(18,2) NOT NULL COMMENT 'Money refunded',
                    shares         BIGINT NOT NULL COMMENT 'Shares and posts of the product',
                    reviews        BIGINT NOT NULL COMMENT 'Reviews of the product',
                    rating_sum     BIGINT NOT NULL COMMENT 'Sum of the stars of the reviews',
                    good_reviews   BIGINT NOT NULL COMMENT 'Reviews of four or five stars',
                    bad_reviews    BIGINT NOT NULL COMMENT 'Reviews of one or two stars',
                    complaints     BIGINT NOT NULL COMMENT 'Complaints about the product'""");

    public static final Table USER_CATEGORY_DAYS = Table.named("user_category_days")
            .describedAs("One row per arrival, day, user and category: what the user did in the category that day.")
            .writtenBy("features")
            .keyedBy("arrived", "day", "user_id", "category")
            .partitionedBy("arrived")
            .columns("""
                    arrived        DATE NOT NULL COMMENT 'Arrival of the events that are summed',
                    day            DATE NOT NULL COMMENT 'Day of the events; refunds count on the day of their purchase',
                    user_id        STRING NOT NULL COMMENT 'Identifier of the user',
                    category       STRING NOT NULL COMMENT 'Category, cut to 2 levels by default; (none) when the product has none',
                    interest       BIGINT NOT NULL COMMENT 'Signs of interest: views, clicks, favorites, carts and opened shares',
                    purchase_lines BIGINT NOT NULL COMMENT 'Purchase events',
                    refunded_lines BIGINT NOT NULL COMMENT 'Purchase events of this day that were refunded in whole or part',
                    net_spend      DECIMAL(18,2) NOT NULL COMMENT 'Money paid less money refunded'""");

    public static final Table USER_FEATURES = Table.named("user_features")
            .describedAs(
                    "One row per run date, as-of date and person: every user who had registered by then, and every other user or buyer who acted in the 365 days up to then. Features are from events up to the as-of date only. When no user is recorded, everybody who acted counts as a user.")
            .writtenBy("features")
            .keyedBy("day", "as_of", "user_id")
            .partitionedBy("day", "as_of")
            .fractions(
                    "order_fraction",
                    "discount_rate",
                    "refund_rate",
                    "morning_fraction",
                    "daytime_fraction",
                    "evening_fraction",
                    "night_fraction",
                    "weekend_fraction")
            .columns("""
                    day                  DATE NOT NULL COMMENT 'Run date',
                    as_of                DATE NOT NULL COMMENT 'Last day of events that the row uses: the run date, or the last day before the holdout (28 days by default)',
                    user_id              STRING NOT NULL COMMENT 'Identifier of the user',
                    role                 STRING NOT NULL COMMENT 'consumer, employee, guide or external',
                    life_stage           STRING COMMENT 'Life stage as the brand records it',
                    gender               STRING COMMENT 'Gender as stated by the user',
                    age                  INT COMMENT 'Age in years, from the year of birth',
                    province             STRING COMMENT 'Province or other first-level region',
                    user_tags            ARRAY<STRING> COMMENT 'Labels that the brand gave to the user',
                    tenure_days          INT NOT NULL COMMENT 'Days since registration or the first event of the last 365 days, whichever is earlier',
                    history_days         INT NOT NULL COMMENT 'Days up to as_of that the records cover, at most 365: columns of longer windows hold only these days',
                    actions_365d         BIGINT NOT NULL COMMENT 'Events of any type except refunds, in 365 days',
                    product_actions_365d BIGINT NOT NULL COMMENT 'Purchases and signs of interest in products (views, clicks, favorites, carts, opened shares)',
                    active_days_365d     BIGINT NOT NULL COMMENT 'Days with an event',
                    recency_days         INT COMMENT 'Days since the last purchase; null without one in 365 days',
                    inactive_days        INT COMMENT 'Days since the last event of any type; null without one in 365 days',
                    orders_30d           BIGINT NOT NULL COMMENT 'Orders in the 30 days up to as_of',
                    orders_90d           BIGINT NOT NULL COMMENT 'Orders in the 90 days up to as_of',
                    orders_365d          BIGINT NOT NULL COMMENT 'Orders in the 365 days up to as_of',
                    purchase_lines_365d  BIGINT NOT NULL COMMENT 'Purchase events',
                    order_days_365d      BIGINT NOT NULL COMMENT 'Days with an order',
                    order_fraction       DOUBLE NOT NULL COMMENT 'Orders of the user over the orders of all users, in 365 days, 0..1',
                    net_spend_30d        DECIMAL(18,2) NOT NULL COMMENT 'Money paid less money refunded, in the 30 days up to as_of',
                    net_spend_90d        DECIMAL(18,2) NOT NULL COMMENT 'Money paid less money refunded, in the 90 days up to as_of',
                    net_spend_365d       DECIMAL(18,2) NOT NULL COMMENT 'Money paid less money refunded, in the 365 days up to as_of',
                    average_order_365d   DOUBLE COMMENT 'Net spend per order; null without orders',
                    price_level          DOUBLE COMMENT 'Geometric mean over purchases of 365 days of unit price / median price of the category: above 1 means more expensive than usual; null without purchases',
                    discount_rate        DOUBLE COMMENT 'Fraction of the list price saved over 365 days, 0..1; null when no list price is known',
                    refund_rate          DOUBLE COMMENT 'Fraction of money paid that was refunded over 365 days, 0..1; null without purchases',
                    morning_fraction     DOUBLE COMMENT 'Fraction of actions from 5 to 11 o''clock over 365 days, 0..1, shrunk towards the population''s fraction with a weight of 10 actions by default',
                    daytime_fraction     DOUBLE COMMENT 'The same from 11 to 17 o''clock',
                    evening_fraction     DOUBLE COMMENT 'The same from 17 to 22 o''clock',
                    night_fraction       DOUBLE COMMENT 'The same from 22 to 5 o''clock',
                    weekend_fraction     DOUBLE COMMENT 'The same on Saturday and Sunday',
                    shares_90d           BIGINT NOT NULL COMMENT 'Shares and posts made by the user',
                    shares_365d          BIGINT NOT NULL COMMENT 'Shares and posts made by the user, in 365 days',
                    opens_caused_90d     BIGINT NOT NULL COMMENT 'Times that others opened a share of this user',
                    inquiries_90d        BIGINT NOT NULL COMMENT 'Inquiries made by the user',
                    attends_365d         BIGINT NOT NULL COMMENT 'Offline experiences attended',
                    is_newcomer          BOOLEAN NOT NULL COMMENT 'Whether the user has too little activity for a portrait: fewer than 5 product actions by default',
                    is_likely_automated  BOOLEAN NOT NULL COMMENT 'Whether the account looks automated: by default at least 500 shares and posts in 365 days, and more than 20 per other action',
                    is_likely_joint_account BOOLEAN NOT NULL COMMENT 'Whether several people seem to use the account, such as that of a shop counter: by default at least 30 orders in 365 days, ln(orders) at least 4 robust standard deviations (1.4826 x the median absolute deviation, at least .5) above the median buyer, and either 2 orders per day with orders or 5% of all orders. Such an account has no portrait and is not ranked as a KOC'""");

    public static final Table USER_CATEGORIES = Table.named("user_categories")
            .describedAs(
                    "One row per run date, as-of date, user and category: how much of the user's attention goes to the category.")
            .writtenBy("features")
            .keyedBy("day", "as_of", "user_id", "category")
            .partitionedBy("day", "as_of")
            .fractions("attention_fraction")
            .columns("""
                    day                DATE NOT NULL COMMENT 'Run date',
                    as_of              DATE NOT NULL COMMENT 'Last day of events that the row uses',
                    user_id            STRING NOT NULL COMMENT 'Identifier of the user',
                    category           STRING NOT NULL COMMENT 'Category, cut to 2 levels by default',
                    weight             DOUBLE NOT NULL COMMENT 'Attention over 365 days: purchases not refunded, plus .2 (default) per sign of interest',
                    attention_fraction DOUBLE NOT NULL COMMENT 'Weight over the sum of the user''s weights, 0..1'""");

    public static final Table USER_TAGS = Table.named("user_tags")
            .describedAs("One row per user and tag: a property of the user, its strength, and its evidence.")
            .writtenBy("features")
            .keyedBy("day", "user_id", "tag")
            .partitionedBy("day")
            .published()
            .fractions("weight")
            .columns("""
                    day      DATE NOT NULL COMMENT 'Run date',
                    user_id  STRING NOT NULL COMMENT 'Identifier of the user',
                    tag      STRING NOT NULL COMMENT 'The tag as subject:value, for example category:beauty or value:high',
                    kind     STRING NOT NULL COMMENT 'How the tag is derived: rule or statistic',
                    weight   DOUBLE NOT NULL COMMENT 'Strength, 0..1',
                    measure  DOUBLE COMMENT 'The number behind the tag; the column evidence says of what: an amount of money (net spend), a multiple of the usual price, a fraction 0..1, or a count; null for what the brand recorded',
                    days     INT COMMENT 'Length of the window in which it was counted, in days; null when the column evidence names none',
                    evidence STRING NOT NULL COMMENT 'The same in words'""");
}
