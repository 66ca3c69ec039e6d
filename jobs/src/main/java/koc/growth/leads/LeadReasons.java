package koc.growth.leads;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import koc.growth.GrowthSettings;
import koc.text.Texts;
import org.apache.spark.sql.Column;

/** Why a user is a lead, in words: the occasion, how the user was found, and what they spent. */
public final class LeadReasons {
    private LeadReasons() {}

    /** The reason of a lead. Needs the columns of {@link AcquisitionLeads#CANDIDATES} and found_by. */
    public static Column explain(GrowthSettings settings) {
        Texts texts = Texts.of(settings.language());
        Column spend = when(
                col("net_spend_365d").gt(0),
                texts.column("growth.lead.spend", col("net_spend_365d").cast("string"), lit(settings.currency())));
        return concat_ws(texts.pattern("growth.between"), occasion(texts), source(texts), spend);
    }

    private static Column occasion(Texts texts) {
        Column scene = col("scene");
        Column similarGroup = texts.column(
                "growth.lead.similar", col("category"), col("category_fraction").multiply(100));
        return when(scene.equalTo("pre_sale"), texts.column("growth.lead.pre-sale", col("inquiries_90d")))
                .when(
                        scene.equalTo("after_sale"),
                        texts.column("growth.lead.after-sale", col("recency_days"), col("orders_90d")))
                .when(scene.equalTo("similar_group"), similarGroup)
                .when(
                        scene.equalTo("coupon"),
                        texts.column("growth.lead.coupon", col("discount_rate").multiply(100)))
                .otherwise(texts.column("growth.lead.order", col("recency_days"), col("orders_365d")));
    }

    private static Column source(Texts texts) {
        Column foundBy = col("found_by");
        return when(foundBy.equalTo("engagement"), texts.pattern("growth.lead.engagement"))
                .when(foundBy.equalTo("store"), texts.column("growth.lead.store", col("store_id")))
                .otherwise(texts.column("growth.lead.county", col("county")));
    }
}
