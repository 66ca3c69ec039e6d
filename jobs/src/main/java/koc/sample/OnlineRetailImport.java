package koc.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import koc.error.KocException;

/**
 * Imports the Online Retail set of the UCI repository (Chen 2015, doi:10.24432/C5BW33): invoices of a British gift shop from
 * December 2010 to December 2011.
 *
 * <p>An invoice that starts with C is a refund. The id of an event is a hash of the eight fields of its line, so identical
 * lines have the same id. Lines without a customer keep an empty user_id, and negative quantities outside refunds stay
 * negative; the clean job rejects both. The set has no categories and no list prices. Categories are derived from the titles,
 * and prices are left out.
 */
public final class OnlineRetailImport implements Importer {
    static final List<String> COLUMNS = List.of(
            "InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country");
    private static final Pattern ISO_TIME = Pattern.compile("(\\d{4}-\\d{2}-\\d{2})[ T](\\d{2}:\\d{2}(:\\d{2})?)");
    /** The form of a spreadsheet: month/day/year. */
    private static final Pattern AMERICAN_TIME =
            Pattern.compile("(\\d{1,2})/(\\d{1,2})/(\\d{4}|\\d{2}) (\\d{1,2}):(\\d{2})");

    OnlineRetailImport() {}

    @Override
    public String name() {
        return "online-retail";
    }

    @Override
    public String description() {
        return "UCI Online Retail: a folder of CSV files (or one) with " + String.join(", ", COLUMNS);
    }

    @Override
    public Imported run(Path in, Path out) {
        List<Path> files = files(in);
        LandingFolder.checkFree(out);
        try {
            return new OnlineRetailConversion(out).run(files);
        } catch (IOException | UncheckedIOException failure) {
            throw LandingFolder.notWritable(out, failure);
        }
    }

    private static List<Path> files(Path in) {
        if (!Files.exists(in)) {
            throw KocException.input("--in " + in + ": not found", "expected a folder of CSV files", "check the path");
        }
        try (Stream<Path> found = Files.walk(in, FileVisitOption.FOLLOW_LINKS)) {
            List<Path> files = found.filter(Files::isRegularFile)
                    .filter(file -> file.equals(in)
                            || file.getFileName()
                                    .toString()
                                    .toLowerCase(Locale.ROOT)
                                    .endsWith(".csv"))
                    .sorted(Comparator.comparing(Path::toString))
                    .toList();
            if (files.isEmpty()) {
                throw KocException.input(
                        "--in " + in + ": no .csv file in it",
                        "expected the set as CSV",
                        "unpack it, or save the spreadsheet as CSV, and give that folder");
            }
            return files;
        } catch (IOException failure) {
            throw KocException.input("--in " + in + ": cannot be listed", failure.toString(), "check its permissions")
                    .causedBy(failure);
        }
    }

    /** The local time in ISO 8601; any other text is unchanged. */
    static String isoTime(String text) {
        Matcher iso = ISO_TIME.matcher(text);
        if (iso.matches()) {
            return iso.group(1) + "T" + iso.group(2);
        }
        Matcher american = AMERICAN_TIME.matcher(text);
        if (american.matches()) {
            String year = american.group(3).length() == 2 ? "20" + american.group(3) : american.group(3);
            return year
                    + "-" + twoDigits(american.group(1))
                    + "-" + twoDigits(american.group(2))
                    + "T" + twoDigits(american.group(4))
                    + ":" + american.group(5) + ":00";
        }
        return text;
    }

    private static String twoDigits(String number) {
        return number.length() == 1 ? "0" + number : number;
    }
}
