package koc.recommend.products;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;

import java.time.LocalDate;
import java.util.stream.Stream;
import koc.rules.CategoryPath;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Which products the open campaigns allow each KOC to recommend.
 *
 * <p>An open {@code exclude} forbids the products it matches. While open {@code allow}s apply to a KOC, only products
 * that match one of them are permitted. A campaign is open from starts_on to ends_on, both days included; without
 * ends_on it stays open. It matches a product when all of product_id, category and brand that it states match; a
 * category includes its subcategories. It applies to a KOC when all of koc_type, koc_id and county that it states
 * match.
 *
 * <p>The rows of campaigns are few enough to be broadcast. Those for one product or one KOC are found by a hash join:
 * thousands of them cost no more than ten. The other campaigns are tested one by one.
 */
public final class Campaigns {
    /**
     * The candidate's columns in a correlated subquery. Their own name is needed, as campaigns have the same columns.
     */
    private static final String CANDIDATE = "campaign_candidate";

    private Campaigns() {}

    /**
     * Keeps the candidates that no open campaign forbids. Grain and columns unchanged.
     *
     * @param candidates koc_id, koc_type, county, product_id, category, brand, and other columns; a null matches only
     *     campaigns that do not state this column
     * @param campaigns open rows of campaigns: one per campaign, group of products and group of KOCs
     */
    public static Dataset<Row> keepAllowed(Dataset<Row> candidates, Dataset<Row> campaigns) {
        Dataset<Row> excludes = selectRules(campaigns, "exclude");
        Dataset<Row> allows = selectRules(campaigns, "allow");
        Dataset<Row> limits =
                allows.select("for_koc_type", "for_koc_id", "for_county").distinct();
        Column isLimited = anyExists(broadcast(limits).where(appliesToKoc()), "for_koc_id", "koc_id");
        return withCandidate(candidates, "koc_type", "koc_id", "county")
                .where(not(isMatchedBy(excludes.where(appliesToKoc()))))
                .where(not(isLimited).or(isMatchedBy(allows.where(appliesToKoc()))))
                .drop(CANDIDATE);
    }

    /**
     * Keeps the products that at least one KOC may recommend, so that products forbidden for all KOCs are never scored.
     * It is cheaper than {@link #keepAllowed}. When no campaign is limited to some KOCs, both keep the same products.
     *
     * <p>While an {@code allow} for all KOCs is open, products of an {@code allow} for some KOCs stay as well: these
     * KOCs may recommend both.
     *
     * @param products product_id, category, brand, and other columns; grain and columns unchanged
     * @param campaigns open rows of campaigns: one per campaign, group of products and group of KOCs
     */
    public static Dataset<Row> keepAllowedForSomeKoc(Dataset<Row> products, Dataset<Row> campaigns) {
        Dataset<Row> excludes = selectRules(campaigns, "exclude");
        Dataset<Row> allows = selectRules(campaigns, "allow");
        return withCandidate(products)
                .where(not(isMatchedBy(excludes.where(isForAll()))))
                .where(not(allows.where(isForAll()).exists()).or(isMatchedBy(allows)))
                .drop(CANDIDATE);
    }

    /** Keeps the campaigns that are open on the day. */
    public static Dataset<Row> keepOpen(LocalDate day, Dataset<Row> campaigns) {
        return campaigns.where(
                col("starts_on").leq(lit(day)).and(coalesce(col("ends_on").geq(lit(day)), lit(true))));
    }

    private static Dataset<Row> selectRules(Dataset<Row> campaigns, String rule) {
        return campaigns
                .where(col("rule").equalTo(rule))
                .select(
                        col("product_id").as("on_product_id"),
                        withSeparator(col("category")).as("on_category"),
                        col("brand").as("on_brand"),
                        col("koc_type").as("for_koc_type"),
                        col("koc_id").as("for_koc_id"),
                        col("county").as("for_county"));
    }

    /** Whether one of the campaigns matches the product of the outer row. */
    private static Column isMatchedBy(Dataset<Row> rules) {
        Column isWithin = col("on_category").isNull().or(candidate("category").startsWith(col("on_category")));
        Dataset<Row> matching = broadcast(rules).where(isWithin.and(matches("on_brand", "brand")));
        return anyExists(matching, "on_product_id", "product_id");
    }

    /** Whether any of these campaigns exists: those that state the id are found by a hash join. */
    private static Column anyExists(Dataset<Row> rules, String ruleColumn, String candidateColumn) {
        Column hasSameId =
                rules.where(col(ruleColumn).equalTo(candidate(candidateColumn))).exists();
        return hasSameId.or(rules.where(col(ruleColumn).isNull()).exists());
    }

    /** Whether the campaign applies to the KOC of the outer row. */
    private static Column appliesToKoc() {
        return matches("for_koc_type", "koc_type")
                .and(matches("for_koc_id", "koc_id"))
                .and(matches("for_county", "county"));
    }

    private static Column isForAll() {
        return Stream.of("for_koc_type", "for_koc_id", "for_county")
                .map(limit -> col(limit).isNull())
                .reduce(Column::and)
                .orElseThrow();
    }

    private static Column matches(String ruleColumn, String candidateColumn) {
        return col(ruleColumn).isNull().or(col(ruleColumn).equalTo(candidate(candidateColumn)));
    }

    private static Column candidate(String column) {
        return col(CANDIDATE + "." + column).outer();
    }

    private static Dataset<Row> withCandidate(Dataset<Row> rows, String... kocColumns) {
        Stream<Column> productColumns = Stream.of(
                col("product_id"), col("brand"), withSeparator(col("category")).as("category"));
        return rows.withColumn(
                CANDIDATE,
                struct(Stream.concat(productColumns, Stream.of(kocColumns).map(column -> col(column)))
                        .toArray(Column[]::new)));
    }

    /** The category with a separator at its end, so that {@code baby} is no prefix of {@code baby food}. */
    private static Column withSeparator(Column category) {
        return concat(CategoryPath.normalize(category), lit(" > "));
    }
}
