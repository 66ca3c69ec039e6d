package koc.portraits.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import koc.portraits.groups.ProductBaskets;
import koc.portraits.sample.PortraitSample;
import koc.spark.Parallel;

/**
 * Fits portraits to a sample: k-means++ with restarts for every number of portraits tried. Three votes choose the number:
 *
 * <ul>
 *   <li>stability when the data vary ({@link BootstrapStability});
 *   <li>separation ({@link Silhouette}) on a fixed subsample;
 *   <li>prediction of the products that users buy in the holdout ({@link PredictiveGain}).
 * </ul>
 *
 * <p>The number that predicts best replaces the winner of the votes, unless both are within one standard error (the
 * one-standard-error rule: Breiman and others 1984). When no number predicts anything, there is one portrait.
 */
public final class PortraitClustering {
    private static final double TOLERANCE = 1e-6;
    /** A model needs this many sampled users per portrait. */
    private static final int MIN_USERS_PER_PORTRAIT = 10;
    /** With fewer buyers in the holdout, portraits are not called useless. */
    private static final int MIN_BUYERS = 50;
    /** Subtracted from the score of an invalid candidate; more than all votes together. */
    private static final double PENALTY = 1000;

    private final PortraitSample sample;
    private final ProductBaskets baskets;
    private final ModelSettings settings;
    private final Scaling scaling;
    private final double[][] data;
    private final WeightedKMeans kMeans;

    /** One clustering for each number of portraits tried. */
    private final List<Clustering> clusterings;

    /** Clusters the users of a sample, whose baskets are in the same order. */
    PortraitClustering(PortraitSample sample, ProductBaskets baskets, ModelSettings settings) {
        this.sample = sample;
        this.baskets = baskets;
        this.settings = settings;
        this.scaling = ScalingFit.fit(sample, settings);
        this.data = sample.users().stream()
                .map(user -> scaling.vector(user, sample.categories()))
                .toArray(double[][]::new);
        this.kMeans = new WeightedKMeans(data, TOLERANCE);
        this.clusterings = Parallel.map(numbersTried(), this::clustering);
    }

    /**
     * The portraits of one number of portraits.
     *
     * @param centres from the largest portrait to the smallest
     * @param labels portrait of each user
     * @param gain how well the portraits predict purchases
     */
    @SuppressWarnings("ArrayRecordComponent")
    private record Clustering(double[][] centres, int[] labels, PredictiveGain gain, double minUserFraction) {
        int portraits() {
            return centres.length;
        }
    }

    /**
     * The quality of one number of portraits.
     *
     * @param stabilities of each portrait, in the order of the centres
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Candidate(
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

        public Candidate withScore(double newScore) {
            return new Candidate(
                    portraits, centres, stabilities, silhouette, predictiveGain, minUserFraction, newScore);
        }
    }

    /**
     * The result of a fit.
     *
     * @param chosen the candidate that is used
     * @param isUseful whether the portraits predict purchases; true as well when too few users bought to judge that
     */
    public record Outcome(
            Scaling scaling,
            List<Candidate> candidates,
            Candidate chosen,
            boolean isUseful,
            ConfidenceTemperature temperature) {}

    /** The highest gain of the numbers of portraits tried, among those without a portrait that is too small. */
    PredictiveGain bestGain() {
        return mostPredictive().gain();
    }

    /** Chooses the number of portraits; equal samples and settings give equal outcomes. */
    public Outcome vote() {
        List<Candidate> candidates = new ArrayList<>(withScores(candidates()));
        Candidate voted = candidates.stream()
                .max(Comparator.comparingDouble(Candidate::score)
                        .thenComparing(
                                Comparator.comparingInt(Candidate::portraits).reversed()))
                .orElseThrow();
        Clustering best = mostPredictive();
        PredictiveGain gainOfVoted = clusterings.stream()
                .filter(clustering -> clustering.portraits() == voted.portraits())
                .findFirst()
                .orElseThrow()
                .gain();
        boolean isMorePredictive = best.gain().standardErrorsAbove(gainOfVoted) > 1;
        Candidate chosen = isMorePredictive ? candidates.get(clusterings.indexOf(best)) : voted;
        PredictiveGain gain = isMorePredictive ? best.gain() : gainOfVoted;
        boolean isUseful = gain.buyers() < MIN_BUYERS || gain.isSure();
        if (!isUseful && chosen.portraits() > 1) {
            chosen = new Candidate(1, new double[][] {mean()}, new double[] {1}, 0, 0, 1, 0);
            candidates.removeIf(tried -> tried.portraits() == 1);
            candidates.add(0, chosen);
        }
        ConfidenceTemperature temperature = ConfidenceTemperature.fit(sample, data, chosen.centres());
        return new Outcome(scaling, List.copyOf(candidates), chosen, isUseful, temperature);
    }

