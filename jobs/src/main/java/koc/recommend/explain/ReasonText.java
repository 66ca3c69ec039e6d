package koc.recommend.explain;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.when;

import java.util.Set;
import koc.recommend.RecommendSettings;
import koc.recommend.TargetEvent;
import koc.recommend.features.Part;
import koc.recommend.rank.Readiness;
import koc.rules.CertainLift;
import koc.text.ShortName;
import koc.text.Texts;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Says in two sentences why a product is recommended and what the KOC does about it. The first sentence has the
 * expected buyers and the main reason to expect them. The second says what the KOC does, or what is missing first. When
 * the expected buyers round to 0, one sentence says so instead. The KOC is addressed as "you".
 *
 * <p>Every number is a column of the row, rounded. A sentence has at most three numbers, and both together have at most
 * 160 characters, however long the names are. Example: "About 19 members will buy Cherries in 28 days, 12 because
 * theirs is running out. You use it yourself: say so."
 */
public record ReasonText(RecommendSettings settings, Texts texts) {
    /** Maximum length of a county, so that a sentence with the longest title fits its limit. */
    private static final int MAX_COUNTY = 15;
    /** A lift below would be displayed as 1.0 or less. */
    private static final double MIN_LIFT = 1.05;

    private static final Set<String> BY_PORTRAIT =
            Set.of(Part.PORTRAIT.publishedColumn(), Part.NON_BUYER.publishedColumn());

    /**
     * Adds reason. The greatest part and its words are temporary columns, because several sentences need them.
     *
     * @param rows with the columns of koc_recommendations, county and title
     */
    public Dataset<Row> addTo(Dataset<Row> rows) {
        return rows.withColumn(
                        "buyers_of_main_part",
                        greatest(Part.publishedColumns().stream()
                                .map(part -> col(part))
                                .toArray(Column[]::new)))
                .withColumn("cause", cause())
                .withColumn("reason", reason())
                .drop("buyers_of_main_part", "cause");
    }

    private Column reason() {
        Column buyers = round(col("expected_buyers"));
        Column title = title();
        Column days = lit(settings.horizonDays());
        Column few = texts.column("recommend.reason.few", verb(), title, days);
        Column plain = texts.column("recommend.reason.many", buyers, verb(), title, days);
        Column cause = col("cause");
        Column buyersOfMainPart = round(col("buyers_of_main_part"));
        Column some = when(
                        col("buyers_of_main_part").multiply(2).lt(col("expected_buyers")),
                        texts.column("recommend.reason.less.cause", buyers, verb(), title, days, cause))
                .when(
                        buyersOfMainPart.between(lit(1), buyers.minus(1)),
                        texts.column(
                                "recommend.reason.part.cause", buyers, verb(), title, days, buyersOfMainPart, cause))
                .otherwise(texts.column("recommend.reason.many.cause", buyers, verb(), title, days, cause));
        Column isPurchase = lit(TargetEvent.PURCHASE.eventType()).equalTo(col("target_event"));
        Column mayShare = col("not_ready_reason").isNull().and(not(col("has_few_stars")));
        return when(buyers.equalTo(0), few)
                .otherwise(texts.column(
                        "recommend.sentences",
                        when(mayShare.and(isPurchase), some).otherwise(plain),
                        advice()));
    }

    /** The title of the product, else its id, short enough for a sentence. */
    static Column title() {
        return coalesce(ShortName.of(col("title")), ShortName.of(col("product_id")));
    }

    private Column verb() {
        return when(
                        col("target_event").equalTo(TargetEvent.PURCHASE.eventType()),
                        texts.pattern("recommend.verb.purchase"))
                .otherwise(texts.pattern("recommend.verb.other"));
    }

    private Column advice() {
        return when(col("not_ready_reason").equalTo(Readiness.NOT_TIED), texts.pattern("recommend.advice.tie"))
                .when(
                        col("not_ready_reason").equalTo(Readiness.NOT_APPROVED),
                        texts.pattern("recommend.advice.approval"))
                .when(col("has_few_stars"), texts.pattern("recommend.advice.check"))
                .when(col("product_loyalty").gt(0), texts.pattern("recommend.advice.own_use"))
                .otherwise(texts.pattern("recommend.advice.sample"));
    }

    /** The part with the most buyers, in words; of equal ones the first of {@link Part}. */
    private Column cause() {
        Column[] causes = Part.publishedColumns().stream()
                .map(part -> when(col(part).equalTo(col("buyers_of_main_part")), words(part)))
                .toArray(Column[]::new);
        return coalesce(causes);
    }

    private Column words(String part) {
        Column words = lit(texts.pattern("recommend.cause." + part));
        if (!BY_PORTRAIT.contains(part)) {
            return words;
        }
        Column county = ShortName.of(col("county"), MAX_COUNTY);
        Column isOfPortrait = lit(part.equals(Part.PORTRAIT.publishedColumn()));
        Column isCertain = col("top_portrait_lift").geq(MIN_LIFT).and(CertainLift.isMore(col("top_portrait_lift_low")));
        return when(
                        col("basis").equalTo("county").and(county.isNotNull()),
                        texts.column("recommend.cause.county", county))
                .when(not(col("basis").equalTo("pool")), texts.pattern("recommend.cause.everybody"))
                .when(isOfPortrait.and(isCertain), texts.column("recommend.cause.lift", col("top_portrait_lift")))
                // Similar users buy it less than others: they are not the reason, but how many buy it at all.
                .when(isOfPortrait.and(col("top_portrait_lift").lt(1)), texts.pattern("recommend.cause.everybody"))
                .otherwise(words);
    }
}
