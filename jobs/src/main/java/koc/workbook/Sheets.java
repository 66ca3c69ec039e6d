package koc.workbook;

import static org.apache.spark.sql.functions.asc_nulls_last;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.desc;
import static org.apache.spark.sql.functions.desc_nulls_last;

import java.util.List;
import java.util.stream.Stream;
import koc.rules.CertainLift;
import koc.rules.CountyCosts;
import koc.rules.LosingKocs;
import koc.run.JobRun;
import koc.tables.CardTables;
import koc.tables.CommissionTables;
import koc.tables.EconomicsTables;
import koc.tables.FitTables;
import koc.tables.GrowthTables;
import koc.tables.KocTables;
import koc.tables.PortraitTables;
import koc.tables.RecommendTables;
import org.apache.spark.sql.Column;

/** The workbooks and their sheets, in order. A new sheet is one entry here and its title and question in the texts. */
final class Sheets {
    /** Whether so few customers are known of a KOC that a ratio says nothing; the verdict says so. */
    private static final Column IS_TOO_FEW = col("overall_verdict")
            .equalTo("too_few_to_tell")
            .and(col("new_customers").lt(10));

    private static final String[] CARD_RATIOS = {"ltv_to_cac", "incremental_ratio", "incremental_ratio_low"};
    private static final String[] ECONOMICS_RATIOS = {
        "ltv_to_cac",
        "ltv_to_cac_low",
        "ltv_to_cac_high",
        "incremental_ratio",
        "incremental_ratio_low",
        "incremental_ratio_high"
    };

    private Sheets() {}

    /**
     * A workbook for one kind of reader.
     *
     * @param name of the file, and of its title in the texts
     * @param sheets in the order in which they are shown
     */
    record Workbook(String name, List<Sheet> sheets) {
        Workbook {
            sheets = List.copyOf(sheets);
        }

        /** With the days that the records of each sheet cover. */
        Workbook withHistory(JobRun run) {
            return new Workbook(
                    name, sheets.stream().map(sheet -> sheet.withHistory(run)).toList());
        }
    }

    static List<Workbook> all() {
        return List.of(
                new Workbook("koc-manager", Stream.concat(kocs(), money()).toList()),
                new Workbook("product-manager", products().toList()),
                new Workbook("marketer", marketing().toList()));
    }

