package koc.influence;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.sqrt;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.try_element_at;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import koc.spark.Checkpoints;
import koc.spark.ExactSums;
import koc.tables.InfluenceTables;
import koc.tables.PortraitTables;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Who bought what was shared with them, and how many would have bought it anyhow.
 *
 * <p>Reached is everybody with an open tie on the day of a share, whether they opened it or not (intention to treat). The
 * expected buyers of a share among the members of portrait g are
 *
 * <pre>members(g) x rate(g, product) x purchases(KOC, g, category) x days(product, share) x appetite(KOC, category)</pre>
 *
 * with rate: purchases of the product by users of the portrait, a user and day, reached by no share of it; purchases: how
 * much more users with as many earlier purchases of the category (none, one, more, as of each day before) buy of it;
 * days: length of the window, busy days counting more, and how much more than usual the product sold in those days to those
 * not reached; appetite: what the pool buys of the category when nobody shares it, over what the former say. So the
 * controls match portrait, earlier purchases, product and days, and what portraits do not say of friends' taste is taken
 * from the friends themselves.
 *
 * <p>Counts are of purchases, one a user, product and day, on both sides of the comparison: what is bought every other day
 * is bought three times in a week, shared or not.
 *
 * <p>Who has ties to several KOCs is reached by several shares of a product in the same days, and is one user. So the days
 * that nobody reached are not what is left when all reached days are taken off: with {@code d} ties a user and the share
 * {@code x} of their days reached, counted as often as they were reached, they are {@code (1 - x / d)^d}, as if each tie was
 * reached or not by chance. With one tie a user that is 1 - x; with ten, and each of their KOCs sharing once in a week of two,
 * .001 and not -4.
 *
 * <p>Cost: no row a share and member is ever made. Purchases meet ties and shares (purchases x ties of the buyer), ties are
 * summed to KOC x portrait x day, and from there on rows are shares x portraits.
 */
final class ExposureCounts {
    private static final String[] CELL = {"portrait_id", "product_id"};
    private static final String[] POOL_CELL = {"koc_id", "portrait_id", "category"};
    /** At most this share of ties, or of what a pool is expected to buy, is taken for reached. */
    private static final double MAX_REACHED = .9;
    /** What others who reached the same purchases took of a KOC's is taken to be right up to half of it. */
    private static final double UNSURE_OF_TAKEN = .5;

    /** Newton's steps in {@link #divided}. */
    private static final int ROUNDS = 8;

    private static final String[] KOC = {"koc_id"};

    private final int days;
    private final InfluenceSettings settings;
    private final LocalDate from;
    private final Checkpoints checkpoints;

    private ExposureCounts(LocalDate from, LocalDate day, InfluenceSettings settings, Checkpoints checkpoints) {
        this.checkpoints = checkpoints;
        this.from = from;
        this.days = (int) (day.toEpochDay() - from.toEpochDay()) + 1;
        this.settings = settings;
    }

    /**
     * KOC x portrait grain: reached, counted (purchases by those reached), observed (the same, of each what counts for the
     * KOC, see {@link #divided}), expected, naive (buyers by the product's usual rate), deviation (relative, of the
     * appetite, the same for all portraits of a KOC).
     *
     * @param purchases {@link Purchases#kept} of the days looked at and of 365 days before
     * @param shares {@link Purchases#shares}; those before the first day only reach
     * @param spans ties over time
     * @param reached {@link Purchases#reached}
     * @param people user_id, portrait_id, registered_at
     * @param fakes koc_id, user_id: whose purchases count for nothing, see {@link FraudDetection#damped}
     * @param checkpoints for what is read more than once
     */
    static Dataset<Row> of(
            Dataset<Row> purchases,
            Dataset<Row> shares,
            Dataset<Row> spans,
            Dataset<Row> reached,
            Dataset<Row> people,
            Dataset<Row> fakes,
            LocalDate from,
            LocalDate day,
            InfluenceSettings settings,
            Checkpoints checkpoints) {
        ExposureCounts counting = new ExposureCounts(from, day, settings, checkpoints);
        return checkpoints.compute(counting.counts(purchases, shares, spans, reached, people, fakes));
    }

