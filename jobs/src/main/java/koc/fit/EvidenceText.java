package koc.fit;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import koc.text.Texts;
import org.apache.spark.sql.Column;

/** The evidence about a product in words: its reviews, and the worse of refunds and complaints. */
record EvidenceText(Texts texts) {
    /** The sentence with this name, with both parts of the evidence. */
    Column sentence(String name) {
        return texts.column(name, reviews(), purchases());
    }

    private Column reviews() {
        Column stars = coalesce(col("mean_rating"), lit(0.0));
        return when(col("reviews").equalTo(0), texts.pattern("fit.evidence.reviews.none"))
                .otherwise(texts.column("fit.evidence.reviews", stars, col("reviews")));
    }

    private Column purchases() {
        Column complaints = col("complaints");
        Column refunds = col("refunded_lines");
        Column purchases = col("purchase_lines");
        return when(complaints.gt(refunds), texts.column("fit.evidence.complaints", complaints, purchases))
                .when(refunds.gt(0), texts.column("fit.evidence.refunds", refunds, purchases))
                .when(purchases.gt(0), texts.column("fit.evidence.good", purchases))
                .otherwise(texts.pattern("fit.evidence.purchases.none"));
    }
}