    private Clustering mostPredictive() {
        return clusterings.stream()
                .max(Comparator.comparing((Clustering tried) -> tried.minUserFraction() >= settings.minUserFraction())
                        .thenComparingDouble(tried -> tried.gain().mean())
                        .thenComparing(
                                Comparator.comparingInt(Clustering::portraits).reversed()))
                .orElseThrow();
    }

    private List<Candidate> candidates() {
        BootstrapStability stability = BootstrapStability.draw(firstPoints(settings.bootstrapUsers()), settings);
        Silhouette silhouette = new Silhouette(firstPoints(settings.silhouetteUsers()));
        return Parallel.map(
                clusterings,
                clustering -> new Candidate(
                        clustering.portraits(),
                        clustering.centres(),
                        stability.compute(clustering.labels(), clustering.portraits()),
                        silhouette.mean(clustering.labels(), clustering.portraits()),
                        clustering.gain().mean(),
                        clustering.minUserFraction(),
                        0));
    }

    private List<Integer> numbersTried() {
        int distinct =
                (int) Arrays.stream(data).map(Arrays::hashCode).distinct().count();
        int max = Math.max(
                1, Math.min(settings.maxPortraits(), Math.min(distinct, data.length / MIN_USERS_PER_PORTRAIT)));
        int min = Math.min(settings.minPortraits(), max);
        return IntStream.rangeClosed(min, max).boxed().toList();
    }

    private Clustering clustering(int portraits) {
        double[][] centres = largestFirst(cluster(portraits));
        int[] labels = Clusters.assign(data, centres);
        int[] sizes = Clusters.sizes(labels, centres.length);
        return new Clustering(
                centres,
                labels,
                PredictiveGain.compute(baskets, labels, centres.length),
                Arrays.stream(sizes).min().orElse(0) / (double) Math.max(1, data.length));
    }

    private double[][] cluster(int portraits) {
        if (portraits == 1) {
            return new double[][] {mean()};
        }
        return kMeans.cluster(portraits, settings.restarts(), settings.seed() + portraits)
                .centres();
    }

    private double[][] largestFirst(double[][] centres) {
        int[] sizes = Clusters.sizes(Clusters.assign(data, centres), centres.length);
        return IntStream.range(0, centres.length)
                .boxed()
                .sorted(Comparator.comparingInt((Integer c) -> -sizes[c])
                        .thenComparing(c -> centres[c], Arrays::compare))
                .map(c -> centres[c])
                .toArray(double[][]::new);
    }

    /**
     * Adds the weighted votes, each scaled to 0..1 over the candidates. A candidate with a portrait that is too small or
     * unstable loses to all valid ones.
     */
    private List<Candidate> withScores(List<Candidate> candidates) {
        double[] stabilities = scaledVotes(candidates, Candidate::stability);
        double[] silhouettes = scaledVotes(candidates, Candidate::silhouette);
        double[] gains = scaledVotes(candidates, Candidate::predictiveGain);
        ModelSettings.Votes votes = settings.votes();
        List<Candidate> scored = new ArrayList<>();
        for (int i = 0; i < candidates.size(); i++) {
            Candidate candidate = candidates.get(i);
            double score = votes.stability() * stabilities[i]
                    + votes.silhouette() * silhouettes[i]
                    + votes.predictiveGain() * gains[i];
            boolean isValid = candidate.minUserFraction() >= settings.minUserFraction()
                    && candidate.minStability() >= settings.minStability();
            scored.add(candidate.withScore(isValid ? score : score - PENALTY));
        }
        return List.copyOf(scored);
    }

    private static double[] scaledVotes(List<Candidate> candidates, ToDoubleFunction<Candidate> vote) {
        double[] votes = candidates.stream().mapToDouble(vote).toArray();
        double min = Arrays.stream(votes).min().orElse(0);
        double max = Arrays.stream(votes).max().orElse(0);
        return Arrays.stream(votes)
                .map(value -> max > min ? (value - min) / (max - min) : 0)
                .toArray();
    }

    private double[][] firstPoints(int limit) {
        return Arrays.copyOf(data, Math.min(data.length, limit));
    }

    private double[] mean() {
        double[] mean = new double[data[0].length];
        for (double[] point : data) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += point[i] / data.length;
            }
        }
        return mean;
    }
}
