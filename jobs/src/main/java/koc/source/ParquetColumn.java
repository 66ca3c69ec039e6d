package koc.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * A column of a Parquet file: a field of its schema, or a field of a struct in it.
 *
 * @param path the names that lead to it, one unless it is in a struct
 * @param type its type
 */
record ParquetColumn(List<String> path, Type type) {
    ParquetColumn {
        path = List.copyOf(path);
    }

    /** The columns of a schema: its fields first, then those in structs. Fields of lists and maps are no columns. */
    static List<ParquetColumn> of(MessageType schema) {
        List<ParquetColumn> columns = new ArrayList<>();
        schema.getFields().forEach(field -> columns.add(new ParquetColumn(List.of(field.getName()), field)));
        List<ParquetColumn> nested = new ArrayList<>();
        columns.forEach(column -> addNested(column, nested));
        columns.addAll(nested);
        return columns;
    }

    private static void addNested(ParquetColumn column, List<ParquetColumn> nested) {
        if (!isStruct(column.type())) {
            return;
        }
        for (Type field : column.type().asGroupType().getFields()) {
            List<String> path = new ArrayList<>(column.path());
            path.add(field.getName());
            ParquetColumn inner = new ParquetColumn(path, field);
            nested.add(inner);
            addNested(inner, nested);
        }
    }

    /** Whether a field has named fields: neither a value nor a list or map. */
    static boolean isStruct(Type type) {
        return !type.isPrimitive()
                && type.getLogicalTypeAnnotation() == null
                && !type.isRepetition(Type.Repetition.REPEATED);
    }

    /** Its name: the path with dots, without blanks and quotes around the names in it. */
    String name() {
        return path.stream().map(SurroundingMarks::strip).collect(Collectors.joining("."));
    }

    /** The path as a column expression. */
    String expression() {
        return path.stream().map(name -> "`" + name.replace("`", "``") + "`").collect(Collectors.joining("."));
    }

    /** The field of the schema that contains these columns, without what none of them needs. */
    static Type prune(Type field, Set<List<String>> paths, int depth) {
        if (paths.stream().anyMatch(path -> path.size() == depth)) {
            return field;
        }
        GroupType group = field.asGroupType();
        List<Type> inner = new ArrayList<>();
        for (Type child : group.getFields()) {
            Set<List<String>> through = paths.stream()
                    .filter(path -> path.get(depth).equals(child.getName()))
                    .collect(Collectors.toSet());
            if (!through.isEmpty()) {
                inner.add(prune(child, through, depth + 1));
            }
        }
        return group.withNewFields(inner);
    }
}