    private static Stream<Sheet> kocs() {
        return Stream.of(
                Sheet.of(
                                CardTables.KOC_CARD,
                                "koc_name",
                                "koc_id",
                                "rank",
                                "level",
                                "next_action",
                                "missing",
                                "net_sales_90d",
                                "overall_verdict",
                                "incremental_ratio",
                                "incremental_ratio_low",
                                "new_customers",
                                "commission_due",
                                "next_product",
                                "next_product_extra_buyers",
                                "usual_extra_buyers",
                                "next_product_extra_margin",
                                "stop_sharing",
                                "main_portraits")
                        .naming(Lookup.economics("new_customers"))
                        .leavingEmpty("too-few", IS_TOO_FEW, CARD_RATIOS)
                        .sortedBy(col("rank")),
                Sheet.of(
                                KocTables.KOC_RANKING,
                                "koc_nickname",
                                "koc_id",
                                "rank",
                                "koc_type",
                                "level",
                                "net_sales_90d",
                                "attributed_buyers_90d",
                                "influence_lift",
                                "influence_low",
                                "influence_high",
                                "product_shares_90d",
                                "extra_buyers_90d",
                                "pool_size",
                                "readiness",
                                "reasons",
                                "next_action")
                        .naming(Lookup.person("koc_id"), Lookup.card("next_action"))
                        .sortedBy(col("rank")),
                Sheet.of(
                                KocTables.KOC_LIFECYCLE,
                                "koc_nickname",
                                "koc_id",
                                "recruit_rank",
                                "county",
                                "koc_type",
                                "level",
                                "since",
                                "next_level",
                                "progress",
                                "missing",
                                "influence_lift",
                                "influence_low",
                                "cost",
                                "commission_as_koc",
                                "new_customers",
                                "overall_verdict",
                                "incremental_ratio_high",
                                "next_action")
                        .naming(
                                Lookup.person("koc_id"),
                                Lookup.county("koc_id"),
                                Lookup.economics("cost"),
                                Lookup.economics("commission_as_koc"),
                                Lookup.economics("new_customers"),
                                Lookup.economics("overall_verdict"),
                                Lookup.economics("incremental_ratio_high"))
                        // Their card says to spend no more on them: a higher level costs money.
                        .leavingEmpty(
                                "losing",
                                col("listed_as").equalTo("koc").and(LosingKocs.costMoreThanTheyBring()),
                                "next_action")
                        .sortedBy(asc_nulls_last("recruit_rank"), desc("progress")),
                Sheet.of(
                                CardTables.COUNTY_CARD,
                                "county",
                                "city",
                                "province",
                                "gap",
                                "unreached_margin_28d",
                                "missing_kocs_cost_28d",
                                "koc_cost",
                                "koc_caused_value",
                                "recruit_name",
                                "recruit_id",
                                "recruit_cost",
                                "regular_customers",
                                "kocs",
                                "target_kocs",
                                "users",
                                "users_unreached",
                                "reached_rate",
                                "next_action")
                        .sortedBy(
                                col("gap").gt(0).desc(),
                                CountyCosts.exceedWhatWasCaused().asc(),
                                desc_nulls_last("unreached_margin_28d"),
                                desc("gap"),
                                desc("users_unreached")),
                Sheet.of(
                                GrowthTables.COUNTY_NEXT_KOCS,
                                "koc_nickname",
                                "koc_id",
                                "county",
                                "city",
                                "rank",
                                "koc_type",
                                "level",
                                "users_added",
                                "reason")
                        .naming(Lookup.person("koc_id"))
                        .sortedBy(col("province"), col("city"), col("county"), col("rank")),
                Sheet.of(
                                GrowthTables.MENTOR_PAIRS,
                                "mentee_nickname",
                                "mentee_id",
                                "mentor_nickname",
                                "mentor_id",
                                "category",
                                "is_same_county",
                                "content_id",
                                "reason")
                        .naming(Lookup.person("mentor_id"), Lookup.person("mentee_id")));
    }

    private static Stream<Sheet> money() {
        return Stream.of(
                Sheet.of(
                                EconomicsTables.KOC_ECONOMICS,
                                "koc_nickname",
                                "koc_id",
                                "koc_type",
                                "overall_verdict",
                                "incremental_ratio",
                                "ltv_to_cac",
                                "ltv_to_cac_low",
                                "ltv_to_cac_high",
                                "cost",
                                "commission",
                                "gift",
                                "sample",
                                "ad",
                                "bonus",
                                "training",
                                "coupon",
                                "customer_value",
                                "new_customers",
                                "cac",
                                "payback_days")
                        .naming(Lookup.person("koc_id"))
                        .leavingEmpty("too-few", IS_TOO_FEW, ECONOMICS_RATIOS)
                        .sortedBy(desc("cost")),
                Sheet.of(
                                CommissionTables.COMMISSION_STATEMENT,
                                "koc_nickname",
                                "koc_id",
                                "month",
                                "due",
                                "earned",
                                "taken_back",
                                "withheld",
                                "net_sales",
                                "is_closed")
                        .naming(Lookup.person("koc_id"))
                        .sortedBy(desc("month"), desc("due")));
    }

