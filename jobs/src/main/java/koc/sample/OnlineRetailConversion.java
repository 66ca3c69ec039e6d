package koc.sample;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import koc.error.KocException;
import koc.sample.GeneratorOptions.Format;
import koc.sample.GeneratorOptions.Layout;
import org.jspecify.annotations.Nullable;

/** Converts the files of the Online Retail set to the sources of a landing folder. */
final class OnlineRetailConversion {
    /** Codes of goods begin with a digit, or with these letters; other codes are postage, fees and vouchers. */
    private static final Pattern GOODS = Pattern.compile("(\\d|DCGS).*");

    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final int MAX_FIELD_LENGTH = 100_000;

    private final Path out;
    private final MessageDigest digest;
    private final SortedMap<String, Map<String, Integer>> titles = new TreeMap<>();
    private final SortedMap<String, Map<String, Integer>> countries = new TreeMap<>();
    private final SortedMap<String, Long> remarks = new TreeMap<>();
    private long rows;

    OnlineRetailConversion(Path out) {
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
        settings.setMaxCharsPerColumn(MAX_FIELD_LENGTH);
        settings.setNullValue("");
        settings.setEmptyValue("");
        settings.setReadInputOnSeparateThread(false);
        // No line is a comment, whatever it starts with.
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
            int[] indices = indices(file, parser.parseNext());
            for (String[] found = parser.parseNext(); found != null; found = parser.parseNext()) {
                events.write(0, event(indices, found));
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
                        String.valueOf(failure.getMessage()).lines().findFirst().orElse("no message"),
                        "check the file")
                .causedBy(failure);
    }

    /** The index in the file of each column of the set. */
    private static int[] indices(Path file, String @Nullable [] header) {
        List<String> names = header == null
                ? List.of()
                : Arrays.stream(header)
                        .map(name -> name.strip().replace("\uFEFF", ""))
                        .toList();
        List<String> missing = new ArrayList<>(OnlineRetailImport.COLUMNS);
        missing.removeAll(names);
        if (!missing.isEmpty()) {
            throw KocException.input(
                    "file " + file + ": header without " + String.join(", ", missing),
                    "found " + (names.isEmpty() ? "nothing" : String.join(", ", names)),
                    "give the Online Retail set as CSV with its own header");
        }
        return OnlineRetailImport.COLUMNS.stream().mapToInt(names::indexOf).toArray();
    }

    private List<String> event(int[] indices, String[] found) {
        String[] fields = new String[OnlineRetailImport.COLUMNS.size()];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = indices[i] < found.length && found[indices[i]] != null ? found[indices[i]] : "";
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
                        OnlineRetailImport.isoTime(fields[4].strip()),
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

    /** The most frequent value, of equally frequent ones the first in the alphabet; empty if there is none. */
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
