package koc.publish;

import static org.apache.spark.sql.functions.col;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import koc.rules.CleanedSources;
import koc.tables.CleanTables;
import koc.text.Texts;
import koc.warehouse.Table;
import koc.warehouse.Warehouse;

/**
 * What a reader has to know about a run besides its tables: whether a backtest allows it, which sources have no rows, which
 * tables are therefore empty, what is doubtful in the data, and everything that the jobs said.
 *
 * @param gate what the publication gate said about the newest backtest, or why there is none
 * @param absentSources optional sources without a row up to the day
 * @param emptyTables why a published table has no rows, by table
 * @param dataQuality checks of {@code data_quality} that did not pass: source, check, verdict and explanation
 * @param notes what the jobs said, in the order of the jobs: job and text
 */
record RunFindings(
        List<String> gate,
        List<String> absentSources,
        SortedMap<String, String> emptyTables,
        List<Map<String, String>> dataQuality,
        List<Map<String, String>> notes) {
    private static final String PUBLISH = "publish";

    /**
     * What the run of a day found.
     *
     * @param published tables with their numbers of rows
     * @param texts in the language of the run
     */
    static RunFindings collect(
            Warehouse warehouse, LocalDate day, List<Table> published, Map<String, Long> rows, Texts texts) {
        Map<String, List<String>> byJob = warehouse.notes(day);
        List<Map<String, String>> notes = byJob.entrySet().stream()
                .filter(job -> !job.getKey().equals(PUBLISH))
                .flatMap(job -> job.getValue().stream().map(text -> values("job", job.getKey(), "text", text)))
                .toList();
        SortedMap<String, String> empty = new TreeMap<>();
        published.stream()
                .filter(table -> rows.getOrDefault(table.name(), 0L) == 0)
                .forEach(table -> empty.put(
                        table.name(), explainEmpty(table, byJob.getOrDefault(table.job(), List.of()), texts)));
        return new RunFindings(
                // What publish has said so far is the verdict of its gate.
                byJob.getOrDefault(PUBLISH, List.of()),
                CleanedSources.absentSources(warehouse, day),
                empty,
                published.contains(CleanTables.DATA_QUALITY) ? warnings(warehouse, day) : List.of(),
                notes);
    }

    /**
     * The note that says in one clause that the table is empty, such as "koc_pool_mix and koc_recommendations stay
     * empty"; else what an empty table usually means.
     *
     * @param notes of the job that writes the table
     */
    static String explainEmpty(Table table, List<String> notes, Texts texts) {
        Pattern isEmpty = Pattern.compile("\\b" + Pattern.quote(table.name()) + "\\b[^.;。；]*(?:\\bempty\\b|为空)");
        return notes.stream()
                .filter(note -> isEmpty.matcher(note).find())
                .findFirst()
                .orElseGet(() -> texts.textOr("publish.empty." + table.name(), texts.pattern("publish.empty.*")));
    }

    private static List<Map<String, String>> warnings(Warehouse warehouse, LocalDate day) {
        // At most a few dozen checks.
        return warehouse
                .read(CleanTables.DATA_QUALITY, day)
                .where(col("verdict").notEqual("pass"))
                .orderBy("source", "check_name")
                .select("source", "check_name", "verdict", "explanation")
                .collectAsList()
                .stream()
                .map(row -> values(
                        "source", row.getString(0),
                        "check", row.getString(1),
                        "verdict", row.getString(2),
                        "explanation", row.getString(3)))
                .toList();
    }

    private static Map<String, String> values(String... namesAndValues) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return values;
    }

    /** The parts of run.json. */
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("gate", gate);
        json.put("absent_sources", absentSources);
        json.put("empty_tables", emptyTables);
        json.put("data_quality", dataQuality);
        json.put("notes", notes);
        return json;
    }
}
