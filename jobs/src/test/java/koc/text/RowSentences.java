package koc.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;

/** What is wrong with the sentences of rows, compared with the other columns of the rows. */
public final class RowSentences {
    private RowSentences() {}

    /**
     * The faults of the sentences in these columns, see {@link TextNumbers#faults}. All other texts of a row may be names in
     * it.
     *
     * @param names of people and products, which the rows do not have
     * @param sentences all columns with sentences
     */
    public static List<String> faults(List<Row> rows, Collection<String> names, String... sentences) {
        List<String> columns = Arrays.asList(sentences);
        List<String> faults = new ArrayList<>();
        for (Row row : rows) {
            List<Object> values = IntStream.range(0, row.size())
                    .filter(i -> !columns.contains(row.schema().fieldNames()[i]))
                    .mapToObj(row::get)
                    .filter(Objects::nonNull)
                    .toList();
            List<String> known = Stream.concat(
                            names.stream(),
                            values.stream().filter(String.class::isInstance).map(String.class::cast))
                    .toList();
            for (String column : columns) {
                String sentence = row.getAs(column);
                if (sentence != null) {
                    TextNumbers.faults(sentence, known, values).forEach(fault -> faults.add(column + ": " + fault));
                }
            }
        }
        return faults;
    }
}
