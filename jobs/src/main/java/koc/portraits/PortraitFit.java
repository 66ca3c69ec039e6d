package koc.portraits;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import koc.spark.Parallel;
import smile.clustering.BBDTree;
import smile.clustering.KMeans;
import smile.math.MathEx;

/**
 * Fits portraits to a sample: k-means++ with restarts for every number of portraits tried, of which three votes choose
 * one.
 *
 * <ul>
 *   <li>Stability: the mean Jaccard overlap of a portrait with its best match in refits on bootstrap samples (Hennig
 *       2007, Cluster-wise assessment of cluster stability); .75 and more is stable. As there, refits start from
 *       scratch, for those that start from the centres of the fit stay near them and call any number of portraits stable;
 *       they have fewer and coarser starts than the fit, for none of them is kept, and so understate a little.
 *   <li>Silhouette (Rousseeuw 1987) on a fixed subsample.
 *   <li>Predictive gain: how much more probable the portrait makes the categories its users buy from in the holdout,
 *       which the fit has not seen, than everybody's shares do: nats per purchase.
 * </ul>
 */
final class PortraitFit {
    private static final int MAX_ITERATIONS = 100;
    private static final double TOLERANCE = 1e-4;
    /** A start in a bootstrap refit ends when an iteration gains no more than this share of the spread of all points. */
    private static final double BOOTSTRAP_TOLERANCE = 1e-3;
    /** More than all votes together. */
    private static final double UNSOUND = 1000;

    private PortraitFit() {}

    /**
     * How well a number of portraits does.
     *
     * @param stabilities of each portrait, in the order of the clusters
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Candidate(
            int portraits,
            double[][] centres,
            double[] stabilities,
            double silhouette,
            double predictiveGain,
            double minUserFraction,
            double score) {

        double stability() {
            return Arrays.stream(stabilities).average().orElse(0);
        }

        double minStability() {
            return Arrays.stream(stabilities).min().orElse(0);
        }

        Candidate scored(double newScore) {
            return new Candidate(
                    portraits, centres, stabilities, silhouette, predictiveGain, minUserFraction, newScore);
        }
    }

    /**
     * The outcome: the candidates tried, the one chosen, its portraits from the largest to the smallest.
     *
     * @param chosen one of the candidates
     */
    record Outcome(Scaling scaling, List<Candidate> candidates, Candidate chosen) {}

    /**
     * Points with the tree that k-means prunes by, which is made once for all starts and numbers of portraits.
     *
     * @param tree of the data; only read from here on
     */
    @SuppressWarnings("ArrayRecordComponent")
    private record Points(double[][] data, BBDTree tree) {
        static Points of(double[][] data) {
            return new Points(data, new BBDTree(data));
        }
    }

    /**
     * A sample drawn with replacement.
     *
     * @param drawn the distinct places of its points in the data
     */
    @SuppressWarnings("ArrayRecordComponent")
    private record Bootstrap(int[] drawn, RefitKMeans points) {
        static Bootstrap of(double[][] data, int[] places) {
            int[] drawn = Arrays.stream(places).distinct().toArray();
            int[] times = sizes(places, data.length);
            return new Bootstrap(
                    drawn,
                    new RefitKMeans(
                            Arrays.stream(drawn).mapToObj(i -> data[i]).toArray(double[][]::new),
                            Arrays.stream(drawn).map(i -> times[i]).toArray(),
                            BOOTSTRAP_TOLERANCE));
        }
    }

    /** Fits, votes and chooses; equal samples and settings give equal outcomes. */
    static Outcome fit(PortraitSample sample, ModelSettings settings) {
        Scaling scaling = Scaling.fit(sample, settings);
        double[][] data = sample.users().stream()
                .map(user -> scaling.vector(user, sample.categories()))
                .toArray(double[][]::new);
        int distinct =
                (int) Arrays.stream(data).map(Arrays::hashCode).distinct().count();
        int most = Math.max(1, Math.min(settings.maxPortraits(), Math.min(distinct, data.length / 10)));
        int least = Math.min(settings.minPortraits(), most);

        Points points = Points.of(data);
        List<Bootstrap> bootstraps =
                bootstraps(Arrays.copyOf(data, Math.min(data.length, settings.bootstrapUsers())), settings);
        double[][] silhouetteDistances =
                distances(Arrays.copyOf(data, Math.min(data.length, settings.silhouetteUsers())));
        // At the same time: every candidate seeds its own thread before it draws, so the order of the work changes
        // nothing.
        List<Candidate> candidates = Parallel.map(
                IntStream.rangeClosed(least, most).boxed().toList(),
                portraits -> candidate(portraits, points, bootstraps, silhouetteDistances, sample, settings));
        List<Candidate> scored = score(candidates, settings);
        Candidate chosen = scored.stream()
                .max(Comparator.comparingDouble(Candidate::score)
                        .thenComparing(
                                Comparator.comparingInt(Candidate::portraits).reversed()))
                .orElseThrow();
        return new Outcome(scaling, scored, chosen);
    }

