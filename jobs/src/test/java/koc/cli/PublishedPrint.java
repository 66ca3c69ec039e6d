package koc.cli;

import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a reader sees in {@code published}: the rows of each table and a sum of their hashes, and a hash of every page and
 * workbook.
 *
 * @param tables by name; files by their path
 */
record PublishedPrint(SortedMap<String, String> tables) {
    /** The folders of the publication that are no tables. */
    private static final Set<String> FILES = Set.of("report", "excel");

    /** Reads the publication as a careful reader does: it resolves the link once. */
    static PublishedPrint of(Path warehouse) throws IOException {
        Path run;
        try {
            run = warehouse.resolve("published").toRealPath();
        } catch (NoSuchFileException unpublished) {
            return new PublishedPrint(new TreeMap<>());
        }
        SortedMap<String, String> tables = new TreeMap<>();
        try (Stream<Path> folders = Files.list(run);
                Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement()) {
            for (Path table : folders.filter(Files::isDirectory).toList()) {
                if (FILES.contains(table.getFileName().toString())) {
                    tables.putAll(files(run, table));
                    continue;
                }
                try (ResultSet rows = statement.executeQuery(
                        "select count(*), coalesce(sum(hash(t)::hugeint), 0) from '" + table + "/*.parquet' t")) {
                    rows.next();
                    tables.put(table.getFileName().toString(), rows.getLong(1) + " rows, " + rows.getString(2));
                }
            }
        } catch (SQLException unreadable) {
            throw new IOException("the publication in " + run + " cannot be read", unreadable);
        }
        return new PublishedPrint(tables);
    }

    private static Map<String, String> files(Path run, Path folder) throws IOException {
        Map<String, String> prints = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] content = Files.readAllBytes(file);
                prints.put(
                        run.relativize(file).toString(),
                        Hashing.sha256().hashBytes(content).toString());
            }
        }
        return prints;
    }
}
