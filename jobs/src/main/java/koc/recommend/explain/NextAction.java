package koc.recommend.explain;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import koc.recommend.RecommendSettings;
import koc.recommend.rank.Readiness;
import koc.text.ShortName;
import koc.text.Texts;
import org.apache.spark.sql.Column;

/** What a marketer does about a recommendation: one sentence with the names of the KOC and of the product. */
record NextAction(RecommendSettings settings, Texts texts) {
    /** Longer than in a reason: the reader must find the product by its title. */
    private static final int MAX_TITLE = 48;

    /**
     * Whether there is something to share now: enough buyers are expected, the KOC is ready for the product, it did not
     * disappoint its buyers, and a share may add buyers.
     */
    Column isActionable() {
        return hasEnoughBuyers()
                .and(col("not_ready_reason").isNull())
                .and(not(col("has_few_stars")))
                .and(not(surelyAddsNobody()));
    }

    /**
     * The sentence, from the columns of koc_recommendations and not_ready_reason, has_few_stars, nickname and title.
     */
    Column sentence() {
        Column name = coalesce(ShortName.of(col("nickname")), ShortName.of(col("koc_id")));
        Column title = coalesce(ShortName.of(col("title"), MAX_TITLE), ShortName.of(col("product_id"), MAX_TITLE));
        return when(not(hasEnoughBuyers()), texts.column("recommend.action.few", name, title))
                .when(
                        col("not_ready_reason").equalTo(Readiness.NOT_TIED),
                        texts.column("recommend.action.tie", name, title))
                .when(
                        col("not_ready_reason").equalTo(Readiness.NOT_APPROVED),
                        texts.column("recommend.action.approval", name, title))
                .when(col("has_few_stars"), texts.column("recommend.action.check", name, title))
                .when(surelyAddsNobody(), texts.column("recommend.action.none", name, title))
                .otherwise(share(name, title));
    }

    /** Share the product. A KOC who posts too often shares it instead of another post. */
    private Column share(Column name, Column title) {
        Column share = when(col("product_loyalty").gt(0), texts.column("recommend.action.share", name, title))
                .when(col("unit_cost").isNull(), texts.column("recommend.action.sample.unknown", name, title))
                .otherwise(texts.column("recommend.action.sample", name, title));
        return when(col("posts_too_often"), texts.column("recommend.action.instead", share))
                .otherwise(share);
    }

    private static Column surelyAddsNobody() {
        return coalesce(col("extra_buyers_if_shared_high").leq(0), lit(false));
    }

    private Column hasEnoughBuyers() {
        return col("expected_buyers").geq(settings.minActionableBuyers());
    }
}