    private Dataset<Row> counts(
            Dataset<Row> purchases,
            Dataset<Row> allShares,
            Dataset<Row> spans,
            Dataset<Row> reached,
            Dataset<Row> people,
            Dataset<Row> fakes) {
        Dataset<Row> shares = allShares.where("place >= 0");
        Dataset<Row> users = checkpoints.compute(people.withColumn(
                "risk_days",
                lit((double) days)
                        .minus(greatest(
                                lit(0),
                                least(
                                        lit(days),
                                        coalesce(datediff(to_date(col("registered_at")), lit(from)), lit(0)))))));
        Dataset<Row> own = checkpoints.compute(purchases
                .join(reached.select("event_id").distinct(), new String[] {"event_id"}, "left_anti")
                .join(users.select("user_id", "portrait_id"), new String[] {"user_id"}, "inner")
                .select("user_id", "portrait_id", "product_id", "category", "place")
                .distinct());
        Dataset<Row> recent = own.where("place >= 0");
        Dataset<Row> members = checkpoints.compute(members(spans, users));
        Dataset<Row> portraits = checkpoints.compute(portraits(users, members));
        Dataset<Row> exposed = checkpoints.compute(exposed(shares, members));

        Dataset<Row> rates = checkpoints.compute(rates(recent, exposed, portraits));
        Dataset<Row> histories = checkpoints.compute(histories(own));
        Dataset<Row> relative = relative(recent, histories, rates, portraits);
        Dataset<Row> appetites = checkpoints.compute(appetites(shares, members, histories, relative));
        double[] busy = busyDays(recent);
        Dataset<Row> demand = checkpoints.compute(exposed.join(
                        rates.select("portrait_id", "product_id", "rate"), CELL, "inner")
                .join(appetites.select("koc_id", "portrait_id", "category", "purchases"), POOL_CELL, "inner")
                .withColumn("demand", col("members").multiply(col("rate")).multiply(col("purchases"))));
        Dataset<Row> expected = checkpoints.compute(demand.join(
                        seasons(recent, demand, rates, portraits, busy), new String[] {"product_id", "place"}, "inner")
                .withColumn("expected", col("demand").multiply(length(busy)).multiply(col("season"))));
        Dataset<Row> leaning = appetite(recent, members, portraits, appetites, expected);
        // Shares before the first day reach purchases of these days too, but nothing is expected of them.
        Dataset<Row> hits = reached.groupBy("koc_id", "user_id", "product_id", "bought_on")
                .agg(max(col("place").geq(0)).as("is_counted"))
                .join(fakes.select("koc_id", "user_id"), new String[] {"koc_id", "user_id"}, "left_anti")
                .join(users.select("user_id", "portrait_id"), new String[] {"user_id"}, "inner");
        Dataset<Row> usual = purchases
                .where("place >= 0")
                .select("user_id", "product_id", "place")
                .distinct()
                .groupBy("product_id")
                .agg(count(lit(1)).as("sold"))
                .crossJoin(broadcast(portraits.agg(sum("risk").as("all_risk"))))
                .select(col("product_id"), col("sold").divide(col("all_risk")).as("usual_rate"));
        Dataset<Row> exposures = checkpoints.compute(expected.join(
                        leaning, new String[] {"koc_id", "category"}, "inner")
                .join(usual, new String[] {"product_id"}, "left")
                .groupBy("koc_id", "portrait_id")
                .agg(
                        sum("members").as("reached"),
                        exactly(col("expected").multiply(col("appetite"))).as("expected"),
                        exactly(col("members")
                                        .multiply(coalesce(col("usual_rate"), lit(0.0)))
                                        .multiply(col("ends").minus(col("shared"))))
                                .as("naive"),
                        exactly(col("variance").divide(col("cell_rows"))).as("variance")));
        Dataset<Row> buyers = divided(hits, exposures)
                .where("is_counted")
                .groupBy("koc_id", "portrait_id")
                .agg(
                        count(lit(1)).cast("double").as("counted"),
                        exactly(col("part")).as("observed"));
        return exposures
                .join(buyers, new String[] {"koc_id", "portrait_id"}, "left")
                .na()
                .fill(0.0, new String[] {"counted", "observed"});
    }

