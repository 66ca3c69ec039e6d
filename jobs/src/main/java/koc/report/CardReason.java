package koc.report;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.instr;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.overlay;
import static org.apache.spark.sql.functions.when;

import koc.text.ShortName;
import koc.text.Texts;
import org.apache.spark.sql.Column;

/** The reason of a recommendation on the card of a KOC. */
final class CardReason {
    private CardReason() {}

    /**
     * The reason with "it" instead of the title, which stands above it on the card: "19 members will buy 19" is "19
     * members will buy it". The title is found after its verb, because it may also be a number or a part of another word.
     */
    static Column belowTitle(Texts texts) {
        Column title = coalesce(ShortName.of(col("title")), ShortName.of(col("product_id")));
        Column verb = when(col("target_event").equalTo("purchase"), texts.pattern("recommend.verb.purchase"))
                .otherwise(texts.pattern("recommend.verb.other"));
        Column object = concat_ws(" ", verb, title);
        Column start = instr(col("reason"), object);
        return when(start.gt(0), overlay(col("reason"), texts.column("report.card.it", verb), start, length(object)))
                .otherwise(col("reason"));
    }
}
