package koc.clean;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import koc.error.KocException;
import koc.source.FormattedFile;
import koc.source.LandingFile;
import koc.source.RecordCount;
import koc.source.RecordCounts;
import koc.source.SourceFormat;

/**
 * Checks that every record of every listed file was read, once. The records are counted in the bytes of the files, by code
 * that the reader does not use.
 */
final class FileChecks {
    static final String LISTED = "files_listed";
    static final String READ = "files_read";
    static final String COUNTED = "records_counted";
    static final String COVERED = "records_read";
    static final String BLANK = "blank_rows";
    static final String REPEATED_HEADERS = "repeated_headers";

    private final CleanRun cleanRun;
    private final Collection<CleanedSource> sources;
    private final ArrivalCounts arrivalCounts;

    /** @param arrivalCounts receives the counts of files and their records */
    FileChecks(CleanRun cleanRun, Collection<CleanedSource> sources, ArrivalCounts arrivalCounts) {
        this.cleanRun = cleanRun;
        this.sources = sources;
        this.arrivalCounts = arrivalCounts;
    }

    /** Counts the records in the bytes of each listed file. */
    static Map<SourceFile, RecordCount> countRecords(CleanRun cleanRun, Collection<CleanedSource> sources) {
        List<SourceFile> names = new ArrayList<>();
        List<FormattedFile> files = new ArrayList<>();
        for (CleanedSource cleaned : sources) {
            SourceFormat format = cleanRun.fileFormats().of(cleaned.source());
            for (LandingFile file : cleaned.arrivals().files()) {
                names.add(new SourceFile(cleaned.source(), file.name()));
                files.add(new FormattedFile(file, format));
            }
        }
        List<RecordCount> counts = RecordCounts.count(cleanRun.warehouse().spark(), files);
        Map<SourceFile, RecordCount> counted = new HashMap<>();
        for (int i = 0; i < counts.size(); i++) {
            counted.put(names.get(i), counts.get(i));
        }
        return counted;
    }

    /**
     * Requires that the rows read cover every record of every listed file.
     *
     * @param read how many records of each file the rows read by each source cover
     * @param counted as {@link #countRecords} returns them
     */
    void check(Map<SourceFile, Long> read, Map<SourceFile, RecordCount> counted) {
        Map<SourceFile, Long> covered = new HashMap<>(read);
        for (CleanedSource cleaned : sources) {
            for (LandingFile file : cleaned.arrivals().files()) {
                SourceFile name = new SourceFile(cleaned.source(), file.name());
                RecordCount count = Objects.requireNonNull(counted.get(name));
                Long rows = covered.remove(name);
                long records = rows == null ? 0 : rows;
                // A file without rows cannot be seen in the rows that were read.
                boolean isRead = rows != null || count.records() == 0;
                requireAll(file, count.records(), records);
                add(cleaned.source(), file, count, records, isRead);
            }
            noteLinesThatAreNoRows(cleaned.source());
        }
        if (!covered.isEmpty()) {
            throw KocException.input(
                    "landing: rows were read from files that were not listed",
                    "found "
                            + covered.keySet().stream()
                                    .map(SourceFile::name)
                                    .sorted()
                                    .toList(),
                    "do not change the landing folder during a run, and run again");
        }
    }

    private static void requireAll(LandingFile file, long counted, long read) {
        if (counted != read) {
            throw KocException.input(
                    String.format(
                            Locale.ROOT,
                            "landing %s: %,d records were read of the %,d that were counted",
                            file.name(),
                            read,
                            counted),
                    "every record must be read once, kept or rejected",
                    "do not change the landing folder during a run; if it did not change, report this file as a bug");
        }
    }

    private void add(Source source, LandingFile file, RecordCount count, long read, boolean isRead) {
        LocalDate arrived = file.arrived() == null ? cleanRun.day() : file.arrived();
        RowCounts counts = arrivalCounts.counts(source);
        counts.add(arrived, LISTED, 1);
        counts.add(arrived, READ, isRead ? 1 : 0);
        counts.add(arrived, COUNTED, count.records());
        counts.add(arrived, COVERED, read);
        if (count.blankRows() > 0) {
            counts.add(arrived, BLANK, count.blankRows());
        }
        if (count.repeatedHeaders() > 0) {
            counts.add(arrived, REPEATED_HEADERS, count.repeatedHeaders());
        }
    }

    private void noteLinesThatAreNoRows(Source source) {
        RowCounts counts = arrivalCounts.counts(source);
        if (counts.rows(BLANK) + counts.rows(REPEATED_HEADERS) > 0) {
            cleanRun.note(String.format(
                    Locale.ROOT,
                    "%s: %,d empty rows and %,d repeated header lines are no rows",
                    source.folder(),
                    counts.rows(BLANK),
                    counts.rows(REPEATED_HEADERS)));
        }
    }
}