    /**
     * Adds part, what of a purchase counts for each KOC that reached it. Who hears of a product from several KOCs in the
     * same days buys it 1 + sum(x) times as often as if nobody had told, with x = lift - 1 of each; of that a KOC's own
     * part is 1 + x. For example of lifts 4 and 1: all of it for the first, a quarter for the second, who would have seen
     * that quarter anyhow.
     *
     * <p>The x are those of most likelihood, none below 0, over all portraits; then each is mixed with an expected buyer's
     * worth of everybody's. They are found by Newton's steps of every KOC at once, shortened by the number of KOCs that share a
     * purchase, which keeps them from swinging (the separable bound of De Pierro 1995).
     *
     * @param hits koc_id, user_id, product_id, bought_on, is_counted
     * @param exposures koc_id, expected
     */
    private Dataset<Row> divided(Dataset<Row> hits, Dataset<Row> exposures) {
        WindowSpec purchase = whole("user_id", "product_id", "bought_on");
        Dataset<Row> reached =
                checkpoints.compute(hits.withColumn("reachers", count(lit(1)).over(purchase)));
        Dataset<Row> several = checkpoints.compute(reached.where("reachers > 1"));
        if (several.isEmpty()) {
            return reached.withColumn("part", lit(1.0));
        }
        Dataset<Row> alone = reached.where("reachers = 1 AND is_counted")
                .groupBy("koc_id")
                .agg(count(lit(1)).cast("double").as("alone"));
        Dataset<Row> kocs = checkpoints.compute(exposures
                .groupBy("koc_id")
                .agg(exactly(col("expected")).as("expected"))
                .join(alone, KOC, "left")
                .na()
                .fill(0.0, new String[] {"alone"})
                .withColumn("x", lit(1.0)));
        for (int round = 0; round < ROUNDS; round++) {
            Column share = lit(1.0).divide(exactly(col("x"), purchase).plus(1));
            Dataset<Row> slopes = withX(several, kocs)
                    .withColumn("share", share)
                    .where("is_counted")
                    .groupBy("koc_id")
                    .agg(
                            exactly(col("share")).as("slope"),
                            exactly(col("reachers").multiply(col("share")).multiply(col("share")))
                                    .as("curve"));
            Column own = lit(1.0).divide(col("x").plus(1));
            Column slope = col("alone").multiply(own).plus(col("slope")).minus(col("expected"));
            Column curve = col("alone").multiply(own).multiply(own).plus(col("curve"));
            kocs = checkpoints.compute(kocs.join(slopes, KOC, "left")
                    .na()
                    .fill(0.0, new String[] {"slope", "curve"})
                    .withColumn(
                            "x",
                            when(curve.gt(0), greatest(lit(0.0), col("x").plus(slope.divide(curve))))
                                    .otherwise(lit(0.0)))
                    .drop("slope", "curve"));
        }
        Column everybody = exactly(col("expected").multiply(col("x")), whole())
                .divide(greatest(lit(1e-9), exactly(col("expected"), whole())));
        Dataset<Row> steady = kocs.withColumn(
                "x",
                col("expected")
                        .multiply(col("x"))
                        .plus(everybody)
                        .divide(col("expected").plus(1)));
        return withX(reached, checkpoints.compute(steady))
                .withColumn(
                        "part",
                        col("x").plus(1).divide(exactly(col("x"), purchase).plus(1)))
                .drop("x");
    }

    /** Adds x of each KOC; 0 of whom nothing was expected in the days looked at. */
    private static Dataset<Row> withX(Dataset<Row> hits, Dataset<Row> kocs) {
        return hits.join(broadcast(kocs.select("koc_id", "x")), KOC, "left")
                .withColumn("x", coalesce(col("x"), lit(0.0)));
    }

