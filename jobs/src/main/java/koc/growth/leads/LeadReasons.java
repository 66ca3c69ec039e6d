package koc.growth.leads;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.when;

import koc.growth.GrowthSettings;
import koc.text.ShortName;
import koc.text.Texts;
import org.apache.spark.sql.Column;

/**
 * Why a user is a lead, in two sentences: the occasion with what to do, and how the user was found. Every number is a column
 * of acquisition_leads.
 */
public final class LeadReasons {
    /** Characters of a county or portrait, which stand together in a sentence. */
    private static final int MAX_COUNTY = 16;

    private static final int MAX_PORTRAIT = 25;

    private LeadReasons() {}

    /** The reason of a lead. Needs the columns of {@link AcquisitionLeads#CANDIDATES} and found_by. */
    public static Column explain(GrowthSettings settings) {
        Texts texts = Texts.of(settings.language());
        Column kocs = when(col("kocs").equalTo(0), texts.pattern("growth.lead.without-koc"))
                .otherwise(texts.column("growth.lead.with-kocs", col("kocs")));
        return texts.sentences(occasion(texts), texts.column("growth.lead.found", kocs, source(texts)));
    }

    private static Column occasion(Texts texts) {
        Column scene = col("scene");
        return when(scene.equalTo("pre_sale"), texts.column("growth.lead.pre-sale", col("inquiries_90d")))
                .when(
                        scene.equalTo("after_sale").and(col("recency_days").equalTo(0)),
                        texts.pattern("growth.lead.after-sale-today"))
                .when(scene.equalTo("after_sale"), texts.column("growth.lead.after-sale", col("recency_days")))
                .when(
                        scene.equalTo("similar_group"),
                        texts.column("growth.lead.similar", ShortName.of(col("category"))))
                .when(
                        scene.equalTo("coupon"),
                        texts.column("growth.lead.coupon", col("discount_rate").multiply(100)))
                .otherwise(texts.column("growth.lead.order", col("recency_days")));
    }

    private static Column source(Texts texts) {
        Column foundBy = col("found_by");
        Column county = ShortName.of(col("county"), MAX_COUNTY);
        Column portrait = ShortName.of(col("portrait_name"), MAX_PORTRAIT);
        return when(foundBy.equalTo("engagement"), texts.pattern("growth.lead.engagement"))
                .when(foundBy.equalTo("store"), texts.pattern("growth.lead.store"))
                .when(foundBy.equalTo("county_portrait"), texts.column("growth.lead.county-portrait", county, portrait))
                .when(foundBy.equalTo("portrait"), texts.column("growth.lead.portrait", portrait))
                .otherwise(texts.column("growth.lead.county", county));
    }
}
