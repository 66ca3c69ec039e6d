package koc.kocs.score;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.try_element_at;
import static org.apache.spark.sql.functions.when;

import koc.text.ShortName;
import koc.text.Texts;
import org.apache.spark.sql.Column;

/**
 * Says whether a KOC is ready or what is missing first, and names the products that are blocked for them. Every number
 * is a column of koc_ranking.
 */
final class ReadinessText {
    private final Texts texts;

    ReadinessText(Texts texts) {
        this.texts = texts;
    }

    /** The readiness of a KOC with the columns of {@link KocStatus#withStatus}. */
    Column explain() {
        Column verdict = when(not(col("is_tied_to_brand")), texts.column("kocs.ready.tie", col("purchase_days_365d")))
                .when(not(col("uses_products")), texts.pattern("kocs.ready.use"))
                .when(
                        not(col("approves_products")),
                        texts.column("kocs.ready.approval", col("products_approved"), col("products_blocked")))
                .otherwise(texts.pattern("kocs.ready"));
        return concat_ws(texts.pattern("kocs.between"), verdict, nameBlocked());
    }

    /** One blocked product with its cause; two by name; of more the first with its cause, and how many there are. */
    private Column nameBlocked() {
        Column blocked = col("blocked");
        Column first = try_element_at(blocked, lit(1));
        Column title = title(first);
        Column cause = when(first.getField("complaints").gt(0), texts.pattern("kocs.blocked.complaint"))
                .when(first.getField("refunded_units").gt(0), texts.pattern("kocs.blocked.return"))
                .otherwise(texts.pattern("kocs.blocked.review"));
        return when(size(blocked).equalTo(1), texts.column("kocs.blocked.one", title, cause))
                .when(
                        size(blocked).equalTo(2),
                        texts.column("kocs.blocked.two", title, title(try_element_at(blocked, lit(2)))))
                .when(size(blocked).gt(2), texts.column("kocs.blocked.several", title, cause, col("products_blocked")));
    }

    private static Column title(Column product) {
        return coalesce(ShortName.of(product.getField("title")), ShortName.of(product.getField("product_id")));
    }
}
