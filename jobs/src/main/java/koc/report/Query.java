package koc.report;

import static org.apache.spark.sql.functions.col;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import koc.run.JobRun;
import koc.warehouse.Table;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows that a section of the page shows.
 *
 * @param name of the rows in the page
 * @param reads tables whose rows of the day it reads
 * @param readsPrevious tables whose rows of earlier days it reads
 * @param rows selects the rows; few enough for one machine, in a fixed order
 */
record Query(String name, Set<Table> reads, Set<Table> readsPrevious, Function<JobRun, Dataset<Row>> rows) {
    Query {
        reads = Set.copyOf(reads);
        readsPrevious = Set.copyOf(readsPrevious);
    }

    /** These columns of a table, sorted by its key. */
    static Query of(String name, Table table, String... columns) {
        return of(name, table, Function.identity(), columns);
    }

    /** These columns of the rows of a table that a filter keeps, sorted by the table's key. */
    static Query of(String name, Table table, Function<Dataset<Row>, Dataset<Row>> keep, String... columns) {
        return new Query(
                name, Set.of(table), Set.of(), run -> keep.apply(run.warehouse().read(table, run.day()))
                        .orderBy(key(table))
                        .select(columns(columns)));
    }

    /** Rows that are computed from several tables of the day. */
    static Query from(String name, Set<Table> reads, Function<JobRun, Dataset<Row>> rows) {
        return new Query(name, reads, Set.of(), rows);
    }

    /** Rows that are computed from the tables of the day and of earlier days. */
    static Query over(String name, Set<Table> tables, Function<JobRun, Dataset<Row>> rows) {
        return new Query(name, tables, tables, rows);
    }

    private static Column[] key(Table table) {
        return table.key().stream().map(name -> col(name)).toArray(Column[]::new);
    }

    static Column[] columns(String... names) {
        return Stream.of(names).map(name -> col(name)).toArray(Column[]::new);
    }

    static Column[] columns(List<String> names) {
        return columns(names.toArray(String[]::new));
    }
}
