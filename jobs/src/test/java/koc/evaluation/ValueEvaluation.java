package koc.evaluation;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import koc.rules.BroughtCustomers;
import koc.rules.DayWindow;
import koc.tables.EconomicsTables;
import koc.tables.InfluenceTables;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * How well the value of customers and LTV/CAC of KOCs agree with the planted truth.
 *
 * <pre>bin/evaluate value --out DIR [--seeds 1-20] [--pipeline-seeds 1-3] [--set KEY=VALUE]...</pre>
 *
 * <p>First, without Spark, the models are fitted to simulated customers of four worlds for each seed ({@link PlantedModels}).
 * Then the pipeline runs on generated data with planted lifetimes for each of the pipeline's seeds: 6,000 users, 40 KOCs,
 * 90,000 events and their orders, 300 days. It prints by seed: how many customers have exactly their planted margin so far;
 * the forecast of the next year, beside the true lifetime value and the naive rate; customers brought by KOCs, as found and as
 * planted; LTV/CAC of all KOCs, and how many 90% intervals hold the truth, with the planted customers and with those that the
 * job counts.
 *
 * <p>The truth of a customer is the margin of the next year on average, given their planted rate, probability to stop and mean
 * margin, and whether they have stopped. It is not what one random future brings.
 */
@Command(
        name = "value",
        mixinStandardHelpOptions = true,
        description = "Value of customers and LTV/CAC of KOCs compared with the planted truth.")
public final class ValueEvaluation implements Callable<Integer> {
    private static final LocalDate LAST_DAY = LocalDate.of(2024, 6, 30);
    private static final int ENOUGH_BUYERS = 20;
    /** koc.economics.koc.window-days. */
    private static final int WINDOW_DAYS = 90;

    private static final double DAYS_IN_YEAR = 365;
    private static final double NEAR_DAYS = 90;

    @Mixin
    private SeedOptions options = new SeedOptions();

    @Option(
            names = "--pipeline-seeds",
            paramLabel = "FROM-TO",
            defaultValue = "1-3",
            description = "Seeds for which the whole pipeline runs; none for no run (default: ${DEFAULT-VALUE}).")
    private String pipelineSeeds = "";

    /** Usage as above; ends the process. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new ValueEvaluation()).execute(arguments));
    }

    /** A KOC as the job sees it and as planted. */
    private record Koc(
            double customers,
            double value,
            double cost,
            @Nullable Double low,
            @Nullable Double high,
            double plantedCustomers,
            double plantedValue,
            double plantedCost,
            double countedValue) {
        double plantedRatio() {
            return plantedValue / plantedCost;
        }

        /** The true ratio with the customers that the job counts. */
        double countedRatio() {
            return countedValue / plantedCost;
        }

        boolean covers(double ratio) {
            return low != null && high != null && low <= ratio && ratio <= high;
        }

        boolean isAbove(double ratio) {
            return low != null && ratio < low;
        }

        boolean isBelow(double ratio) {
            return high != null && ratio > high;
        }
    }

    @Override
    public Integer call() {
        PlantedModels.measure(options.seeds());
        if (pipelineSeeds.equals("none")) {
            return 0;
        }
        List<Koc> all = new ArrayList<>();
        try (LocalPipeline pipeline = new LocalPipeline(options.settings())) {
            for (int seed : SeedOptions.range(pipelineSeeds)) {
                Path folder = options.folder("value-seed-" + seed);
                Warehouse warehouse = run(pipeline, folder, seed);
                System.out.println("seed " + seed);
                printUsers(warehouse, folder.resolve("landing"));
                List<Koc> kocs = kocs(warehouse, folder.resolve("landing"));
                print(kocs);
                all.addAll(kocs);
            }
        }
        System.out.println("all seeds");
        print(all);
        return 0;
    }

    private static Warehouse run(LocalPipeline pipeline, Path folder, int seed) {
        Path landing = folder.resolve("landing");
        SeedOptions.generate(
                landing,
                seed,
                "--users",
                "6000",
                "--products",
                "200",
                "--kocs",
                "40",
                "--events",
                "90000",
                "--days",
                "300",
                "--dirt",
                "0",
                "--ties",
                "18000",
                "--lifetimes");
        Path warehouse = folder.resolve("warehouse");
        if (!Files.exists(warehouse)) {
            pipeline.run(
                    "run",
                    "--landing",
                    landing.toString(),
                    "--warehouse",
                    warehouse.toString(),
                    "--date",
                    LAST_DAY.toString(),
                    "--jobs",
                    "clean,features,portraits,influence,fit,kocs,commissions,economics");
        }
        return pipeline.openWarehouse(warehouse);
    }

    private static void printUsers(Warehouse warehouse, Path landing) {
        Map<String, Map<String, String>> truth = truth(landing, "customers.csv", "user_id");
        int exact = 0;
        int found = 0;
        double ltv = 0;
        double naive = 0;
        double planted = 0;
        for (Row row : warehouse
                .read(EconomicsTables.USER_VALUE, LAST_DAY)
                .where("orders > 0 AND NOT is_left_censored")
                .collectAsList()) {
            Map<String, String> customer = truth.get(row.<String>getAs("user_id"));
            if (customer == null) {
                continue;
            }
            found++;
            boolean isExact = row.<BigDecimal>getAs("margin_to_date")
                            .compareTo(new BigDecimal(Objects.requireNonNull(customer.get("margin_to_date"))))
                    == 0;
            exact += isExact ? 1 : 0;
            ltv += number(row, "ltv");
            naive += number(row, "naive_orders_90d") / NEAR_DAYS * DAYS_IN_YEAR * number(row, "margin_per_order");
            planted += number(customer, "ltv");
        }
        long newCustomers = truth.values().stream()
                .filter(customer -> "false".equals(customer.get("is_left_censored")))
                .count();
        System.out.printf(
                Locale.ROOT,
                "  new customers %d of %d planted, %d with exactly their margin; lifetime value %.0f, planted %.0f (%+.1f%%), naive %.0f (%+.1f%%)%n",
                found,
                newCustomers,
                exact,
                ltv,
                planted,
                100 * (ltv / planted - 1),
                naive,
                100 * (naive / planted - 1));
    }

