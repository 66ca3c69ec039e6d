package koc.recommend;

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
 * What the open campaigns let a KOC recommend.
 *
 * <p>What an open {@code exclude} names is out. While an open {@code allow} applies to a KOC, all is out but what one of
 * its open allows names. A campaign is open from starts_on to ends_on (for good, when null), both days included. It names
 * a product when all of product_id, category and brand that it states match, a category with all below it; it applies to
 * a KOC when all of koc_type, koc_id and county that it states match.
 *
 * <p>Campaigns are few: their rows are sent to where the candidates are. Those that name a product or a KOC are found by
 * it, so that a list of thousands costs no more than one of ten; the others are tried one by one.
 */
final class Campaigns {
    /** What a row is asked about; a name of its own, for a name that rules have too would be taken for theirs. */
    private static final String ASKED = "asked_of_campaigns";

    private Campaigns() {}

    /**
     * Candidates that no open campaign forbids. Grain and columns unchanged.
     *
     * @param candidates koc_id, koc_type, county, product_id, category, brand, and whatever else; nulls match only
     *     campaigns that do not ask
     * @param campaigns as of the day: one row a key
     */
    static Dataset<Row> allowed(Dataset<Row> candidates, Dataset<Row> campaigns, LocalDate day) {
        Dataset<Row> excludes = open(campaigns, "exclude", day);
        Dataset<Row> allows = open(campaigns, "allow", day);
        Dataset<Row> limits =
                allows.select("for_koc_type", "for_koc_id", "for_county").distinct();
        Column isBound = anyOf(broadcast(limits).where(appliesToKoc()), "for_koc_id", "koc_id");
        return withAsked(candidates, "koc_type", "koc_id", "county")
                .where(not(isNamedBy(excludes.where(appliesToKoc()))))
                .where(not(isBound).or(isNamedBy(allows.where(appliesToKoc()))))
                .drop(ASKED);
    }

    /**
     * Products that may be recommended to anybody at all, by what holds for every KOC: less than {@link #allowed} asks,
     * and cheaper, so that what is out for all is never ranked. Without campaigns limited to some KOCs it says the same.
     *
     * <p>An allow for all KOCs leaves in what a limited allow names as well, for it adds to what its KOCs may recommend.
     *
     * @param products product_id, category, brand, and whatever else; grain and columns unchanged
     * @param campaigns as of the day: one row a key
     */
    static Dataset<Row> allowedForAll(Dataset<Row> products, Dataset<Row> campaigns, LocalDate day) {
        Dataset<Row> excludes = open(campaigns, "exclude", day);
        Dataset<Row> allows = open(campaigns, "allow", day);
        return withAsked(products)
                .where(not(isNamedBy(excludes.where(isForAll()))))
                .where(not(allows.where(isForAll()).exists()).or(isNamedBy(allows)))
                .drop(ASKED);
    }

    /** The campaigns that are open on the day. */
    static Dataset<Row> openOn(LocalDate day, Dataset<Row> campaigns) {
        return campaigns.where(
                col("starts_on").leq(lit(day)).and(coalesce(col("ends_on").geq(lit(day)), lit(true))));
    }

    private static Dataset<Row> open(Dataset<Row> campaigns, String rule, LocalDate day) {
        return openOn(day, campaigns.where(col("rule").equalTo(rule)))
                .select(
                        col("product_id").as("on_product_id"),
                        withBorder(col("category")).as("on_path"),
                        col("brand").as("on_brand"),
                        col("koc_type").as("for_koc_type"),
                        col("koc_id").as("for_koc_id"),
                        col("county").as("for_county"));
    }

    /** Whether one of the rules names the product of the row outside. */
    private static Column isNamedBy(Dataset<Row> rules) {
        Column isWithin = col("on_path").isNull().or(asked("path").startsWith(col("on_path")));
        Dataset<Row> matching = broadcast(rules).where(isWithin.and(isAsked("on_brand", "brand")));
        return anyOf(matching, "on_product_id", "product_id");
    }

    /** Whether there is any of these rules: those that name this one thing are found by it. */
    private static Column anyOf(Dataset<Row> rules, String named, String outside) {
        Column isNamed = rules.where(col(named).equalTo(asked(outside))).exists();
        return isNamed.or(rules.where(col(named).isNull()).exists());
    }

    /** Whether the rule applies to the KOC of the row outside. */
    private static Column appliesToKoc() {
        return isAsked("for_koc_type", "koc_type")
                .and(isAsked("for_koc_id", "koc_id"))
                .and(isAsked("for_county", "county"));
    }

    private static Column isForAll() {
        return Stream.of("for_koc_type", "for_koc_id", "for_county")
                .map(limit -> col(limit).isNull())
                .reduce(Column::and)
                .orElseThrow();
    }

    private static Column isAsked(String ofRule, String outside) {
        return col(ofRule).isNull().or(col(ofRule).equalTo(asked(outside)));
    }

    private static Column asked(String outside) {
        return col(ASKED + "." + outside).outer();
    }

    private static Dataset<Row> withAsked(Dataset<Row> rows, String... limits) {
        Stream<Column> what = Stream.of(
                col("product_id"), col("brand"), withBorder(col("category")).as("path"));
        return rows.withColumn(
                ASKED,
                struct(Stream.concat(what, Stream.of(limits).map(limit -> col(limit)))
                        .toArray(Column[]::new)));
    }

    /** A path that begins with another one lies in it only when it does so up to a border between levels. */
    private static Column withBorder(Column category) {
        return concat(CategoryPath.normalize(category), lit(" > "));
    }
}
