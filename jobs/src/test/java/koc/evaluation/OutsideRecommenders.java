package koc.evaluation;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import koc.recommend.model.ItemModel;
import smile.math.matrix.Matrix;

/**
 * Recommenders from the textbook, in plain Java and from the same past: what a brand would have without this pipeline.
 * The score of a product for a pool is a sum over the members who do not own it.
 *
 * <ul>
 *   <li>{@code outside popularity}, {@code outside recent popularity}: the same products for every pool, by owners, and by
 *       buyers of the last 28 days;
 *   <li>{@code outside pool popularity}: owners in the pool, and among equals owners anywhere;
 *   <li>{@code EASE L}: Steck 2019, Embarrassingly Shallow Autoencoders for Sparse Data, with the regularization L;
 *   <li>{@code EASE L + .3 popularity}: both divided by their greatest value for the pool;
 *   <li>{@code ALS A}: Hu, Koren and Volinsky 2008, Collaborative Filtering for Implicit Feedback Datasets, with the
 *       confidence 1 + A of what a user owns, 32 factors, regularization .1, 10 rounds.
 * </ul>
 *
 * <p>The constants are not chosen on any past: each choice is a recommender of its own, and the best counts.
 */
final class OutsideRecommenders {
    private static final int MAX_PRODUCTS = 1500;
    private static final int RECENT_DAYS = 28;
    private static final double[] REGULARIZATIONS = {50, 300};
    private static final double POPULARITY_WEIGHT = .3;
    private static final double[] CONFIDENCES = {1, 40};
    private static final int FACTORS = 32;
    private static final int ROUNDS = 10;
    private static final double ALS_REGULARIZATION = .1;

    private final PastPurchases past;
    private final int length;

    private OutsideRecommenders(PastPurchases past, int length) {
        this.past = past;
        this.length = length;
    }

    /** Lists by recommender and KOC. */
    static Map<String, Map<String, List<String>>> lists(LandedData data, LocalDate cutoff, int length) {
        PastPurchases past = PastPurchases.of(data, cutoff, MAX_PRODUCTS);
        PastPurchases recent =
                PastPurchases.of(PastPurchases.since(data, cutoff.minusDays(RECENT_DAYS - 1)), cutoff, MAX_PRODUCTS);
        OutsideRecommenders all = new OutsideRecommenders(past, length);
        double[] owners = past.owners();
        Map<String, Map<String, List<String>>> lists = new LinkedHashMap<>();
        lists.put("outside popularity", all.byPool(members -> owners));
        lists.put(
                "outside recent popularity",
                new OutsideRecommenders(recent, length).byPool(members -> recent.owners()));
        lists.put("outside pool popularity", all.byPool(members -> plus(all.poolOwners(members), owners, 1e-6)));
        for (double regularization : REGULARIZATIONS) {
            double[][] scores = all.ease(regularization);
            String name = String.format(Locale.ROOT, "EASE %.0f", regularization);
            lists.put(name, all.byPool(members -> all.sum(members, scores)));
            lists.put(
                    name + " + .3 popularity",
                    all.byPool(
                            members -> plus(relative(all.sum(members, scores)), relative(owners), POPULARITY_WEIGHT)));
        }
        for (double confidence : CONFIDENCES) {
            double[][] scores = all.als(confidence);
            lists.put(
                    String.format(Locale.ROOT, "ALS %.0f", confidence),
                    all.byPool(members -> all.sum(members, scores)));
        }
        return lists;
    }

    private interface PoolScores {
        double[] of(int[] members);
    }

    private Map<String, List<String>> byPool(PoolScores scores) {
        Map<String, List<String>> lists = new HashMap<>();
        past.pools().forEach((koc, members) -> lists.put(koc, past.list(scores.of(members), length)));
        return lists;
    }

    private double[] poolOwners(int[] members) {
        double[] owners = new double[past.products().size()];
        for (int member : members) {
            for (int product : past.owned().get(member)) {
                owners[product]++;
            }
        }
        return owners;
    }

    /** The sum over the members who do not own the product. */
    private double[] sum(int[] members, double[][] scores) {
        double[] sum = new double[past.products().size()];
        for (int member : members) {
            boolean[] owns = past.flags(member);
            for (int product = 0; product < sum.length; product++) {
                sum[product] += owns[product] ? 0 : scores[member][product];
            }
        }
        return sum;
    }

