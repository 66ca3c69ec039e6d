package koc.tables;

import koc.warehouse.Table;

/** What the fit job writes: how well each product suits each portrait, and whether it may be recommended at all. */
public final class FitTables {
    private FitTables() {}

    private static final String FIT_COLUMNS = """
            buyers            BIGINT NOT NULL COMMENT 'Distinct users of the portrait who bought it in the window after the portraits were drawn, refunded purchases not counted',
            buyers_if_average DOUBLE NOT NULL COMMENT 'Buyers expected if the portrait bought like everybody of the same activity',
            lift              DOUBLE NOT NULL COMMENT 'buyers over buyers_if_average, shrunk towards what is known of its like; 1 = as everybody',
            lift_low          DOUBLE NOT NULL COMMENT 'Lower bound: the true lift is above it with 95% probability',
            lift_high         DOUBLE NOT NULL COMMENT 'Upper bound: the true lift is below it with 95% probability',
            """;

    public static final Table CATEGORY_PORTRAIT_FIT = Table.named("category_portrait_fit")
            .describedAs(
                    "One row per category and portrait: how much more or less than average the portrait buys the category.")
            .writtenBy("fit")
            .keyedBy("day", "category", "portrait_id")
            .partitionedBy("day")
            .published()
            .shares("buy_rate", "fit")
            .check("lift_low <= lift AND lift <= lift_high")
            .columns("day DATE NOT NULL COMMENT 'Run date', "
                    + "category STRING NOT NULL COMMENT 'Category, cut to koc.features.category-depth levels', "
                    + "portrait_id STRING NOT NULL COMMENT 'Portrait', "
                    + FIT_COLUMNS
                    + "buy_rate DOUBLE NOT NULL COMMENT 'Share of the portrait''s users who ever bought it, shrunk, 0..1', "
                    + "fit DOUBLE NOT NULL COMMENT 'lift_low / (1 + lift_low), 0..1; above .5 is surely better than average', "
                    + "reason STRING NOT NULL COMMENT 'The same in words'");

    public static final Table PRODUCT_PORTRAIT_FIT = Table.named("product_portrait_fit")
            .describedAs(
                    "One row per product and portrait: how much more or less than average the portrait buys the product.")
            .writtenBy("fit")
            .keyedBy("day", "product_id", "portrait_id")
            .partitionedBy("day")
            .published()
            .shares("buy_rate", "fit")
            .check("lift_low <= lift AND lift <= lift_high")
            .columns("day DATE NOT NULL COMMENT 'Run date', "
                    + "product_id STRING NOT NULL COMMENT 'Product', "
                    + "portrait_id STRING NOT NULL COMMENT 'Portrait', "
                    + FIT_COLUMNS
                    + "history_buyers BIGINT NOT NULL COMMENT 'Distinct users of the portrait who ever bought it and kept it', "
                    + "users BIGINT NOT NULL COMMENT 'Users of the portrait', "
                    + "buy_rate DOUBLE NOT NULL COMMENT 'Share of the portrait''s users who buy it, from all history, shrunk towards what its category makes probable: (history_buyers + k x everybody''s share x the category''s relative rate in the portrait) / (users + k), 0..1', "
                    + "fit DOUBLE NOT NULL COMMENT 'lift_low / (1 + lift_low), 0..1; above .5 is surely better than average', "
                    + "basis STRING NOT NULL COMMENT 'What the lift leans on beyond the product itself: category and brand, category, or everything', "
                    + "reason STRING NOT NULL COMMENT 'The same in words'");

