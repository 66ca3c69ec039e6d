package koc.tables;

import koc.warehouse.Table;

/** What the features job writes: daily sums, and what they say of every user as of a day. */
public final class FeatureTables {
    private FeatureTables() {}

    public static final Table USER_DAYS = Table.named("user_days")
            .describedAs(
                    "One row per arrival, day and user: what the user did that day; refunds stand on the day of the purchase they take back.")
            .writtenBy("features")
            .keyedBy("arrived", "day", "user_id")
            .partitionedBy("arrived")
            .columns("""
                    arrived        DATE NOT NULL COMMENT 'Arrival the sums are taken from',
                    day            DATE NOT NULL COMMENT 'Day of the events',
                    user_id        STRING NOT NULL COMMENT 'Who acted',
                    actions        BIGINT NOT NULL COMMENT 'Events of any type, refunds not counted',
                    product_actions BIGINT NOT NULL COMMENT 'Of these, purchases and interest (views, clicks, favorites, carts, opened shares) in a product',
                    orders         BIGINT NOT NULL COMMENT 'Distinct orders with a purchase',
                    purchase_lines BIGINT NOT NULL COMMENT 'Purchase events',
                    refunded_lines BIGINT NOT NULL COMMENT 'Parts of refunds that take back a purchase of this day',
                    gross_spend    DECIMAL(18,2) NOT NULL COMMENT 'Money paid',
                    refunded       DECIMAL(18,2) NOT NULL COMMENT 'Money given back',
                    discount       DECIMAL(18,2) NOT NULL COMMENT 'List price less price paid over the purchases whose product has a list price; never below 0 per line',
                    list_spend     DECIMAL(18,2) NOT NULL COMMENT 'List price over the same purchases',
                    shares         BIGINT NOT NULL COMMENT 'Shares and posts made',
                    opens_caused   BIGINT NOT NULL COMMENT 'share_open events of others that this user caused',
                    inquiries      BIGINT NOT NULL COMMENT 'Inquiries made',
                    reviews        BIGINT NOT NULL COMMENT 'Reviews written',
                    rating_sum     BIGINT NOT NULL COMMENT 'Sum of their stars',
                    complaints     BIGINT NOT NULL COMMENT 'Complaints made',
                    attends        BIGINT NOT NULL COMMENT 'Offline experiences attended',
                    morning        BIGINT NOT NULL COMMENT 'Actions from 5 to 11 o''clock, in koc.zone',
                    daytime        BIGINT NOT NULL COMMENT 'Actions from 11 to 17 o''clock',
                    evening        BIGINT NOT NULL COMMENT 'Actions from 17 to 22 o''clock',
                    night          BIGINT NOT NULL COMMENT 'Actions from 22 to 5 o''clock',
                    weekend        BIGINT NOT NULL COMMENT 'Actions on Saturday or Sunday'""");

    public static final Table USER_PRODUCT_DAYS = Table.named("user_product_days")
            .describedAs("One row per arrival, day, user and product: what the user did with the product that day.")
            .writtenBy("features")
            .keyedBy("arrived", "day", "user_id", "product_id")
            .partitionedBy("arrived")
            .columns("""
                    arrived        DATE NOT NULL COMMENT 'Arrival the sums are taken from',
                    day            DATE NOT NULL COMMENT 'Day of the events; refunds stand on the day of the purchase they take back',
                    user_id        STRING NOT NULL COMMENT 'Who acted',
                    product_id     STRING NOT NULL COMMENT 'Product concerned',
                    carts          BIGINT NOT NULL COMMENT 'Times the user put it into the cart',
                    favorites      BIGINT NOT NULL COMMENT 'Times the user marked it',
                    inquiries      BIGINT NOT NULL COMMENT 'Inquiries about it',
                    opens          BIGINT NOT NULL COMMENT 'Shares of it that the user opened',
                    clicks         BIGINT NOT NULL COMMENT 'Clicks',
                    views          BIGINT NOT NULL COMMENT 'Views',
                    interest       BIGINT NOT NULL COMMENT 'Carts, favorites, opens, clicks and views together',
                    purchase_lines BIGINT NOT NULL COMMENT 'Purchase events',
                    units          BIGINT NOT NULL COMMENT 'Units bought',
                    refunded_lines BIGINT NOT NULL COMMENT 'Parts of refunds that take back a purchase of this day',
                    refunded_units BIGINT NOT NULL COMMENT 'Units given back',
                    gross_spend    DECIMAL(18,2) NOT NULL COMMENT 'Money paid',
                    refunded       DECIMAL(18,2) NOT NULL COMMENT 'Money given back',
                    shares         BIGINT NOT NULL COMMENT 'Shares and posts of the product',
                    reviews        BIGINT NOT NULL COMMENT 'Reviews of the product',
                    rating_sum     BIGINT NOT NULL COMMENT 'Sum of their stars',
                    bad_reviews    BIGINT NOT NULL COMMENT 'Reviews of one or two stars',
                    complaints     BIGINT NOT NULL COMMENT 'Complaints about the product'""");