    private static Candidate candidate(
            int portraits,
            Points points,
            List<Bootstrap> bootstraps,
            double[][] silhouetteDistances,
            PortraitSample sample,
            ModelSettings settings) {
        double[][] data = points.data();
        double[][] centres = largestFirst(cluster(points, portraits, settings.restarts(), settings.seed()), data);
        int[] labels = assign(data, centres);
        int[] sizes = sizes(labels, centres.length);
        return new Candidate(
                portraits,
                centres,
                stabilities(labels, bootstraps, centres.length, settings),
                silhouette(silhouetteDistances, labels, centres.length),
                predictiveGain(sample, labels, centres.length),
                Arrays.stream(sizes).min().orElse(0) / (double) Math.max(1, data.length),
                0);
    }

    /**
     * Adds up the votes, each scaled to 0..1 over the candidates; one with a portrait that is too small, or dissolves when
     * the data varies, loses to all others.
     */
    private static List<Candidate> score(List<Candidate> candidates, ModelSettings settings) {
        double[] stability =
                scaled(candidates.stream().mapToDouble(Candidate::stability).toArray());
        double[] silhouette =
                scaled(candidates.stream().mapToDouble(Candidate::silhouette).toArray());
        double[] gain = scaled(
                candidates.stream().mapToDouble(Candidate::predictiveGain).toArray());
        List<Candidate> scored = new ArrayList<>();
        for (int i = 0; i < candidates.size(); i++) {
            Candidate candidate = candidates.get(i);
            double score = settings.votes().stability() * stability[i]
                    + settings.votes().silhouette() * silhouette[i]
                    + settings.votes().predictiveGain() * gain[i];
            boolean isSound = candidate.minUserFraction() >= settings.minUserFraction()
                    && candidate.minStability() >= settings.minStability();
            scored.add(candidate.scored(isSound ? score : score - UNSOUND));
        }
        return List.copyOf(scored);
    }

    private static double[] scaled(double[] votes) {
        double least = Arrays.stream(votes).min().orElse(0);
        double most = Arrays.stream(votes).max().orElse(0);
        return Arrays.stream(votes)
                .map(vote -> most > least ? (vote - least) / (most - least) : 0)
                .toArray();
    }

    private static double[][] cluster(Points points, int portraits, int starts, long seed) {
        if (portraits == 1) {
            return new double[][] {mean(points.data())};
        }
        // Smile draws from a generator of this thread.
        MathEx.setSeed(seed + portraits);
        return IntStream.range(0, starts)
                .mapToObj(start -> KMeans.fit(points.tree(), points.data(), portraits, MAX_ITERATIONS, TOLERANCE))
                .min(Comparator.comparingDouble(found -> found.distortion))
                .orElseThrow()
                .centroids;
    }

    private static double[][] largestFirst(double[][] centres, double[][] data) {
        int[] sizes = sizes(assign(data, centres), centres.length);
        return IntStream.range(0, centres.length)
                .boxed()
                .sorted(Comparator.comparingInt((Integer c) -> -sizes[c])
                        .thenComparing(c -> centres[c], Arrays::compare))
                .map(c -> centres[c])
                .toArray(double[][]::new);
    }

    /** Samples with replacement, the same for every number of portraits, so that numbers differ and samples do not. */
    private static List<Bootstrap> bootstraps(double[][] data, ModelSettings settings) {
        SplittableRandom random = new SplittableRandom(settings.seed());
        return IntStream.range(0, settings.bootstraps())
                .mapToObj(bootstrap -> random.ints(data.length, 0, data.length).toArray())
                .map(drawn -> Bootstrap.of(data, drawn))
                .toList();
    }

    private static double[] stabilities(
            int[] labels, List<Bootstrap> bootstraps, int portraits, ModelSettings settings) {
        double[] sum = new double[portraits];
        for (int b = 0; b < bootstraps.size(); b++) {
            Bootstrap bootstrap = bootstraps.get(b);
            int[] theirs = bootstrap
                    .points()
                    .groups(portraits, settings.bootstrapRestarts(), settings.seed() + 1000L * (b + 1) + portraits);
            int[] ours = Arrays.stream(bootstrap.drawn()).map(i -> labels[i]).toArray();
            double[] overlaps = bestOverlaps(ours, theirs, portraits, portraits);
            for (int c = 0; c < portraits; c++) {
                sum[c] += overlaps[c];
            }
        }
        return Arrays.stream(sum).map(s -> s / bootstraps.size()).toArray();
    }