    /**
     * Portrait grain: risk (days of all its users), tied_days (of those with a tie), and ties (of a user who has any, the
     * same for all).
     */
    private Dataset<Row> portraits(Dataset<Row> users, Dataset<Row> members) {
        Dataset<Row> tied = members.groupBy("portrait_id")
                .agg(count_distinct(col("user_id")).as("tied"), count(lit(1)).as("ties"))
                .withColumn("ties", sum("ties").over(whole()).divide(sum("tied").over(whole())));
        return users.groupBy("portrait_id")
                .agg(sum("risk_days").as("risk"))
                .join(tied, new String[] {"portrait_id"}, "left")
                .withColumn(
                        "tied_days",
                        least(col("risk"), coalesce(col("tied"), lit(0L)).multiply((double) days)))
                .withColumn("ties", coalesce(col("ties"), lit(1.0)))
                .drop("tied");
    }

    /** The share of {@code all} that nobody reached, of which {@code reached} was, counted once for every tie. */
    private static Column unreached(Column reached, Column all, Column ties) {
        Column ofATie = least(lit(MAX_REACHED), reached.divide(all).divide(ties));
        return when(all.gt(0), pow(lit(1.0).minus(ofATie), ties)).otherwise(lit(1.0));
    }

    /**
     * The whole pool beside its portraits, portrait_id = *; and the relative deviation of the whole for all: that of what is
     * expected, and that of what others took of its purchases.
     */
    static Dataset<Row> withWhole(Dataset<Row> counts) {
        Dataset<Row> whole = counts.groupBy("koc_id")
                .agg(
                        sum("reached").as("reached"),
                        exactly(col("expected")).as("expected"),
                        exactly(col("naive")).as("naive"),
                        exactly(col("variance")).as("variance"),
                        exactly(col("counted")).as("counted"),
                        exactly(col("observed")).as("observed"))
                .withColumn("portrait_id", lit(InfluenceTables.WHOLE_POOL));
        Column taken = when(col("counted").gt(0), lit(1.0).minus(col("observed").divide(col("counted"))))
                .otherwise(lit(0.0))
                .multiply(UNSURE_OF_TAKEN);
        Column expectation = when(col("expected").gt(0), col("variance").divide(pow(col("expected"), lit(2))))
                .otherwise(lit(0.0));
        Dataset<Row> deviations = whole.select(
                col("koc_id"), sqrt(expectation.plus(taken.multiply(taken))).as("deviation"));
        return counts.unionByName(whole).drop("variance").join(deviations, new String[] {"koc_id"}, "inner");
    }

    /** Ties of members with a portrait, as far as they lie in the days looked at: first and last place. */
    private Dataset<Row> members(Dataset<Row> spans, Dataset<Row> users) {
        return spans.select(
                        col("koc_id"),
                        col("user_id"),
                        greatest(lit(0), datediff(col("since"), lit(from))).as("first"),
                        least(lit(days - 1), datediff(col("until"), lit(from))).as("last"))
                .where("last >= first")
                .join(users.select("user_id", "portrait_id"), new String[] {"user_id"}, "inner");
    }

    /** Share x portrait grain: members with an open tie on the day of the share, where there is one. */
    private Dataset<Row> exposed(Dataset<Row> shares, Dataset<Row> members) {
        Dataset<Row> steps = members.select(
                        col("koc_id"),
                        col("portrait_id"),
                        explode(array(
                                        struct(col("first").as("place"), lit(1L).as("step")),
                                        struct(col("last").plus(1).as("place"), lit(-1L).as("step"))))
                                .as("change"))
                .groupBy(col("koc_id"), col("portrait_id"), col("change.place").as("place"))
                .agg(sum("change.step").as("step"));
        Dataset<Row> asked = shares.select("koc_id", "place")
                .distinct()
                .join(steps.select("koc_id", "portrait_id").distinct(), new String[] {"koc_id"}, "inner")
                .select(
                        col("koc_id"),
                        col("portrait_id"),
                        col("place"),
                        lit(0L).as("step"),
                        lit(true).as("is_asked"));
        WindowSpec upTo = Window.partitionBy("koc_id", "portrait_id")
                .orderBy("place")
                .rangeBetween(Window.unboundedPreceding(), Window.currentRow());
        Dataset<Row> open = steps.withColumn("is_asked", lit(false))
                .unionByName(asked)
                .withColumn("members", sum("step").over(upTo))
                .where("is_asked AND members > 0")
                .select("koc_id", "portrait_id", "place", "members");
        return shares.select("share_id", "koc_id", "product_id", "category", "place", "shared", "ends")
                .join(open, new String[] {"koc_id", "place"}, "inner");
    }

