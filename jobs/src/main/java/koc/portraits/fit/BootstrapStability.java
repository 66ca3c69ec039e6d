package koc.portraits.fit;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * How stable clusters are when the data vary: the mean Jaccard overlap of a cluster with its best match in refits on
 * bootstrap samples (Hennig 2007, Cluster-wise assessment of cluster stability), 0..1. Above .75 a cluster is stable, below
 * .5 it is dissolved.
 *
 * <p>As in the paper, refits start from scratch. Refits that start from the centres of the fit stay near them and find any
 * number of clusters stable. The refits have fewer and coarser starts than the fit, because their centres are not kept;
 * this understates stability a little.
 */
public final class BootstrapStability {
    /** A start in a refit ends when an iteration gains no more than this fraction of the variation of all points. */
    private static final double TOLERANCE = 1e-3;

    private final List<Resample> resamples;
    private final ModelSettings settings;

    private BootstrapStability(List<Resample> resamples, ModelSettings settings) {
        this.resamples = resamples;
        this.settings = settings;
    }

    /**
     * A sample drawn with replacement.
     *
     * @param drawn indices of its distinct points in the data
     */
    @SuppressWarnings("ArrayRecordComponent")
    private record Resample(int[] drawn, WeightedKMeans points) {
        static Resample of(double[][] data, int[] indices) {
            int[] drawn = Arrays.stream(indices).distinct().toArray();
            int[] times = Clusters.sizes(indices, data.length);
            return new Resample(
                    drawn,
                    new WeightedKMeans(
                            Arrays.stream(drawn).mapToObj(i -> data[i]).toArray(double[][]::new),
                            Arrays.stream(drawn).map(i -> times[i]).toArray(),
                            TOLERANCE));
        }
    }

    /** Draws the bootstrap samples. All numbers of clusters are compared on the same samples. */
    public static BootstrapStability draw(double[][] data, ModelSettings settings) {
        SplittableRandom random = new SplittableRandom(settings.seed());
        List<Resample> resamples = IntStream.range(0, settings.bootstraps())
                .mapToObj(bootstrap -> random.ints(data.length, 0, data.length).toArray())
                .map(indices -> Resample.of(data, indices))
                .toList();
        return new BootstrapStability(resamples, settings);
    }

    /** The stability of each cluster of a fit, from the label of every point. */
    public double[] compute(int[] labels, int clusters) {
        double[] sum = new double[clusters];
        for (int b = 0; b < resamples.size(); b++) {
            Resample resample = resamples.get(b);
            int[] refitLabels = resample.points()
                    .cluster(clusters, settings.bootstrapRestarts(), settings.seed() + 1000L * (b + 1) + clusters)
                    .labels();
            int[] fitLabels =
                    Arrays.stream(resample.drawn()).map(i -> labels[i]).toArray();
            double[] overlaps = bestOverlaps(fitLabels, refitLabels, clusters);
            Arrays.setAll(sum, c -> sum[c] + overlaps[c]);
        }
        return Arrays.stream(sum).map(total -> total / resamples.size()).toArray();
    }

    /** For each cluster of the fit, the Jaccard overlap with the cluster of the refit that is most similar. */
    public static double[] bestOverlaps(int[] fitLabels, int[] refitLabels, int clusters) {
        int[][] common = new int[clusters][clusters];
        for (int i = 0; i < fitLabels.length; i++) {
            common[fitLabels[i]][refitLabels[i]]++;
        }
        int[] fitSizes = Clusters.sizes(fitLabels, clusters);
        int[] refitSizes = Clusters.sizes(refitLabels, clusters);
        double[] best = new double[clusters];
        for (int f = 0; f < clusters; f++) {
            for (int r = 0; r < clusters; r++) {
                int union = fitSizes[f] + refitSizes[r] - common[f][r];
                best[f] = Math.max(best[f], union == 0 ? 0 : common[f][r] / (double) union);
            }
        }
        return best;
    }
}