    /** For each of our clusters the Jaccard overlap with the one of theirs that is most like it. */
    static double[] bestOverlaps(int[] ours, int[] theirs, int ourClusters, int theirClusters) {
        int[][] shared = new int[ourClusters][theirClusters];
        for (int i = 0; i < ours.length; i++) {
            shared[ours[i]][theirs[i]]++;
        }
        int[] ourSizes = sizes(ours, ourClusters);
        int[] theirSizes = sizes(theirs, theirClusters);
        double[] best = new double[ourClusters];
        for (int a = 0; a < ourClusters; a++) {
            for (int b = 0; b < theirClusters; b++) {
                int union = ourSizes[a] + theirSizes[b] - shared[a][b];
                best[a] = Math.max(best[a], union == 0 ? 0 : shared[a][b] / (double) union);
            }
        }
        return best;
    }

    /** Mean over points of (b - a) / max(a, b): a is the mean distance to its own cluster, b to the nearest other. */
    static double silhouette(double[][] distances, int[] labels, int clusters) {
        if (clusters < 2) {
            return 0;
        }
        int n = distances.length;
        int[] sizes = sizes(Arrays.copyOf(labels, n), clusters);
        double total = 0;
        for (int i = 0; i < n; i++) {
            double[] sums = new double[clusters];
            for (int j = 0; j < n; j++) {
                sums[labels[j]] += distances[i][j];
            }
            if (sizes[labels[i]] < 2) {
                continue;
            }
            double own = sums[labels[i]] / (sizes[labels[i]] - 1);
            double other = Double.MAX_VALUE;
            for (int c = 0; c < clusters; c++) {
                if (c != labels[i] && sizes[c] > 0) {
                    other = Math.min(other, sums[c] / sizes[c]);
                }
            }
            if (other < Double.MAX_VALUE && Math.max(own, other) > 0) {
                total += (other - own) / Math.max(own, other);
            }
        }
        return n == 0 ? 0 : total / n;
    }

    /**
     * Mean log-likelihood per held-out purchase of its category, given the portrait, less the same given nothing; the
     * shares of each portrait are its past attention, smoothed with one user's worth of everybody's.
     */
    static double predictiveGain(PortraitSample sample, int[] labels, int portraits) {
        int categories = sample.categories().size();
        double[] everybody = new double[categories];
        double[][] attention = new double[portraits][categories];
        for (int i = 0; i < labels.length; i++) {
            PortraitSample.User user = sample.users().get(i);
            for (int c = 0; c < categories; c++) {
                attention[labels[i]][c] += user.weights()[c];
                everybody[c] += user.weights()[c];
            }
        }
        double all = Arrays.stream(everybody).sum();
        double smoothing = all / Math.max(1, labels.length);
        double gain = 0;
        double purchases = 0;
        for (int i = 0; i < labels.length; i++) {
            double[] next = sample.users().get(i).next();
            double[] own = attention[labels[i]];
            double ownAll = Arrays.stream(own).sum();
            for (int c = 0; c < categories; c++) {
                if (next[c] > 0 && everybody[c] > 0) {
                    double usual = everybody[c] / all;
                    double expected = (own[c] + smoothing * usual) / (ownAll + smoothing);
                    gain += next[c] * Math.log(expected / usual);
                    purchases += next[c];
                }
            }
        }
        return purchases == 0 ? 0 : gain / purchases;
    }

    static int[] assign(double[][] data, double[][] centres) {
        return Arrays.stream(data).mapToInt(point -> nearest(point, centres)).toArray();
    }

    private static int nearest(double[] point, double[][] centres) {
        int best = 0;
        double least = Double.MAX_VALUE;
        for (int c = 0; c < centres.length; c++) {
            double distance = MathEx.squaredDistance(point, centres[c]);
            if (distance < least) {
                least = distance;
                best = c;
            }
        }
        return best;
    }

    private static double[][] distances(double[][] data) {
        double[][] distances = new double[data.length][data.length];
        for (int i = 0; i < data.length; i++) {
            for (int j = 0; j < i; j++) {
                distances[i][j] = MathEx.distance(data[i], data[j]);
                distances[j][i] = distances[i][j];
            }
        }
        return distances;
    }

    private static int[] sizes(int[] labels, int clusters) {
        int[] sizes = new int[clusters];
        for (int label : labels) {
            sizes[label]++;
        }
        return sizes;
    }

    private static double[] mean(double[][] data) {
        double[] mean = new double[data[0].length];
        for (double[] point : data) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += point[i] / data.length;
            }
        }
        return mean;
    }
}
