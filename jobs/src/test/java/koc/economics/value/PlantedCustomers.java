package koc.economics.value;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import koc.statistics.GammaQuantile;

/**
 * Customers who order, stop and spend exactly as BG/NBD and Gamma-Gamma say, with known parameters.
 *
 * @param customers the customers
 */
public record PlantedCustomers(List<Customer> customers) {
    private static final int HORIZON_DAYS = 365;
    private static final double YEARLY_RATE = .1;

    /**
     * A customer.
     *
     * @param repeats repeat orders
     * @param recency weeks from the first order to the last
     * @param age weeks from the first order to the end
     * @param meanMargin mean margin of the repeat orders; 0 without one
     * @param soFar margin of all orders
     * @param future true lifetime value: the margin of the next year on average, given their own rates, discounted
     */
    public record Customer(
            double repeats, double recency, double age, double meanMargin, double soFar, double future) {}

    /**
     * A forecast of what a group of customers is worth.
     *
     * @param expected margin so far and forecast
     * @param low lower end of its 90% interval, as in koc_economics
     * @param high upper end
     * @param truth margin so far and true lifetime value
     */
    public record Forecast(double expected, double low, double high, double truth) {
        /** Whether the interval holds the truth. */
        public boolean covers() {
            return low <= truth && truth <= high;
        }
    }

    /** Customers whose first orders are spread evenly over the weeks from the start to the latest start. */
    public static PlantedCustomers simulate(
            BgNbd orders, GammaGamma margins, int customers, double weeks, double latestStart, Random random) {
        List<Customer> all = new ArrayList<>();
        for (int i = 0; i < customers; i++) {
            double rate = gamma(orders.r(), random) / orders.alpha();
            double first = gamma(orders.a(), random);
            double stop = first / (first + gamma(orders.b(), random));
            double marginRate = gamma(margins.q(), random) / margins.v();
            double age = weeks - latestStart * random.nextDouble();
            double time = 0;
            int repeats = 0;
            boolean isAlive = true;
            while (isAlive) {
                double next = time - Math.log(1 - random.nextDouble()) / rate;
                if (next > age) {
                    break;
                }
                time = next;
                repeats++;
                isAlive = random.nextDouble() >= stop;
            }
            double firstMargin = gamma(margins.p(), random) / marginRate;
            double repeatMargin = repeats == 0 ? 0 : gamma(margins.p() * repeats, random) / marginRate;
            double future = isAlive ? discountedOrders(rate, stop) * margins.p() / marginRate : 0;
            all.add(new Customer(
                    repeats, time, age, repeats == 0 ? 0 : repeatMargin / repeats, firstMargin + repeatMargin, future));
        }
        return new PlantedCustomers(all);
    }

    /** Orders of a customer who has not stopped in the next year on average, discounted day by day. */
    private static double discountedOrders(double rate, double stop) {
        double total = 0;
        double before = 0;
        for (int day = 1; day <= HORIZON_DAYS; day++) {
            double until = -Math.expm1(-rate * stop * day / 7) / stop;
            total += (until - before) * Math.pow(1 + YEARLY_RATE, -(day - .5) / HORIZON_DAYS);
            before = until;
        }
        return total;
    }

    /** Their histories, one entry a customer. */
    public PurchaseHistories histories() {
        return new PurchaseHistories(
                customers.stream().mapToDouble(Customer::repeats).toArray(),
                customers.stream().mapToDouble(Customer::recency).toArray(),
                customers.stream().mapToDouble(Customer::age).toArray(),
                customers.stream().mapToDouble(any -> 1).toArray());
    }

    /** The models of the job, fitted to these customers. */
    public ValueModelFit fit() {
        return ValueModelFit.fit(grouped(), 1, HORIZON_DAYS);
    }

    /** What the models of the job are fitted to. */
    public ValueModelFit.Customers grouped() {
        List<Customer> repeat =
                customers.stream().filter(customer -> customer.repeats() > 0).toList();
        GammaGammaLikelihood margins = new GammaGammaLikelihood(
                repeat.stream().mapToDouble(Customer::repeats).toArray(),
                repeat.stream().mapToDouble(Customer::meanMargin).toArray(),
                repeat.stream().mapToDouble(any -> 1).toArray());
        double soFar = customers.stream().mapToDouble(Customer::soFar).sum();
        double orders = customers.stream()
                .mapToDouble(customer -> customer.repeats() + 1)
                .sum();
        return new ValueModelFit.Customers(histories(), margins, soFar / orders);
    }

    /** Compares the forecast of these customers in total with the truth. */
    public Forecast forecast(ValueModelFit fit) {
        ValueModel model = fit.model();
        double soFar = 0;
        double future = 0;
        double variance = 0;
        double truth = 0;
        for (Customer customer : customers) {
            double x = customer.repeats();
            double ltv = model.discountedOrders(HORIZON_DAYS, YEARLY_RATE, x, customer.recency(), customer.age())
                    * model.expectedMargin(x, customer.meanMargin());
            double orders = model.ordersVariation(HORIZON_DAYS, x, customer.recency(), customer.age());
            double margin = model.marginVariation(x, customer.meanMargin());
            soFar += customer.soFar();
            future += ltv;
            variance += ltv * ltv * ((1 + orders) * (1 + margin) - 1);
            truth += customer.soFar() + customer.future();
        }
        variance += future * future * fit.parameterVariation();
        double shape = future * future / variance;
        return new Forecast(
                soFar + future,
                soFar + future * GammaQuantile.compute(shape, shape, .05),
                soFar + future * GammaQuantile.compute(shape, shape, .95),
                truth);
    }

    /** These customers in groups of this size; what is left over is left out. */
    public List<PlantedCustomers> groups(int size) {
        List<PlantedCustomers> groups = new ArrayList<>();
        for (int from = 0; from + size <= customers.size(); from += size) {
            groups.add(new PlantedCustomers(customers.subList(from, from + size)));
        }
        return groups;
    }

    /** Marsaglia and Tsang 2000; for shapes below 1 with the usual power of a uniform number. */
    private static double gamma(double shape, Random random) {
        if (shape < 1) {
            return gamma(shape + 1, random) * Math.pow(1 - random.nextDouble(), 1 / shape);
        }
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double normal = random.nextGaussian();
            double cube = Math.pow(1 + c * normal, 3);
            if (cube > 0
                    && Math.log(1 - random.nextDouble()) < normal * normal / 2 + d - d * cube + d * Math.log(cube)) {
                return d * cube;
            }
        }
    }
}