    /**
     * Portrait x product grain: rate, purchases a user and day of those not reached; of a product that a portrait hardly
     * buys, drawn to the product's part of the category; and category_rate, the same of its category.
     */
    private Dataset<Row> rates(Dataset<Row> recent, Dataset<Row> exposed, Dataset<Row> portraits) {
        double product = settings.expectation().product();
        Dataset<Row> sold =
                recent.groupBy("portrait_id", "product_id").agg(count(lit(1)).as("sold"));
        // One window after the other: what everybody shares in one week reaches nobody in the others.
        int length = settings.windowDays();
        Column part = least(lit(length), lit(days).minus(col("window").multiply(length)))
                .divide((double) days);
        Dataset<Row> reachedDays = exposed.groupBy(
                        col("portrait_id"),
                        col("product_id"),
                        floor(col("place").divide(length)).as("window"))
                .agg(exactly(col("members").multiply(col("ends").minus(col("shared"))))
                        .as("counted"))
                .join(broadcast(portraits), new String[] {"portrait_id"}, "inner")
                .withColumn("tied", col("tied_days").multiply(part))
                .withColumn("reached", lit(1.0).minus(unreached(col("counted"), col("tied"), col("ties"))))
                .groupBy("portrait_id", "product_id")
                .agg(exactly(col("tied").multiply(col("reached"))).as("reached_days"));
        Dataset<Row> products = recent.select("product_id", "category", "portrait_id")
                .withColumn("one", lit(1L))
                .unionByName(exposed.select("product_id", "category")
                        .distinct()
                        .withColumn("portrait_id", lit(""))
                        .withColumn("one", lit(0L)))
                .groupBy("product_id", "category")
                .agg(sum("one").as("product_sold"))
                .withColumn("category_sold", sum("product_sold").over(whole("category")))
                // A product that sold to nobody unless it was shared could still have sold.
                .withColumn(
                        "part", greatest(lit(.5), col("product_sold")).divide(greatest(lit(.5), col("category_sold"))));
        return products.crossJoin(broadcast(portraits))
                .join(sold, CELL, "left")
                .join(reachedDays, CELL, "left")
                .withColumn("sold", coalesce(col("sold"), lit(0L)).cast("double"))
                .withColumn("free", greatest(lit(1e-6), col("risk").minus(coalesce(col("reached_days"), lit(0.0)))))
                .withColumn("cell_sold", sum("sold").over(whole("portrait_id", "category")))
                .withColumn("cell_free", exactly(col("free").multiply(col("part")), whole("portrait_id", "category")))
                .withColumn("category_rate", col("cell_sold").divide(col("cell_free")))
                .withColumn("usual", col("category_rate").multiply(col("part")).multiply(col("free")))
                .withColumn(
                        "rate",
                        col("sold")
                                .plus(product)
                                .divide(col("usual").plus(product))
                                .multiply(col("usual"))
                                .divide(col("free")))
                .select("portrait_id", "product_id", "category", "rate", "category_rate");
    }

    /** User x category grain: places of the first and the second purchase of the user's own accord. */
    private static Dataset<Row> histories(Dataset<Row> own) {
        Column places = sort_array(col("places"));
        return own.groupBy("user_id", "portrait_id", "category")
                .agg(collect_list("place").as("places"))
                .select(
                        col("user_id"),
                        col("portrait_id"),
                        col("category"),
                        element_at(places, 1).as("once"),
                        coalesce(try_element_at(places, lit(2)), lit(Integer.MAX_VALUE))
                                .as("twice"));
    }

