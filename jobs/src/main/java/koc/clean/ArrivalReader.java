package koc.clean;

import java.time.LocalDate;
import java.util.SortedSet;
import java.util.stream.Collectors;
import koc.source.LandedRows;
import koc.source.LandingReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Reads the files of a source's arrivals and checks each row by itself. */
final class ArrivalReader {
    private static final int MAX_NAMES = 12;
    private final CleanRun cleanRun;

    ArrivalReader(CleanRun cleanRun) {
        this.cleanRun = cleanRun;
    }

    /** The rows of these arrivals as {@link RowChecks#check} returns them, with a hash of their identity. */
    Dataset<Row> readWithIdentityHash(SourceArrivals arrivals) {
        return Duplicates.withIdentityHash(read(arrivals), arrivals.source());
    }

    /** The rows of these arrivals as {@link RowChecks#check} returns them. */
    Dataset<Row> read(SourceArrivals arrivals) {
        Source source = arrivals.source();
        LocalDate epoch = cleanRun.settings().epoch();
        LocalDate lastDay = arrivals.folder().isFlat() ? cleanRun.day() : null;
        return landedRows(arrivals).parts().stream()
                .map(part -> RowChecks.check(part, source, cleanRun.formats().of(source), epoch, lastDay))
                .reduce(Dataset::unionByName)
                .orElseGet(() -> RowChecks.withoutRows(cleanRun.warehouse().empty(source.table()), source));
    }

    private LandedRows landedRows(SourceArrivals arrivals) {
        Source source = arrivals.source();
        CleanSettings settings = cleanRun.settings();
        LandedRows landed = LandingReader.read(
                cleanRun.warehouse().spark(),
                arrivals.folder(),
                arrivals.files(),
                source.schema(settings.namesIn(source), cleanRun.formats().of(source)),
                cleanRun.day(),
                cleanRun.fileFormats().of(source));
        if (!landed.unknownColumns().isEmpty()) {
            cleanRun.note(source.folder() + ": unknown columns are ignored: " + names(landed.unknownColumns()));
        }
        landed.notes().forEach(cleanRun::note);
        return landed;
    }

    /** The first names in brackets, and the number of the others. */
    static String names(SortedSet<String> names) {
        String first = names.stream().limit(MAX_NAMES).collect(Collectors.joining(", ", "[", "]"));
        return names.size() <= MAX_NAMES ? first : first + " and " + (names.size() - MAX_NAMES) + " more";
    }
}
