package koc.tables;

import koc.warehouse.Table;

/** What a backtest writes: how well recommendations made in the past did, against simpler ways to recommend. */
public final class BacktestTables {
    private static final String DAY =
            "day DATE NOT NULL COMMENT 'Last day the backtest looks at: the latest cutoff and the horizon after it', ";
    private static final String RECOMMENDER =
            "recommender STRING NOT NULL COMMENT 'published (koc_recommendations), or one of baseline_recommendations', ";
    private static final String SLICE =
            "slice_kind STRING NOT NULL COMMENT 'all, cutoff, portrait (of most members), level or pool_size', "
                    + "slice STRING NOT NULL COMMENT 'Which of its kind: a date, a name, a level, a band', ";

    private BacktestTables() {}

    public static final Table BACKTEST_KOCS = Table.named("backtest_kocs")
            .describedAs(
                    "One row per cutoff, recommender and KOC: what was recommended on the cutoff against what the KOC's pool bought after it.")
            .writtenBy("backtest")
            .keyedBy("day", "cutoff", "recommender", "koc_id")
            .partitionedBy("day")
            .fractions("ndcg_first_purchases", "ndcg_all_buyers", "buyers_captured")
            .columns(DAY + "cutoff DATE NOT NULL COMMENT 'Last day the recommender knew of', " + RECOMMENDER + """
                    koc_id          STRING NOT NULL COMMENT 'User id of the KOC',
                    target_event    STRING NOT NULL COMMENT 'Type of event that counts as buying: what the recommendations of the cutoff are by',
                    pool_size       BIGINT NOT NULL COMMENT 'Members of the pool on the cutoff',
                    portrait        STRING NOT NULL COMMENT 'Portrait with the most members in the pool; (none) when no member has one',
                    level           STRING NOT NULL COMMENT 'Level of the KOC on the cutoff; (none) when it is not ranked',
                    pool_band       STRING NOT NULL COMMENT 'Band of the pool size (koc.backtest.pool-bands)',
                    new_buyers      BIGINT NOT NULL COMMENT 'Pairs of member and product newly bought after the cutoff, of products somebody had bought before it',
                    listed          BIGINT NOT NULL COMMENT 'Products recommended, among the first koc.recommend.top',
                    ndcg_first_purchases DOUBLE COMMENT 'How near the list is to the best list there could be, weighting ranks by 1/log2(rank + 1) and products by new buyers, 0..1; 0 without a list; null when nobody newly bought anything',
                    ndcg_all_buyers     DOUBLE COMMENT 'The same by observed_buyers of any product, new ones and what members needed again included; 0 without a list; null when there was none',
                    buyers_captured DOUBLE COMMENT 'Share of new_buyers of products on the list, 0..1; null when nobody newly bought anything',
                    is_hit          BOOLEAN COMMENT 'Whether anybody newly bought anything on the list; null when nobody newly bought anything',
                    expected_buyers DOUBLE COMMENT 'Buyers the list forecast, all its products together; null when the recommender forecasts none',
                    observed_buyers BIGINT NOT NULL COMMENT 'Buyers of the kind that is forecast, product by product: members who did not have it on the cutoff, or had it and needed it again (koc.recommend.repurchase-due-fraction of its use cycle over), and bought it in the horizon and kept it'""");