    private static Stream<Sheet> products() {
        return Stream.of(
                Sheet.of(
                                FitTables.PRODUCT_PROFILE,
                                "title",
                                "product_id",
                                "category",
                                "quality_gate",
                                "buyers",
                                "trust",
                                "mean_rating",
                                "reviews",
                                "complaints",
                                "is_in_stock",
                                "price",
                                "unit_margin",
                                "trust_reason")
                        .sortedBy(desc("buyers")),
                Sheet.of(
                                FitTables.PRODUCT_PORTRAIT_FIT,
                                "title",
                                "product_id",
                                "portrait_name",
                                "portrait_id",
                                "lift",
                                "lift_low",
                                "lift_high",
                                "buyers",
                                "reason")
                        .naming(Lookup.product(), Lookup.portrait())
                        .where(CertainLift.IS_MORE_OR_LESS)
                        .sortedBy(desc("lift_low")),
                Sheet.of(
                                FitTables.CATEGORY_PORTRAIT_FIT,
                                "category",
                                "portrait_name",
                                "portrait_id",
                                "lift",
                                "lift_low",
                                "lift_high",
                                "buyers",
                                "reason")
                        .naming(Lookup.portrait())
                        .sortedBy(desc("lift_low")),
                Sheet.of(
                                GrowthTables.CONTENT_TO_REPOST,
                                "title",
                                "content_id",
                                "rank",
                                "koc_nickname",
                                "koc_id",
                                "category",
                                "lift",
                                "users_reached",
                                "openers",
                                "purchases",
                                "reason")
                        .naming(Lookup.product(), Lookup.person("koc_id"))
                        .sortedBy(col("rank")));
    }

    private static Stream<Sheet> marketing() {
        return Stream.of(
                Sheet.of(
                                RecommendTables.KOC_RECOMMENDATIONS,
                                "koc_nickname",
                                "koc_id",
                                "is_next_product",
                                "title",
                                "product_id",
                                "extra_margin_if_shared",
                                "extra_margin_if_shared_low",
                                "extra_buyers_if_shared",
                                "usual_extra_buyers",
                                "is_above_record",
                                "no_buyer_chance",
                                "usual_buyers",
                                "expected_buyers",
                                "advice",
                                "unit_cost",
                                "next_action",
                                "reason")
                        .naming(Lookup.person("koc_id"))
                        // A share that costs more than it brings is no order to give.
                        .where("is_actionable AND coalesce(extra_margin_if_shared > 0, true)")
                        .sortedBy(
                                desc("is_next_product"),
                                desc_nulls_last("extra_margin_if_shared"),
                                col("koc_id"),
                                col("rank")),
                Sheet.of(
                                GrowthTables.ACQUISITION_LEADS,
                                "koc_nickname",
                                "koc_id",
                                "rank",
                                "user_nickname",
                                "user_id",
                                "scene",
                                "portrait_name",
                                "reason")
                        .naming(Lookup.person("koc_id"), Lookup.person("user_id"), Lookup.portrait())
                        .sortedBy(col("koc_id"), col("rank")),
                Sheet.of(
                                GrowthTables.GROUP_HEALTH,
                                "group_id",
                                "koc_nickname",
                                "koc_id",
                                "verdict",
                                "members",
                                "responder_rate",
                                "loss_rate",
                                "reason",
                                "next_action")
                        .naming(Lookup.person("koc_id"))
                        .leavingEmpty("unrated", col("verdict").equalTo("unrated"), "responder_rate", "loss_rate")
                        .sortedBy(desc_nulls_last("loss_rate"), desc("members")),
                Sheet.of(
                                PortraitTables.PORTRAITS,
                                "name",
                                "portrait_id",
                                "users",
                                "user_fraction",
                                "net_spend_90d",
                                "orders_90d",
                                "sharer_rate",
                                "top_categories",
                                "top_products",
                                "summary")
                        .sortedBy(desc("users")),
                Sheet.of(
                                RecommendTables.KOC_POOL_MIX,
                                "koc_nickname",
                                "koc_id",
                                "portrait_name",
                                "portrait_id",
                                "members",
                                "member_fraction",
                                "population_fraction")
                        .naming(Lookup.person("koc_id"))
                        .sortedBy(col("koc_id"), desc("members")));
    }
}
