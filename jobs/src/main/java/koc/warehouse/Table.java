package koc.warehouse;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The declaration of a table, and the only definition of the names, types and meanings of its columns.
 *
 * <p>Immutable; every method returns a changed copy, so that a declaration reads as one expression.
 */
public final class Table {
    private final String name;
    private final String description;
    private final String job;
    private final List<String> key;
    private final List<String> partitioning;
    private final StructType schema;
    private final List<String> checks;
    private final boolean published;

    private Table(
            String name,
            String description,
            String job,
            List<String> key,
            List<String> partitioning,
            StructType schema,
            List<String> checks,
            boolean published) {
        this.name = name;
        this.description = description;
        this.job = job;
        this.key = key;
        this.partitioning = partitioning;
        this.schema = schema;
        this.checks = checks;
        this.published = published;
    }

    /** A table with this name, without columns yet. */
    public static Table named(String name) {
        return new Table(name, "", "", List.of(), List.of(), new StructType(), List.of(), false);
    }

    /** Sets the grain and meaning, in a sentence for marketers. */
    public Table describedAs(String text) {
        return new Table(name, text, job, key, partitioning, schema, checks, published);
    }

    /** Sets the job that writes the table. */
    public Table writtenBy(String jobName) {
        return new Table(name, description, jobName, key, partitioning, schema, checks, published);
    }

    /** Sets the key, which is unique. A table without a key may have equal rows. */
    public Table keyedBy(String... columns) {
        return new Table(name, description, job, List.of(columns), partitioning, schema, checks, published);
    }

    /** Sets the partition columns. The first is the date that a write replaces. */
    public Table partitionedBy(String... columns) {
        return new Table(name, description, job, key, List.of(columns), schema, checks, published);
    }

    /** Sets the columns as Spark DDL: {@code name TYPE [NOT NULL] COMMENT 'meaning'}, separated by commas. */
    public Table columns(String ddl) {
        return new Table(name, description, job, key, partitioning, StructType.fromDDL(ddl), checks, published);
    }

    /** Adds a condition in SQL that every row must satisfy. A row for which it is null passes. */
    public Table check(String condition) {
        List<String> allChecks =
                Stream.concat(checks.stream(), Stream.of(condition)).toList();
        return new Table(name, description, job, key, partitioning, schema, allChecks, published);
    }

    /** Adds the condition that these fractions, rates or probabilities are in 0..1. */
    public Table fractions(String... columns) {
        Table table = this;
        for (String column : columns) {
            table = table.check(column + " BETWEEN 0 AND 1");
        }
        return table;
    }

    /** Marks the table as one that the publish job copies to {@code published/}. */
    public Table published() {
        return new Table(name, description, job, key, partitioning, schema, checks, true);
    }

    public String name() {
        return name;
    }

    public String description() {
        return description;
    }

    /** The job that writes the table. */
    public String job() {
        return job;
    }

    public List<String> key() {
        return key;
    }

    public List<String> partitioning() {
        return partitioning;
    }

    public StructType schema() {
        return schema;
    }

    public boolean isPublished() {
        return published;
    }

    /** The conditions that every row satisfies, in SQL. */
    public List<String> checks() {
        return checks;
    }

    /** The columns' names, in their declared order. */
    public List<String> columnNames() {
        return Arrays.asList(schema.fieldNames());
    }

    /** The declaration of one column. */
    public StructField column(String column) {
        return schema.apply(column);
    }

    /** The date column that one write replaces: {@code day} or {@code arrived}. */
    public String dateColumn() {
        return partitioning.get(0);
    }

    @Override
    public String toString() {
        return name;
    }
}