    public static final Table BACKTEST_RESULTS = Table.named("backtest_results")
            .describedAs(
                    "One row per slice of KOCs and recommender: how well it did on average over all cutoffs, with 95% intervals from resampling the KOCs.")
            .writtenBy("backtest")
            .keyedBy("day", "slice_kind", "slice", "recommender")
            .partitionedBy("day")
            .fractions("ndcg_first_purchases", "ndcg_all_buyers", "buyers_captured", "hit_rate")
            .columns(DAY + SLICE + RECOMMENDER + """
                    cutoff               DATE NOT NULL COMMENT 'Latest cutoff; the results are over all cutoffs',
                    cutoffs              INT NOT NULL COMMENT 'Number of cutoffs',
                    horizon_days         INT NOT NULL COMMENT 'Days after each cutoff that were looked at',
                    list_length          INT NOT NULL COMMENT 'Ranks that were looked at (koc.recommend.top)',
                    target_event         STRING NOT NULL COMMENT 'Type of event that counts as buying; several, where the cutoffs differ',
                    kocs                 BIGINT NOT NULL COMMENT 'KOCs in whose pool somebody bought what is forecast (observed_buyers of any product), each once however many cutoffs it was judged at',
                    cases                BIGINT NOT NULL COMMENT 'The same counted once a cutoff: the means of ndcg_all_buyers are over these',
                    cases_with_list      BIGINT NOT NULL COMMENT 'Of these, with a list; the others count 0',
                    ndcg_first_purchases DOUBLE COMMENT 'Mean of backtest_kocs.ndcg_first_purchases, 0..1, over the cases with first purchases; so are buyers_captured and hit_rate',
                    ndcg_first_purchases_low DOUBLE COMMENT 'Lower end of its 95% interval',
                    ndcg_first_purchases_high DOUBLE COMMENT 'Upper end of its 95% interval',
                    ndcg_all_buyers          DOUBLE COMMENT 'Mean of backtest_kocs.ndcg_all_buyers, 0..1: what recommenders are compared by',
                    ndcg_all_buyers_low      DOUBLE COMMENT 'Lower end of its 95% interval',
                    ndcg_all_buyers_high     DOUBLE COMMENT 'Upper end of its 95% interval',
                    buyers_captured      DOUBLE COMMENT 'Mean share of the pool''s new buyers whose product was on the list, 0..1',
                    buyers_captured_low  DOUBLE COMMENT 'Lower end of its 95% interval',
                    buyers_captured_high DOUBLE COMMENT 'Upper end of its 95% interval',
                    hit_rate             DOUBLE COMMENT 'Share of cases with first purchases in which the pool newly bought anything on the list, 0..1',
                    hit_rate_low         DOUBLE COMMENT 'Lower end of its 95% interval',
                    hit_rate_high        DOUBLE COMMENT 'Upper end of its 95% interval',
                    products             BIGINT NOT NULL COMMENT 'Different products on the lists of these KOCs',
                    expected_buyers      DOUBLE COMMENT 'Buyers forecast over all lists, those of KOCs whose pool bought nothing included; null when the recommender forecasts none',
                    observed_buyers      BIGINT NOT NULL COMMENT 'Buyers of the kind that is forecast over the same lists (as in backtest_kocs)',
                    calibration          DOUBLE COMMENT 'expected_buyers / observed_buyers: 1 is right, 2 is twice too many',
                    calibration_low      DOUBLE COMMENT 'Lower end of its 95% interval',
                    calibration_high     DOUBLE COMMENT 'Upper end of its 95% interval',
                    calibration_error    DOUBLE COMMENT 'How far calibration is from 1',
                    is_calibrated        BOOLEAN COMMENT 'Whether calibration_error is at most koc.backtest.calibration-target.overall'""");

    public static final Table BACKTEST_COMPARISONS = Table.named("backtest_comparisons")
            .describedAs(
                    "One row per slice of KOCs, other recommender and metric: how much better the published recommendations did for the same KOCs, and whether that is sure.")
            .writtenBy("backtest")
            .keyedBy("day", "slice_kind", "slice", "recommender", "metric")
            .partitionedBy("day")
            .columns(DAY + SLICE + """
                    recommender  STRING NOT NULL COMMENT 'The one that published is compared with',
                    metric       STRING NOT NULL COMMENT 'ndcg_first_purchases, ndcg_all_buyers, buyers_captured or hit_rate',
                    kocs         BIGINT NOT NULL COMMENT 'KOCs compared, each once however many cutoffs it was judged at',
                    difference   DOUBLE COMMENT 'Mean of published less the other; above 0 published is better',
                    low          DOUBLE COMMENT 'Lower end of its 95% interval',
                    high         DOUBLE COMMENT 'Upper end of its 95% interval',
                    verdict      STRING NOT NULL COMMENT 'published wins (low above 0), loses (high below 0) or is even; too_few below koc.backtest.min-kocs'""");

    public static final Table BACKTEST_CALIBRATION = Table.named("backtest_calibration")
            .describedAs(
                    "One row per recommender and tenth of its recommendations by expected buyers: how many buyers were forecast, and how many there were.")
            .writtenBy("backtest")
            .keyedBy("day", "recommender", "decile")
            .partitionedBy("day")
            .check("decile BETWEEN 1 AND 10")
            .columns(DAY + RECOMMENDER + """
                    decile            INT NOT NULL COMMENT '1 holds the smallest forecasts, 10 the largest',
                    recommendations   BIGINT NOT NULL COMMENT 'Recommendations (KOC x product) in it',
                    min_expected    DOUBLE NOT NULL COMMENT 'Smallest forecast in it',
                    max_expected     DOUBLE NOT NULL COMMENT 'Largest forecast in it',
                    expected_buyers   DOUBLE NOT NULL COMMENT 'Buyers forecast, all together',
                    observed_buyers   BIGINT NOT NULL COMMENT 'Buyers of the kind that is forecast (as in backtest_kocs), all together',
                    calibration       DOUBLE COMMENT 'expected_buyers / observed_buyers: 1 is right; null when nobody bought',
                    calibration_error DOUBLE COMMENT 'How far calibration is from 1',
                    is_calibrated     BOOLEAN COMMENT 'Whether calibration_error is at most koc.backtest.calibration-target.decile'""");
}
