package koc.portraits;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Groups of a sample that was drawn with replacement: k-means++ (Arthur and Vassilvitskii 2007) and Lloyd's iterations, the
 * best of some starts.
 *
 * <p>The choice of a number of portraits takes thousands of such refits, of which only the groups are looked at. So a point
 * that was drawn three times is one point of weight three, and what cannot have changed its group, by how far the centres
 * have moved, is not measured again (Hamerly 2010, Making k-means even faster).
 */
final class RefitKMeans {
    private static final int MAX_ITERATIONS = 100;

    private final double[][] points;
    private final int[] weights;
    private final double squares;
    private final double tolerance;

    /**
     * Points to group.
     *
     * @param points distinct places of the sample
     * @param weights how often each was drawn
     * @param tolerance a start ends when an iteration gains no more than this share of the spread of all points
     */
    RefitKMeans(double[][] points, int[] weights, double tolerance) {
        this.points = points;
        this.weights = weights;
        double[] sum = new double[points[0].length];
        double drawn = 0;
        double all = 0;
        for (int i = 0; i < points.length; i++) {
            add(sum, points[i], weights[i]);
            drawn += weights[i];
            all += weights[i] * square(points[i]);
        }
        this.squares = all;
        this.tolerance = tolerance * (all - square(sum) / drawn);
    }

    /** What a start found: the group of each point, and the sum of squared distances to the groups' centres. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Found(int[] groups, double distortion) {}

    /** The group of each point, from 0 up to the number of groups; equal seeds give equal groups. */
    int[] groups(int groups, int starts, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return IntStream.range(0, starts)
                .mapToObj(any -> fit(start(groups, random)))
                .min(Comparator.comparingDouble(Found::distortion))
                .orElseThrow()
                .groups();
    }

    /**
     * Where a start begins: its centres, and for each point the nearest of them, the distance to it and to the second.
     */
    @SuppressWarnings("ArrayRecordComponent")
    private record Start(double[][] centres, int[] groups, double[] own, double[] others) {}

    /** Points drawn one after the other, each with a chance that grows with its squared distance to those before. */
    private Start start(int groups, SplittableRandom random) {
        int count = points.length;
        double[][] centres = new double[groups][];
        int[] nearest = new int[count];
        double[] least = new double[count];
        double[] second = new double[count];
        Arrays.fill(least, Double.MAX_VALUE);
        Arrays.fill(second, Double.MAX_VALUE);
        double[] chances = Arrays.stream(weights).asDoubleStream().toArray();
        for (int c = 0; c < groups; c++) {
            centres[c] = points[drawn(chances, random)].clone();
            for (int i = 0; i < count; i++) {
                double distance = squaredDistance(points[i], centres[c]);
                if (distance < least[i]) {
                    second[i] = least[i];
                    least[i] = distance;
                    nearest[i] = c;
                } else if (distance < second[i]) {
                    second[i] = distance;
                }
                chances[i] = weights[i] * least[i];
            }
        }
        return new Start(centres, nearest, roots(least), roots(second));
    }

    private static double[] roots(double[] squares) {
        return Arrays.stream(squares).map(Math::sqrt).toArray();
    }

    private static int drawn(double[] chances, SplittableRandom random) {
        double left = random.nextDouble() * Arrays.stream(chances).sum();
        for (int i = 0; i < chances.length; i++) {
            left -= chances[i];
            if (left < 0) {
                return i;
            }
        }
        return chances.length - 1;
    }

    private Found fit(Start start) {
        int count = points.length;
        double[][] centres = start.centres();
        int[] groups = start.groups();
        // At most this far from the own centre, at least that far from all others.
        double[] own = start.own();
        double[] others = start.others();
        double[][] sums = new double[centres.length][points[0].length];
        double[] sizes = new double[centres.length];
        for (int i = 0; i < count; i++) {
            add(sums[groups[i]], points[i], weights[i]);
            sizes[groups[i]] += weights[i];
        }
        double distortion = squares;
        double gain = Double.MAX_VALUE;
        for (int iteration = 0; iteration < MAX_ITERATIONS && gain > tolerance; iteration++) {
            double[] moves = move(centres, sums, sizes);
            double farthest = Arrays.stream(moves).max().orElse(0);
            double after = squares;
            for (int c = 0; c < centres.length; c++) {
                after -= sizes[c] * square(centres[c]);
            }
            gain = distortion - after;
            distortion = after;
            for (int i = 0; i < count; i++) {
                own[i] += moves[groups[i]];
                others[i] -= farthest;
                if (own[i] > others[i]) {
                    own[i] = Math.sqrt(squaredDistance(points[i], centres[groups[i]]));
                    int before = groups[i];
                    if (own[i] > others[i] && assign(i, centres, groups, own, others) != before) {
                        add(sums[before], points[i], -weights[i]);
                        sizes[before] -= weights[i];
                        add(sums[groups[i]], points[i], weights[i]);
                        sizes[groups[i]] += weights[i];
                    }
                }
            }
        }
        return new Found(groups, distortion);
    }

    /** Moves the centres to the means of their groups; how far each went. One whose group is empty stays. */
    private static double[] move(double[][] centres, double[][] sums, double[] sizes) {
        double[] moves = new double[centres.length];
        for (int c = 0; c < centres.length; c++) {
            if (sizes[c] > 0) {
                double[] centre = new double[sums[c].length];
                add(centre, sums[c], 1 / sizes[c]);
                moves[c] = Math.sqrt(squaredDistance(centre, centres[c]));
                centres[c] = centre;
            }
        }
        return moves;
    }

    /** Puts a point into the group of the nearest centre, which is returned. */
    private int assign(int point, double[][] centres, int[] groups, double[] own, double[] others) {
        int nearest = 0;
        double least = Double.MAX_VALUE;
        double second = Double.MAX_VALUE;
        for (int c = 0; c < centres.length; c++) {
            double distance = squaredDistance(points[point], centres[c]);
            if (distance < least) {
                second = least;
                least = distance;
                nearest = c;
            } else if (distance < second) {
                second = distance;
            }
        }
        groups[point] = nearest;
        own[point] = Math.sqrt(least);
        others[point] = Math.sqrt(second);
        return nearest;
    }

    private static void add(double[] sum, double[] point, double weight) {
        for (int d = 0; d < sum.length; d++) {
            sum[d] += weight * point[d];
        }
    }

    private static double square(double[] point) {
        double square = 0;
        for (double value : point) {
            square += value * value;
        }
        return square;
    }

    private static double squaredDistance(double[] a, double[] b) {
        double sum = 0;
        for (int d = 0; d < a.length; d++) {
            double difference = a[d] - b[d];
            sum += difference * difference;
        }
        return sum;
    }
}
