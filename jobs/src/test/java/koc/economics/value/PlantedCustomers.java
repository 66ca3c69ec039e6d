package koc.economics.value;

import java.util.Random;

/** Customers who order and stop as the BG/NBD model says, with known parameters. */
final class PlantedCustomers {
    private PlantedCustomers() {}

    /** Histories of customers who began in the first quarter of the weeks, one entry a customer. */
    static PurchaseHistories simulate(BgNbd model, int customers, double weeks, Random random) {
        double[][] columns = new double[4][customers];
        for (int i = 0; i < customers; i++) {
            double rate = gamma(model.r(), random) / model.alpha();
            double stop = beta(model.a(), model.b(), random);
            double age = weeks * (1 - random.nextDouble() / 4);
            double time = 0;
            while (true) {
                double next = time - Math.log(1 - random.nextDouble()) / rate;
                if (next > age) {
                    break;
                }
                time = next;
                columns[0][i]++;
                if (random.nextDouble() < stop) {
                    break;
                }
            }
            columns[1][i] = time;
            columns[2][i] = age;
            columns[3][i] = 1;
        }
        return new PurchaseHistories(columns[0], columns[1], columns[2], columns[3]);
    }

    private static double beta(double a, double b, Random random) {
        double first = gamma(a, random);
        return first / (first + gamma(b, random));
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
