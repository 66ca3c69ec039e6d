package koc.table;

import java.util.List;

/** All tables, in the order in which they are written. */
public final class Catalog {
    private Catalog() {}

    /** Every declared table. */
    public static List<Table> tables() {
        return List.of(
                CleanTables.EVENTS,
                CleanTables.REFUNDS,
                CleanTables.USERS,
                CleanTables.PRODUCTS,
                CleanTables.TIES,
                CleanTables.COSTS,
                CleanTables.ASSETS,
                CleanTables.CAMPAIGNS,
                CleanTables.REJECTS,
                CleanTables.ARRIVAL_CHECKS,
                CleanTables.DATA_QUALITY,
                FeatureTables.USER_DAYS,
                FeatureTables.USER_PRODUCT_DAYS,
                FeatureTables.USER_CATEGORY_DAYS,
                FeatureTables.USER_FEATURES,
                FeatureTables.USER_CATEGORIES,
                FeatureTables.USER_TAGS,
                PortraitTables.PORTRAIT_MODELS,
                PortraitTables.PORTRAIT_VOTES,
                PortraitTables.PORTRAIT_SCALING,
                PortraitTables.PORTRAIT_CENTRES,
                PortraitTables.PORTRAITS,
                PortraitTables.USER_PORTRAITS,
                PortraitTables.PORTRAIT_EXPOSURES,
                PortraitTables.PORTRAIT_MIGRATIONS,
                InfluenceTables.TIE_STRENGTHS,
                InfluenceTables.PURCHASE_CREDITS,
                InfluenceTables.KOC_INFLUENCE,
                InfluenceTables.INFLUENCE_PRIORS,
                InfluenceTables.KOC_FLAGS,
                KocTables.KOC_RANKING,
                KocTables.KOC_PIPELINE,
                KocTables.LEVEL_EVENTS,
                ReachTables.COUNTY_COVERAGE,
                ReachTables.COUNTY_NEXT_KOCS,
                ReachTables.KOC_FUNNEL,
                ReachTables.DRAWING_LEADS,
                ReachTables.GROUP_HEALTH,
                ReachTables.MENTOR_PAIRS,
                ReachTables.CONTENT_TO_REPOST,
                FitTables.CATEGORY_SEGMENT_FIT,
                FitTables.PRODUCT_SEGMENT_FIT,
                FitTables.PRODUCT_PROFILE,
                FitTables.FIT_PRIORS,
                RecommendTables.KOC_POOL_MIX,
                RecommendTables.KOC_RECOMMENDATIONS,
                RecommendTables.BUYER_MODEL,
                RecommendTables.KOC_CHALLENGERS,
                BacktestTables.BACKTEST_KOCS,
                BacktestTables.BACKTEST_RESULTS,
                BacktestTables.BACKTEST_DIFFERENCES,
                BacktestTables.BACKTEST_CALIBRATION,
                RunTables.RUNS);
    }

    /** The tables that publish copies for marketers. */
    public static List<Table> published() {
        return tables().stream().filter(Table::isPublished).toList();
    }
}