    private static List<Koc> kocs(Warehouse warehouse, Path landing) {
        Map<String, Map<String, String>> truth = truth(landing, "koc_value.csv", "koc_id");
        Map<String, Double> counted = countedValues(warehouse, landing);
        List<Koc> kocs = new ArrayList<>();
        for (Row row : warehouse
                .read(EconomicsTables.KOC_ECONOMICS, LAST_DAY)
                .orderBy("koc_id")
                .collectAsList()) {
            Map<String, String> planted = truth.get(row.<String>getAs("koc_id"));
            if (planted != null) {
                // The generator has no commission rules: what the ledger adds counts in the truth as well.
                kocs.add(new Koc(
                        row.<Long>getAs("new_customers"),
                        number(row, "customer_value"),
                        number(row, "cost"),
                        row.getAs("ltv_to_cac_low"),
                        row.getAs("ltv_to_cac_high"),
                        number(planted, "new_customers"),
                        number(planted, "customer_value"),
                        number(planted, "cost") + number(row, "commission"),
                        counted.getOrDefault(row.<String>getAs("koc_id"), 0.0)));
            }
        }
        return kocs;
    }

    /**
     * The planted value of the customers that the job credits to each KOC. It credits more than are planted: some had only
     * seen a share.
     */
    private static Map<String, Double> countedValues(Warehouse warehouse, Path landing) {
        Map<String, Map<String, String>> truth = truth(landing, "customers.csv", "user_id");
        Dataset<Row> firstOrders = warehouse
                .read(EconomicsTables.USER_VALUE, LAST_DAY)
                .where("NOT is_left_censored")
                .where(DayWindow.includes(col("first_order_on"), LAST_DAY, WINDOW_DAYS))
                .select(col("user_id"), col("first_order_on").as("first_purchase_on"));
        Map<String, Double> values = new HashMap<>();
        for (Row row : BroughtCustomers.find(warehouse.read(InfluenceTables.PURCHASE_CREDITS, LAST_DAY), firstOrders)
                .collectAsList()) {
            Map<String, String> customer = Objects.requireNonNull(truth.get(row.<String>getAs("user_id")));
            values.merge(
                    row.getAs("koc_id"), number(customer, "ltv") + number(customer, "margin_to_date"), Double::sum);
        }
        return values;
    }

    private static void print(List<Koc> all) {
        double value = all.stream().mapToDouble(Koc::value).sum();
        double cost = all.stream().mapToDouble(Koc::cost).sum();
        double plantedValue = all.stream().mapToDouble(Koc::plantedValue).sum();
        double plantedCost = all.stream().mapToDouble(Koc::plantedCost).sum();
        System.out.printf(
                Locale.ROOT,
                "  %d KOCs: customers %.0f, planted %.0f; cost %.2f, planted %.2f; LTV/CAC %.3f, planted %.3f (%+.1f%%)%n",
                all.size(),
                all.stream().mapToDouble(Koc::customers).sum(),
                all.stream().mapToDouble(Koc::plantedCustomers).sum(),
                cost,
                plantedCost,
                value / cost,
                plantedValue / plantedCost,
                100 * (value / cost / (plantedValue / plantedCost) - 1));
        List<Koc> enough =
                all.stream().filter(koc -> koc.customers() >= ENOUGH_BUYERS).toList();
        printIntervals("planted customers", enough, Koc::plantedRatio);
        printIntervals("customers that the job counts", enough, Koc::countedRatio);
    }

    private static void printIntervals(String customers, List<Koc> kocs, ToDoubleFunction<Koc> ratio) {
        long inside = kocs.stream()
                .filter(koc -> koc.covers(ratio.applyAsDouble(koc)))
                .count();
        System.out.printf(
                Locale.ROOT,
                "  %d KOCs with %d customers and more: ratio of the %s in the 90%% interval of %d (%.3f), below it %d, above it %d%n",
                kocs.size(),
                ENOUGH_BUYERS,
                customers,
                inside,
                inside / (double) kocs.size(),
                kocs.stream()
                        .filter(koc -> koc.isAbove(ratio.applyAsDouble(koc)))
                        .count(),
                kocs.stream()
                        .filter(koc -> koc.isBelow(ratio.applyAsDouble(koc)))
                        .count());
    }

    /** The rows of a file of the truth by their key; each row by column. */
    private static Map<String, Map<String, String>> truth(Path landing, String file, String key) {
        try {
            List<String> lines = Files.readAllLines(landing.resolve("_truth").resolve(file));
            String[] columns = lines.get(0).split(",", -1);
            Map<String, Map<String, String>> rows = new LinkedHashMap<>();
            for (String line : lines.subList(1, lines.size())) {
                String[] cells = line.split(",", -1);
                Map<String, String> row = new LinkedHashMap<>();
                for (int i = 0; i < columns.length; i++) {
                    row.put(columns[i], cells[i]);
                }
                rows.put(Objects.requireNonNull(row.get(key)), row);
            }
            return rows;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static double number(Map<String, String> row, String column) {
        return Double.parseDouble(Objects.requireNonNull(row.get(column)));
    }

    /** A column of a row; 0 where nothing is known. */
    private static double number(Row row, String column) {
        Object value = row.getAs(column);
        return value instanceof Number found ? found.doubleValue() : 0;
    }
}
