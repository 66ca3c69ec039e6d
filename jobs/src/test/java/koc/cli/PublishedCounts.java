package koc.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import koc.evaluation.DuckClean;

/** Computes the counts of the published tables again, by DuckDB from landing folder and warehouse: published-counts.sql. */
final class PublishedCounts {
    private static final String CHECK = "(?m)^-- check ";
    private static final int ROBOT_LIMIT = 600;

    private final Path published;
    private final String sql;

    /** @param work an empty folder for the accepted and the rejected events */
    PublishedCounts(Path landing, Path warehouse, LocalDate day, Path work) throws IOException, SQLException {
        new DuckClean(landing, day, 1, ROBOT_LIMIT).run(work);
        this.published = warehouse.resolve("published");
        this.sql = read("published-counts.sql")
                .replace("${landing}", landing.toString())
                .replace("${events}", work.resolve("events.parquet").toString())
                .replace("${rejects}", work.resolve("rejects.parquet").toString())
                .replace("${published}", published.toString())
                .replace("${warehouse}", warehouse.toString())
                .replace("${day}", day.toString());
    }

    /** The tables whose counts are computed again. */
    List<String> tables() {
        return checks().stream()
                .map(check -> check.split("\\s", 2)[0])
                .distinct()
                .toList();
    }

    /** Rows that are published and not computed, and the other way round, with the names of their columns. */
    List<String> differences() throws SQLException {
        List<String> differences = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement duck = connection.createStatement()) {
            duck.execute("SET TimeZone = 'Asia/Shanghai'");
            duck.execute(sql.split(CHECK, -1)[0]);
            for (String check : checks()) {
                String[] parts = check.split("\n", 2);
                String[] head = parts[0].strip().split(" where ", 2);
                String computed = parts[1].strip().replaceAll(";$", "");
                String columns = columns(duck, computed);
                String rows = "SELECT " + columns + " FROM read_parquet('" + published.resolve(head[0]) + "/*.parquet')"
                        + (head.length == 2 ? " WHERE " + head[1] : "");
                add(differences, duck, head[0] + " (" + columns + ") is published, not computed: ", rows, computed);
                add(differences, duck, head[0] + " (" + columns + ") is computed, not published: ", computed, rows);
            }
        }
        return differences;
    }

    private List<String> checks() {
        List<String> parts = List.of(sql.split(CHECK, -1));
        return parts.subList(1, parts.size());
    }

    private static String columns(Statement duck, String query) throws SQLException {
        try (ResultSet none = duck.executeQuery("SELECT * FROM (" + query + ") LIMIT 0")) {
            ResultSetMetaData columns = none.getMetaData();
            List<String> names = new ArrayList<>();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                names.add(columns.getColumnName(i));
            }
            return String.join(", ", names);
        }
    }

    private static void add(List<String> differences, Statement duck, String title, String these, String those)
            throws SQLException {
        try (ResultSet rows = duck.executeQuery("(" + these + ") EXCEPT ALL (" + those + ") ORDER BY ALL LIMIT 5")) {
            int width = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= width; i++) {
                    values.add(String.valueOf(rows.getObject(i)));
                }
                differences.add(title + String.join(", ", values));
            }
        }
    }

    private static String read(String name) throws IOException {
        try (InputStream file = Objects.requireNonNull(PublishedCounts.class.getResourceAsStream(name))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