    public static final Table USER_CATEGORY_DAYS = Table.named("user_category_days")
            .describedAs("One row per arrival, day, user and category: what the user did in the category that day.")
            .writtenBy("features")
            .keyedBy("arrived", "day", "user_id", "category")
            .partitionedBy("arrived")
            .columns("""
                    arrived        DATE NOT NULL COMMENT 'Arrival the sums are taken from',
                    day            DATE NOT NULL COMMENT 'Day of the events; refunds stand on the day of the purchase they take back',
                    user_id        STRING NOT NULL COMMENT 'Who acted',
                    category       STRING NOT NULL COMMENT 'Category, cut to koc.features.category-depth levels; "(none)" when the product has none',
                    interest       BIGINT NOT NULL COMMENT 'Views, clicks, favorites, carts and opened shares',
                    purchase_lines BIGINT NOT NULL COMMENT 'Purchase events',
                    refunded_lines BIGINT NOT NULL COMMENT 'Parts of refunds that take back a purchase of this day',
                    net_spend      DECIMAL(18,2) NOT NULL COMMENT 'Money paid less money given back'""");

    public static final Table USER_FEATURES = Table.named("user_features")
            .describedAs(
                    "One row per run date, as-of date and user: who the user is, from events up to the as-of date only.")
            .writtenBy("features")
            .keyedBy("day", "as_of", "user_id")
            .partitionedBy("day", "as_of")
            .shares(
                    "discount_rate",
                    "refund_rate",
                    "morning_fraction",
                    "daytime_fraction",
                    "evening_fraction",
                    "night_fraction",
                    "weekend_fraction")
            .columns("""
                    day               DATE NOT NULL COMMENT 'Run date',
                    as_of             DATE NOT NULL COMMENT 'Last day of events the row knows: the run date, or the last day before the window on which fit is measured',
                    user_id           STRING NOT NULL COMMENT 'Identifier of the user',
                    role              STRING NOT NULL COMMENT 'consumer, employee, guide or external',
                    life_stage        STRING COMMENT 'Stage of life as the brand records it',
                    gender            STRING COMMENT 'Gender as stated by the user',
                    age               INT COMMENT 'Years, from the year of birth',
                    province          STRING COMMENT 'Province or other first-level region',
                    user_tags         ARRAY<STRING> COMMENT 'Labels the brand gave the user',
                    tenure_days       INT NOT NULL COMMENT 'Days since registration or the first event of the last 365 days, whichever is earlier',
                    actions_365d      BIGINT NOT NULL COMMENT 'Events of any type',
                    product_actions_365d BIGINT NOT NULL COMMENT 'Purchases and interest in products',
                    active_days_365d  BIGINT NOT NULL COMMENT 'Days with an event',
                    recency_days      INT COMMENT 'Days since the last purchase; null without one in 365 days',
                    inactive_days     INT COMMENT 'Days since the last event of any type; null without one in 365 days',
                    orders_30d        BIGINT NOT NULL COMMENT 'Orders',
                    orders_90d        BIGINT NOT NULL COMMENT 'Orders',
                    orders_365d       BIGINT NOT NULL COMMENT 'Orders',
                    purchase_lines_365d BIGINT NOT NULL COMMENT 'Purchase events',
                    net_spend_30d     DECIMAL(18,2) NOT NULL COMMENT 'Money paid less money given back',
                    net_spend_90d     DECIMAL(18,2) NOT NULL COMMENT 'Money paid less money given back',
                    net_spend_365d    DECIMAL(18,2) NOT NULL COMMENT 'Money paid less money given back',
                    average_order_365d DOUBLE COMMENT 'Net spend per order; null without orders',
                    price_level       DOUBLE COMMENT 'Geometric mean of unit price over the median of its category, 1 = as usual; null without purchases of 365 days',
                    discount_rate    DOUBLE COMMENT 'Share of the list price saved over 365 days; null when unknown',
                    refund_rate      DOUBLE COMMENT 'Share of money given back over 365 days; null without purchases',
                    morning_fraction     DOUBLE COMMENT 'Share of actions from 5 to 11 o''clock over 365 days, shrunk to everybody''s share for light users',
                    daytime_fraction     DOUBLE COMMENT 'The same from 11 to 17 o''clock',
                    evening_fraction     DOUBLE COMMENT 'The same from 17 to 22 o''clock',
                    night_fraction       DOUBLE COMMENT 'The same from 22 to 5 o''clock',
                    weekend_fraction     DOUBLE COMMENT 'The same on Saturday and Sunday',
                    shares_90d        BIGINT NOT NULL COMMENT 'Shares and posts made',
                    opens_caused_90d  BIGINT NOT NULL COMMENT 'Opened shares of others that this user caused',
                    inquiries_90d     BIGINT NOT NULL COMMENT 'Inquiries made',
                    attends_365d      BIGINT NOT NULL COMMENT 'Offline experiences attended',
                    is_newcomer       BOOLEAN NOT NULL COMMENT 'Whether there is too little activity to tell the portrait (koc.features.newcomer-actions)',
                    is_likely_automated BOOLEAN NOT NULL COMMENT 'Whether likely-automated (shares, posts) dwarfs in-flow (everything else): a sign of an automatic account'""");

