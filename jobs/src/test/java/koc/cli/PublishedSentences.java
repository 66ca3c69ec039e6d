package koc.cli;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import koc.rules.LosingKocs;
import koc.tables.CardTables;
import koc.tables.CleanTables;
import koc.tables.CommissionTables;
import koc.tables.EconomicsTables;
import koc.tables.FeatureTables;
import koc.tables.GrowthTables;
import koc.tables.KocTables;
import koc.tables.PortraitTables;
import koc.text.RowSentences;
import koc.warehouse.Table;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Computes every number in the sentences of published tables again, from the columns of its row. */
final class PublishedSentences {
    private static final Map<Table, List<String>> COLUMNS = columns();

    private final Warehouse warehouse;
    private final LocalDate day;
    private final Map<String, String> names = new HashMap<>();

    PublishedSentences(Warehouse warehouse, LocalDate day) {
        this.warehouse = warehouse;
        this.day = day;
        read(CleanTables.USERS, "user_id", "nickname");
        read(CleanTables.PRODUCTS, "product_id", "title");
    }

    private static Map<Table, List<String>> columns() {
        Map<Table, List<String>> columns = new LinkedHashMap<>();
        columns.put(KocTables.KOC_RANKING, List.of("readiness", "reasons", "next_action"));
        columns.put(KocTables.KOC_LIFECYCLE, List.of("missing", "recruitment_reason", "next_action"));
        columns.put(KocTables.LEVEL_EVENTS, List.of("reason"));
        columns.put(GrowthTables.COUNTY_COVERAGE, List.of("reason", "next_action"));
        columns.put(CardTables.COUNTY_CARD, List.of("next_action"));
        columns.put(GrowthTables.COUNTY_NEXT_KOCS, List.of("reason"));
        columns.put(GrowthTables.ACQUISITION_LEADS, List.of("reason"));
        columns.put(GrowthTables.GROUP_HEALTH, List.of("reason", "next_action"));
        columns.put(GrowthTables.MENTOR_PAIRS, List.of("reason"));
        columns.put(CommissionTables.REWARD_GRANTS, List.of("reason"));
        columns.put(FeatureTables.USER_TAGS, List.of("evidence"));
        columns.put(PortraitTables.PORTRAITS, List.of("summary"));
        columns.put(PortraitTables.PORTRAIT_TRANSITIONS, List.of("description"));
        return columns;
    }

    private void read(Table table, String id, String name) {
        warehouse
                .readLatest(table, day)
                .where(name + " IS NOT NULL")
                .select(id, name)
                .collectAsList()
                .forEach(row -> names.put(row.getString(0), row.getString(1)));
    }

    /** What is wrong with the sentences, as texts with the name of the table. */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        COLUMNS.forEach((table, columns) -> {
            // Not read(table, day): here no record says that a table without rows was written.
            Dataset<Row> rows =
                    warehouse.readUpTo(table, day).where(col(table.dateColumn()).equalTo(lit(day)));
            for (Row row : rows.collectAsList()) {
                RowSentences.faults(List.of(row), namesIn(row), columns.toArray(String[]::new))
                        .forEach(fault -> faults.add(table.name() + "." + fault));
            }
        });
        return faults;
    }

    /**
     * Cards, whose sentences are those of other tables: rows that differ from them. Only a sentence about a share is another
     * one, because it names the product, and one about a training or level of a KOC who costs more than they bring.
     */
    List<Row> cardsThatDiffer() {
        Dataset<Row> ranking = warehouse.read(KocTables.KOC_RANKING, day);
        Dataset<Row> losing = warehouse
                .read(EconomicsTables.KOC_ECONOMICS, day)
                .where(LosingKocs.costMoreThanTheyBring())
                .select("koc_id");
        Dataset<Row> withOtherAction = ranking.where(
                        "next_step IN ('first_share', 'share_more', 'share_again', 'spam', 'frequency_cap')")
                .select("koc_id")
                .union(ranking.where("next_step IN ('training', 'level')")
                        .select("koc_id")
                        .intersect(losing));
        List<String> same = List.of("koc_id", "rank", "level", "readiness", "reasons");
        List<Row> differ = new ArrayList<>(differences(warehouse.read(CardTables.KOC_CARD, day), ranking, same));
        List<String> withAction =
                Stream.concat(same.stream(), Stream.of("next_action")).toList();
        differ.addAll(differences(
                warehouse.read(CardTables.KOC_CARD, day).join(withOtherAction, new String[] {"koc_id"}, "left_anti"),
                ranking,
                withAction));
        return differ;
    }

    private static List<Row> differences(Dataset<Row> cards, Dataset<Row> ranking, List<String> columns) {
        Column[] compared = columns.stream().map(name -> col(name)).toArray(Column[]::new);
        return cards.select(compared).exceptAll(ranking.select(compared)).collectAsList();
    }

    /** The names of the people in the row, and in koc_ranking, where products are named too, all titles. */
    private List<String> namesIn(Row row) {
        List<String> columns = List.of(row.schema().fieldNames());
        Stream<String> people = IntStream.range(0, row.size())
                .mapToObj(row::get)
                .filter(String.class::isInstance)
                .map(id -> names.get((String) id))
                .filter(Objects::nonNull);
        if (columns.contains("regular_customers") && row.getAs("regular_customers") instanceof String regulars) {
            people = Stream.concat(people, Stream.of(regulars.split("; ", -1)));
        }
        boolean namesProducts = columns.contains("readiness");
        return namesProducts ? Stream.concat(people, names.values().stream()).toList() : people.toList();
    }
}