    /** Days from first to last on which a user had bought once, and more often, the day before. */
    private static Column daysOnce(Column first, Column last) {
        return greatest(lit(0), least(col("twice"), last).minus(greatest(col("once"), first.minus(1))));
    }

    private static Column daysTwice(Column first, Column last) {
        return greatest(lit(0), last.minus(greatest(col("twice"), first.minus(1))));
    }

    /**
     * Portrait x category grain: how much more users buy of a category who had bought of it never (none), once, or more
     * often (more), with mean 1 over the portrait.
     */
    private Dataset<Row> relative(
            Dataset<Row> recent, Dataset<Row> histories, Dataset<Row> rates, Dataset<Row> portraits) {
        String[] cell = {"portrait_id", "category"};
        Column first = lit(0);
        Column last = lit(days - 1);
        Dataset<Row> exposures = histories
                .groupBy("portrait_id", "category")
                .agg(
                        sum(daysOnce(first, last)).as("days_once"),
                        sum(daysTwice(first, last)).as("days_more"));
        Dataset<Row> sold = recent.join(histories, new String[] {"user_id", "portrait_id", "category"}, "inner")
                .groupBy("portrait_id", "category")
                .agg(
                        sum(when(col("once").geq(col("place")), 1).otherwise(0)).as("sold_none"),
                        sum(when(col("once").lt(col("place")).and(col("twice").geq(col("place"))), 1)
                                        .otherwise(0))
                                .as("sold_once"),
                        sum(when(col("twice").lt(col("place")), 1).otherwise(0)).as("sold_more"));
        Dataset<Row> cells = rates.groupBy("portrait_id", "category")
                .agg(max("category_rate").as("category_rate"))
                .join(broadcast(portraits), new String[] {"portrait_id"}, "inner")
                .join(exposures, cell, "left")
                .join(sold, cell, "left")
                .na()
                .fill(0, new String[] {"days_once", "days_more", "sold_none", "sold_once", "sold_more"})
                .withColumn(
                        "days_none",
                        greatest(lit(0.0), col("risk").minus(col("days_once")).minus(col("days_more"))));
        double shrinkage = settings.expectation().purchases();
        Dataset<Row> scaled = cells;
        for (String bucket : new String[] {"none", "once", "more"}) {
            Column usual = col("category_rate").multiply(col("days_" + bucket));
            Column everybody = sum("sold_" + bucket)
                    .over(whole("category"))
                    .divide(greatest(lit(1e-9), exactly(usual, whole("category"))));
            scaled = scaled.withColumn("all_" + bucket, everybody)
                    .withColumn(
                            bucket,
                            col("sold_" + bucket)
                                    .plus(col("all_" + bucket).multiply(shrinkage))
                                    .divide(usual.plus(shrinkage)));
        }
        Column mean = col("none")
                .multiply(col("days_none"))
                .plus(col("once").multiply(col("days_once")))
                .plus(col("more").multiply(col("days_more")))
                .divide(greatest(
                        lit(1e-9), col("days_none").plus(col("days_once")).plus(col("days_more"))));
        return scaled.withColumn("mean", when(mean.gt(0), mean).otherwise(lit(1.0)))
                .select(
                        col("portrait_id"),
                        col("category"),
                        col("category_rate"),
                        col("none").divide(col("mean")).as("none"),
                        col("once").divide(col("mean")).as("once"),
                        col("more").divide(col("mean")).as("more"));
    }

