package koc.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import koc.economics.value.BgNbd;
import koc.economics.value.GammaGamma;
import koc.economics.value.MaximumLikelihood;
import koc.economics.value.PlantedCustomers;
import koc.economics.value.ValueModelFit;
import org.jspecify.annotations.Nullable;

/**
 * Fits the models of user_value to simulated customers with known parameters, without Spark: how often do the 95% intervals
 * hold the parameters, and the 90% intervals of groups of customers their true value? How far off are small portraits that
 * are fitted alone, by the model of all, and shrunk to it?
 */
final class PlantedModels {
    /** Customers of a world, weeks of history, and the weeks in which they first order. */
    private static final int CUSTOMERS = 3_000;

    private static final double WEEKS = 52;
    private static final double LATEST_START = 45;
    private static final int[] GROUP_SIZES = {20, 50, 200};
    private static final double QUANTILE = 1.96;
    private static final String[] NAMES = {"r", "alpha", "a", "b", "p", "q", "v"};

    /** The parameters of a world, in weeks and money; the first is like CDNOW. */
    private record World(BgNbd orders, GammaGamma margins) {
        double[] parameters() {
            return new double[] {
                orders.r(), orders.alpha(), orders.a(), orders.b(), margins.p(), margins.q(), margins.v()
            };
        }
    }

    private static final List<World> WORLDS = List.of(
            new World(new BgNbd(.243, 4.414, .793, 2.426), new GammaGamma(6.25, 3.74, 15.44)),
            new World(new BgNbd(.8, 6, .7, 3), new GammaGamma(5, 4, 18)),
            new World(new BgNbd(1.3, 7, .4, 4), new GammaGamma(4, 4.5, 30)),
            new World(new BgNbd(1.5, 10, .9, 6), new GammaGamma(6, 4, 10)));

    /** As many customers as a portrait of a small brand, and its weeks of history. */
    private static final int PORTRAIT_CUSTOMERS = 400;

    private static final double PORTRAIT_WEEKS = 43;
    private static final double PORTRAIT_DEVIATION = .5;
    private static final int HORIZON_DAYS = 365;

    private final List<Double> alone = new ArrayList<>();
    private final List<Double> byAll = new ArrayList<>();
    private final List<Double> shrunk = new ArrayList<>();
    private final int[] covered = new int[NAMES.length];
    private final int[] fitted = new int[NAMES.length];
    private int withoutModel;
    private final List<List<PlantedCustomers.Forecast>> forecasts = new ArrayList<>();

    /** Simulates and fits every world once for each seed, and prints what it finds. */
    static void measure(List<Integer> seeds) {
        PlantedModels found = new PlantedModels();
        while (found.forecasts.size() < GROUP_SIZES.length) {
            found.forecasts.add(new ArrayList<>());
        }
        for (int seed : seeds) {
            for (int i = 0; i < WORLDS.size(); i++) {
                found.add(WORLDS.get(i), new Random(1_000L * seed + i));
            }
            found.addPortraits(new Random(1_000L * seed + WORLDS.size()));
        }
        found.print();
    }

    private void add(World world, Random random) {
        PlantedCustomers customers =
                PlantedCustomers.simulate(world.orders(), world.margins(), CUSTOMERS, WEEKS, LATEST_START, random);
        ValueModelFit fit = customers.fit();
        double[] planted = world.parameters();
        count(planted, 0, fit.orders());
        count(planted, 4, fit.margins());
        if (fit.model().orders() == null || fit.model().margins() == null) {
            withoutModel++;
            return;
        }
        for (int i = 0; i < GROUP_SIZES.length; i++) {
            for (PlantedCustomers group : customers.groups(GROUP_SIZES[i])) {
                forecasts.get(i).add(group.forecast(fit));
            }
        }
    }

