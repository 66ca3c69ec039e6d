package koc.growth;

import static org.apache.spark.sql.functions.bool_or;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;

import java.time.LocalDate;
import koc.rules.CategoryPath;
import koc.rules.DayWindow;
import koc.rules.EventTypes;
import koc.spark.ExactSums;
import koc.text.Texts;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/** What posts and shares bring, and which of them deserve more eyes. */
final class Contents {
    private static final String[] KOC = {"koc_id"};
    private static final String[] CONTENT = {"content_id"};

    private Contents() {}

    /**
     * The posts of 90 days: one row per content_id that a KOC who is not revoked was the first to share, in 90 days.
     *
     * <p>{@code responses} = openers + {@code purchaseWeight} x purchases. A post has its author, the first who ever shared
     * it, and what everybody's sharing of it brought. Who opens it twice has opened it once; sharers who open what they share
     * themselves do not count.
     *
     * @param sharing as {@link koc.rules.ContentSharing#computeSharers} returns it
     * @param events all events
     * @param credits purchase_credits of the day
     * @param products product_id, category (cut)
     * @param kocs as {@link Kocs#of} returns them
     * @return content_id, koc_id, product_id, category, first_shared_on, shares, users_reached, openers, purchases,
     *     responses, posts and posts_responses (of the author), category_posts (of the author in the category)
     */
    static Dataset<Row> of(
            Dataset<Row> sharing,
            Dataset<Row> events,
            Dataset<Row> credits,
            Dataset<Row> products,
            Dataset<Row> kocs,
            GrowthSettings.Content settings,
            LocalDate day) {
        LocalDate first = DayWindow.first(day, 90);
        Column responses = round(col("openers").plus(col("purchases").multiply(settings.purchaseWeight())), 9);
        WindowSpec ofAuthor = Window.partitionBy("koc_id");
        Dataset<Row> authored = sharing.where(
                        col("is_author").and(col("first_shared_on").geq(lit(first))))
                .drop("is_author", "shares_90d")
                .join(kocs.where("NOT is_revoked").select("koc_id"), KOC, "left_semi");
        Dataset<Row> shared = sharing.where("shares_90d > 0")
                .join(kocs.select("koc_id", "members"), KOC, "left")
                .groupBy("content_id")
                .agg(
                        sum("shares_90d").as("shares"),
                        sum(coalesce(col("members"), lit(0L))).as("users_reached"));
        return authored.join(shared, CONTENT, "inner")
                .join(answers(events, credits, first, day), CONTENT, "left")
                .join(products, new String[] {"product_id"}, "left")
                .withColumn("category", CategoryPath.orNone(col("category")))
                .withColumn("openers", coalesce(col("openers"), lit(0L)))
                .withColumn("purchases", coalesce(col("purchases"), lit(0.0)))
                .withColumn("responses", responses)
                .withColumn("posts", count(lit(1)).over(ofAuthor))
                .withColumn("posts_responses", ExactSums.sumOver(col("responses"), ofAuthor))
                .withColumn("category_posts", count(lit(1)).over(Window.partitionBy("koc_id", "category")));
    }

    /** Events -> content grain: openers (users), purchases credited to it. */
    private static Dataset<Row> answers(Dataset<Row> events, Dataset<Row> credits, LocalDate first, LocalDate day) {
        Dataset<Row> credited = credits.groupBy(col("touch_event_id").as("event_id"))
                .agg(ExactSums.sum(col("credited_fraction")).as("credit"));
        Column isOpening = EventTypes.isClick()
                .or(col("event_type").equalTo("inquiry"))
                .and(not(col("user_id").eqNullSafe(col("sharer_id"))));
        return Talk.inWindow(events, first, day)
                .where(col("content_id").isNotNull().and(isOpening.or(EventTypes.isSharing())))
                .join(credited, new String[] {"event_id"}, "left")
                .groupBy("content_id", "user_id")
                .agg(
                        bool_or(isOpening).as("has_opened"),
                        ExactSums.sum(col("credit")).as("credit"))
                .groupBy("content_id")
                .agg(
                        count_if(col("has_opened")).as("openers"),
                        coalesce(ExactSums.sum(col("credit")), lit(0.0)).as("purchases"));
    }

    /**
     * Posts -> the same with baseline_responses, lift and persona_fit.
     *
     * <p>{@code baseline_responses} = (responses of the author's other posts + m x everybody's mean) / (other posts + m), m =
     * {@code baselineShrinkage}; {@code lift} = (responses + k) / (baseline_responses + k), k = {@code liftShrinkage}. Worked: 30
     * responses where 10 are usual, k = 5: 35 / 15 = 2.33. A post of yesterday has had little time: its lift is too low
     * rather than too high.
     *
     * @param contents as {@link #of} returns them
     */
    static Dataset<Row> withLift(Dataset<Row> contents, GrowthSettings.Content settings) {
        Dataset<Row> everybody =
                contents.agg(coalesce(ExactSums.sum(col("responses")).divide(count(lit(1))), lit(0.0))
                        .as("mean_responses"));
        Column others = col("posts_responses").minus(col("responses"));
        Column usual = others.plus(col("mean_responses").multiply(settings.baselineShrinkage()))
                .divide(col("posts").minus(1).plus(lit(settings.baselineShrinkage())));
        return contents.crossJoin(broadcast(everybody))
                .withColumn("baseline_responses", round(usual, 6))
                .withColumn(
                        "lift",
                        round(
                                col("responses")
                                        .plus(settings.liftShrinkage())
                                        .divide(col("baseline_responses").plus(settings.liftShrinkage())),
                                6))
                .withColumn("persona_fit", round(col("category_posts").divide(col("posts")), 6));
    }

    /** The rows of content_to_repost: of the posts first shared in the window that beat the usual, the best by lift x persona fit. */
    static Dataset<Row> toRepost(Dataset<Row> lifted, GrowthSettings settings, LocalDate day) {
        LocalDate first = DayWindow.first(day, settings.content().windowDays());
        Column[] order = {col("score").desc(), col("content_id").asc()};
        return lifted.where(
                        col("first_shared_on").geq(lit(first)).and(col("lift").gt(1)))
                .withColumn("score", round(col("lift").multiply(col("persona_fit")), 6))
                .orderBy(order)
                .limit(settings.content().top())
                // Few rows by now: one partition holds them.
                .withColumn("rank", row_number().over(Window.orderBy(order)))
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
                        reason(settings).as("reason"));
    }

    private static Column reason(GrowthSettings settings) {
        Texts texts = Texts.of(settings.language());
        return concat_ws(
                texts.pattern("growth.between"),
                texts.column(
                        "growth.content.lift",
                        col("openers"),
                        col("purchases"),
                        col("baseline_responses"),
                        col("lift")),
                texts.column("growth.content.persona", col("persona_fit").multiply(100), col("category")),
                texts.column("growth.content.reached", col("users_reached"), col("shares")));
    }
}
