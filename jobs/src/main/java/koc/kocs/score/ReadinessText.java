package koc.kocs.score;

import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.slice;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import koc.kocs.KocSettings;
import koc.text.Texts;
import org.apache.spark.sql.Column;

/** Says whether a KOC is ready, what is missing, and which products are blocked for which cause. */
final class ReadinessText {
    /** Blocked products that are named; the others are counted. */
    private static final int MAX_NAMED = 3;

    private final KocSettings.Readiness settings;
    private final Texts texts;

    ReadinessText(KocSettings.Readiness settings, Texts texts) {
        this.settings = settings;
        this.texts = texts;
    }

    /** The readiness of a KOC with the columns of {@link KocStatus#withStatus}. */
    Column explain() {
        Column missing = concat_ws(
                texts.pattern("kocs.and"),
                when(
                        not(col("is_tied_to_brand")),
                        texts.column("kocs.ready.tie", col("purchase_days_365d"), lit(settings.minPurchaseDays()))),
                when(not(col("uses_products")), texts.pattern("kocs.ready.use")),
                when(not(col("approves_products")), explainApproval()));
        Column verdict = when(col("is_ready"), texts.pattern("kocs.ready")).otherwise(missing);
        return concat_ws(texts.pattern("kocs.between"), verdict, nameBlocked());
    }

    private Column explainApproval() {
        return texts.column(
                "kocs.ready.approval",
                col("products_approved"),
                KocStatus.productsTried(),
                col("approval_rate").multiply(100),
                lit(settings.minApprovalRate() * 100));
    }

    /** The first blocked products with their causes, and how many more there are; null without any. */
    private Column nameBlocked() {
        Column blocked = col("blocked");
        Column named = array_join(
                transform(
                        slice(blocked, 1, MAX_NAMED),
                        product -> texts.column(
                                "kocs.blocked.product", product.getField("product_id"), nameCauses(product))),
                texts.pattern("kocs.comma"));
        Column more = size(blocked).minus(MAX_NAMED);
        return when(
                coalesce(size(blocked).gt(0), lit(false)),
                texts.column(
                        "kocs.blocked",
                        concat_ws(
                                texts.pattern("kocs.comma"),
                                named,
                                when(more.gt(0), texts.column("kocs.blocked.more", more)))));
    }

    private Column nameCauses(Column product) {
        return concat_ws(
                texts.pattern("kocs.comma"),
                when(product.getField("complaints").gt(0), texts.pattern("kocs.blocked.complaint")),
                when(product.getField("refunded_units").gt(0), texts.pattern("kocs.blocked.return")),
                when(product.getField("bad_reviews").gt(0), texts.pattern("kocs.blocked.review")));
    }
}