    /** Each world as a small portrait of one brand. */
    private void addPortraits(Random random) {
        List<PlantedCustomers> portraits = new ArrayList<>();
        for (World world : WORLDS) {
            portraits.add(PlantedCustomers.simulate(
                    world.orders(), world.margins(), PORTRAIT_CUSTOMERS, PORTRAIT_WEEKS, PORTRAIT_WEEKS, random));
        }
        PlantedCustomers together = new PlantedCustomers(portraits.stream()
                .flatMap(portrait -> portrait.customers().stream())
                .toList());
        ValueModelFit all = together.fit();
        for (PlantedCustomers portrait : portraits) {
            alone.add(relativeError(portrait, portrait.fit()));
            byAll.add(relativeError(portrait, all));
            shrunk.add(relativeError(portrait, all.fitPart(portrait.grouped(), 1, HORIZON_DAYS, PORTRAIT_DEVIATION)));
        }
    }

    private static double relativeError(PlantedCustomers customers, ValueModelFit fit) {
        PlantedCustomers.Forecast forecast = customers.forecast(fit);
        return forecast.expected() / forecast.truth() - 1;
    }

    private static double meanSquareRoot(List<Double> errors) {
        return Math.sqrt(
                errors.stream().mapToDouble(error -> error * error).average().orElse(0));
    }

    private void count(double[] planted, int first, @Nullable MaximumLikelihood fit) {
        if (fit == null || !fit.converged()) {
            return;
        }
        for (int j = 0; j < fit.parameters().length; j++) {
            double deviation = Math.log(fit.parameters()[j] / planted[first + j]) / fit.error(j);
            covered[first + j] += Math.abs(deviation) <= QUANTILE ? 1 : 0;
            fitted[first + j]++;
        }
    }

    private void print() {
        int allCovered = 0;
        int allFitted = 0;
        for (int j = 0; j < NAMES.length; j++) {
            System.out.printf(
                    Locale.ROOT,
                    "%-6s in its 95%% interval: %d of %d (%.3f)%n",
                    NAMES[j],
                    covered[j],
                    fitted[j],
                    covered[j] / (double) fitted[j]);
            allCovered += covered[j];
            allFitted += fitted[j];
        }
        System.out.printf(
                Locale.ROOT,
                "all    in their 95%% intervals: %d of %d (%.3f); %d fits without a maximum%n",
                allCovered,
                allFitted,
                allCovered / (double) allFitted,
                withoutModel);
        for (int i = 0; i < GROUP_SIZES.length; i++) {
            printGroups(GROUP_SIZES[i], forecasts.get(i));
        }
        System.out.printf(
                Locale.ROOT,
                "portraits of %d customers: %d, their value is off by %.1f%% (root mean square) fitted alone, %.1f%% by the model of all, %.1f%% shrunk%n",
                PORTRAIT_CUSTOMERS,
                alone.size(),
                100 * meanSquareRoot(alone),
                100 * meanSquareRoot(byAll),
                100 * meanSquareRoot(shrunk));
    }

    private static void printGroups(int size, List<PlantedCustomers.Forecast> groups) {
        double expected =
                groups.stream().mapToDouble(PlantedCustomers.Forecast::expected).sum();
        double truth =
                groups.stream().mapToDouble(PlantedCustomers.Forecast::truth).sum();
        System.out.printf(
                Locale.ROOT,
                "groups of %d customers: %d, value %.1f%% of the true one, truth in the 90%% interval %.3f, below %.3f, above %.3f%n",
                size,
                groups.size(),
                100 * expected / truth,
                fraction(
                        groups.stream()
                                .filter(PlantedCustomers.Forecast::covers)
                                .count(),
                        groups),
                fraction(
                        groups.stream()
                                .filter(group -> group.truth() < group.low())
                                .count(),
                        groups),
                fraction(
                        groups.stream()
                                .filter(group -> group.truth() > group.high())
                                .count(),
                        groups));
    }

    private static double fraction(long count, List<PlantedCustomers.Forecast> groups) {
        return count / (double) groups.size();
    }
}
