package koc.clean.inspect;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import koc.clean.Source;
import koc.source.FileSample;
import koc.source.LandingFile;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/** Some rows of the files of one source, column by column. */
final class SourceSample {
    private static final int MAX_FILES = 12;
    private static final int MAX_ROWS = 20_000;
    private static final int SOME = 1000;
    private static final Set<String> TOTALS = Set.of(
            "合计",
            "总计",
            "小计",
            "汇总",
            "total",
            "totals",
            "grandtotal",
            "subtotal",
            "sum",
            "summe",
            "gesamt",
            "gesamtsumme");

    private final Source source;
    private final List<FileSample> files;
    private final int filesListed;
    private final Map<String, List<@Nullable String>> columns = new LinkedHashMap<>();
    private final Set<String> ambiguous = new HashSet<>();
    private boolean isWhole;
    private int rows;
    private long totals;

    private SourceSample(Source source, List<FileSample> files, int filesListed) {
        this.source = source;
        this.files = files;
        this.filesListed = filesListed;
        int perFile = MAX_ROWS / Math.max(1, files.size());
        isWhole = files.size() == filesListed;
        for (FileSample file : files) {
            int step = Math.max(1, (file.rows().size() + perFile - 1) / perFile);
            isWhole &= step == 1 && file.isWhole();
            addAmbiguous(file);
            for (int i = 0; i < file.rows().size(); i += step) {
                add(file, file.rows().get(i));
            }
        }
    }

    /** The sample of files, of which some are read when there are many. */
    static SourceSample of(Source source, List<FileSample> files, int filesListed) {
        return new SourceSample(source, files, filesListed);
    }

    /** Reads samples of some of these files, evenly spread over their names. */
    static List<FileSample> read(List<LandingFile> files, String encoding, Configuration hadoop) {
        List<FileSample> samples = new ArrayList<>();
        int count = Math.min(MAX_FILES, files.size());
        for (int i = 0; i < count; i++) {
            samples.add(FileSample.read(files.get((int) ((long) i * files.size() / count)), encoding, hadoop));
        }
        return samples;
    }

    private void add(FileSample file, @Nullable String[] values) {
        if (isTotal(values)) {
            totals++;
            return;
        }
        Map<String, @Nullable String> row = new TreeMap<>();
        for (int i = 0; i < values.length; i++) {
            row.putIfAbsent(file.columns().get(i), values[i]);
        }
        for (String name : file.columns()) {
            if (!name.isEmpty() && !columns.containsKey(name)) {
                List<@Nullable String> earlier = new ArrayList<>();
                for (int i = 0; i < rows; i++) {
                    earlier.add(null);
                }
                columns.put(name, earlier);
            }
        }
        columns.forEach((name, list) -> list.add(row.get(name)));
        rows++;
    }

    /** A run refuses a column whose name another one has too. */
    private void addAmbiguous(FileSample file) {
        Set<String> seen = new HashSet<>();
        file.columns().stream().filter(name -> !seen.add(name)).forEach(ambiguous::add);
    }

    /** Whether a row is the line of totals below a table. */
    private static boolean isTotal(@Nullable String[] values) {
        for (String value : values) {
            if (value != null && !value.isBlank()) {
                return TOTALS.contains(ColumnNames.key(value));
            }
        }
        return false;
    }

    Source source() {
        return source;
    }

    List<FileSample> files() {
        return files;
    }

    int filesListed() {
        return filesListed;
    }

    int rows() {
        return rows;
    }

    /** Number of lines of totals, which are no rows. */
    long totals() {
        return totals;
    }

    /** Whether it has every row of every file. */
    boolean isWhole() {
        return isWhole;
    }

    long malformed() {
        return files.stream().mapToLong(FileSample::malformed).sum();
    }

    List<String> columns() {
        return columns.keySet().stream()
                .filter(name -> !ambiguous.contains(name))
                .toList();
    }

    /** The values of a column as they landed, without blanks around them; rows without a value are left out. */
    List<String> values(String column) {
        List<String> values = new ArrayList<>();
        for (String value : columns.getOrDefault(column, List.of())) {
            if (value != null && !Nulls.isNull(value)) {
                values.add(Nulls.strip(value));
            }
        }
        return values;
    }

    /** Some of these values, evenly spread: enough to see how they are written. */
    static List<String> some(List<String> values) {
        int step = Math.max(1, (values.size() + SOME - 1) / SOME);
        List<String> some = new ArrayList<>();
        for (int i = 0; i < values.size(); i += step) {
            some.add(values.get(i));
        }
        return some;
    }

    /** Texts in a column that stand for no value, and that no default setting knows. */
    List<String> nulls(String column) {
        List<String> values = new ArrayList<>();
        for (String value : columns.getOrDefault(column, List.of())) {
            if (value != null) {
                values.add(value);
            }
        }
        return Nulls.unknownIn(values);
    }

    /** The value of each column in a row. */
    UnaryOperator<@Nullable String> row(int index) {
        return column -> {
            List<@Nullable String> values = columns.get(column);
            return values == null ? null : values.get(index);
        };
    }
}
