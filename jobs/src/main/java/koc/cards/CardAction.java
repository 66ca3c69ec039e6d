package koc.cards;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.when;

import koc.rules.LosingKocs;
import koc.text.ShortName;
import koc.text.Texts;
import org.apache.spark.sql.Column;

/** What to do first about a KOC, once their next product is known. */
final class CardAction {
    /** Characters of a title: with the longest name and sentence, 160 in total. */
    private static final int MAX_TITLE = 35;

    private final Texts texts;
    private final Column name = ShortName.of(col("koc_name"));

    CardAction(Texts texts) {
        this.texts = texts;
    }

    /**
     * The sentence of koc_ranking; one that asks for a share names the product, or says that none is worth a share. A KOC who
     * costs more than they bring gets no training, no level and no search for a product. From next_step and next_action
     * of koc_ranking, koc_name, next_product, next_advice and the columns of {@link LosingKocs}.
     */
    Column sentence() {
        Column product = product();
        Column withProduct = coalesce(
                when(
                        asksForMoney(product).and(LosingKocs.costMoreThanTheyBring()),
                        texts.column("cards.action.review-costs", name)),
                share("first_share", product),
                share("share_more", product),
                share("share_again", product),
                when(
                        col("next_step").isin("spam", "frequency_cap").and(product.isNotNull()),
                        texts.column("cards.action.instead", col("next_action"), product)));
        return coalesce(withProduct, col("next_action"));
    }

    private static Column asksForMoney(Column product) {
        return col("next_step")
                .isin("training", "level")
                .or(col("next_step")
                        .isin("first_share", "share_more", "share_again")
                        .and(product.isNull()));
    }

    private Column share(String step, Column product) {
        String text = "cards.action." + step.replace('_', '-');
        return when(
                col("next_step").equalTo(step),
                when(product.isNull(), texts.column(text + ".none", name))
                        .otherwise(texts.column(text, name, product)));
    }

    private Column product() {
        Column title = ShortName.of(col("next_product"), MAX_TITLE);
        return when(col("next_advice").equalTo("sample first"), texts.column("cards.action.sample-first", title))
                .otherwise(title);
    }
}
