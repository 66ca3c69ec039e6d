package koc.report;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.instr;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.overlay;
import static org.apache.spark.sql.functions.when;

import koc.text.ShortName;
import koc.text.Texts;
import org.apache.spark.sql.Column;

/** The reason of a recommendation on the card of a KOC. */
final class CardReason {
    /** A shorter title may also be a part of another word, or a number. */
    private static final int MIN_TITLE = 3;

    private CardReason() {}

    /** The reason with "it" instead of the title, which stands above it on the card. */
    static Column belowTitle(Texts texts) {
        Column title = coalesce(ShortName.of(col("title")), ShortName.of(col("product_id")));
        Column start = instr(col("reason"), title);
        return when(
                        length(title).geq(MIN_TITLE).and(start.gt(0)),
                        overlay(col("reason"), lit(texts.pattern("report.card.it")), start, length(title)))
                .otherwise(col("reason"));
    }
}
