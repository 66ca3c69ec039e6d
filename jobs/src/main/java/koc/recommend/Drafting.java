package koc.recommend;

import java.time.LocalDate;
import java.util.Optional;
import koc.spark.Checkpoints;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * From a picture of the run date to a list for each KOC.
 *
 * @param products product_number, product_id, path: every product
 * @param productDays user_product_days up to the day
 * @param levels koc_id, level
 * @param campaigns as of the day, where they count
 */
record Drafting(
        LocalDate day,
        Dataset<Row> products,
        Dataset<Row> productDays,
        Dataset<Row> levels,
        Optional<Dataset<Row>> campaigns,
        Interest interest,
        BuyerModel model,
        PortraitOrder order,
        RecommendSettings settings) {

    /**
     * What each KOC is handed, and what it was chosen from.
     *
     * @param offered koc_number, product_number, and the columns of {@link PoolParts#of}: what comes into question
     * @param scored as {@link Coordination#of} returns it
     * @param list as {@link Reranking#list} returns it
     */
    record Draft(Picture picture, Dataset<Row> offered, Dataset<Row> scored, Dataset<Row> list) {}

    Drafting withoutCampaigns() {
        return new Drafting(day, products, productDays, levels, Optional.empty(), interest, model, order, settings);
    }

    Draft of(Picture picture, Checkpoints checkpoints) {
        Dataset<Row> kocs = picture.kocs();
        Dataset<Row> ownUse = checkpoints.compute(OwnUse.of(productDays, kocs, products));
        Dataset<Row> allowed = campaigns
                .map(rules -> allowed(picture, rules))
                .orElse(picture.parts())
                .join(
                        ownUse.where("is_disappointed").select("koc_number", "product_number"),
                        new String[] {"koc_number", "product_number"},
                        "left_anti");
        // Where no purchases are recorded nobody can be loyal, and no launch would wait for it.
        Dataset<Row> offered = picture.hasNew() && interest == Interest.PURCHASE
                ? NewProducts.keepSeeded(allowed, picture.offers(), products, ownUse, day, settings.newProducts())
                : allowed;
        Dataset<Row> scored = checkpoints.compute(Coordination.of(
                Ranking.score(offered, kocs, picture.offers(), ownUse, model, settings),
                kocs.join(levels, new String[] {"koc_id"}, "left"),
                picture.members(),
                settings.top(),
                settings.rerank()));
        return new Draft(
                picture,
                offered,
                scored,
                Reranking.list(scored, kocs, picture.offers(), order, settings.top(), settings.rerank()));
    }

    /** The parts less what a campaign forbids the KOC to recommend. */
    private Dataset<Row> allowed(Picture picture, Dataset<Row> rules) {
        Dataset<Row> candidates = picture.parts()
                .select("koc_number", "product_number")
                .join(
                        picture.kocs().select("koc_number", "koc_id", "koc_type", "county"),
                        new String[] {"koc_number"},
                        "inner")
                .join(
                        picture.offers().select("product_number", "product_id", "category", "brand"),
                        new String[] {"product_number"},
                        "inner");
        return picture.parts()
                .join(
                        Campaigns.allowed(candidates, rules, day).select("koc_number", "product_number"),
                        new String[] {"koc_number", "product_number"},
                        "left_semi");
    }
}
