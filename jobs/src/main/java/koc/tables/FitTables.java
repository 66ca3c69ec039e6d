package koc.tables;

import koc.warehouse.Table;

/** Tables that the fit job writes: how well each product suits each portrait, and the profile of each product. */
public final class FitTables {
    private FitTables() {}

    public static final Table CATEGORY_PORTRAIT_FIT = Table.named("category_portrait_fit")
            .describedAs(
                    "One row per category and portrait: how much more or less than average the portrait buys the category.")
            .writtenBy("fit")
            .keyedBy("day", "category", "portrait_id")
            .partitionedBy("day")
            .published()
            .fractions("buy_rate", "fit")
            .check("lift_low <= lift AND lift <= lift_high")
            .publishedDecimals("buy_rate", 6)
            .columns("""
                    day               DATE NOT NULL COMMENT 'Run date',
                    category          STRING NOT NULL COMMENT 'Category path, by default its first 2 levels; for products without one, the name of their group in product_groups',
                    portrait_id       STRING NOT NULL COMMENT 'Portrait',
                    buyers            BIGINT NOT NULL COMMENT 'Distinct users of the portrait who bought and kept it in the holdout window, by default the last 28 days',
                    buyers_if_average DOUBLE NOT NULL COMMENT 'Buyers that the portrait would have if it bought the category as much as it buys others: buyers of the category x (buyers of all categories in the portrait / buyers of all categories)',
                    lift              DOUBLE NOT NULL COMMENT 'buyers / buyers_if_average, shrunk towards 1 (fit_priors); 1 = the portrait buys it as much as it buys other categories',
                    lift_low          DOUBLE NOT NULL COMMENT 'Lower bound: the lift is above it with 95% probability; at most 1 without a buyer in the portrait',
                    lift_high         DOUBLE NOT NULL COMMENT 'Upper bound: the lift is below it with 95% probability',
                    buy_rate          DOUBLE NOT NULL COMMENT 'Fraction of the portrait''s users who ever bought it, shrunk: (buyers of all history + k x m) / (users + k), 0..1. m is the fraction of all users who ever bought it; k is 20 by default',
                    fit               DOUBLE NOT NULL COMMENT 'lift_low / (1 + lift_low), 0..1; above .5 the portrait buys more than average with 95% probability',
                    reason            STRING NOT NULL COMMENT 'Buyers against average, what is certain, and what to do, in words'""");

    public static final Table PRODUCT_PORTRAIT_FIT = Table.named("product_portrait_fit")
            .describedAs(
                    "One row per product and portrait: how much more or less than average the portrait buys the product.")
            .writtenBy("fit")
            .keyedBy("day", "product_id", "portrait_id")
            .partitionedBy("day")
            .published()
            .fractions("buy_rate", "fit")
            .check("lift_low <= lift AND lift <= lift_high")
            .publishedDecimals("buy_rate", 6)
            .columns("""
                    day               DATE NOT NULL COMMENT 'Run date',
                    product_id        STRING NOT NULL COMMENT 'Product',
                    portrait_id       STRING NOT NULL COMMENT 'Portrait',
                    buyers            BIGINT NOT NULL COMMENT 'Distinct users of the portrait who bought and kept it in the holdout window, by default the last 28 days',
                    buyers_if_average DOUBLE NOT NULL COMMENT 'Buyers that the portrait would have if it bought the product as much as it buys others: buyers of the product x (buyers of all products in the portrait / buyers of all products)',
                    lift              DOUBLE NOT NULL COMMENT 'buyers / buyers_if_average, shrunk towards the lift of the brand or category (see basis and fit_priors); 1 = the portrait buys it as much as it buys other products',
                    lift_low          DOUBLE NOT NULL COMMENT 'Lower bound: the lift is above it with 95% probability; at most 1 without a buyer in the portrait',
                    lift_high         DOUBLE NOT NULL COMMENT 'Upper bound: the lift is below it with 95% probability',
                    history_buyers    BIGINT NOT NULL COMMENT 'Distinct users of the portrait who ever bought it and kept it',
                    users             BIGINT NOT NULL COMMENT 'Users of the portrait',
                    buy_rate          DOUBLE NOT NULL COMMENT 'Fraction of the portrait''s users who ever bought it, shrunk: (history_buyers + k x m) / (users + k), 0..1. m = (fraction of all users who ever bought it) x (the portrait''s buy rate of the category) / (all users'' buy rate of the category); k is 20 by default',
                    fit               DOUBLE NOT NULL COMMENT 'lift_low / (1 + lift_low), 0..1; above .5 the portrait buys more than average with 95% probability',
                    basis             STRING NOT NULL COMMENT 'What the lift is shrunk towards: category and brand, category (or the group of products without one), or everything (a lift of 1)',
                    reason            STRING NOT NULL COMMENT 'Buyers against average, what is certain, and what to do, in words'""");

