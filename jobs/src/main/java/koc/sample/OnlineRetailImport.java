package koc.sample;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import koc.error.KocException;
import koc.sample.GeneratorOptions.Format;
import koc.sample.GeneratorOptions.Layout;
import org.jspecify.annotations.Nullable;

/**
 * The Online Retail set of the UCI repository (Chen 2015, doi:10.24432/C5BW33): the invoices of a British gift shop from
 * December 2010 to December 2011.
 *
 * <p>An invoice that begins with C is a refund. The id of an event is a hash of the line's own eight fields, so lines
 * that repeat each other exactly share an id. Lines without a customer keep an empty user_id, and quantities that are
 * negative outside of refunds stay so: both are for the cleaning to turn away. The set has no categories and no list
 * prices; categories are told from the titles, prices are left out.
 */
public final class OnlineRetailImport implements Importer {
    private static final List<String> COLUMNS = List.of(
            "InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country");
    /** Codes of goods begin with a digit, or with these letters; other codes are postage, fees and vouchers. */
    private static final Pattern GOODS = Pattern.compile("(\\d|DCGS).*");

    private static final Pattern ISO_TIME = Pattern.compile("(\\d{4}-\\d{2}-\\d{2})[ T](\\d{2}:\\d{2}(:\\d{2})?)");
    /** As the set is written when it comes out of a spreadsheet: month/day/year. */
    private static final Pattern AMERICAN_TIME =
            Pattern.compile("(\\d{1,2})/(\\d{1,2})/(\\d{4}|\\d{2}) (\\d{1,2}):(\\d{2})");

    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final int LONGEST_FIELD = 100_000;

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
            return new Reading(out).run(files);
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

    /** The local time in ISO 8601; anything else stays as it is. */
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

    /** One import while it runs. */
    private static final class Reading {
        private final Path out;
        private final MessageDigest digest;
        private final SortedMap<String, Map<String, Integer>> titles = new TreeMap<>();
        private final SortedMap<String, Map<String, Integer>> countries = new TreeMap<>();
        private final SortedMap<String, Long> remarks = new TreeMap<>();
        private long rows;

        Reading(Path out) {
            this.out = out;
            try {
                digest = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException("every Java has SHA-256", impossible);
            }
        }

        Imported run(List<Path> files) throws IOException {
            SortedMap<String, Long> written = new TreeMap<>();
            remarks.put("lines without a customer", 0L);
            remarks.put("lines of refunds", 0L);
            try (SourceWriter events = writer(Source.EVENTS)) {
                for (Path file : files) {
                    read(file, events);
                }
                written.put(Source.EVENTS.name(), events.rows());
            }
            try (SourceWriter users = writer(Source.USERS)) {
                countries.forEach((customer, found) ->
                        users.write(0, row(Source.USERS, Map.of("user_id", customer, "province", mostFrequent(found)))));
                written.put(Source.USERS.name(), users.rows());
            }
            GiftwareCategories categories = GiftwareCategories.load();
            try (SourceWriter products = writer(Source.PRODUCTS)) {
                titles.forEach((code, found) -> {
                    String title = mostFrequent(found);
                    String category = GOODS.matcher(code).matches() ? categories.of(title) : "services";
                    products.write(
                            0, row(Source.PRODUCTS, Map.of("product_id", code, "title", title, "category", category)));
                });
                written.put(Source.PRODUCTS.name(), products.rows());
            }
            return new Imported(files.size(), rows, written, remarks);
        }

        private SourceWriter writer(Source source) {
            return new SourceWriter(source, out, Layout.FLAT, Format.CSV, false, LocalDate.EPOCH);
        }

        private void read(Path file, SourceWriter events) {
            CsvParserSettings settings = new CsvParserSettings();
            settings.setLineSeparatorDetectionEnabled(true);
            settings.setIgnoreLeadingWhitespaces(false);
            settings.setIgnoreTrailingWhitespaces(false);
            settings.setMaxCharsPerColumn(LONGEST_FIELD);
            settings.setNullValue("");
            settings.setEmptyValue("");
            settings.setReadInputOnSeparateThread(false);
            // No line is a comment.
            settings.getFormat().setComment('\0');
            CsvParser parser = new CsvParser(settings);
            try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
                    Reader text = new InputStreamReader(
                            bytes,
                            StandardCharsets.UTF_8
                                    .newDecoder()
                                    .onMalformedInput(CodingErrorAction.REPORT)
                                    .onUnmappableCharacter(CodingErrorAction.REPORT))) {
                parser.beginParsing(text);
                int[] places = places(file, parser.parseNext());
                for (String[] found = parser.parseNext(); found != null; found = parser.parseNext()) {
                    events.write(0, event(places, found));
                    rows++;
                }
            } catch (IOException | TextParsingException | IllegalStateException failure) {
                throw unreadable(file, failure);
            }
        }

