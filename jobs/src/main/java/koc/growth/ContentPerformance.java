package koc.growth;

import static org.apache.spark.sql.functions.bool_or;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import koc.rules.CategoryPath;
import koc.rules.DayWindow;
import koc.rules.EventTypes;
import koc.rules.ProductUse;
import koc.spark.ExactSums;
import koc.tables.Frame;
import koc.text.ShortName;
import koc.text.Texts;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/** How many responses each post of a KOC brings, and which posts the brand should repost. */
public final class ContentPerformance {
    /** The posts of the last 90 days that a KOC published first. */
    public static final Frame POSTS =
            Frame.named("posts").grain("one row per post (content_id)").columns("""
                    content_id            STRING COMMENT 'Shared content or post',
                    koc_id                STRING COMMENT 'Author: the KOC who published it first',
                    product_id            STRING COMMENT 'Product of the post; null without one',
                    category              STRING COMMENT 'Category of the product; (none) without one',
                    first_shared_on       DATE   COMMENT 'Day of the first share',
                    shares                BIGINT COMMENT 'Shares by all users',
                    users_reached         BIGINT COMMENT 'Sum of the pool sizes of all who shared it',
                    openers               BIGINT COMMENT 'Users who opened it or showed interest because of it',
                    purchases             DOUBLE COMMENT 'Purchases credited to it',
                    responses             DOUBLE COMMENT 'openers + purchaseWeight x purchases',
                    author_posts          BIGINT COMMENT 'Posts of the author',
                    author_responses      DOUBLE COMMENT 'Responses to all posts of the author',
                    author_category_posts BIGINT COMMENT 'Posts of the author in the category'""");

    /** {@link #POSTS}, compared with what the author's posts usually get. */
    public static final Frame POSTS_WITH_LIFT = Frame.named("posts_with_lift")
            .grain("one row per post (content_id)")
            .columns(POSTS.schema().toDDL() + ", " + """
                    baseline_responses    DOUBLE COMMENT 'Responses to a post of the author, shrunk',
                    lift                  DOUBLE COMMENT 'responses over baseline_responses, shrunk towards 1',
                    persona_fit           DOUBLE COMMENT 'Fraction of the posts of the author in the category'""");

    private static final String[] KOC = {"koc_id"};
    /** A lower lift would be displayed as 1.0: no reason to repost. The texts say "at least 5% more". */
    private static final double MIN_LIFT = 1.05;

    /** Days of the shares, as in shares_90d. */
    private static final int DAYS = 90;

    private static final String[] CONTENT = {"content_id"};
    /** Maximum lengths, so that the sentence fits its limit. */
    private static final int MAX_AUTHOR = 18;

    private static final int MAX_TITLE = 37;

    private final GrowthSettings settings;
    private final GrowthSettings.Content content;
    private final LocalDate day;
    private final LocalDate first;

    public ContentPerformance(GrowthSettings settings, LocalDate day) {
        this.settings = settings;
        this.content = settings.content();
        this.day = day;
        this.first = DayWindow.first(day, DAYS);
    }

    /**
     * Sharers of content -> one row per post ({@link #POSTS}). Posts of revoked KOCs are left out. A user who
     * opens a post twice counts once; sharers who open their own share do not count.
     *
     * @param sharing as {@link koc.rules.ContentSharing#computeSharers} returns it
     * @param responses as {@link #countResponses} returns them
     * @param products product_id, category (truncated)
     * @param kocs {@link GrowthKocs#KOCS}
     */
    public Dataset<Row> measure(
            Dataset<Row> sharing, Dataset<Row> responses, Dataset<Row> products, Dataset<Row> kocs) {
        Dataset<Row> authored = sharing.where(
                        col("is_author").and(col("first_shared_on").geq(lit(first))))
                .drop("is_author", "shares_90d")
                .join(kocs.where("NOT is_revoked").select("koc_id"), KOC, "left_semi");
        Dataset<Row> shared = sharing.where("shares_90d > 0")
                .join(kocs.select("koc_id", "pool_size"), KOC, "left")
                .groupBy("content_id")
                .agg(
                        sum("shares_90d").as("shares"),
                        sum(coalesce(col("pool_size"), lit(0L))).as("users_reached"));
        Column weighted = round(col("openers").plus(col("purchases").multiply(content.purchaseWeight())), 9);
        WindowSpec ofAuthor =
                Window.partitionBy("koc_id").rowsBetween(Window.unboundedPreceding(), Window.unboundedFollowing());
        WindowSpec ofAuthorAndCategory = Window.partitionBy("koc_id", "category")
                .rowsBetween(Window.unboundedPreceding(), Window.unboundedFollowing());
        return authored.join(shared, CONTENT, "inner")
                .join(responses, CONTENT, "left")
                .join(products, new String[] {"product_id"}, "left")
                .withColumn("category", CategoryPath.orNone(col("category")))
                .withColumn("openers", coalesce(col("openers"), lit(0L)))
                .withColumn("purchases", coalesce(col("purchases"), lit(0.0)))
                .withColumn("responses", weighted)
                .withColumn("author_posts", count(lit(1)).over(ofAuthor))
                .withColumn("author_responses", ExactSums.sumOver(col("responses"), ofAuthor))
                .withColumn("author_category_posts", count(lit(1)).over(ofAuthorAndCategory))
                .to(POSTS.schema());
    }

