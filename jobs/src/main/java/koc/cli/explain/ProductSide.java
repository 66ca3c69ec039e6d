package koc.cli.explain;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import koc.recommend.RecommendSettings;
import koc.rules.Absent;
import koc.rules.CategoryPath;
import koc.tables.CleanTables;
import koc.tables.FitTables;
import koc.text.ShortName;
import koc.warehouse.StoredRow;
import koc.warehouse.StoredTables;
import org.jspecify.annotations.Nullable;

/**
 * What is stored about one product, whoever recommends it.
 *
 * @param row of product_profile
 * @param medians of all products; null if campaigns decide which products count
 */
record ProductSide(StoredRow row, @Nullable ProductFactors medians, RecommendSettings settings) {

    /** The product of this row among all profiles of the day. */
    static ProductSide of(
            StoredTables tables, LocalDate day, StoredRow row, List<StoredRow> profiles, RecommendSettings settings) {
        boolean hasCampaigns = !tables.days(CleanTables.CAMPAIGNS).isEmpty();
        boolean isKnown = !hasCampaigns && settings.rerank().stock().isOn();
        return new ProductSide(row, isKnown ? ProductFactors.of(profiles, day) : null, settings);
    }

    /** The product, its quality gate and its trust. */
    Section profile() {
        return new Section.Builder("Product " + row.text("product_id") + " "
                        + ShortName.of(row.text("title"), ShortName.MAX_LENGTH))
                .columns(row, "category", "brand", "launched_on", "price", "unit_margin", "is_in_stock")
                .columns(row, "buyers", "repeat_buyers", "use_cycle_days", "generality", "generality_basis")
                .columns(row, "quality_gate", "trust", "trust_purchases", "trust_brand", "trust_reviews")
                .columns(row, "purchase_lines", "refunded_lines", "complaints", "reviews", "bad_reviews")
                .columns(row, "mean_rating")
                .build();
    }

    /** How well the product suits each portrait of a pool, the largest portrait first. */
    static Section fit(List<StoredRow> mix, List<StoredRow> fits) {
        Section.Builder section = new Section.Builder("Fit with the portraits of the pool");
        mix.stream()
                .sorted((one, other) -> Double.compare(other.value("members"), one.value("members")))
                .forEach(portrait -> {
                    section.column("members in " + portrait.text("portrait_name"), portrait, "members");
                    fits.stream()
                            .filter(fit -> fit.text("portrait_id").equals(portrait.text("portrait_id")))
                            .forEach(fit -> section.column("  buy rate", fit, "buy_rate")
                                    .column("  lift", fit, "lift")
                                    .column("  fit", fit, "fit"));
                });
        return section.build();
    }

    /** The rows of product_portrait_fit of this product. */
    List<StoredRow> fits(StoredTables tables, LocalDate day) {
        return tables.find(FitTables.PRODUCT_PORTRAIT_FIT, day, "product_id", row.text("product_id"));
    }

    /** How many products of the category are on the list, and how many may be; none without a cap or a category. */
    List<Entry> categoryCap(List<StoredRow> list, StoredRow category) {
        String path = path(row.text("category"));
        return settings.rerank().categoryCap().isOn() && !path.equals(Absent.NONE)
                ? List.of(
                        new Entry.Value(
                                "products of " + path + " on the list",
                                countIn(path, list),
                                category.source("category")),
                        new Entry.Value("  at most", maxOfCategory(), "koc.recommend.rerank.category-cap.max-fraction"))
                : List.of();
    }

    /** Whether the list has as many products of the category as it may. */
    boolean isCategoryFull(List<StoredRow> list) {
        String path = path(row.text("category"));
        return settings.rerank().categoryCap().isOn()
                && !path.equals(Absent.NONE)
                && countIn(path, list) >= maxOfCategory();
    }

    private long countIn(String path, List<StoredRow> list) {
        return list.stream()
                .filter(other -> path(other.text("category")).equals(path))
                .count();
    }

    private long maxOfCategory() {
        return Math.max(1, (long) Math.ceil(settings.rerank().categoryCap().maxFraction() * settings.top()));
    }

    /** A category path, cut to the levels that are distinguished; {@link Absent#NONE} without one. */
    String path(String category) {
        String path = Arrays.stream(category.split(CategoryPath.SEPARATOR, -1))
                .map(String::strip)
                .limit(settings.categoryDepth())
                .collect(Collectors.joining(" > "));
        return path.isEmpty() ? Absent.NONE : path;
    }
}
