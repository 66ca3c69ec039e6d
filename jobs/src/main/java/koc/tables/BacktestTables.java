package koc.tables;

import koc.warehouse.Table;

/** What a backtest writes: how well recommendations of past days did, compared with those of simple recommenders. */
public final class BacktestTables {
    private BacktestTables() {}

    public static final Table BACKTEST_KOCS = Table.named("backtest_kocs")
            .describedAs(
                    "One row per cutoff, recommender and KOC: the list of the cutoff, compared with what the KOC's pool bought after it.")
            .writtenBy("evaluate")
            .keyedBy("day", "cutoff", "recommender", "koc_id")
            .partitionedBy("day")
            .fractions("ndcg_first_purchases", "ndcg_all_buyers", "buyers_captured")
            .columns("""
                    day                  DATE NOT NULL COMMENT 'Last day in which buyers are counted: the latest cutoff plus the horizon, by default 28 days',
                    cutoff               DATE NOT NULL COMMENT 'Last day that the recommenders knew',
                    recommender          STRING NOT NULL COMMENT 'published (koc_recommendations), or a recommender of baseline_recommendations',
                    koc_id               STRING NOT NULL COMMENT 'User id of the KOC',
                    target_event         STRING NOT NULL COMMENT 'Type of event that counts as buying, the same as in the recommendations of the cutoff',
                    pool_size            BIGINT NOT NULL COMMENT 'Members of the pool on the cutoff',
                    portrait             STRING NOT NULL COMMENT 'Portrait with the most members in the pool; (none) when no member has a portrait',
                    level                STRING NOT NULL COMMENT 'Level of the KOC on the cutoff; (none) when the KOC is not ranked',
                    pool_band            STRING NOT NULL COMMENT 'Band of pool_size, by default 1-19, 20-49, 50-99 or 100+',
                    first_purchases      BIGINT NOT NULL COMMENT 'Pairs of member and product whose first purchase lies after the cutoff, refunded or not. Products that nobody had bought by the cutoff do not count',
                    listed               BIGINT NOT NULL COMMENT 'Products on the list, by default at most 20',
                    ndcg_first_purchases DOUBLE COMMENT 'NDCG by first_purchases, 0..1: the gain of the list over the gain of the best list, where a product gains its buyers / log2(rank + 1). 0 without a list; null without first purchases',
                    ndcg_all_buyers      DOUBLE COMMENT 'NDCG by observed buyers, 0..1: repurchases that were due and new products count too. 0 without a list; null when the pool has no observed buyer of any product',
                    buyers_captured      DOUBLE COMMENT 'Fraction of first_purchases whose product is on the list, 0..1; null without first purchases',
                    is_hit               BOOLEAN COMMENT 'Whether a product on the list is bought for the first time; null without first purchases',
                    expected_buyers      DOUBLE COMMENT 'Sum of the expected buyers of the products on the list; null when the recommender makes no forecast',
                    observed_buyers      BIGINT NOT NULL COMMENT 'Observed buyers of the products on the list, which expected_buyers forecasts: members who bought the product after the cutoff and kept it, and who on the cutoff did not own it or were due to repurchase it (by default after 0.8 of its use cycle)'""");

