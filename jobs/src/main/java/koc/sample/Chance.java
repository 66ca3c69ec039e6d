package koc.sample;

/**
 * A stream of random numbers that is the same on every machine and Java version: SplitMix64 (Steele, Lea and Flood 2014), with
 * StrictMath for functions.
 */
final class Chance {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long state;

    private Chance(long state) {
        this.state = state;
    }

    /** The stream of one thing, such as a user, in one role. Streams of different things or roles are independent. */
    static Chance of(long seed, int role, long thing) {
        return new Chance(mix(mix(seed + GOLDEN * role) + GOLDEN * (thing + 1)));
    }

    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    private long next() {
        state += GOLDEN;
        return mix(state);
    }

    /** Between 0 (included) and 1 (excluded). */
    double uniform() {
        return (next() >>> 11) * 0x1.0p-53;
    }

    double between(double min, double max) {
        return min + (max - min) * uniform();
    }

    /** A whole number from 0 to count - 1. */
    int below(int count) {
        return (int) (((next() >>> 32) * count) >>> 32);
    }

    /** A whole number, both bounds included. */
    int whole(int min, int max) {
        return min + below(max - min + 1);
    }

    boolean happens(double probability) {
        return uniform() < probability;
    }

    <T> T oneOf(T[] values) {
        return values[below(values.length)];
    }

    /** Draws an index by weight, given the running sums of the weights. */
    int drawIndex(double[] cumulated) {
        double target = uniform() * cumulated[cumulated.length - 1];
        int low = 0;
        int high = cumulated.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (cumulated[middle] > target) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** Normal with mean 0 and deviation 1 (Marsaglia's polar method). */
    double normal() {
        while (true) {
            double x = 2 * uniform() - 1;
            double y = 2 * uniform() - 1;
            double square = x * x + y * y;
            if (square > 0 && square < 1) {
                return x * StrictMath.sqrt(-2 * StrictMath.log(square) / square);
            }
        }
    }

    /** Log-normal with median 1. */
    double logNormal(double deviation) {
        return StrictMath.exp(deviation * normal());
    }

    double exponential(double mean) {
        return -mean * StrictMath.log(1 - uniform());
    }

    /** Poisson, by Knuth's product; meant for small means. */
    int poisson(double mean) {
        double limit = StrictMath.exp(-mean);
        double product = uniform();
        int count = 0;
        while (product > limit) {
            product *= uniform();
            count++;
        }
        return count;
    }

    /** Gamma with scale 1 (Marsaglia and Tsang 2000). */
    double gamma(double shape) {
        if (shape < 1) {
            return gamma(shape + 1) * StrictMath.exp(StrictMath.log(1 - uniform()) / shape);
        }
        double d = shape - 1.0 / 3;
        double c = 1 / (3 * StrictMath.sqrt(d));
        while (true) {
            double x = normal();
            double root = 1 + c * x;
            if (root <= 0) {
                continue;
            }
            double v = root * root * root;
            if (StrictMath.log(1 - uniform()) < .5 * x * x + d - d * v + d * StrictMath.log(v)) {
                return d * v;
            }
        }
    }

    /** The running sums of these weights. */
    static double[] cumulated(double[] weights) {
        double[] sums = new double[weights.length];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i];
            sums[i] = sum;
        }
        return sums;
    }
}
