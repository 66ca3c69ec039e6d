package koc.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a reader sees in {@code published}: the rows of each table and a sum of their hashes.
 *
 * @param tables by name
 */
record PublishedPrint(SortedMap<String, String> tables) {
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
}
