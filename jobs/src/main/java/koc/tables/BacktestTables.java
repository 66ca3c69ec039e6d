package koc.tables;

import koc.warehouse.Table;

/** What a backtest writes: how well recommendations made in the past did, against simpler ways to recommend. */
public final class BacktestTables {
    private static final String DAY =
            "day DATE NOT NULL COMMENT 'Last day of data that the backtest uses: the end of the horizon after the latest cutoff', ";
    private static final String RECOMMENDER =
            "recommender STRING NOT NULL COMMENT 'published (koc_recommendations), or one of baseline_recommendations', ";
    private static final String SLICE =
            "slice_kind STRING NOT NULL COMMENT 'How KOCs are divided: all, cutoff, portrait (the one with the most members), level or pool_size', "
                    + "slice STRING NOT NULL COMMENT 'The part of the slice_kind: all, a date, a portrait name, a level or a band of pool sizes', ";

    private BacktestTables() {}

    public static final Table BACKTEST_KOCS = Table.named("backtest_kocs")
            .describedAs(
                    "One row per cutoff, recommender and KOC: the recommendations of the cutoff compared with the purchases of the KOC's pool after it.")
            .writtenBy("backtest")
            .keyedBy("day", "cutoff", "recommender", "koc_id")
            .partitionedBy("day")
            .fractions("ndcg_first_purchases", "ndcg_all_buyers", "buyers_captured")
            .columns(DAY + "cutoff DATE NOT NULL COMMENT 'Last day of data that the recommender used', " + RECOMMENDER + """
                    koc_id               STRING NOT NULL COMMENT 'User id of the KOC',
                    target_event         STRING NOT NULL COMMENT 'Event type that counts as buying, as in koc_recommendations of the cutoff',
                    pool_size            BIGINT NOT NULL COMMENT 'Members of the pool on the cutoff',
                    portrait             STRING NOT NULL COMMENT 'Portrait with the most members in the pool; (none) when no member has one',
                    level                STRING NOT NULL COMMENT 'Level of the KOC on the cutoff; (none) when the KOC is not ranked',
                    pool_band            STRING NOT NULL COMMENT 'Band of the pool size, by default 1-19, 20-49, 50-99 or 100+',
                    new_buyers           BIGINT NOT NULL COMMENT 'Pairs of member and product with a first purchase after the cutoff. Products that nobody had bought by the cutoff do not count',
                    listed               BIGINT NOT NULL COMMENT 'Products recommended, by default at most 20',
                    ndcg_first_purchases DOUBLE COMMENT 'NDCG of the list, 0..1: 1 = the best possible list. A product counts by its new buyers, weighted by 1 / log2(rank + 1); 0 without a list; null when the pool has no new buyers',
                    ndcg_all_buyers      DOUBLE COMMENT 'NDCG of the list by observed buyers, which include repurchases that were due and new products; 0 without a list; null when the pool has no observed buyers',
                    buyers_captured      DOUBLE COMMENT 'Fraction of new_buyers whose product is on the list, 0..1; null when the pool has no new buyers',
                    is_hit               BOOLEAN COMMENT 'Whether a product on the list has a new buyer; null when the pool has no new buyers',
                    expected_buyers      DOUBLE COMMENT 'Sum of expected_buyers over the list; null when the recommender makes no forecast',
                    observed_buyers      BIGINT NOT NULL COMMENT 'Observed buyers of the products on the list, summed: members who bought it after the cutoff and kept it, and who did not own it on the cutoff or were due to repurchase it (80% of its use cycle was over, by default)'""");

