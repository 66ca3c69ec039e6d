package koc.source;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import koc.error.KocException;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.schema.MessageType;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Reads the files of a source. Columns are found by name, so that their order in a file does not matter. */
public final class LandingReader {
    /** Column: the file of a row, relative to the landing folder. */
    public static final String FILE = "landing_file";
    /** Column: the day on which a row arrived. */
    public static final String ARRIVED = "arrived";
    /** Column: the text of a row that does not follow its format; null for other rows. */
    public static final String MALFORMED = "malformed_text";
    /**
     * Column: how much of its file a row covers, to be compared with {@link RecordCount}: lines of a CSV file, objects of
     * JSON Lines, rows of Parquet.
     */
    public static final String COVERED = "landing_covered";
    /** Metadata of a column whose texts went through the filter of the {@link SourceSchema}. */
    private static final String FILTERED = "koc.filtered";

    private final SparkSession spark;
    private final SourceFolder folder;
    private final SourceSchema source;
    private final SourceFormat format;

    private LandingReader(SparkSession spark, SourceFolder folder, SourceSchema source, SourceFormat format) {
        this.spark = spark;
        this.folder = folder;
        this.source = source;
        this.format = format;
    }

    /**
     * The rows of these files of a source, as they landed.
     *
     * <p>The first bytes of every file are read first. A file that is empty, has another format than its name says or lacks
     * a required column is refused before any row is read.
     * All values of CSV and JSON files are read as text; Parquet files have their own types.
     *
     * @param flatArrival the day on which a flat source counts as arrived
     * @param format how CSV and JSON files are written
     */
    public static LandedRows read(
            SparkSession spark,
            SourceFolder folder,
            List<LandingFile> files,
            SourceSchema source,
            LocalDate flatArrival,
            SourceFormat format) {
        return new LandingReader(spark, folder, source, format).read(files, flatArrival);
    }

    /** Whether the texts of a column went through the filter of the {@link SourceSchema}. */
    public static boolean isFiltered(StructField column) {
        return column.metadata().contains(FILTERED);
    }

    private LandedRows read(List<LandingFile> files, LocalDate flatArrival) {
        Configuration hadoop = spark.sessionState().newHadoopConf();
        List<FileProbe> texts = new ArrayList<>();
        Map<MessageType, List<FileProbe>> parquet = new LinkedHashMap<>();
        SortedSet<String> unknownColumns = new TreeSet<>();
        for (LandingFile file : files) {
            FileProbe probe = FileProbe.probe(file, source.source(), format, hadoop);
            requireHeader(probe);
            requireColumns(probe);
            unknownColumns.addAll(unknownColumns(probe));
            MessageType schema = probe.schema();
            (schema == null ? texts : parquet.computeIfAbsent(schema, any -> new ArrayList<>())).add(probe);
        }
        List<Dataset<Row>> parts = new ArrayList<>();
        if (!texts.isEmpty()) {
            parts.add(texts(texts, flatArrival));
        }
        if (!parquet.isEmpty()) {
            ParquetFiles reader = new ParquetFiles(spark);
            LocalDate arrival = folder.isFlat() ? flatArrival : null;
            parquet.values().forEach(group -> parts.add(reader.read(group, source, format, arrival)));
        }
        return new LandedRows(
                parts,
                unknownColumns,
                texts.stream()
                        .flatMap(probe -> Objects.requireNonNull(probe.text()).notes().stream())
                        .toList());
    }

    private Dataset<Row> texts(List<FileProbe> probes, LocalDate flatArrival) {
        boolean hasJson = probes.stream().anyMatch(probe -> probe.file().format() == Format.JSON_LINES);
        // A JSON object may have any column, although the first ones do not.
        List<String> columns = source.columns().stream()
                .filter(column -> hasJson || probes.stream().anyMatch(probe -> indexOf(probe, column) >= 0))
                .toList();
        List<String> names = columns.stream().map(source::landingName).toList();
        List<ProbedText> files = probes.stream()
                .map(probe -> {
                    TextStart text = Objects.requireNonNull(probe.text());
                    TextLayout layout = probe.file().format() == Format.CSV
                            ? TextLayout.csv(names, targets(probe, columns), text.header(), format)
                            : TextLayout.json(names, format);
                    return new ProbedText(probe.file(), text.encoding(), layout);
                })
                .toList();
        StructType schema = new StructType();
        List<TextFilter> filters = new ArrayList<>();
        for (String column : columns) {
            TextFilter filter = source.filters().get(column);
            filters.add(filter == null ? text -> text : filter);
            Metadata metadata = filter == null
                    ? Metadata.empty()
                    : new MetadataBuilder().putBoolean(FILTERED, true).build();
            schema = schema.add(column, DataTypes.StringType, true, metadata);
        }
        return TextFiles.read(spark, files, schema, filters, flatArrival);
    }

