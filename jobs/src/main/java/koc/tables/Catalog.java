package koc.tables;

import java.util.List;
import koc.warehouse.Table;

/** All declared tables, in the order in which they are written. */
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
                CleanTables.ARRIVAL_FILES,
                CleanTables.UNREAD_VALUES,
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
                PortraitTables.PRODUCT_GROUPS,
                PortraitTables.PORTRAITS,
                PortraitTables.USER_PORTRAITS,
                PortraitTables.HOLDOUT_PORTRAITS,
                PortraitTables.PORTRAIT_TRANSITIONS,
                InfluenceTables.TIE_STRENGTHS,
                InfluenceTables.PURCHASE_CREDITS,
                InfluenceTables.KOC_INFLUENCE,
                InfluenceTables.INFLUENCE_PRIORS,
                InfluenceTables.KOC_FLAGS,
                KocTables.KOC_RANKING,
                KocTables.KOC_LIFECYCLE,
                KocTables.LEVEL_EVENTS,
                GrowthTables.COUNTY_COVERAGE,
                GrowthTables.COUNTY_NEXT_KOCS,
                GrowthTables.KOC_FUNNEL,
                GrowthTables.ACQUISITION_LEADS,
                GrowthTables.GROUP_HEALTH,
                GrowthTables.MENTOR_PAIRS,
                GrowthTables.CONTENT_TO_REPOST,
                FitTables.CATEGORY_PORTRAIT_FIT,
                FitTables.PRODUCT_PORTRAIT_FIT,
                FitTables.PRODUCT_PROFILE,
                FitTables.FIT_PRIORS,
                CommissionTables.COMMISSION_LEDGER,
                CommissionTables.COMMISSION_STATEMENT,
                CommissionTables.COMMISSION_MONTHS,
                CommissionTables.TEAM_BONUS,
                CommissionTables.REWARD_GRANTS,
                CommissionTables.COMPETITION_BARS,
                CommissionTables.COMPETITION,
                EconomicsTables.USER_VALUE,
                EconomicsTables.VALUE_MODELS,
                EconomicsTables.VALUE_HOLDOUT,
                EconomicsTables.KOC_ECONOMICS,
                EconomicsTables.ECONOMICS_SUMMARY,
                RecommendTables.KOC_POOL_MIX,
                RecommendTables.KOC_RECOMMENDATIONS,
                RecommendTables.BUYER_MODEL,
                RecommendTables.BASELINE_RECOMMENDATIONS,
                CardTables.KOC_CARD,
                CardTables.COUNTY_CARD,
                CardTables.USER_CARD,
                ReportTables.PUBLISHED_FILES,
                BacktestTables.BACKTEST_KOCS,
                BacktestTables.BACKTEST_RESULTS,
                BacktestTables.BACKTEST_COMPARISONS,
                BacktestTables.BACKTEST_CALIBRATION,
                BacktestTables.RECOMMENDATION_OUTCOMES,
                BacktestTables.RECOMMENDATION_RESULTS,
                RunTables.RUNS);
    }

    /** The tables that the publish job copies for marketers. */
    public static List<Table> published() {
        return tables().stream().filter(Table::isPublished).toList();
    }
}