    private double[][] ease(double regularization) {
        int size = past.products().size();
        Matrix gram = new Matrix(size, size);
        past.owned().forEach(basket -> {
            for (int product : basket) {
                for (int other : basket) {
                    gram.add(product, other, 1);
                }
            }
        });
        float[][] weights = ItemModel.computeWeights(gram, regularization);
        double[][] scores = new double[past.owned().size()][size];
        for (int user = 0; user < scores.length; user++) {
            for (int owned : past.owned().get(user)) {
                for (int product = 0; product < size; product++) {
                    scores[user][product] += weights[owned][product];
                }
            }
        }
        return scores;
    }

    private double[][] als(double confidence) {
        int[][] byUser = past.owned().toArray(int[][]::new);
        int[][] byProduct = transpose(byUser, past.products().size());
        SplittableRandom random = new SplittableRandom(1);
        double[][] products = new double[byProduct.length][FACTORS];
        for (double[] factors : products) {
            Arrays.setAll(factors, any -> (random.nextDouble() - .5) / FACTORS);
        }
        double[][] users = new double[byUser.length][];
        for (int round = 0; round < ROUNDS; round++) {
            users = solve(byUser, products, confidence);
            products = solve(byProduct, users, confidence);
        }
        double[][] scores = new double[users.length][products.length];
        for (int user = 0; user < scores.length; user++) {
            for (int product = 0; product < products.length; product++) {
                scores[user][product] = dot(users[user], products[product]);
            }
        }
        return scores;
    }

    private static int[][] transpose(int[][] byUser, int products) {
        int[] counts = new int[products];
        Arrays.stream(byUser).flatMapToInt(Arrays::stream).forEach(product -> counts[product]++);
        int[][] byProduct = new int[products][];
        Arrays.setAll(byProduct, product -> new int[counts[product]]);
        for (int user = 0; user < byUser.length; user++) {
            for (int product : byUser[user]) {
                byProduct[product][--counts[product]] = user;
            }
        }
        return byProduct;
    }

    /** The factors of each row that fit best: (Y'Y + alpha sum over owned y y' + reg I)^-1 (1 + alpha) sum y. */
    private static double[][] solve(int[][] owned, double[][] others, double confidence) {
        double[][] gram = new double[FACTORS][FACTORS];
        for (double[] other : others) {
            addOuter(gram, other, 1);
        }
        double[][] solved = new double[owned.length][];
        for (int row = 0; row < owned.length; row++) {
            double[][] left = Arrays.stream(gram).map(double[]::clone).toArray(double[][]::new);
            double[] right = new double[FACTORS];
            for (int factor = 0; factor < FACTORS; factor++) {
                left[factor][factor] += ALS_REGULARIZATION;
            }
            for (int other : owned[row]) {
                addOuter(left, others[other], confidence);
                for (int factor = 0; factor < FACTORS; factor++) {
                    right[factor] += (1 + confidence) * others[other][factor];
                }
            }
            solved[row] = choleskySolve(left, right);
        }
        return solved;
    }

    private static void addOuter(double[][] sum, double[] vector, double weight) {
        for (int i = 0; i < vector.length; i++) {
            for (int j = 0; j <= i; j++) {
                sum[i][j] += weight * vector[i] * vector[j];
            }
        }
    }

    /** Solves a positive definite system, of which the lower half is given and overwritten. */
    private static double[] choleskySolve(double[][] lower, double[] right) {
        int size = right.length;
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                double value = lower[i][j];
                for (int k = 0; k < j; k++) {
                    value -= lower[i][k] * lower[j][k];
                }
                lower[i][j] = i == j ? Math.sqrt(value) : value / lower[j][j];
            }
        }
        for (int i = 0; i < size; i++) {
            for (int k = 0; k < i; k++) {
                right[i] -= lower[i][k] * right[k];
            }
            right[i] /= lower[i][i];
        }
        for (int i = size - 1; i >= 0; i--) {
            for (int k = i + 1; k < size; k++) {
                right[i] -= lower[k][i] * right[k];
            }
            right[i] /= lower[i][i];
        }
        return right;
    }

    private static double dot(double[] left, double[] right) {
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += left[i] * right[i];
        }
        return sum;
    }

    private static double[] relative(double[] scores) {
        double greatest = Arrays.stream(scores).max().orElse(1);
        return Arrays.stream(scores)
                .map(score -> greatest > 0 ? score / greatest : score)
                .toArray();
    }

    private static double[] plus(double[] scores, double[] others, double weight) {
        double[] sum = new double[scores.length];
        Arrays.setAll(sum, index -> scores[index] + weight * others[index]);
        return sum;
    }
}
