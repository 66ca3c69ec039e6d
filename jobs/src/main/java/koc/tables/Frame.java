package koc.tables;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.types.StructType;

/**
 * The declaration of an intermediate data set that one class makes and another reads: its grain, and its columns with
 * their types and meanings. It is not stored. Producers document it, and tests build its rows from it.
 *
 * <p>Immutable; every method returns a changed copy, so that a declaration reads as one expression.
 */
public final class Frame {
    private final String name;
    private final String grain;
    private final StructType schema;

    private Frame(String name, String grain, StructType schema) {
        this.name = name;
        this.grain = grain;
        this.schema = schema;
    }

    /** A data set of this name, without columns yet. */
    public static Frame named(String name) {
        return new Frame(name, "", new StructType());
    }

    /** What one row stands for, such as {@code one row per user and product}. */
    public Frame grain(String words) {
        return new Frame(name, words, schema);
    }

    /** The columns as Spark DDL: {@code name TYPE COMMENT 'meaning'}, separated by commas. */
    public Frame columns(String ddl) {
        return new Frame(name, grain, StructType.fromDDL(ddl));
    }

    public String name() {
        return name;
    }

    /** What one row stands for. */
    public String grain() {
        return grain;
    }

    public StructType schema() {
        return schema;
    }

    /** The columns' names, in their declared order. */
    public List<String> columnNames() {
        return Arrays.asList(schema.fieldNames());
    }

    @Override
    public String toString() {
        return name + " (" + grain + ")";
    }
}