    /** For each column of a CSV file its index in these columns, or -1. */
    private int[] targets(FileProbe probe, List<String> columns) {
        int[] targets = new int[probe.columns().size()];
        Arrays.fill(targets, -1);
        for (int i = 0; i < columns.size(); i++) {
            int index = indexOf(probe, columns.get(i));
            if (index >= 0) {
                targets[index] = i;
            }
        }
        return targets;
    }

    private int indexOf(FileProbe probe, String column) {
        return new ColumnSearch(probe.file(), probe.columns(), format.headerCase()).indexOf(source.landingName(column));
    }

    private Set<String> unknownColumns(FileProbe probe) {
        Set<Integer> used =
                source.columns().stream().map(column -> indexOf(probe, column)).collect(Collectors.toSet());
        Set<String> usedNames = used.stream()
                .filter(index -> index >= 0)
                .map(probe.columns()::get)
                .collect(Collectors.toSet());
        source.columns().forEach(column -> usedNames.add(source.landingName(column)));
        MessageType schema = probe.schema();
        // A struct is unknown as a whole, or some of its fields are used.
        int topLevel = schema == null ? probe.columns().size() : schema.getFieldCount();
        return IntStream.range(0, topLevel)
                .filter(index -> !used.contains(index))
                .mapToObj(probe.columns()::get)
                .filter(name -> !name.isEmpty())
                .filter(name -> usedNames.stream().noneMatch(usedName -> usedName.startsWith(name + ".")))
                .collect(Collectors.toSet());
    }

    /** Requires that the first line of a CSV file is no row: rows are about people, and are not shown in messages. */
    private void requireHeader(FileProbe probe) {
        TextStart text = probe.text();
        boolean hasNoColumn = source.columns().stream().allMatch(column -> indexOf(probe, column) < 0);
        if (text == null || probe.file().format() != Format.CSV || !hasNoColumn || !text.seemsToHaveNoHeader()) {
            return;
        }
        List<String> names = source.columns().stream().map(source::landingName).toList();
        if (text.settingFor(requiredNames()).isEmpty()) {
            throw KocException.input(
                    "landing " + probe.file().name() + ": the file seems to have no header line",
                    "expected a first line with names of columns, some of " + names
                            + "; found values, which are not shown",
                    "add a line with the names, or set " + text.setting("skip-lines") + " if lines come before it; "
                            + Advice.INSPECT);
        }
    }

    private List<String> requiredNames() {
        return source.columns().stream()
                .filter(source.required()::contains)
                .map(source::landingName)
                .toList();
    }

    private void requireColumns(FileProbe probe) {
        // A JSON object may omit columns without a value, so each line is checked by itself.
        if (probe.file().format() == Format.JSON_LINES) {
            return;
        }
        List<String> missing = source.columns().stream()
                .filter(source.required()::contains)
                .filter(column -> indexOf(probe, column) < 0)
                .toList();
        if (!missing.isEmpty()) {
            List<String> names = missing.stream().map(source::landingName).toList();
            TextStart text = probe.text();
            Optional<String> setting = text == null ? Optional.empty() : text.settingFor(names);
            throw KocException.input(
                    "landing " + probe.file().name() + ": missing the required columns " + names,
                    text != null && probe.file().format() == Format.CSV && text.seemsToHaveNoHeader()
                            ? "the first line has values, which are not shown"
                            : "found " + probe.columns(),
                    setting.map(found -> "the file has them with " + found + "; " + Advice.INSPECT)
                            .orElse("add them, or name the columns to use instead: koc.source.columns."
                                    + source.source() + "." + missing.get(0) + " = \"<name in the file>\"; "
                                    + Advice.INSPECT));
        }
    }
}