    public static final Table BACKTEST_RESULTS = Table.named("backtest_results")
            .describedAs(
                    "One row per slice of KOCs and recommender: means over all cutoffs, with 95% intervals from bootstrap samples of the KOCs.")
            .writtenBy("evaluate")
            .keyedBy("day", "slice_kind", "slice", "recommender")
            .partitionedBy("day")
            .fractions("ndcg_first_purchases", "ndcg_all_buyers", "buyers_captured", "hit_rate")
            .columns("""
                    day                       DATE NOT NULL COMMENT 'Last day in which buyers are counted: the latest cutoff plus the horizon, by default 28 days',
                    slice_kind                STRING NOT NULL COMMENT 'How the KOCs are divided: all (not at all), cutoff, portrait (with the most members in the pool), level or pool_size',
                    slice                     STRING NOT NULL COMMENT 'Value of slice_kind: all, a date, a portrait, a level or a band of sizes',
                    recommender               STRING NOT NULL COMMENT 'published (koc_recommendations), or a recommender of baseline_recommendations',
                    cutoff                    DATE NOT NULL COMMENT 'Latest cutoff',
                    cutoffs                   INT NOT NULL COMMENT 'Number of cutoffs of the backtest',
                    horizon_days              INT NOT NULL COMMENT 'Days after each cutoff in which buyers are counted, 28 by default',
                    list_length               INT NOT NULL COMMENT 'Ranks that are evaluated, 20 by default',
                    target_event              STRING NOT NULL COMMENT 'Type of event that counts as buying; several, separated by commas, when the cutoffs differ',
                    kocs                      BIGINT NOT NULL COMMENT 'KOCs whose pool has an observed buyer of any product; a KOC counts once for all cutoffs',
                    cases                     BIGINT NOT NULL COMMENT 'Pairs of such a KOC and a cutoff: ndcg_all_buyers is a mean over these',
                    cases_with_list           BIGINT NOT NULL COMMENT 'Cases in which the KOC has a list; the others count as 0',
                    ndcg_first_purchases      DOUBLE COMMENT 'Mean of backtest_kocs.ndcg_first_purchases, 0..1, over the cases with first purchases',
                    ndcg_first_purchases_low  DOUBLE COMMENT 'Lower end of its 95% interval',
                    ndcg_first_purchases_high DOUBLE COMMENT 'Upper end of its 95% interval',
                    ndcg_all_buyers           DOUBLE COMMENT 'Mean of backtest_kocs.ndcg_all_buyers, 0..1, over all cases; recommenders are compared by it',
                    ndcg_all_buyers_low       DOUBLE COMMENT 'Lower end of its 95% interval',
                    ndcg_all_buyers_high      DOUBLE COMMENT 'Upper end of its 95% interval',
                    buyers_captured           DOUBLE COMMENT 'Mean of backtest_kocs.buyers_captured, 0..1, over the cases with first purchases',
                    buyers_captured_low       DOUBLE COMMENT 'Lower end of its 95% interval',
                    buyers_captured_high      DOUBLE COMMENT 'Upper end of its 95% interval',
                    hit_rate                  DOUBLE COMMENT 'Fraction of the cases with first purchases in which the list has one of them, 0..1',
                    hit_rate_low              DOUBLE COMMENT 'Lower end of its 95% interval',
                    hit_rate_high             DOUBLE COMMENT 'Upper end of its 95% interval',
                    products                  BIGINT NOT NULL COMMENT 'Different products on the lists of all cases',
                    expected_buyers           DOUBLE COMMENT 'Sum of backtest_kocs.expected_buyers over all lists, those of pools without observed buyers included; null when the recommender makes no forecast',
                    observed_buyers           BIGINT NOT NULL COMMENT 'Sum of backtest_kocs.observed_buyers over the same lists',
                    calibration               DOUBLE COMMENT 'expected_buyers / observed_buyers over the lists with a forecast: 1 is right, 2 is twice too many',
                    calibration_low           DOUBLE COMMENT 'Lower end of its 95% interval',
                    calibration_high          DOUBLE COMMENT 'Upper end of its 95% interval',
                    calibration_error         DOUBLE COMMENT 'Distance of calibration from 1: 0.2 for 0.8 and for 1.2',
                    is_calibrated             BOOLEAN COMMENT 'Whether calibration_error is at most the target, 0.1 by default; null without a forecast or an observed buyer'""");

    public static final Table BACKTEST_COMPARISONS = Table.named("backtest_comparisons")
            .describedAs(
                    "One row per slice of KOCs, other recommender and metric: the published recommendations less the other ones for the same KOCs, with the verdict.")
            .writtenBy("evaluate")
            .keyedBy("day", "slice_kind", "slice", "recommender", "metric")
            .partitionedBy("day")
            .columns("""
                    day         DATE NOT NULL COMMENT 'Last day in which buyers are counted: the latest cutoff plus the horizon, by default 28 days',
                    slice_kind  STRING NOT NULL COMMENT 'How the KOCs are divided: all (not at all), cutoff, portrait (with the most members in the pool), level or pool_size',
                    slice       STRING NOT NULL COMMENT 'Value of slice_kind: all, a date, a portrait, a level or a band of sizes',
                    recommender STRING NOT NULL COMMENT 'Recommender that published is compared with',
                    metric      STRING NOT NULL COMMENT 'ndcg_first_purchases, ndcg_all_buyers, buyers_captured or hit_rate',
                    kocs        BIGINT NOT NULL COMMENT 'KOCs compared; a KOC counts once for all cutoffs',
                    difference  DOUBLE COMMENT 'Metric of published less that of the other recommender; above 0, published is better',
                    low         DOUBLE COMMENT 'Lower end of its 95% interval',
                    high        DOUBLE COMMENT 'Upper end of its 95% interval',
                    verdict     STRING NOT NULL COMMENT 'wins (published is better: low above 0), loses (high below 0), even, or too_few (by default fewer than 20 KOCs)'""");

