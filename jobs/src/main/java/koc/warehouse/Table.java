package koc.warehouse;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

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
    private final Columns columns;
    private final boolean published;

    /**
     * What the columns are.
     *
     * @param checks conditions in SQL that every row satisfies
     * @param decimals of the numbers of a column when it is published, where they are not the usual ones
     */
    private record Columns(Schema schema, List<String> checks, Map<String, Integer> decimals) {}

    /** Columns as Spark DDL, parsed when first needed: a command declares a hundred tables and uses a few. */
    private static final class Schema {
        private final String ddl;
        private volatile @Nullable StructType parsed;

        Schema(String ddl) {
            this.ddl = ddl;
        }

        StructType parsed() {
            StructType known = parsed;
            if (known == null) {
                known = ddl.isEmpty() ? new StructType() : StructType.fromDDL(ddl);
                parsed = known;
            }
            return known;
        }
    }

    private Table(
            String name,
            String description,
            String job,
            List<String> key,
            List<String> partitioning,
            Columns columns,
            boolean published) {
        this.name = name;
        this.description = description;
        this.job = job;
        this.key = key;
        this.partitioning = partitioning;
        this.columns = columns;
        this.published = published;
    }

    /** A table with this name, without columns yet. */
    public static Table named(String name) {
        return new Table(name, "", "", List.of(), List.of(), new Columns(new Schema(""), List.of(), Map.of()), false);
    }

    /** Sets the grain and meaning, in a sentence for marketers. */
    public Table describedAs(String text) {
        return new Table(name, text, job, key, partitioning, columns, published);
    }

    /** Sets the job that writes the table. */
    public Table writtenBy(String jobName) {
        return new Table(name, description, jobName, key, partitioning, columns, published);
    }

    /** Sets the key, which is unique. A table without a key may have equal rows. */
    public Table keyedBy(String... names) {
        return new Table(name, description, job, List.of(names), partitioning, columns, published);
    }

    /** Sets the partition columns. The first is the date that a write replaces. */
    public Table partitionedBy(String... names) {
        return new Table(name, description, job, key, List.of(names), columns, published);
    }

    /** Sets the columns as Spark DDL: {@code name TYPE [NOT NULL] COMMENT 'meaning'}, separated by commas. */
    public Table columns(String ddl) {
        return with(new Columns(new Schema(ddl), columns.checks(), columns.decimals()));
    }

    /** Adds a condition in SQL that every row must satisfy. A row for which it is null passes. */
    public Table check(String condition) {
        List<String> allChecks =
                Stream.concat(columns.checks().stream(), Stream.of(condition)).toList();
        return with(new Columns(columns.schema(), allChecks, columns.decimals()));
    }

    /** Adds the condition that these fractions, rates or probabilities are in 0..1. */
    public Table fractions(String... names) {
        Table table = this;
        for (String column : names) {
            table = table.check(column + " BETWEEN 0 AND 1");
        }
        return table;
    }

    /** Sets to how many decimals the numbers of a column are rounded when it is published. */
    public Table publishedDecimals(String column, int decimals) {
        Map<String, Integer> all = new TreeMap<>(columns.decimals());
        all.put(column, decimals);
        return with(new Columns(columns.schema(), columns.checks(), all));
    }

    /** Marks the table as one that the publish job copies to {@code published/}. */
    public Table published() {
        return new Table(name, description, job, key, partitioning, columns, true);
    }

    private Table with(Columns changed) {
        return new Table(name, description, job, key, partitioning, changed, published);
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
        return columns.schema().parsed();
    }

    public boolean isPublished() {
        return published;
    }

    /** The conditions that every row satisfies, in SQL. */
    public List<String> checks() {
        return columns.checks();
    }

    /** The columns as they are published: money has 2 decimals. */
    public StructType publishedSchema() {
        return new StructType(Arrays.stream(schema().fields())
                .map(field -> new StructField(
                        field.name(), PublishedNumbers.type(field.dataType()), field.nullable(), field.metadata()))
                .toArray(StructField[]::new));
    }

    /** Decimals of the published numbers of a column, where they are not {@link PublishedNumbers#DECIMALS}. */
    public Map<String, Integer> publishedDecimals() {
        return columns.decimals();
    }

    /** The columns' names, in their declared order. */
    public List<String> columnNames() {
        return Arrays.asList(schema().fieldNames());
    }

    /** The declaration of one column. */
    public StructField column(String column) {
        return schema().apply(column);
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