    public static final Table PRODUCT_PROFILE = Table.named("product_profile")
            .describedAs(
                    "One row per product: for how many kinds of users it is, whether it may be recommended, and how far it can be trusted.")
            .writtenBy("fit")
            .keyedBy("day", "product_id")
            .partitionedBy("day")
            .published()
            .shares(
                    "generality",
                    "generality_low",
                    "trust",
                    "trust_value",
                    "trust_brand",
                    "trust_reviews",
                    "daily_buy_rate")
            .columns("""
                    day             DATE NOT NULL COMMENT 'Run date',
                    product_id      STRING NOT NULL COMMENT 'Product',
                    title           STRING COMMENT 'Name of the product',
                    category        STRING COMMENT 'Path, from general to special',
                    brand           STRING COMMENT 'Brand',
                    launched_on     DATE COMMENT 'First day of sale; null when unknown',
                    price           DECIMAL(18,4) COMMENT 'List price per unit, or the usual price paid when there is none; null when unknown',
                    unit_margin     DECIMAL(18,4) COMMENT 'Price less cost per unit; null when the cost is unknown',
                    is_consumable   BOOLEAN NOT NULL COMMENT 'Whether buyers need it again (use_cycle_days is known, or learned from repeat purchases)',
                    use_cycle_days  INT COMMENT 'Days after which a buyer needs it again; null for a durable or when unknown',
                    is_in_stock     BOOLEAN NOT NULL COMMENT 'False only when stock is known to be 0',
                    buyers          BIGINT NOT NULL COMMENT 'Distinct users who ever bought and kept it',
                    daily_buy_rate  DOUBLE NOT NULL COMMENT 'New buyers a day over all users, from the window in which fit is measured, shrunk towards the rate over all history, 0..1',
                    generality      DOUBLE NOT NULL COMMENT 'How evenly portraits buy it: entropy of shrunk rates over ln(portraits), 0..1; 1 = everybody alike',
                    generality_low  DOUBLE NOT NULL COMMENT 'Lower bound of generality, low when there are few buyers to tell from',
                    generality_basis STRING NOT NULL COMMENT 'product, or category when the product has too few buyers',
                    quality_gate    STRING NOT NULL COMMENT 'pass, or why it is not recommended; evidence that is missing passes as not assessed',
                    trust           DOUBLE NOT NULL COMMENT 'Mean of the trust evidence there is, 0..1; .5 when there is none',
                    trust_value     DOUBLE COMMENT 'From repeat buyers and refunds, shrunk, 0..1; null when not assessed',
                    trust_brand     DOUBLE COMMENT 'From brand tier and complaints, 0..1; null when not assessed',
                    trust_reviews   DOUBLE COMMENT 'From review stars, shrunk, 0..1; null when not assessed',
                    repeat_buyers   BIGINT NOT NULL COMMENT 'Buyers who bought it on more than one day',
                    refunded_lines  BIGINT NOT NULL COMMENT 'Purchases given back, in whole or part',
                    purchase_lines  BIGINT NOT NULL COMMENT 'Purchases',
                    complaints      BIGINT NOT NULL COMMENT 'Complaints about it',
                    reviews         BIGINT NOT NULL COMMENT 'Reviews of it',
                    bad_reviews     BIGINT NOT NULL COMMENT 'Of these, with one or two stars',
                    mean_rating     DOUBLE COMMENT 'Mean stars; null without reviews',
                    trust_reason    STRING NOT NULL COMMENT 'The evidence in words with its counts'""");

    public static final Table FIT_PRIORS = Table.named("fit_priors")
            .describedAs("One row per level of the catalogue: the prior of the lifts, fitted by marginal likelihood.")
            .writtenBy("fit")
            .keyedBy("day", "level")
            .partitionedBy("day")
            .columns("""
                    day            DATE NOT NULL COMMENT 'Run date',
                    level          STRING NOT NULL COMMENT 'category, category_brand or product',
                    concentration  DOUBLE NOT NULL COMMENT 'How alike things of a level are, in expected buyers: with this many the lift leans half on the level above, and more when that is itself little known',
                    sample_rows    BIGINT NOT NULL COMMENT 'Pairs of item and portrait that the prior was fitted on, at most 20,000 by default',
                    log_likelihood DOUBLE NOT NULL COMMENT 'Marginal log-likelihood reached',
                    window_from    DATE NOT NULL COMMENT 'First day of the window of buyers',
                    window_to      DATE NOT NULL COMMENT 'Last day of the window of buyers'""");
}