    /**
     * KOC x portrait x category grain, of categories that the KOC shares: purchases (what the members' earlier purchases
     * make of the portrait's rate) and all (what they are expected to buy in all the days).
     */
    private Dataset<Row> appetites(
            Dataset<Row> shares, Dataset<Row> members, Dataset<Row> histories, Dataset<Row> relative) {
        Dataset<Row> pools = members.groupBy("koc_id", "portrait_id")
                .agg(sum(col("last").minus(col("first")).plus(1)).as("member_days"));
        Dataset<Row> bought = members.join(histories.drop("portrait_id"), new String[] {"user_id"}, "inner")
                .groupBy("koc_id", "portrait_id", "category")
                .agg(
                        sum(daysOnce(col("first"), col("last"))).as("member_days_once"),
                        sum(daysTwice(col("first"), col("last"))).as("member_days_more"));
        return shares.select("koc_id", "category")
                .distinct()
                .join(pools, new String[] {"koc_id"}, "inner")
                .join(bought, POOL_CELL, "left")
                .join(broadcast(relative), new String[] {"portrait_id", "category"}, "inner")
                .na()
                .fill(0, new String[] {"member_days_once", "member_days_more"})
                .withColumn(
                        "purchases",
                        col("none")
                                .plus(col("member_days_once")
                                        .multiply(col("once").minus(col("none")))
                                        .plus(col("member_days_more")
                                                .multiply(col("more").minus(col("none"))))
                                        .divide(col("member_days"))))
                .withColumn(
                        "all", col("member_days").multiply(col("category_rate")).multiply(col("purchases")))
                .select("koc_id", "portrait_id", "category", "member_days", "category_rate", "purchases", "all");
    }

    /** How busy each day was, 1 = as usual; as many numbers as days. */
    private double[] busyDays(Dataset<Row> recent) {
        double[] sold = new double[days];
        recent.groupBy("place").count().collectAsList().forEach(row -> sold[row.getInt(0)] = row.getLong(1));
        double total = Arrays.stream(sold).sum();
        return total == 0
                ? DoubleStream.generate(() -> 1).limit(days).toArray()
                : Arrays.stream(sold).map(count -> count * days / total).toArray();
    }

    /** Days from shared to ends, busy days counting more. */
    private static Column length(double[] busy) {
        double[] cumulated = new double[busy.length + 1];
        for (int i = 0; i < busy.length; i++) {
            cumulated[i + 1] = cumulated[i] + busy[i];
        }
        Column sums = literal(cumulated);
        Column each = literal(busy);
        return upTo(col("ends"), sums, each, busy.length).minus(upTo(col("shared"), sums, each, busy.length));
    }

    private static Column upTo(Column moment, Column sums, Column each, int days) {
        Column place = least(floor(moment), lit(days - 1)).cast("int");
        return element_at(sums, place.plus(1)).plus(moment.minus(place).multiply(element_at(each, place.plus(1))));
    }

    private static Column literal(double[] values) {
        return array(Arrays.stream(values).mapToObj(value -> lit(value)).toArray(Column[]::new));
    }

    /**
     * Product x day grain, of days on which it was shared: season, what those not reached bought of it in the window from
     * that day on, over what is usual.
     */
    private Dataset<Row> seasons(
            Dataset<Row> recent, Dataset<Row> demand, Dataset<Row> rates, Dataset<Row> portraits, double[] busy) {
        String[] productDay = {"product_id", "place"};
        int window = settings.windowDays();
        Dataset<Row> sold =
                recent.groupBy("product_id", "place").agg(count(lit(1)).as("sold"));
        Dataset<Row> begun =
                demand.groupBy("product_id", "place").agg(exactly(col("demand")).as("begun"));
        Dataset<Row> usual = rates.join(broadcast(portraits), new String[] {"portrait_id"}, "inner")
                .groupBy("product_id")
                .agg(
                        exactly(col("rate").multiply(col("risk")).divide((double) days))
                                .as("usual"),
                        exactly(col("rate").multiply(col("tied_days")).divide((double) days))
                                .as("usual_tied"),
                        max("ties").as("ties"));
        WindowSpec before = Window.partitionBy("product_id").orderBy("place").rowsBetween(1 - window, 0);
        WindowSpec after = Window.partitionBy("product_id").orderBy("place").rowsBetween(0, window - 1);
        double shrinkage = settings.expectation().days();
        return begun.select("product_id")
                .distinct()
                .join(usual, new String[] {"product_id"}, "inner")
                .withColumn("place", explode(sequence(lit(0), lit(days - 1))))
                .join(sold, productDay, "left")
                .join(begun, productDay, "left")
                .withColumn("taken", exactly(coalesce(col("begun"), lit(0.0)), before))
                .withColumn(
                        "free",
                        col("usual")
                                .minus(col("usual_tied"))
                                .plus(col("usual_tied")
                                        .multiply(unreached(col("taken"), col("usual_tied"), col("ties"))))
                                .multiply(element_at(literal(busy), col("place").plus(1))))
                .withColumn(
                        "season",
                        sum(coalesce(col("sold"), lit(0L)))
                                .over(after)
                                .plus(shrinkage)
                                .divide(exactly(col("free"), after).plus(shrinkage)))
                .where("begun IS NOT NULL")
                .select("product_id", "place", "season");
    }

