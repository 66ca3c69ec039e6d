package koc.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import koc.error.KocException;
import koc.sample.GeneratorOptions.Format;
import koc.sample.GeneratorOptions.Layout;

/**
 * Imports the CDNOW set (Fader and Hardie 2001, brucehardie.com/datasets): the orders of people who first bought at a music
 * shop in the first quarter of 1997, up to June 1998.
 *
 * <p>Each line becomes a purchase of one product, the compact disc, for the amount of the line. Lines of one customer and
 * day have one order id. Customers register on the day of their first order, which was their first ever.
 */
public final class CdnowImport implements Importer {
    private static final String MASTER = "CDNOW_master.txt";
    private static final String PRODUCT = "cd";
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    /** Columns of the master file: customer, day, number of discs, amount. The sample has a second number before the day. */
    private static final int MASTER_COLUMNS = 4;

    CdnowImport() {}

    @Override
    public String name() {
        return "cdnow";
    }

    @Override
    public String description() {
        return "CDNOW: CDNOW_master.txt, CDNOW_sample.txt, or a folder with the first of them";
    }

    /** Its days are before the default of koc.clean.epoch. */
    @Override
    public List<String> settings() {
        return List.of("koc.clean.epoch=1997-01-01");
    }

    @Override
    public Imported run(Path in, Path out) {
        Path file = Files.isDirectory(in) ? in.resolve(MASTER) : in;
        if (!Files.isRegularFile(file)) {
            throw KocException.input(
                    "--in " + file + ": not found", "expected CDNOW_master.txt or CDNOW_sample.txt", "check the path");
        }
        LandingFolder.checkFree(out);
        List<String> lines;
        try {
            lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("customer_id"))
                    .toList();
        } catch (IOException failure) {
            throw KocException.input("--in " + file + ": cannot be read", failure.toString(), "check its permissions")
                    .causedBy(failure);
        }
        try {
            return write(lines, file, out);
        } catch (IOException | UncheckedIOException failure) {
            throw LandingFolder.notWritable(out, failure);
        }
    }

    private static Imported write(List<String> lines, Path file, Path out) throws IOException {
        SortedMap<String, LocalDate> firstOrders = new TreeMap<>();
        Map<String, Integer> linesOfOrder = new HashMap<>();
        SortedMap<String, Long> written = new TreeMap<>();
        try (SourceWriter events = writer(Source.EVENTS, out)) {
            for (String line : lines) {
                String[] cells = BLANKS.split(line);
                int shift = cells.length - MASTER_COLUMNS;
                LocalDate day = day(cells, shift, line, file);
                String customer = cells[0];
                String order = customer + "-" + day;
                int number = linesOfOrder.merge(order, 1, Integer::sum);
                firstOrders.merge(customer, day, (one, other) -> one.isBefore(other) ? one : other);
                events.write(
                        0,
                        row(
                                Source.EVENTS,
                                Map.of(
                                        "event_id",
                                        order + "-" + number,
                                        "occurred_at",
                                        day + "T12:00:00",
                                        "user_id",
                                        customer,
                                        "event_type",
                                        "purchase",
                                        "product_id",
                                        PRODUCT,
                                        "order_id",
                                        order,
                                        "quantity",
                                        "1",
                                        "unit_price",
                                        cells[3 + shift])));
            }
            written.put(Source.EVENTS.name(), events.rows());
        }
        try (SourceWriter users = writer(Source.USERS, out)) {
            firstOrders.forEach((customer, day) ->
                    users.write(0, row(Source.USERS, Map.of("user_id", customer, "registered_at", day + "T00:00:00"))));
            written.put(Source.USERS.name(), users.rows());
        }
        try (SourceWriter products = writer(Source.PRODUCTS, out)) {
            products.write(
                    0,
                    row(Source.PRODUCTS, Map.of("product_id", PRODUCT, "title", "Compact disc", "category", "music")));
            written.put(Source.PRODUCTS.name(), products.rows());
        }
        return new Imported(1, lines.size(), written, new TreeMap<>());
    }

    private static LocalDate day(String[] cells, int shift, String line, Path file) {
        try {
            if (shift == 0 || shift == 1) {
                return LocalDate.parse(cells[1 + shift], DateTimeFormatter.BASIC_ISO_DATE);
            }
        } catch (DateTimeParseException wrong) {
            // Falls through to the error below.
        }
        throw KocException.input(
                "file " + file + ": not a line of CDNOW",
                "expected customer, day as YYYYMMDD, number of discs and amount; found " + line,
                "give the file as it was published");
    }

    private static SourceWriter writer(Source source, Path out) {
        return new SourceWriter(source, out, Layout.FLAT, Format.CSV, false, LocalDate.EPOCH);
    }

    private static List<String> row(Source source, Map<String, String> values) {
        return source.columns().stream()
                .map(column -> values.getOrDefault(column, ""))
                .toList();
    }
}
