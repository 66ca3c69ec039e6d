package koc.cli;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import koc.tables.CleanTables;
import koc.tables.FitTables;
import koc.tables.GrowthTables;
import koc.tables.PortraitTables;
import koc.tables.RecommendTables;
import koc.text.TextNumbers;
import koc.warehouse.Table;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Recomputes every number in every text of the published tables from the columns of its row ({@link TextNumbers}). */
final class PublishedTexts {
    /** The columns with sentences. */
    private static final Map<Table, List<String>> TEXTS = Map.of(
            RecommendTables.KOC_RECOMMENDATIONS,
            List.of("reason", "next_action", "target_portraits"),
            GrowthTables.CONTENT_TO_REPOST,
            List.of("reason"),
            FitTables.PRODUCT_PROFILE,
            List.of("trust_reason", "quality_gate"),
            FitTables.PRODUCT_PORTRAIT_FIT,
            List.of("reason"),
            FitTables.CATEGORY_PORTRAIT_FIT,
            List.of("reason"));

    private final SparkSession spark;
    private final Path published;
    private final Map<String, String> nicknamesAndTitles = new HashMap<>();
    private final Set<String> portraits = new HashSet<>();

    PublishedTexts(SparkSession spark, Path warehouse, LocalDate day) {
        this.spark = spark;
        this.published = warehouse.resolve("published");
        Warehouse tables = new Warehouse(spark, warehouse.toString());
        addNames(tables.readLatest(CleanTables.USERS, day).select("user_id", "nickname"));
        addNames(tables.read(FitTables.PRODUCT_PROFILE, day).select("product_id", "title"));
        tables.read(PortraitTables.PORTRAITS, day)
                .select("name")
                .collectAsList()
                .forEach(row -> portraits.add(row.getString(0)));
    }

    private void addNames(Dataset<Row> idsAndNames) {
        idsAndNames
                .na()
                .drop()
                .collectAsList()
                .forEach(row -> nicknamesAndTitles.put(row.getString(0), row.getString(1)));
    }

    /** What is wrong with the texts: the table, the column and the sentence. */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        TEXTS.forEach((table, columns) -> {
            for (Row row : rows(table)) {
                for (String column : columns) {
                    TextNumbers.faults(row, column, names(row))
                            .forEach(fault -> faults.add(table.name() + "." + fault));
                }
            }
        });
        return faults;
    }

    /** Number of texts that were checked. */
    long count() {
        return TEXTS.entrySet().stream()
                .mapToLong(texts ->
                        (long) rows(texts.getKey()).size() * texts.getValue().size())
                .sum();
    }

    private List<Row> rows(Table table) {
        return spark.read().parquet(published.resolve(table.name()).toString()).collectAsList();
    }

    /** The names and ids that a text of this row may contain. */
    private String[] names(Row row) {
        Set<String> names = new HashSet<>(portraits);
        for (String column : row.schema().fieldNames()) {
            if (column.endsWith("_id") && row.getAs(column) instanceof String id) {
                names.add(id);
                names.add(nicknamesAndTitles.getOrDefault(id, id));
            }
        }
        return Stream.concat(names.stream(), Stream.of("county", "category")).toArray(String[]::new);
    }
}