    /**
     * Events -> one row per content: content_id, openers (users) and purchases credited to its shares and opens.
     *
     * @param events all events up to the day
     * @param credits purchase_credits of the day
     */
    public Dataset<Row> countResponses(Dataset<Row> events, Dataset<Row> credits) {
        Dataset<Row> credited = credits.groupBy(col("touch_event_id").as("event_id"))
                .agg(ExactSums.sum(col("credited_fraction")).as("credited_purchases"));
        Column isOpening = EventTypes.isClick()
                .or(col("event_type").equalTo("inquiry"))
                .and(not(col("user_id").eqNullSafe(col("sharer_id"))));
        return Engagement.keepWindow(events, first, day)
                .where(col("content_id").isNotNull().and(isOpening.or(EventTypes.isSharing())))
                .join(credited, new String[] {"event_id"}, "left")
                .groupBy("content_id", "user_id")
                .agg(
                        bool_or(isOpening).as("has_opened"),
                        ExactSums.sum(col("credited_purchases")).as("credited_purchases"))
                .groupBy("content_id")
                .agg(
                        count_if(col("has_opened")).as("openers"),
                        coalesce(ExactSums.sum(col("credited_purchases")), lit(0.0))
                                .as("purchases"));
    }

    /**
     * Posts -> the same rows with baseline_responses, lift and persona_fit ({@link #POSTS_WITH_LIFT}).
     *
     * <p>{@code baseline_responses} = (responses of the author's other posts + m x mean of all posts) / (other posts
     * + m), with m = {@code baselineShrinkage}. {@code lift} = (responses + k) / (baseline_responses + k), with k =
     * {@code liftShrinkage}. Worked: 30 responses, a baseline of 10 and k = 5: 35 / 15 = 2.33. A post of yesterday
     * has had little time to collect responses, so its lift is too low rather than too high.
     *
     * <p>{@code persona_fit} is the fraction of the author's posts in the same category.
     *
     * @param posts {@link #POSTS}
     */
    public Dataset<Row> withLift(Dataset<Row> posts) {
        Column mean = ExactSums.sum(col("responses")).divide(count(lit(1)));
        Dataset<Row> overall = posts.agg(coalesce(mean, lit(0.0)).as("mean_responses"));
        Column others = col("author_responses").minus(col("responses"));
        Column baseline = others.plus(col("mean_responses").multiply(content.baselineShrinkage()))
                .divide(col("author_posts").minus(1).plus(lit(content.baselineShrinkage())));
        Column lift = col("responses")
                .plus(content.liftShrinkage())
                .divide(col("baseline_responses").plus(content.liftShrinkage()));
        return posts.crossJoin(broadcast(overall))
                .withColumn("baseline_responses", round(baseline, 6))
                .withColumn("lift", round(lift, 6))
                .withColumn("persona_fit", round(col("author_category_posts").divide(col("author_posts")), 6))
                .to(POSTS_WITH_LIFT.schema());
    }

    /**
     * Posts -> those whose author does not advise against the product: who complained about it, returned it or rated it
     * badly must not recommend it ({@link ProductUse}). Posts without a product stay.
     *
     * @param productDays user_product_days up to the day
     */
    public static Dataset<Row> withoutBlocked(Dataset<Row> posts, Dataset<Row> productDays) {
        Dataset<Row> authors = posts.select(col("koc_id").as("user_id")).distinct();
        Dataset<Row> blocked = ProductUse.judge(productDays.join(authors, new String[] {"user_id"}, "left_semi"))
                .where("is_blocked")
                .select(col("user_id").as("koc_id"), col("product_id"));
        return posts.join(blocked, new String[] {"koc_id", "product_id"}, "left_anti");
    }

    /**
     * Posts -> the rows of content_to_repost: the best by lift x persona_fit, of recent posts whose lift is at least
     * 1.05.
     *
     * @param posts {@link #POSTS_WITH_LIFT}
     * @param users user_id, nickname
     * @param products product_id, title
     */
    public Dataset<Row> selectToRepost(Dataset<Row> posts, Dataset<Row> users, Dataset<Row> products) {
        LocalDate firstRecent = DayWindow.first(day, content.windowDays());
        Column[] order = {col("score").desc(), col("content_id").asc()};
        return posts.where(col("first_shared_on")
                        .geq(lit(firstRecent))
                        .and(col("lift").geq(MIN_LIFT)))
                .withColumn("score", round(col("lift").multiply(col("persona_fit")), 6))
                .orderBy(order)
                .limit(content.maxPosts())
                // Few rows are left, so that one partition suffices.
                .withColumn("rank", row_number().over(Window.orderBy(order)))
                .join(users.select(col("user_id").as("koc_id"), col("nickname")), KOC, "left")
                .join(products.select("product_id", "title"), new String[] {"product_id"}, "left")
                .select(
                        lit(day).as("day"),
                        col("rank"),
                        col("content_id"),
                        col("koc_id"),
                        col("product_id"),
                        col("category"),
                        col("first_shared_on"),
                        col("shares"),
                        col("users_reached"),
                        col("openers"),
                        round(col("purchases"), 6).as("purchases"),
                        col("responses"),
                        col("baseline_responses"),
                        col("lift"),
                        col("persona_fit"),
                        col("score"),
                        reason().as("reason"));
    }

    /** Names the author and the product; without a product, the author alone. */
    private Column reason() {
        Texts texts = Texts.of(settings.language());
        Column author = coalesce(ShortName.of(col("nickname"), MAX_AUTHOR), ShortName.of(col("koc_id"), MAX_AUTHOR));
        Column title = coalesce(ShortName.of(col("title"), MAX_TITLE), ShortName.of(col("product_id"), MAX_TITLE));
        Column plain =
                texts.column("growth.content.reason.plain", author, col("openers"), col("purchases"), col("lift"));
        return when(title.isNull(), plain)
                .otherwise(texts.column(
                        "growth.content.reason", author, title, col("openers"), col("purchases"), col("lift")));
    }
}
