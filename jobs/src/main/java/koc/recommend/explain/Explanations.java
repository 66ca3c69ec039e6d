package koc.recommend.explain;

import static koc.recommend.PortraitIndex.at;
import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.slice;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import java.util.Map;
import koc.recommend.PortraitIndex;
import koc.recommend.RecommendInputs;
import koc.recommend.RecommendSettings;
import koc.recommend.rank.Scoring;
import koc.rules.FewStars;
import koc.tables.RecommendTables;
import koc.text.ShortName;
import koc.text.Texts;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;

/** Explains each recommendation: its target portraits, its reason, and the change since the previous run. */
public record Explanations(RecommendInputs inputs, RecommendSettings settings) {
    private static final int MAX_TARGETS = 3;
    /** Portraits with a smaller fraction of the expected buyers are not named. */
    private static final double MIN_TARGET_FRACTION = 0.05;
    /** Characters of the name of a target portrait. */
    private static final int MAX_NAME = 50;

    private static final DecimalType MONEY = DataTypes.createDecimalType(18, 2);

    /**
     * The rows of koc_recommendations.
     *
     * @param described as {@link Scoring#describe} returns them
     * @param previous koc_recommendations of the previous run, or none
     */
    public Dataset<Row> explain(Dataset<Row> described, Dataset<Row> previous) {
        Texts texts = Texts.of(settings.language());
        Dataset<Row> lifts = inputs.fits()
                .select(
                        col("product_id"),
                        col("portrait_id").as("top_portrait_id"),
                        col("lift").as("top_portrait_lift"),
                        col("lift_low").as("top_portrait_lift_low"));
        Dataset<Row> nicknames = inputs.users().select(col("user_id").as("koc_id"), col("nickname"));
        Dataset<Row> previousRanks =
                previous.select(col("koc_id"), col("product_id"), col("rank").as("previous_rank"));
        Dataset<Row> rows = described
                .withColumn("targets", targets(texts))
                .withColumn("top", element_at(col("targets"), 1))
                .withColumn("top_portrait_id", col("top.portrait_id"))
                .join(lifts, new String[] {"product_id", "top_portrait_id"}, "left")
                .join(nicknames, new String[] {"koc_id"}, "left")
                .join(previousRanks, new String[] {"koc_id", "product_id"}, "left")
                .join(
                        inputs.ranking()
                                .select(
                                        col("koc_id"),
                                        col("level"),
                                        postsTooOften(),
                                        ShareCaveats.extraBuyersPerPost().as("usual_extra_buyers")),
                        new String[] {"koc_id"},
                        "left")
                .join(productEvidence(), new String[] {"product_id"}, "left")
                .withColumn("is_actionable", new NextAction(settings, texts).isActionable())
                .withColumn("advice", advice())
                .withColumn("horizon_days", lit(settings.horizonDays()))
                .withColumn("target_event", lit(inputs.event().eventType()));
        Map<String, Column> computed = computed(texts);
        return new ReasonText(settings, texts)
                .addTo(NextProduct.addTo(ShareCaveats.addTo(rows, inputs, settings)))
                .select(Arrays.stream(
                                RecommendTables.KOC_RECOMMENDATIONS.schema().fieldNames())
                        .map(name -> computed.getOrDefault(name, col(name)).as(name))
                        .toArray(Column[]::new));
    }

    private Map<String, Column> computed(Texts texts) {
        return Map.ofEntries(
                Map.entry("day", lit(inputs.day())),
                Map.entry("expected_margin", expectedMargin()),
                Map.entry("next_action", new NextAction(settings, texts).sentence()),
                Map.entry("is_ready", col("not_ready_reason").isNull()),
                Map.entry("target_portraits", targetPortraits(texts)),
                Map.entry("top_portrait", when(col("top_portrait_id").isNotNull(), col("top.name"))),
                Map.entry("top_portrait_buyers", when(col("top_portrait_id").isNotNull(), col("top.buyers"))),
                Map.entry("change", change()));
    }

    /**
     * product_id, unit_cost and has_few_stars: the cost of one unit, which is also that of a sample (null when
     * unknown), and whether the product must be checked before it is shared.
     */
    private Dataset<Row> productEvidence() {
        return inputs.products()
                .select(
                        col("product_id"),
                        FewStars.hasFewStars().as("has_few_stars"),
                        col("price").minus(col("unit_margin")).cast(MONEY).as("unit_cost"));
    }

    /** Whether a KOC posts more than members bear, or far more than others: a share then replaces another post. */
    private static Column postsTooOften() {
        return col("days_above_cap")
                .gt(0)
                .or(coalesce(col("doubts"), lit("")).contains("spam"))
                .as("posts_too_often");
    }

    private static Column expectedMargin() {
        return col("expected_buyers")
                .multiply(col("unit_margin").cast(DataTypes.DoubleType))
                .cast(MONEY);
    }

    private static Column advice() {
        return when(col("not_ready_reason").isNotNull(), "not ready")
                .when(col("has_few_stars"), "check first")
                .when(col("product_loyalty").gt(0), "recommend")
                .otherwise("sample first");
    }

    private static Column change() {
        return when(col("previous_rank").isNull(), "new")
                .when(col("rank").lt(col("previous_rank")), "up")
                .when(col("rank").gt(col("previous_rank")), "down")
                .otherwise("kept");
    }

    /** The names of the first target portraits. */
    private static Column targetPortraits(Texts texts) {
        Column names = transform(
                slice(col("targets"), 1, MAX_TARGETS), target -> ShortName.of(target.getField("name"), MAX_NAME));
        return array_join(names, texts.pattern("recommend.target.between"));
    }

    /**
     * The portraits of the expected buyers, most buyers first: buyers, tie_breaker (the smaller index first),
     * portrait_id (null for users without a portrait), name.
     */
    private Column targets(Texts texts) {
        PortraitIndex portraits = inputs.portraits();
        Column all = portraits.arrayOf(index -> struct(
                at("buyers_by_portrait", index).as("buyers"),
                lit(-index).as("tie_breaker"),
                lit(index == portraits.withoutPortrait() ? null : portraits.id(index))
                        .cast(DataTypes.StringType)
                        .as("portrait_id"),
                lit(index == portraits.withoutPortrait()
                                ? texts.pattern("recommend.target.unknown")
                                : portraits.name(index))
                        .as("name")));
        // The first one always stays: with very many portraits, all may be below the minimum fraction.
        return filter(sort_array(all, false), (target, position) -> position.equalTo(0)
                .or(target.getField("buyers").geq(col("expected_buyers").multiply(MIN_TARGET_FRACTION))));
    }
}