    public static final Table BACKTEST_CALIBRATION = Table.named("backtest_calibration")
            .describedAs(
                    "One row per recommender and tenth of its recommendations by expected buyers: expected and observed buyers.")
            .writtenBy("evaluate")
            .keyedBy("day", "recommender", "decile")
            .partitionedBy("day")
            .check("decile BETWEEN 1 AND 10")
            .columns("""
                    day               DATE NOT NULL COMMENT 'Last day in which buyers are counted: the latest cutoff plus the horizon, by default 28 days',
                    recommender       STRING NOT NULL COMMENT 'published (koc_recommendations), or a recommender of baseline_recommendations that forecasts buyers',
                    decile            INT NOT NULL COMMENT 'Tenth of the recommendations: 1 has the smallest forecasts, 10 the largest',
                    recommendations   BIGINT NOT NULL COMMENT 'Recommendations in the tenth: KOC, product and cutoff',
                    min_expected      DOUBLE NOT NULL COMMENT 'Smallest number of expected buyers of a recommendation',
                    max_expected      DOUBLE NOT NULL COMMENT 'Largest number of expected buyers of a recommendation',
                    expected_buyers   DOUBLE NOT NULL COMMENT 'Sum of the expected buyers',
                    observed_buyers   BIGINT NOT NULL COMMENT 'Sum of the observed buyers (as in backtest_kocs)',
                    calibration       DOUBLE COMMENT 'expected_buyers / observed_buyers: 1 is right, 2 is twice too many; null without an observed buyer',
                    calibration_error DOUBLE COMMENT 'Distance of calibration from 1: 0.2 for 0.8 and for 1.2',
                    is_calibrated     BOOLEAN COMMENT 'Whether calibration_error is at most the target, 0.25 by default; null without an observed buyer'""");

    public static final Table RECOMMENDATION_OUTCOMES = Table.named("recommendation_outcomes")
            .describedAs(
                    "One row per recommendation of an earlier run whose horizon has passed: whether the KOC shared the product or made a post that names it, and how many members bought it. The first run after the horizon judges it; repeating that run replaces its rows.")
            .writtenBy("evaluate")
            .keyedBy("day", "recommended_on", "koc_id", "product_id")
            .partitionedBy("day")
            .columns("""
                    day                    DATE NOT NULL COMMENT 'Run date: the first run after the horizon of the recommendation',
                    recommended_on         DATE NOT NULL COMMENT 'Run date of the recommendation',
                    koc_id                 STRING NOT NULL COMMENT 'User id of the KOC',
                    product_id             STRING NOT NULL COMMENT 'Recommended product',
                    rank                   INT NOT NULL COMMENT 'Position on the list',
                    target_event           STRING NOT NULL COMMENT 'Event that counts as buying',
                    is_shared              BOOLEAN NOT NULL COMMENT 'Whether the KOC shared the product, or made a post that names it, within the horizon, by default 28 days',
                    first_shared_on        DATE COMMENT 'Day of the first such share or post; null when there was none',
                    expected_buyers        DOUBLE NOT NULL COMMENT 'Forecast of koc_recommendations',
                    extra_buyers_if_shared DOUBLE COMMENT 'Additional buyers forecast for a share; null when the influence of the KOC was unknown',
                    observed_buyers        BIGINT NOT NULL COMMENT 'Members of the pool of recommended_on who bought it within the horizon and kept it, and who did not own it or were due to repurchase it'""");

    public static final Table RECOMMENDATION_RESULTS = Table.named("recommendation_results")
            .describedAs(
                    "One row per judged run, for its recommendations that were shared and for those that were not: whether as many members bought as forecast, and whether sharing pays.")
            .writtenBy("evaluate")
            .keyedBy("day", "recommended_on", "is_shared")
            .partitionedBy("day")
            .published()
            .columns("""
                    day                    DATE NOT NULL COMMENT 'Run date: the first run after the horizon of the recommendations',
                    recommended_on         DATE NOT NULL COMMENT 'Run date of the recommendations',
                    is_shared              BOOLEAN NOT NULL COMMENT 'Whether the KOCs shared the products, or made posts that name them, within the horizon, by default 28 days',
                    kocs                   BIGINT NOT NULL COMMENT 'KOCs with such recommendations',
                    recommendations        BIGINT NOT NULL COMMENT 'Recommendations',
                    expected_buyers        DOUBLE NOT NULL COMMENT 'Sum of the forecasts',
                    observed_buyers        BIGINT NOT NULL COMMENT 'Sum of the buyers who came (as in recommendation_outcomes)',
                    calibration            DOUBLE COMMENT 'expected_buyers / observed_buyers: 1 is right; null without a buyer',
                    extra_buyers_if_shared DOUBLE COMMENT 'Sum of the additional buyers forecast for a share; null when no influence was known',
                    sharing_lift           DOUBLE COMMENT '(observed / expected buyers of shared products) / (the same of products that were not shared): above 1 when following the list pays. KOCs choose what they share, so it is not the effect alone; null unless both kinds have buyers expected and some of those not shared had buyers'""");
}