    /**
     * KOC x category grain: appetite, what the pool buys of the category when nobody shares it over what its portraits and
     * earlier purchases say, and with it the variance of its expected buyers.
     */
    private Dataset<Row> appetite(
            Dataset<Row> recent,
            Dataset<Row> members,
            Dataset<Row> portraits,
            Dataset<Row> appetites,
            Dataset<Row> expected) {
        String[] cell = {"koc_id", "category"};
        double shrinkage = settings.expectation().appetite();
        Dataset<Row> bought = recent.select("user_id", "category", "place")
                .join(members.select("koc_id", "user_id", "first", "last"), new String[] {"user_id"}, "inner")
                .where("place BETWEEN first AND last")
                .groupBy("koc_id", "category")
                .agg(count(lit(1)).as("bought"));
        Dataset<Row> own = expected.groupBy("koc_id", "portrait_id", "category")
                .agg(exactly(col("expected")).as("own"), count(lit(1)).as("cells"));
        return appetites
                .join(own, POOL_CELL, "left")
                .join(
                        broadcast(portraits.select("portrait_id", "tied_days", "ties")),
                        new String[] {"portrait_id"},
                        "inner")
                .withColumn("own", coalesce(col("own"), lit(0.0)))
                // What others share reaches the pool as well: as much as it reaches those with a tie on average.
                .withColumn(
                        "anybody",
                        exactly(col("own"), whole("portrait_id", "category"))
                                .divide(col("tied_days"))
                                .multiply(col("member_days")))
                .withColumn("others", greatest(lit(0.0), col("anybody").minus(col("own"))))
                .withColumn(
                        "free",
                        col("all")
                                .multiply(unreached(col("own"), col("all"), lit(1.0)))
                                .multiply(unreached(col("others"), col("all"), col("ties"))))
                .groupBy("koc_id", "category")
                .agg(
                        exactly(col("free")).as("free"),
                        exactly(col("own")).as("own"),
                        sum(coalesce(col("cells"), lit(0L))).as("cell_rows"))
                .where("cell_rows > 0")
                .join(bought, cell, "left")
                .withColumn("bought", coalesce(col("bought"), lit(0L)).plus(shrinkage))
                .withColumn("appetite", col("bought").divide(col("free").plus(shrinkage)))
                .withColumn("steady", col("own").multiply(col("appetite")))
                .withColumn("variance", col("steady").multiply(col("steady")).divide(col("bought")))
                .select("koc_id", "category", "appetite", "variance", "cell_rows");
    }

    private static WindowSpec whole(String... columns) {
        Column[] key = Arrays.stream(columns).map(name -> col(name)).toArray(Column[]::new);
        return Window.partitionBy(key).rowsBetween(Window.unboundedPreceding(), Window.unboundedFollowing());
    }

    private static Column exactly(Column value) {
        return ExactSums.preciseSum(value);
    }

    private static Column exactly(Column value, WindowSpec window) {
        return ExactSums.preciseSumOver(value, window);
    }

    /** People with the portrait they had before the holdout; those unknown then are newcomers. */
    static Dataset<Row> people(Dataset<Row> users, Dataset<Row> exposures) {
        return users.select("user_id", "registered_at")
                .join(exposures.select("user_id", "portrait_id"), new String[] {"user_id"}, "full_outer")
                .select(
                        col("user_id"),
                        coalesce(col("portrait_id"), lit(PortraitTables.NEWCOMERS))
                                .as("portrait_id"),
                        col("registered_at"));
    }
}
