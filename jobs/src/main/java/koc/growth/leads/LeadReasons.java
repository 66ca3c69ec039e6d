package koc.growth.leads;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import koc.growth.GrowthSettings;
import koc.text.Texts;
import org.apache.spark.sql.Column;

/** Why a user is a lead, in words: whether they have a KOC, the occasion, how they were found, and what they spent. */
public final class LeadReasons {
    private LeadReasons() {}

    /** The reason of a lead. Needs the columns of {@link AcquisitionLeads#CANDIDATES} and found_by. */
    public static Column explain(GrowthSettings settings) {
        Texts texts = Texts.of(settings.language());
        Column spend = when(
                col("net_spend_365d").gt(0),
                texts.column(
                        "growth.lead.spend",
                        col("net_spend_365d").cast("string"),
                        lit(settings.currency()),
                        col("history_days")));
        Column kocs = when(col("kocs").equalTo(0), texts.pattern("growth.lead.without-koc"))
                .otherwise(texts.column("growth.lead.with-koc", col("kocs")));
        return concat_ws(texts.pattern("growth.between"), kocs, occasion(texts), source(texts), spend);
    }

    private static Column occasion(Texts texts) {
        Column scene = col("scene");
        Column days90 = least(lit(90), col("history_days"));
        Column similarGroup = texts.column(
                "growth.lead.similar", col("category"), col("category_fraction").multiply(100));
        return when(scene.equalTo("pre_sale"), texts.column("growth.lead.pre-sale", col("inquiries_90d"), days90))
                .when(
                        scene.equalTo("after_sale"),
                        texts.column("growth.lead.after-sale", col("recency_days"), col("orders_90d"), days90))
                .when(scene.equalTo("similar_group"), similarGroup)
                .when(
                        scene.equalTo("coupon"),
                        texts.column("growth.lead.coupon", col("discount_rate").multiply(100)))
                .otherwise(texts.column(
                        "growth.lead.order", col("recency_days"), col("orders_365d"), col("history_days")));
    }

    private static Column source(Texts texts) {
        Column foundBy = col("found_by");
        return when(foundBy.equalTo("engagement"), texts.pattern("growth.lead.engagement"))
                .when(foundBy.equalTo("store"), texts.column("growth.lead.store", col("store_id")))
                .when(
                        foundBy.equalTo("county_portrait"),
                        texts.column("growth.lead.county-portrait", col("county"), col("portrait_name")))
                .when(foundBy.equalTo("portrait"), texts.column("growth.lead.portrait", col("portrait_name")))
                .otherwise(texts.column("growth.lead.county", col("county")));
    }
}