    public static final Table BACKTEST_RESULTS = Table.named("backtest_results")
            .describedAs(
                    "One row per slice and recommender: the mean results over KOCs and cutoffs, with 95% intervals from bootstrap samples of the KOCs.")
            .writtenBy("backtest")
            .keyedBy("day", "slice_kind", "slice", "recommender")
            .partitionedBy("day")
            .fractions("ndcg_first_purchases", "ndcg_all_buyers", "buyers_captured", "hit_rate")
            .columns(DAY + SLICE + RECOMMENDER + """
                    cutoff                    DATE NOT NULL COMMENT 'Latest cutoff; the results cover all cutoffs',
                    cutoffs                   INT NOT NULL COMMENT 'Number of cutoffs',
                    horizon_days              INT NOT NULL COMMENT 'Days after each cutoff in which purchases count',
                    list_length               INT NOT NULL COMMENT 'Maximum length of the lists, 20 by default',
                    target_event              STRING NOT NULL COMMENT 'Event type that counts as buying; several if the cutoffs differ',
                    kocs                      BIGINT NOT NULL COMMENT 'Distinct KOCs whose pool has observed buyers of any product',
                    cases                     BIGINT NOT NULL COMMENT 'Pairs of KOC and cutoff whose pool has observed buyers; ndcg_all_buyers is a mean over them',
                    cases_with_list           BIGINT NOT NULL COMMENT 'Of these, cases with a list; cases without one score 0',
                    ndcg_first_purchases      DOUBLE COMMENT 'Mean of backtest_kocs.ndcg_first_purchases over cases with new buyers, 0..1',
                    ndcg_first_purchases_low  DOUBLE COMMENT 'Lower end of the 95% interval of ndcg_first_purchases',
                    ndcg_first_purchases_high DOUBLE COMMENT 'Upper end of the 95% interval of ndcg_first_purchases',
                    ndcg_all_buyers           DOUBLE COMMENT 'Mean of backtest_kocs.ndcg_all_buyers over cases, 0..1; recommenders are compared by it',
                    ndcg_all_buyers_low       DOUBLE COMMENT 'Lower end of the 95% interval of ndcg_all_buyers',
                    ndcg_all_buyers_high      DOUBLE COMMENT 'Upper end of the 95% interval of ndcg_all_buyers',
                    buyers_captured           DOUBLE COMMENT 'Mean of backtest_kocs.buyers_captured over cases with new buyers, 0..1',
                    buyers_captured_low       DOUBLE COMMENT 'Lower end of the 95% interval of buyers_captured',
                    buyers_captured_high      DOUBLE COMMENT 'Upper end of the 95% interval of buyers_captured',
                    hit_rate                  DOUBLE COMMENT 'Fraction of cases with new buyers in which a product on the list has a new buyer, 0..1',
                    hit_rate_low              DOUBLE COMMENT 'Lower end of the 95% interval of hit_rate',
                    hit_rate_high             DOUBLE COMMENT 'Upper end of the 95% interval of hit_rate',
                    products                  BIGINT NOT NULL COMMENT 'Distinct products on the lists',
                    expected_buyers           DOUBLE COMMENT 'Sum of expected_buyers over all lists, also of KOCs whose pool bought nothing; null when the recommender makes no forecast',
                    observed_buyers           BIGINT NOT NULL COMMENT 'Sum of observed_buyers over the same lists',
                    calibration               DOUBLE COMMENT 'expected_buyers / observed_buyers: 1 is correct, 2 means that twice too many were forecast; null without observed buyers',
                    calibration_low           DOUBLE COMMENT 'Lower end of the 95% interval of calibration',
                    calibration_high          DOUBLE COMMENT 'Upper end of the 95% interval of calibration',
                    calibration_error         DOUBLE COMMENT 'Absolute value of calibration - 1',
                    is_calibrated             BOOLEAN COMMENT 'Whether calibration_error is at most .1 (default)'""");

    public static final Table BACKTEST_COMPARISONS = Table.named("backtest_comparisons")
            .describedAs(
                    "One row per slice, other recommender and metric: how much better the published recommendations are for the same KOCs, with a 95% interval.")
            .writtenBy("backtest")
            .keyedBy("day", "slice_kind", "slice", "recommender", "metric")
            .partitionedBy("day")
            .columns(DAY + SLICE + """
                    recommender STRING NOT NULL COMMENT 'Recommender that the published recommendations are compared with',
                    metric      STRING NOT NULL COMMENT 'ndcg_first_purchases, ndcg_all_buyers, buyers_captured or hit_rate',
                    kocs        BIGINT NOT NULL COMMENT 'Distinct KOCs compared',
                    difference  DOUBLE COMMENT 'Mean of the published list less the other; above 0 the published list is better',
                    low         DOUBLE COMMENT 'Lower end of the 95% interval of the difference',
                    high        DOUBLE COMMENT 'Upper end of the 95% interval of the difference',
                    verdict     STRING NOT NULL COMMENT 'wins (low above 0: the published list is better), loses (high below 0), even, or too_few (fewer than 20 KOCs by default)'""");

    public static final Table BACKTEST_CALIBRATION = Table.named("backtest_calibration")
            .describedAs(
                    "One row per recommender and tenth of its recommendations by size of the forecast: expected and observed buyers.")
            .writtenBy("backtest")
            .keyedBy("day", "recommender", "decile")
            .partitionedBy("day")
            .check("decile BETWEEN 1 AND 10")
            .columns(DAY + RECOMMENDER + """
                    decile            INT NOT NULL COMMENT '1 is the tenth with the smallest forecasts, 10 with the largest',
                    recommendations   BIGINT NOT NULL COMMENT 'Recommendations (pairs of KOC and product, per cutoff) in the decile',
                    min_expected      DOUBLE NOT NULL COMMENT 'Smallest forecast in the decile',
                    max_expected      DOUBLE NOT NULL COMMENT 'Largest forecast in the decile',
                    expected_buyers   DOUBLE NOT NULL COMMENT 'Sum of the forecasts',
                    observed_buyers   BIGINT NOT NULL COMMENT 'Sum of the observed buyers, as in backtest_kocs',
                    calibration       DOUBLE COMMENT 'expected_buyers / observed_buyers: 1 is correct; null when nobody bought',
                    calibration_error DOUBLE COMMENT 'Absolute value of calibration - 1',
                    is_calibrated     BOOLEAN COMMENT 'Whether calibration_error is at most .25 (default)'""");
}
