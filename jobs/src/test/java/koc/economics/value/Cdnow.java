package koc.economics.value;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The CDNOW purchases: customers whose first order was in the first quarter of 1997, and their orders to June 1998. */
record Cdnow(Map<String, TreeMap<LocalDate, Double>> customers) {
    static final LocalDate END = LocalDate.parse("1997-09-30");

    /** The 2,357 customers of the published examples; the test is skipped without reference data. */
    static Cdnow sample() throws IOException {
        return read("CDNOW_sample.txt", 1, 2, 4);
    }

    /** All 23,570 customers. */
    static Cdnow master() throws IOException {
        return read("CDNOW_master.txt", 0, 1, 3);
    }

    private static Cdnow read(String file, int customer, int date, int value) throws IOException {
        String folder = System.getenv("KOC_REFERENCE_DATA");
        Assumptions.assumeTrue(folder != null, "KOC_REFERENCE_DATA is not set: no CDNOW data");
        Map<String, TreeMap<LocalDate, Double>> customers = new TreeMap<>();
        try (Stream<String> lines = Files.lines(Path.of(folder, "cdnow", file))) {
            lines.map(line -> line.strip().split("\\s+"))
                    .filter(cells -> cells[date].matches("\\d{8}"))
                    .forEach(cells -> customers
                            .computeIfAbsent(cells[customer], any -> new TreeMap<>())
                            .merge(
                                    LocalDate.parse(cells[date], DateTimeFormatter.BASIC_ISO_DATE),
                                    Double.parseDouble(cells[value]),
                                    Double::sum));
        }
        return new Cdnow(customers);
    }

    /** Histories of the first 39 weeks, one entry a customer, in weeks. */
    PurchaseHistories histories() {
        int size = customers.size();
        double[][] columns = new double[4][size];
        int i = 0;
        for (TreeMap<LocalDate, Double> orders : customers.values()) {
            LocalDate first = orders.firstKey();
            LocalDate last = orders.floorKey(END);
            columns[0][i] = orders.headMap(END, true).size() - 1;
            columns[1][i] = ChronoUnit.DAYS.between(first, last) / 7.0;
            columns[2][i] = ChronoUnit.DAYS.between(first, END) / 7.0;
            columns[3][i] = 1;
            i++;
        }
        return new PurchaseHistories(columns[0], columns[1], columns[2], columns[3]);
    }

    /** The number of orders of each customer in the days after the first 39 weeks, in the order of the histories. */
    double[] laterOrders(int days) {
        return customers.values().stream()
                .mapToDouble(orders ->
                        orders.subMap(END, false, END.plusDays(days), true).size())
                .toArray();
    }

    /** Mean values of repeat orders of the first 39 weeks, of customers with such orders. */
    GammaGammaLikelihood values() {
        List<double[]> rows = new ArrayList<>();
        for (TreeMap<LocalDate, Double> orders : customers.values()) {
            List<Double> repeats = new ArrayList<>(orders.headMap(END, true).values());
            repeats.remove(0);
            double mean =
                    repeats.stream().mapToDouble(Double::doubleValue).average().orElse(0);
            if (mean > 0) {
                rows.add(new double[] {repeats.size(), mean});
            }
        }
        return new GammaGammaLikelihood(
                rows.stream().mapToDouble(row -> row[0]).toArray(),
                rows.stream().mapToDouble(row -> row[1]).toArray(),
                rows.stream().mapToDouble(row -> 1).toArray());
    }
}