    public static final Table PRODUCT_PROFILE = Table.named("product_profile")
            .describedAs("One row per product: price, stock, use cycle, generality, quality gate and trust.")
            .writtenBy("fit")
            .keyedBy("day", "product_id")
            .partitionedBy("day")
            .published()
            .fractions(
                    "generality",
                    "generality_low",
                    "trust",
                    "trust_purchases",
                    "trust_brand",
                    "trust_reviews",
                    "daily_buy_rate")
            .publishedDecimals("daily_buy_rate", 8)
            .columns("""
                    day              DATE NOT NULL COMMENT 'Run date',
                    product_id       STRING NOT NULL COMMENT 'Product',
                    title            STRING COMMENT 'Name of the product',
                    category         STRING COMMENT 'Category path from general to specific',
                    brand            STRING COMMENT 'Brand',
                    launched_on      DATE COMMENT 'First day of sale; null when unknown',
                    price            DECIMAL(18,4) COMMENT 'List price per unit, or the mean price paid when there is none; null when unknown',
                    unit_margin      DECIMAL(18,4) COMMENT 'price - cost per unit; null when the cost is unknown',
                    is_consumable    BOOLEAN NOT NULL COMMENT 'Whether buyers use it up and buy it again: use_cycle_days has a value',
                    use_cycle_days   INT COMMENT 'Days after which it is used up: as in products; else the median gap between purchases, if at least 20 buyers and 15% of all buyers bought it again (defaults); null for a durable or when unknown',
                    is_in_stock      BOOLEAN NOT NULL COMMENT 'False only when the recorded stock is 0',
                    buyers           BIGINT NOT NULL COMMENT 'Distinct users who ever bought and kept it',
                    daily_buy_rate   DOUBLE NOT NULL COMMENT 'First purchases per day and user in the holdout window, shrunk towards the rate over all history, 0..1',
                    generality       DOUBLE NOT NULL COMMENT 'How evenly the portraits buy it, 0..1: entropy of their buy rates / ln(number of portraits); 1 = all alike',
                    generality_low   DOUBLE NOT NULL COMMENT 'Lower bound: generality is above it with 95% probability',
                    generality_basis STRING NOT NULL COMMENT 'Where generality comes from: product, or category when the product has too few buyers, by default fewer than 10',
                    quality_gate     STRING NOT NULL COMMENT 'pass, or in one sentence why it is not recommended. Missing evidence does not fail a product',
                    trust            DOUBLE NOT NULL COMMENT 'Estimated quality, 0..1: 0 = one star, 1 = five stars. Mean of four estimates, weighted with their precisions: the average of all products (the prior), and what purchases, the brand and reviews say of this one (trust_purchases, trust_brand, trust_reviews). More evidence gives more weight',
                    trust_purchases  DOUBLE COMMENT 'The same from refunds, complaints and, for consumables, repeat buyers alone; null without purchases, or when no product has any of them',
                    trust_brand      DOUBLE COMMENT 'The same from the tier of the brand alone, the median of its products; null without a tier',
                    brand_tier       INT COMMENT 'Tier of the brand, 1 (best) to 5: the median of its products; null when unknown',
                    trust_reviews    DOUBLE COMMENT 'The same from the stars of its reviews alone; null without reviews',
                    repeat_buyers    BIGINT NOT NULL COMMENT 'Buyers who kept purchases of more than one day',
                    refunded_lines   BIGINT NOT NULL COMMENT 'Purchases refunded, in whole or in part',
                    purchase_lines   BIGINT NOT NULL COMMENT 'Purchases',
                    complaints       BIGINT NOT NULL COMMENT 'Complaints about it',
                    reviews          BIGINT NOT NULL COMMENT 'Reviews of it',
                    bad_reviews      BIGINT NOT NULL COMMENT 'Reviews with one or two stars',
                    mean_rating      DOUBLE COMMENT 'Mean stars; null without reviews',
                    trust_reason     STRING NOT NULL COMMENT 'The evidence behind trust in one sentence'""");

    public static final Table FIT_PRIORS = Table.named("fit_priors")
            .describedAs(
                    "One row per level of the catalogue: the prior of the lifts, fitted by maximum marginal likelihood.")
            .writtenBy("fit")
            .keyedBy("day", "level")
            .partitionedBy("day")
            .columns("""
                    day            DATE NOT NULL COMMENT 'Run date',
                    level          STRING NOT NULL COMMENT 'category, category_brand or product',
                    concentration  DOUBLE NOT NULL COMMENT 'Weight of the prior, in buyers: an item with this many buyers has lifts halfway between its own and those of its parent',
                    sample_rows    BIGINT NOT NULL COMMENT 'Pairs of item and portrait that the prior was fitted on, at most 20,000 by default',
                    log_likelihood DOUBLE NOT NULL COMMENT 'Marginal log-likelihood of the fitted prior',
                    history_from   DATE NOT NULL COMMENT 'First day of history: the prior is fitted on all purchases of history',
                    history_to     DATE NOT NULL COMMENT 'Last day of these purchases'""");
}
