package koc.portraits.fit;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Clusters of weighted points: k-means++ (Arthur and Vassilvitskii 2007) and Lloyd's iterations; the best of several starts.
 *
 * <p>The choice of portraits needs hundreds of fits to 20,000 users, and thousands to bootstrap samples. Two shortcuts
 * make them fast. A point that was drawn three times is one point of weight three. Distances are not computed for points
 * whose label cannot have changed, given how far the centres have moved (Hamerly 2010, Making k-means even faster). Smile's
 * k-means computes them all: with 70 inputs and 8 clusters it takes ten times as long.
 */
public final class WeightedKMeans {
    private static final int MAX_ITERATIONS = 100;

    private final double[][] points;
    private final int[] weights;
    private final double sumOfSquares;
    private final double tolerance;

    /** For points that were each drawn once. */
    public WeightedKMeans(double[][] points, double tolerance) {
        this(points, IntStream.generate(() -> 1).limit(points.length).toArray(), tolerance);
    }

    /**
     * For points and their weights.
     *
     * @param points distinct points
     * @param weights how often each was drawn
     * @param tolerance a start ends when an iteration gains no more than this fraction of the variation of all points
     */
    public WeightedKMeans(double[][] points, int[] weights, double tolerance) {
        this.points = points;
        this.weights = weights;
        double[] sum = new double[points[0].length];
        double totalWeight = 0;
        double squares = 0;
        for (int i = 0; i < points.length; i++) {
            add(sum, points[i], weights[i]);
            totalWeight += weights[i];
            squares += weights[i] * squaredNorm(points[i]);
        }
        this.sumOfSquares = squares;
        this.tolerance = tolerance * (squares - squaredNorm(sum) / totalWeight);
    }

    /**
     * The outcome of one start.
     *
     * @param labels cluster of each point, from 0
     * @param centres mean of the points of each cluster before the last iteration changed labels, if it did; a cluster
     *     without points keeps its last centre
     * @param distortion sum of squared distances to these centres
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Clustering(int[] labels, double[][] centres, double distortion) {}

    /** The clusters with the smallest distortion of several starts; equal seeds give equal clusters. */
    public Clustering cluster(int clusters, int starts, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return IntStream.range(0, starts)
                .mapToObj(any -> iterate(start(clusters, random)))
                .min(Comparator.comparingDouble(Clustering::distortion))
                .orElseThrow();
    }

    /**
     * The state of a start.
     *
     * @param labels nearest centre of each point
     * @param upperBounds each point is at most this far from its centre
     * @param lowerBounds each point is at least this far from every other centre
     */
    @SuppressWarnings("ArrayRecordComponent")
    private record State(double[][] centres, int[] labels, double[] upperBounds, double[] lowerBounds) {}

    /** Draws the first centres one by one, each with a probability proportional to its squared distance to the others. */
    private State start(int clusters, SplittableRandom random) {
        int count = points.length;
        double[][] centres = new double[clusters][];
        int[] labels = new int[count];
        double[] nearest = new double[count];
        double[] secondNearest = new double[count];
        Arrays.fill(nearest, Double.MAX_VALUE);
        Arrays.fill(secondNearest, Double.MAX_VALUE);
        double[] probabilities = Arrays.stream(weights).asDoubleStream().toArray();
        for (int c = 0; c < clusters; c++) {
            centres[c] = points[draw(probabilities, random)].clone();
            for (int i = 0; i < count; i++) {
                double distance = squaredDistance(points[i], centres[c]);
                if (distance < nearest[i]) {
                    secondNearest[i] = nearest[i];
                    nearest[i] = distance;
                    labels[i] = c;
                } else if (distance < secondNearest[i]) {
                    secondNearest[i] = distance;
                }
                probabilities[i] = weights[i] * nearest[i];
            }
        }
        return new State(centres, labels, squareRoots(nearest), squareRoots(secondNearest));
    }

    private static double[] squareRoots(double[] squares) {
        return Arrays.stream(squares).map(Math::sqrt).toArray();
    }

    private static int draw(double[] probabilities, SplittableRandom random) {
        double remaining = random.nextDouble() * Arrays.stream(probabilities).sum();
        for (int i = 0; i < probabilities.length; i++) {
            remaining -= probabilities[i];
            if (remaining < 0) {
                return i;
            }
        }
        return probabilities.length - 1;
    }

    private Clustering iterate(State state) {
        double[][] centres = state.centres();
        double[][] sums = new double[centres.length][points[0].length];
        double[] sizes = new double[centres.length];
        for (int i = 0; i < points.length; i++) {
            add(sums[state.labels()[i]], points[i], weights[i]);
            sizes[state.labels()[i]] += weights[i];
        }
        double distortion = sumOfSquares;
        double gain = Double.MAX_VALUE;
        for (int iteration = 0; iteration < MAX_ITERATIONS && gain > tolerance; iteration++) {
            double[] moves = moveCentres(centres, sums, sizes);
            double after = sumOfSquares;
            for (int c = 0; c < centres.length; c++) {
                after -= sizes[c] * squaredNorm(centres[c]);
            }
            gain = distortion - after;
            distortion = after;
            relabel(state, moves, sums, sizes);
        }
        return new Clustering(state.labels(), centres, distortion);
    }

    /** Moves the centres to the means of their clusters and returns how far; the centre of an empty cluster stays. */
    private static double[] moveCentres(double[][] centres, double[][] sums, double[] sizes) {
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

    /** Updates the bounds by the moves of the centres, and the label of each point that may be nearer to another centre. */
    private void relabel(State state, double[] moves, double[][] sums, double[] sizes) {
        double maxMove = Arrays.stream(moves).max().orElse(0);
        int[] labels = state.labels();
        double[] upper = state.upperBounds();
        double[] lower = state.lowerBounds();
        for (int i = 0; i < points.length; i++) {
            upper[i] += moves[labels[i]];
            lower[i] -= maxMove;
            if (upper[i] > lower[i]) {
                upper[i] = Math.sqrt(squaredDistance(points[i], state.centres()[labels[i]]));
                int before = labels[i];
                if (upper[i] > lower[i] && assignNearest(i, state) != before) {
                    add(sums[before], points[i], -weights[i]);
                    sizes[before] -= weights[i];
                    add(sums[labels[i]], points[i], weights[i]);
                    sizes[labels[i]] += weights[i];
                }
            }
        }
    }

    /** Labels a point with the nearest centre, which is returned, and computes its bounds. */
    private int assignNearest(int point, State state) {
        int label = 0;
        double nearest = Double.MAX_VALUE;
        double secondNearest = Double.MAX_VALUE;
        for (int c = 0; c < state.centres().length; c++) {
            double distance = squaredDistance(points[point], state.centres()[c]);
            if (distance < nearest) {
                secondNearest = nearest;
                nearest = distance;
                label = c;
            } else if (distance < secondNearest) {
                secondNearest = distance;
            }
        }
        state.labels()[point] = label;
        state.upperBounds()[point] = Math.sqrt(nearest);
        state.lowerBounds()[point] = Math.sqrt(secondNearest);
        return label;
    }

    private static void add(double[] sum, double[] point, double weight) {
        for (int d = 0; d < sum.length; d++) {
            sum[d] += weight * point[d];
        }
    }

    private static double squaredNorm(double[] point) {
        double sum = 0;
        for (double value : point) {
            sum += value * value;
        }
        return sum;
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