        private static KocException unreadable(Path file, Exception failure) {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (cause instanceof CharacterCodingException) {
                    return KocException.input(
                                    "file " + file + ": not UTF-8",
                                    cause.toString(),
                                    "convert it, for example by iconv -f ISO-8859-1 -t UTF-8")
                            .causedBy(failure);
                }
            }
            return KocException.input(
                            "file " + file + ": cannot be read as CSV",
                            String.valueOf(failure.getMessage())
                                    .lines()
                                    .findFirst()
                                    .orElse("no message"),
                            "check the file")
                    .causedBy(failure);
        }

        /** Where each column of the set stands in the file. */
        private static int[] places(Path file, String @Nullable [] header) {
            List<String> names = header == null
                    ? List.of()
                    : Arrays.stream(header)
                            .map(name -> name.strip().replace("\uFEFF", ""))
                            .toList();
            List<String> missing = new ArrayList<>(COLUMNS);
            missing.removeAll(names);
            if (!missing.isEmpty()) {
                throw KocException.input(
                        "file " + file + ": header without " + String.join(", ", missing),
                        "found " + (names.isEmpty() ? "nothing" : String.join(", ", names)),
                        "give the Online Retail set as CSV with its own header");
            }
            return COLUMNS.stream().mapToInt(names::indexOf).toArray();
        }

        private List<String> event(int[] places, String[] found) {
            String[] fields = new String[COLUMNS.size()];
            for (int i = 0; i < fields.length; i++) {
                fields[i] = places[i] < found.length && found[places[i]] != null ? found[places[i]] : "";
            }
            String invoice = fields[0];
            String code = fields[1];
            String quantity = fields[3].strip();
            String customer = customer(fields[6]);
            boolean isRefund = invoice.startsWith("C");
            if (!code.isEmpty()) {
                count(titles, code, BLANKS.matcher(fields[2]).replaceAll(" ").strip());
            }
            if (customer.isEmpty()) {
                remarks.merge("lines without a customer", 1L, Long::sum);
            } else {
                count(countries, customer, fields[7].strip());
            }
            if (isRefund) {
                remarks.merge("lines of refunds", 1L, Long::sum);
                quantity = quantity.startsWith("-") ? quantity.substring(1) : quantity;
            }
            return row(
                    Source.EVENTS,
                    Map.of(
                            "event_id",
                            id(fields),
                            "occurred_at",
                            isoTime(fields[4].strip()),
                            "user_id",
                            customer,
                            "event_type",
                            isRefund ? "refund" : "purchase",
                            "product_id",
                            code,
                            "order_id",
                            invoice,
                            "quantity",
                            quantity,
                            "unit_price",
                            fields[5].strip()));
        }

        /** Spreadsheets write customer 17850 as 17850.0. */
        private static String customer(String text) {
            String stripped = text.strip();
            return stripped.endsWith(".0") ? stripped.substring(0, stripped.length() - 2) : stripped;
        }

        private String id(String[] fields) {
            byte[] hash = digest.digest(String.join("\u001F", fields).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        }

        private static List<String> row(Source source, Map<String, String> values) {
            return source.columns().stream()
                    .map(column -> values.getOrDefault(column, ""))
                    .toList();
        }

        private static void count(Map<String, Map<String, Integer>> counts, String key, String value) {
            Map<String, Integer> found = counts.computeIfAbsent(key, any -> new TreeMap<>());
            if (!value.isEmpty()) {
                found.merge(value, 1, Integer::sum);
            }
        }

        /** The value seen most often, the first in the alphabet of several; empty when there is none. */
        private static String mostFrequent(Map<String, Integer> counts) {
            String best = "";
            int maxCount = 0;
            for (Map.Entry<String, Integer> entry : counts.entrySet()) {
                if (entry.getValue() > maxCount) {
                    maxCount = entry.getValue();
                    best = entry.getKey();
                }
            }
            return best;
        }
    }
}
