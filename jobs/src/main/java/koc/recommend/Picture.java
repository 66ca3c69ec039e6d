package koc.recommend;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import java.time.LocalDate;
import java.util.Optional;
import koc.spark.Checkpoints;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Pools, products and what speaks for each product in each pool, as of one day: today to recommend from, and the day
 * before the window to learn from, by the same steps.
 *
 * @param kocs as {@link TrafficPools#candidates} returns them, and lifts
 * @param members koc_number, user_id, place, weight, time_weight: of these KOCs
 * @param offers as {@link Offers#of} returns them
 * @param held user_id, product_number, is_due
 * @param baskets user_id, product_number: what users are known by
 * @param hasNew whether any product is new
 * @param parts as {@link PoolParts#of} returns them
 */
record Picture(
        Dataset<Row> kocs,
        Dataset<Row> members,
        Dataset<Row> offers,
        Dataset<Row> held,
        Dataset<Row> baskets,
        boolean hasNew,
        Dataset<Row> parts) {

    /**
     * What both pictures are drawn of, as of the run date.
     *
     * @param pools koc_id, user_id, since
     * @param users users as of the run date
     * @param products as {@link Offers#numbered} returns them
     * @param fits product_portrait_fit of the run date
     * @param lifts koc_id, lifts
     * @param interest user_category_days: in what users showed interest; may be empty
     * @param since the first day of history
     * @param launched the latest launch of a product up to the run date, when there is any
     */
    record Scene(
            Dataset<Row> pools,
            Dataset<Row> users,
            Dataset<Row> products,
            Dataset<Row> fits,
            Dataset<Row> lifts,
            PortraitOrder order,
            Dataset<Row> interest,
            LocalDate since,
            Optional<LocalDate> launched) {

        /**
         * The same where nobody needs anything again: of a share held out nothing is told of that, for what a user has it can
         * neither have bought again nor not.
         */
        Scene withoutNeed() {
            return offering(products.withColumn("is_consumable", lit(false)));
        }

        /** The same with these products. */
        Scene offering(Dataset<Row> other) {
            return new Scene(pools, users, other, fits, lifts, order, interest, since, launched);
        }
    }

    /**
     * Draws the picture.
     *
     * @param portraits user_id, portrait_id as of the day
     * @param people as {@link People#weighted} returns them
     * @param holdings user_id, product_number, last_bought_on as of the day
     * @param maxKocs pools drawn by a seeded hash at most
     */
    static Picture of(
            Scene scene,
            Dataset<Row> portraits,
            Dataset<Row> people,
            Dataset<Row> holdings,
            LocalDate day,
            int maxKocs,
            RecommendSettings settings,
            Checkpoints checkpoints) {
        PortraitOrder order = scene.order();
        Dataset<Row> products = NewProducts.withAge(scene.products(), scene.since(), day, settings.newProducts());
        // Where nothing was launched lately, new products cost nothing.
        boolean hasNew = scene.launched()
                .filter(launched ->
                        launched.isAfter(day.minusDays(settings.newProducts().days())))
                .isPresent();
        Dataset<Row> offers = checkpoints.compute(Offers.of(
                products,
                rates(products, holdings, people, hasNew, order, settings, checkpoints),
                scene.fits(),
                order,
                settings));
        Dataset<Row> pools =
                scene.pools().where(col("since").isNull().or(col("since").leq(lit(day))));
        Dataset<Row> tied = checkpoints.compute(TrafficPools.members(pools, people, order));
        Dataset<Row> candidates = TrafficPools.candidates(tied, scene.users(), portraits, order, settings);
        Dataset<Row> kocs = checkpoints.compute((maxKocs == Integer.MAX_VALUE
                        ? candidates
                        : candidates
                                .orderBy(xxhash64(col("koc_id"), lit(settings.seed())), col("koc_id"))
                                .limit(maxKocs))
                .join(scene.lifts(), new String[] {"koc_id"}, "left")
                .withColumn("lifts", KocInfluence.known(order)));
        Dataset<Row> members = tied.join(kocs.select("koc_id", "koc_number"), new String[] {"koc_id"}, "inner")
                .drop("koc_id");
        Dataset<Row> baskets = checkpoints.compute(ItemModel.baskets(
                holdings, settings.itemModel().head(), settings.itemModel().history()));
        Broadcast<ItemModel> model = checkpoints.broadcast(
                baskets.sparkSession(),
                ItemModel.fit(baskets, settings.itemModel().regularisation()));
        Dataset<Row> held = Holdings.withDue(holdings, scene.products(), day, settings);
        Dataset<Row> valued = PoolParts.withItemValues(held, baskets, model);
        Dataset<Row> shortlist = PoolParts.shortlist(
                PoolParts.ofPortraits(kocs, offers.where("is_listed"), order, settings.shortlist()),
                PoolParts.itemScores(members, baskets, model),
                settings.shortlist());
        if (hasTail(holdings, settings.itemModel())) {
            Dataset<Row> known = checkpoints.compute(ItemModel.baskets(
                    holdings, Integer.MAX_VALUE, settings.itemModel().history()));
            Dataset<Row> neighbours = checkpoints.compute(ItemTail.neighbours(known, settings.itemModel()));
            Dataset<Row> offered = neighbours.join(
                    broadcast(offers.select(col("product_number").as("tail_number"))),
                    new String[] {"tail_number"},
                    "left_semi");
            Dataset<Row> scores = ItemTail.scores(members, known, offered);
            shortlist = PoolParts.withTail(shortlist, scores, settings.shortlist());
            valued = PoolParts.withTailValues(valued, ItemTail.values(holdings, known, neighbours));
        }
        shortlist = checkpoints.compute(PoolTaste.with(
                shortlist,
                kocs,
                members,
                checkpoints.compute(PoolTaste.known(
                        holdings, scene.interest().where(col("day").leq(lit(day))), products, settings)),
                people,
                offers,
                order,
                settings));
        Dataset<Row> parts =
                checkpoints.compute(PoolParts.of(kocs, members, valued, shortlist, offers, order, settings));
        // Released early, for it takes 32 MB of every executor: whatever was made with it is computed by now.
        model.unpersist();
        return new Picture(kocs, members, offers, held, baskets, hasNew, parts);
    }

    /** Whether anybody has anything that the item model does not know, and it is asked for. */
    private static boolean hasTail(Dataset<Row> holdings, RecommendSettings.ItemModelSettings settings) {
        return settings.tail().neighbours() > 0
                && !holdings.where(col("product_number").gt(settings.head())).isEmpty();
    }

    private static Dataset<Row> rates(
            Dataset<Row> products,
            Dataset<Row> holdings,
            Dataset<Row> people,
            boolean hasNew,
            PortraitOrder order,
            RecommendSettings settings,
            Checkpoints checkpoints) {
        Dataset<Row> counted = PortraitRates.counted(holdings, people, products, order);
        if (!hasNew) {
            return NewProducts.withoutNew(PortraitRates.of(counted, order, settings.rateShrinkage()));
        }
        Dataset<Row> held = checkpoints.compute(counted);
        return NewProducts.withRates(
                PortraitRates.of(held, order, settings.rateShrinkage()), held, products, order, settings.newProducts());
    }
}