    public static final Table USER_CATEGORIES = Table.named("user_categories")
            .describedAs(
                    "One row per run date, as-of date, user and category: how much of the user's attention the category has.")
            .writtenBy("features")
            .keyedBy("day", "as_of", "user_id", "category")
            .partitionedBy("day", "as_of")
            .shares("share")
            .columns("""
                    day      DATE NOT NULL COMMENT 'Run date',
                    as_of    DATE NOT NULL COMMENT 'Last day of events the row knows',
                    user_id  STRING NOT NULL COMMENT 'Identifier of the user',
                    category STRING NOT NULL COMMENT 'Category, cut to koc.features.category-depth levels',
                    weight   DOUBLE NOT NULL COMMENT 'Purchases less refunds, plus interest at koc.features.interest-weight, over 365 days',
                    share    DOUBLE NOT NULL COMMENT 'Weight over the user''s weight in all categories'""");

    public static final Table USER_TAGS = Table.named("user_tags")
            .describedAs("One row per user and tag: what can be said of the user, how strongly, and on which evidence.")
            .writtenBy("features")
            .keyedBy("day", "user_id", "tag")
            .partitionedBy("day")
            .published()
            .shares("weight")
            .columns("""
                    day      DATE NOT NULL COMMENT 'Run date',
                    user_id  STRING NOT NULL COMMENT 'Identifier of the user',
                    tag      STRING NOT NULL COMMENT 'The tag, as kind:value, for example category:beauty or value:high',
                    kind     STRING NOT NULL COMMENT 'rule, statistic or model',
                    weight   DOUBLE NOT NULL COMMENT 'Strength, 0..1',
                    evidence STRING NOT NULL COMMENT 'The numbers it came from, in words'""");
}
